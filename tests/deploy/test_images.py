"""The images: linted, not root, and holding what the site needs and nothing that lies beside it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
DOCKERFILE = (ROOT / "Dockerfile").read_text()
TARGETS = re.split(r"(?m)^FROM ", DOCKERFILE)[1:]
SENT = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]


def test_the_linter_finds_nothing():
    linter = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([linter, ROOT / "Dockerfile"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("target", [target for target in TARGETS if " AS packages" not in target])
def test_each_image_runs_as_somebody_and_says_whether_it_is_well(target):
    assert re.search(r"(?m)^USER [1-9]\d+:[1-9]\d+$", target)
    assert re.search(r"(?m)^HEALTHCHECK ", target)
    assert target.index("\nUSER ") > target.rindex("\nRUN ")


def test_every_base_image_names_its_version():
    bases = [target.split()[0] for target in TARGETS]
    assert all(":" in base and not base.endswith(":latest") for base in bases)


def test_no_secret_is_built_in():
    assert not re.findall(r"(?m)^(?:ARG|ENV) .*(?:KEY|SECRET|PASSWORD|TOKEN)", DOCKERFILE)
    assert (ROOT / ".dockerignore").read_text().splitlines()[1] == "*"
    assert not {"!.env", "!secrets", "!data", "!.git"} & set(SENT)


def test_what_is_sent_to_the_builder_is_enough_to_run_the_site(tmp_path):
    """As the image is built: only those folders, static files collected, the site checked."""
    site = tmp_path / "site"
    site.mkdir()
    for name in (line.removeprefix("!") for line in SENT):
        source = ROOT / name
        if not source.exists():
            assert name == "locale"  # comes with the first translation
        elif source.is_dir():
            shutil.copytree(source, site / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, site / name)
    environment = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "an-image-" + "x" * 50,
        "SITE_URL": "https://www.example.org",
        "DATA_DIR": str(tmp_path / "data"),
    }
    for words in (
        ["collectstatic", "--no-input", "--verbosity", "0"],
        ["migrate", "--plan", "--verbosity", "0"],
    ):
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(command, cwd=site, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    assert (site / "static_root/staticfiles.json").is_file()
    start = "import cachexia_portal.wsgi"
    done = subprocess.run(
        [sys.executable, "-c", start], cwd=site, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
