"""What guards the project turns red: each fault is planted in a copy, and the one tool for it is run there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TOOLS = Path(sys.executable).parent


@pytest.fixture
def copy(tmp_path):
    """The tracked files, somewhere else, with the same environment."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tmp_path / name)
    return tmp_path


def run(folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {
        "PATH": f"{TOOLS}:{os.environ['PATH']}",
        "HOME": str(folder),
        "SECRET_KEY": "planted",
        "DATA_DIR": str(folder / "data"),
        **environment,
    }
    return subprocess.run(command, cwd=folder, env=clean, capture_output=True, text=True)


def plant(folder: Path, name: str, line: str) -> None:
    file = folder / name
    file.write_text(file.read_text() + line)


def test_a_wrong_import_direction_is_red(copy):
    command = ("lint-imports", "--no-cache")
    assert run(copy, *command).returncode == 0
    plant(copy, "articles/rights.py", "\nimport community.workflow\n")
    refused = run(copy, *command)
    assert refused.returncode != 0
    assert "articles is not allowed to import community" in refused.stdout


def test_a_missing_migration_is_red(copy):
    command = (sys.executable, "manage.py", "makemigrations", "--check", "--dry-run")
    assert run(copy, *command).returncode == 0
    plant(copy, "cachexia_portal/pages/models.py", "\n\nclass Forgotten(models.Model):\n    pass\n")
    refused = run(copy, *command)
    assert refused.returncode != 0
    assert "Forgotten" in refused.stdout


def test_an_inline_style_is_red(copy):
    command = (sys.executable, "-m", "pytest", "-q", "tests/project/test_repository.py")
    subprocess.run(["git", "init", "-q"], cwd=copy, check=True)
    subprocess.run(["git", "add", "-A"], cwd=copy, check=True)
    assert run(copy, *command).returncode == 0
    plant(copy, "templates/404.html", '<p style="color: red">Lost</p>\n')
    refused = run(copy, *command)
    assert refused.returncode != 0
    assert "404.html" in refused.stdout


def test_browser_tests_that_cannot_run_are_red_in_ci_and_one_line_elsewhere(copy):
    (copy / "deploy/browser").write_text("#!/bin/sh\nexit 1\n")
    (copy / ".venv/bin").mkdir(parents=True)
    (copy / ".venv/bin/python").write_text("#!/bin/sh\nexit 0\n")
    (copy / ".venv/bin/python").chmod(0o755)
    refused = run(copy, "deploy/test", CI="1")
    assert refused.returncode != 0
    assert "cannot run" in refused.stderr
    elsewhere = run(copy, "deploy/test")
    assert elsewhere.returncode == 0
    assert "make browser" in elsewhere.stdout
