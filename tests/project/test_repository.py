"""Rules on the files themselves."""

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
INLINE = {
    "a style attribute": r"<[a-z][^>]*\sstyle\s*=",
    "a style element": r"<style\b",
    # One block of data, which no browser runs, may stand there: what search engines are told of a guide.
    "a script without a file": r"<script\b(?![^>]*\ssrc=)"
    r'(?! type="application/ld\+json">\{\{ structured_data \}\}</script>)',
    "a handler": r"<[a-z][^>]*\son[a-z]+\s*=",
    "a javascript address": r"javascript:",
}
TEXT = {".py", ".html", ".md", ".css", ".js", ".svg", ".json", ".toml", ".txt", ".in", ".yml", ".yaml", ""}
# Put together here, so that this file does not name them.
NOT_FOR_THE_REPOSITORY = [
    "/" + "work/",
    "pypi" + ".org",
    "files.python" + "hosted.org",
    "registry.npm" + "js.org",
    "deb.deb" + "ian.org",
    "shared/" + "seeds",
    "BLUE" + "PRINT",
    "clau" + "de",
    "anth" + "ropic",
    "co-authored" + "-by",
    "TO" + "DO",
    "FIX" + "ME",
]


def files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def is_markup(path: Path) -> bool:
    inside = path.relative_to(ROOT).parts
    return path.suffix in {".html", ".svg"} and (inside[0] in {"templates", "static"} or "starter" in inside)


@pytest.mark.parametrize("fault", INLINE)
def test_no_template_holds_inline_style_or_script(fault):
    pattern = re.compile(INLINE[fault], re.IGNORECASE | re.DOTALL)
    found = [
        str(path.relative_to(ROOT))
        for path in files()
        if is_markup(path) and pattern.search(path.read_text(errors="replace"))
    ]
    assert not found, f"{fault} in {found}"


@pytest.mark.parametrize("words", NOT_FOR_THE_REPOSITORY)
def test_no_file_names_what_is_not_for_the_repository(words):
    found = [
        str(path.relative_to(ROOT))
        for path in files()
        if path.suffix in TEXT
        and re.search(
            rf"\b{re.escape(words)}\b" if words.isalpha() else re.escape(words),
            path.read_text(errors="replace"),
            re.IGNORECASE if words.islower() else 0,
        )
    ]
    assert not found, f"{words!r} in {found}"


def test_no_lock_file_carries_addresses():
    assert not [path for path in files() if path.name in {"uv.lock", "poetry.lock", "package-lock.json"}]


def test_nothing_marks_text_as_safe():
    sources = [path for path in files() if path.suffix in {".py", ".html"} and "tests" not in path.parts]
    found = [
        str(path.relative_to(ROOT))
        for path in sources
        if re.search(r"\bmark_safe\b|\|\s*safe\b|\bautoescape off\b", path.read_text(errors="replace"))
    ]
    assert not found


def test_templates_are_short():
    long = {
        str(path.relative_to(ROOT)): length
        for path in files()
        if path.suffix == ".html"
        and path.relative_to(ROOT).parts[0] == "templates"
        and (length := len(path.read_text(errors="replace").splitlines())) > 60
    }
    assert not long


def test_source_files_are_shorter_than_400_lines():
    long = {
        str(path.relative_to(ROOT)): length
        for path in files()
        if path.suffix == ".py" and (length := len(path.read_text(errors="replace").splitlines())) >= 400
    }
    assert not long


def test_no_module_is_named_after_nothing():
    vague = {"utils.py", "helpers.py", "services.py", "common.py"}
    assert not [str(path.relative_to(ROOT)) for path in files() if path.name in vague]


def test_every_link_between_the_documents_leads_to_a_file():
    dead = [
        f"{path.relative_to(ROOT)}: {link}"
        for path in files()
        if path.suffix == ".md" and path.parent in {ROOT, ROOT / "docs", ROOT / "docs/guides"}
        for link in re.findall(r"\]\(([^)#\s]+)", path.read_text())
        if "://" not in link and not link.startswith("/") and not (path.parent / link).exists()
    ]
    assert not dead
