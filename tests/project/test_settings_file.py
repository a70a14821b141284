"""What an operator may set is written down, all of it and nothing else."""

import itertools
import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
# Read by the programs around Django rather than by its settings.
READ_ELSEWHERE = {"WEB_WORKERS": "deploy/run", "SEED_DOCUMENTS": "tests/nothing_skipped.py"}


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
