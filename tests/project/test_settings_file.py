"""What an operator may set is written down, all of it and nothing else."""

import itertools
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
# Read by the programs around Django rather than by its settings.
READ_ELSEWHERE = {
    "WEB_WORKERS": "deploy/run",
    "SEED_DOCUMENTS": "tests/nothing_skipped.py",
    "BACKUP_HOUR": "deploy/backups",
    "BACKUP_FOLDER": "docker-compose.yml",
    "CERTIFICATE_FOLDER": "docker-compose.yml",
    "ACME_FOLDER": "docker-compose.yml",
    "PROXY_RATE": "deploy/proxy/start",
    "PROXY_SEARCH_RATE": "deploy/proxy/start",
}


def names_read_by_settings() -> set[str]:
    source = (ROOT / "cachexia_portal/settings.py").read_text()
    return set(re.findall(r"""env(?:\.\w+)?\(\s*["']([A-Z_]+)["']""", source))


def names_in_the_example() -> list[str]:
    return re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)


def test_every_setting_stands_in_the_example_file_once():
    written = names_in_the_example()
    assert sorted(written) == sorted(names_read_by_settings() | set(READ_ELSEWHERE))


def test_settings_named_for_other_programs_are_read_there():
    for name, file in READ_ELSEWHERE.items():
        assert name in (ROOT / file).read_text()


def test_each_setting_is_explained_by_one_sentence_above_it():
    lines = (ROOT / ".env.example").read_text().splitlines()
    for above, line in itertools.pairwise(lines):
        if re.match(r"[A-Z_]+=", line):
            assert above.startswith("# "), line


def database_of_the_tests(**environment: str) -> str:
    """What a test run in that shell would use."""
    asked = "import tests.environment, os; print(os.environ['DATABASE_URL'])"
    shell = {"PATH": os.environ["PATH"], **environment}
    answer = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, env=shell, capture_output=True, text=True
    )
    return answer.stdout.strip()


def test_database_url_moves_the_tests_and_without_it_they_make_their_own():
    assert database_of_the_tests(DATABASE_URL="postgres://a@b/c") == "postgres://a@b/c"
    assert database_of_the_tests(TEST_DATABASE_URL="postgres://d@e/f", DATABASE_URL="x") == "postgres://d@e/f"
    assert database_of_the_tests().startswith("sqlite:////")


def test_a_form_may_be_as_large_as_any_request():
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE == settings.LARGEST_BODY


@pytest.mark.parametrize("code", ["UK", "uk", "XX", "USA", "England"])
def test_a_home_country_that_is_none_stops_the_start_with_one_line(code):
    done = started(HOME_COUNTRY=code)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert f"HOME_COUNTRY is {code.upper()!r}." in done.stderr
    assert "the United Kingdom is GB" in done.stderr


@pytest.mark.parametrize("code", ["GB", "in", ""])
def test_a_known_home_country_or_none_starts(code):
    done = started(HOME_COUNTRY=code)
    assert done.returncode == 0, done.stderr


def started(**variables) -> subprocess.CompletedProcess[str]:
    """Reading the settings, with other variables."""
    return subprocess.run(
        [sys.executable, "-c", "import cachexia_portal.settings"],
        env={**os.environ, "DATA_DIR": str(settings.DATA_DIR), **variables},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
