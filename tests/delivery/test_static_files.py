"""Style sheets are one request each, with their layers, and the copies without a hash too."""

import re
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.test import override_settings

from cachexia_portal.delivery.static_files import JoinedManifestStorage, join_sheet

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "cachexia_portal.delivery.static_files.JoinedManifestStorage"},
}
FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]


@pytest.fixture
def sources(tmp_path):
    """A folder of sources: `sources({"css/a.css": "…"})` writes them and gives the paths to join."""
    folder = tmp_path / "sources"

    def write(files):
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        storage = FileSystemStorage(folder)
        return {name: (storage, name) for name in files}

    return write


def collect_into(root: Path, **changes) -> Path:
    with override_settings(STORAGES=STORAGES, STATICFILES_FINDERS=FINDERS, STATIC_ROOT=root, **changes):
        call_command("collectstatic", interactive=False, verbosity=0)
    return root


@pytest.fixture
def collect(tmp_path):
    """Runs collectstatic over the written sources; gives where it went."""
    return lambda: collect_into(tmp_path / "static_root", STATICFILES_DIRS=[tmp_path / "sources"])


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The site's own static files, as they are served."""
    return collect_into(tmp_path_factory.mktemp("static_root"))


def manifest_name(root: Path, name: str) -> str:
    storage = JoinedManifestStorage(location=root, base_url="/static/")
    return storage.stored_name(name)


def test_an_import_becomes_its_file_inside_its_layer(sources):
    paths = sources(
        {"css/main.css": '@layer a, b;\n@import url("a.css") layer(a);\n', "css/a.css": "p { top: 0 }"}
    )
    assert join_sheet("css/main.css", paths) == "@layer a, b;\n\n@layer a {\np { top: 0 }\n}\n"


def test_an_import_for_print_stays_for_print(sources):
    paths = sources({"main.css": '@import url("p.css") layer(print) print;', "p.css": "p { top: 0 }"})
    assert join_sheet("main.css", paths).strip() == "@media print {\n@layer print {\np { top: 0 }\n}\n}"


def test_an_import_without_a_layer_stays_without(sources):
    paths = sources({"main.css": "@import 't.css';\nb { top: 1px }", "t.css": "p { top: 0 }"})
    assert join_sheet("main.css", paths).split() == ["p", "{", "top:", "0", "}", "b", "{", "top:", "1px", "}"]


def test_imports_of_imports_are_joined(sources):
    paths = sources(
        {
            "main.css": '@import "a.css" layer(a);',
            "a.css": '@import "b.css" layer(b);',
            "b.css": "p { top: 0 }",
        }
    )
    assert join_sheet("main.css", paths).split() == [
        "@layer",
        "a",
        "{",
        "@layer",
        "b",
        "{",
        "p",
        "{",
        "top:",
        "0",
        "}",
        "}",
        "}",
    ]


def test_sheets_from_elsewhere_are_left_alone(sources):
    text = '@import url("https://other.example/a.css");\n@import url("/static/b.css");\n'
    assert join_sheet("main.css", sources({"main.css": text})) == text


def test_links_inside_a_part_still_find_their_file(sources):
    text = 'a { b: url(x.svg) url("../img/y.svg#z") url(data:image/png;base64,AA) url(/static/q.svg) url(#here) }'
    paths = sources({"css/main.css": '@import "parts/a.css";', "css/parts/a.css": text})
    assert join_sheet("css/main.css", paths).strip() == (
        'a { b: url("parts/x.svg") url("img/y.svg#z") url(data:image/png;base64,AA) url(/static/q.svg) url(#here) }'
    )


def test_collected_links_point_at_hashed_files(sources, collect):
    sources(
        {
            "css/main.css": '@import "parts/a.css" layer(a);',
            "css/parts/a.css": "a { background: url(../../img/y.svg) }",
            "img/y.svg": "<svg/>",
        }
    )
    root = collect()
    joined = (root / manifest_name(root, "css/main.css")).read_text()
    assert re.search(r'url\("\.\./img/y\.[0-9a-f]{12}\.svg"\)', joined), joined


def test_a_changed_part_changes_the_name_of_the_sheet(sources, collect):
    files = {"css/main.css": '@import "a.css" layer(a);', "css/a.css": "a { top: 0 }"}
    sources(files)
    root = collect()
    before = manifest_name(root, "css/main.css")
    sources({"css/a.css": "a { top: 1px }"})
    collect()
    after = manifest_name(root, "css/main.css")
    assert before != after
    assert "top: 1px" in (root / after).read_text()
    assert "top: 1px" in (root / "css/main.css").read_text()


def test_collecting_twice_gives_the_same(sources, collect):
    sources({"css/main.css": '@import "a.css" layer(a);', "css/a.css": "a { top: 0 }"})
    root = collect()
    first = (root / "css/main.css").read_text()
    collect()
    assert (root / "css/main.css").read_text() == first


def test_the_site_asks_for_one_style_sheet_with_its_layers_in_order(collected):
    joined = (collected / manifest_name(collected, "css/main.css")).read_text()
    assert "@import" not in joined
    order = re.search(r"@layer ([\w, ]+);", joined)[1].split(", ")
    at = [joined.index(f"@layer {layer} {{") for layer in order]
    assert order[0] == "tokens"
    assert order[-1] == "print"
    assert at == sorted(at)
    assert re.search(r"@media print \{\s*@layer print \{", joined)
    assert joined.count("{") == joined.count("}")


def test_the_copy_without_a_hash_is_joined_and_compressed_too(collected):
    plain = (collected / "css/main.css").read_text()
    assert "@import" not in plain
    assert plain == (collected / manifest_name(collected, "css/main.css")).read_text()
    assert (collected / "css/main.css.gz").exists()
    assert (collected / "css/main.css.br").exists()


def test_the_admins_style_sheet_has_the_tokens_and_no_layer(collected):
    joined = (collected / "css/admin.css").read_text()
    assert "@import" not in joined
    assert "@layer" not in joined
    assert "--paper:" in joined
