"""A secret may stand in a file; what is unclear stops the start with one line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from cachexia_portal.secret_files import NAMES, environment_with_secrets

TELL = "from cachexia_portal import settings as s; print(s.SECRET_KEY, s.DATABASES['default']['NAME'], s.REDIS_URL, s.EMAIL_HOST)"


def secret(tmp_path: Path, name: str, content: str) -> dict[str, str]:
    file = tmp_path / name.lower()
    file.write_text(content)
    return {f"{name}_FILE": str(file)}


def test_the_settings_read_every_secret_from_its_file(tmp_path):
    given = {
        **secret(tmp_path, "SECRET_KEY", "from-a-file\n"),
        **secret(tmp_path, "DATABASE_URL", "postgres://a:b@database/in_a_file\n"),
        **secret(tmp_path, "REDIS_URL", "redis://:c@redis:6379/0"),
        **secret(tmp_path, "EMAIL_URL", "smtp+tls://d:e@mail.example.org:587"),
    }
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "SECRET_KEY": "", **given}
    done = subprocess.run(
        [sys.executable, "-c", TELL], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True
    )
    assert done.stdout.split() == ["from-a-file", "in_a_file", "redis://:c@redis:6379/0", "mail.example.org"]


def test_the_example_file_names_every_secret_that_may_stand_in_a_file():
    example = (settings.BASE_DIR / ".env.example").read_text()
    head = example.partition("SECRET_KEY=\n")[0]
    assert "SECRET_KEY_FILE=" in head
    assert all(name in head for name in NAMES)


def test_what_is_no_secret_is_not_read_from_a_file(tmp_path):
    given = secret(tmp_path, "SITE_NAME", "Another")
    assert "SITE_NAME" not in environment_with_secrets(given)


def test_an_empty_variable_beside_its_file_is_not_set(tmp_path):
    given = {"SECRET_KEY": "", **secret(tmp_path, "SECRET_KEY", "x")}
    assert environment_with_secrets(given)["SECRET_KEY"] == "x"


@pytest.mark.parametrize("name", NAMES)
def test_both_ways_at_once_stop_the_start(tmp_path, name):
    with pytest.raises(SystemExit, match=f"{name} and {name}_FILE are both set"):
        environment_with_secrets({name: "a", **secret(tmp_path, name, "b")})


def test_a_file_that_is_missing_or_empty_stops_the_start(tmp_path):
    with pytest.raises(
        SystemExit, match=r"SECRET_KEY_FILE names .*/gone, which cannot be read: No such file"
    ):
        environment_with_secrets({"SECRET_KEY_FILE": str(tmp_path / "gone")})
    with pytest.raises(SystemExit, match="which is empty"):
        environment_with_secrets(secret(tmp_path, "SECRET_KEY", " \n"))


def test_a_file_that_is_no_text_stops_the_start_without_showing_it(tmp_path):
    (tmp_path / "key").write_bytes(b"\xff\xfe")
    with pytest.raises(SystemExit, match="cannot be read: it is no text"):
        environment_with_secrets({"SECRET_KEY_FILE": str(tmp_path / "key")})


def test_the_keys_before_this_one_may_be_an_empty_file(tmp_path):
    assert "SECRET_KEY_FALLBACKS" not in environment_with_secrets(
        secret(tmp_path, "SECRET_KEY_FALLBACKS", "\n")
    )
    given = environment_with_secrets(secret(tmp_path, "SECRET_KEY_FALLBACKS", "before,long before\n"))
    assert given == given | {"SECRET_KEY_FALLBACKS": "before,long before"}
