"""A test that was skipped proves nothing, so in CI it fails."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

SKIPPED = "import pytest\n\n@pytest.mark.skip\ndef test_a(): ...\n"
EXPECTED_TO_FAIL = "import pytest\n\n@pytest.mark.xfail\ndef test_a(): assert False\n"
SKIPPED_FILE = "import pytest\n\npytest.importorskip('no_such_module')\n\ndef test_a(): ...\n"
NEEDS_SEEDS = "import pytest\n\n@pytest.mark.seeds\ndef test_a(): ...\n\ndef test_b(): ...\n"


def run(folder, source: str, **environment: str) -> subprocess.CompletedProcess:
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = seeds: needs the seed documents\n")
    (folder / "test_one.py").write_text(source)
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    words = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:django",
        "-p",
        "tests.nothing_skipped",
        "-q",
        str(folder),
    ]
    return subprocess.run(
        words,
        cwd=folder,
        env={**kept, "PYTHONPATH": str(settings.BASE_DIR), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("source", [SKIPPED, EXPECTED_TO_FAIL, SKIPPED_FILE])
def test_a_skipped_test_fails_in_ci(tmp_path, source):
    done = run(tmp_path, source, CI="1")
    assert done.returncode != 0
    assert "was skipped; in CI that is a failure" in done.stdout


def test_a_skipped_test_is_only_named_elsewhere(tmp_path):
    assert run(tmp_path, SKIPPED).returncode == 0


def test_tests_without_seed_documents_are_left_out_and_counted(tmp_path):
    done = run(tmp_path, NEEDS_SEEDS, CI="1")
    assert done.returncode == 0
    assert "1 tests need SEED_DOCUMENTS and were left out" in done.stdout
    assert "1 passed, 1 deselected" in done.stdout


def test_tests_with_seed_documents_run(tmp_path):
    assert "2 passed" in run(tmp_path, NEEDS_SEEDS, SEED_DOCUMENTS=str(tmp_path)).stdout
