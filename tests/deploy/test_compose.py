"""The file for containers: of the right shape, and by the rules of this project. Needs no container engine."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from cachexia_portal import secret_files

ROOT = Path(settings.BASE_DIR)
FILE = ROOT / "docker-compose.yml"
COMPOSE = yaml.safe_load(FILE.read_text())
SERVICES = COMPOSE["services"]
OURS = ("prepare", "web", "worker", "backup")
LASTING = [name for name, service in SERVICES.items() if service.get("restart") != "no"]


def test_it_has_the_shape_of_the_compose_specification():
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(FILE)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_part_is_there():
    parts = {"prepare", "web", "worker", "backup", "database", "redis", "proxy", "mail-catcher"}
    assert set(SERVICES) == parts
    assert [name for name in SERVICES if "profiles" in SERVICES[name]] == ["mail-catcher"]


@pytest.mark.parametrize("name", LASTING)
def test_every_lasting_service_says_whether_it_is_well_and_comes_back(name):
    assert SERVICES[name]["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", SERVICES)
def test_no_service_is_root_or_writes_to_its_image_or_takes_more_than_its_share(name):
    service = SERVICES[name]
    user, group = map(int, service["user"].split(":"))
    assert user > 0
    assert group > 0
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory", "pids"}
    assert service["logging"]["options"]["max-size"]


def test_only_the_proxy_is_reached_from_outside():
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert ports == {"proxy": ["80:8080", "443:8443"], "mail-catcher": ["127.0.0.1:8025:8025"]}


def test_database_and_redis_have_no_way_out():
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert SERVICES["database"]["networks"] == SERVICES["redis"]["networks"] == ["inside"]
    assert SERVICES["proxy"]["networks"] == ["front"]


def test_every_secret_comes_from_a_file_and_none_stands_here():
    for name in OURS:
        given = SERVICES[name]["environment"]
        assert {key for key in given if key.endswith("_FILE")} == {
            f"{key}_FILE" for key in secret_files.NAMES
        }
        assert [given[key] for key in secret_files.NAMES] == [""] * len(secret_files.NAMES)
    for service in SERVICES.values():
        assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"])
    text = FILE.read_text()
    assert not re.search(
        r"(?im)^[ \w]*(password|secret|key|token)\w*: *[\"']?(?!/run/secrets/)[^\s\"'{\[]", text
    )
    assert not re.search(r"://[^/\s]*:[^/\s]*@", text)


def test_every_setting_that_is_given_here_exists():
    example = (ROOT / ".env.example").read_text()
    known = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
    given = {name.removesuffix("_FILE") for service in OURS for name in SERVICES[service]["environment"]}
    assert given <= known


def test_every_volume_is_declared_and_what_was_taken_away_is_remembered_outside_the_data():
    for service in SERVICES.values():
        named = [entry.split(":")[0] for entry in service.get("volumes", []) if re.match(r"\w", entry)]
        assert set(named) <= set(COMPOSE["volumes"])
    given = SERVICES["web"]["environment"]
    assert given["ERASURE_LOG"].startswith("/erasures/")
    assert not given["ERASURE_LOG"].startswith(given["DATA_DIR"])


def test_the_proxy_may_read_pictures_and_marks_and_change_neither():
    mounted = dict(entry.split(":", 1) for entry in SERVICES["proxy"]["volumes"] if entry[0] not in "$.")
    assert mounted == {"media": "/media:ro", "purged": "/purged:ro", "proxy-logs": "/logs"}
    assert SERVICES["web"]["environment"]["PROXY_PURGE_DIR"] == "/purged"


def test_site_and_proxy_mean_the_same_folders_addresses_and_number_of_proxies():
    site, proxy = SERVICES["web"]["environment"], SERVICES["proxy"]["environment"]
    assert site["PROXY_PURGE_DIR"] == proxy["PROXY_PURGE_DIR"] == "/purged"
    assert "purged:/purged" in SERVICES["web"]["volumes"]
    assert "media:/data/media" in SERVICES["web"]["volumes"]
    settings_of_nginx = (ROOT / "deploy/proxy/site.conf").read_text()
    assert f"location ^~ {site['ACCEL_MEDIA_PREFIX']}/ {{\n    internal;" in settings_of_nginx
    assert site["TRUSTED_PROXY_COUNT"] == "1", "as nginx.conf hands on one address"
    assert site["MICRO_CACHE"] == "0", "the proxy keeps pages, and takes back what was withdrawn"


def test_nothing_that_people_wrote_is_in_a_log_or_on_a_disk_of_the_helpers():
    database, redis = SERVICES["database"]["command"], SERVICES["redis"]["command"][-1]
    said = {word for word in database if "=" in word}
    assert {"log_min_messages=fatal", "log_min_error_statement=panic", "log_error_verbosity=terse"} <= said
    assert 'save ""' in redis
    assert "volumes" not in SERVICES["redis"]


def test_nobody_asks_the_database_or_redis_without_a_password():
    assert SERVICES["database"]["environment"]["POSTGRES_PASSWORD_FILE"] == "/run/secrets/database_password"
    assert not [name for name in SERVICES["database"]["environment"] if "AUTH" in name]
    assert "requirepass $$(cat /run/secrets/redis_password)" in SERVICES["redis"]["command"][-1]


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("web", "http://127.0.0.1:8000/healthz"),
        ("worker", "http://web:8000/readyz heartbeat"),
        ("backup", "deploy/backups /backups --check"),
        ("database", "pg_isready"),
        ("redis", "redis-cli ping"),
        ("proxy", "/proxy/healthy 8080"),
    ],
)
def test_each_is_asked_for_what_it_does(name, asked):
    assert asked in " ".join(SERVICES[name]["healthcheck"]["test"])


def test_backups_are_made_by_the_command_every_day():
    assert SERVICES["backup"]["command"] == ["deploy/backups", "/backups"]
    assert "manage.py backup" in (ROOT / "deploy/backups").read_text()


def test_the_same_processes_run_without_containers():
    script = (ROOT / "deploy/local.sh").read_text()
    for name in ("database", "redis", "web", "worker", "proxy"):
        assert f"\nstart_{name}() " in script
    serve = "granian --interface wsgi"
    assert serve in (ROOT / "Dockerfile").read_text()
    assert serve in script


def test_new_secrets_are_random_private_and_never_made_twice(tmp_path):
    folder = tmp_path / "secrets"
    made = [subprocess.run([ROOT / "deploy/secrets", folder], capture_output=True, text=True, check=True)]
    before = {file.name: file.read_text() for file in folder.iterdir()}
    made.append(subprocess.run([ROOT / "deploy/secrets", folder], capture_output=True, text=True, check=True))
    assert {file.name: file.read_text() for file in folder.iterdir()} == before
    assert set(before) == set(COMPOSE["secrets"])
    assert folder.stat().st_mode & 0o077 == 0
    assert before["database_password"].strip() in before["database_url"]
    assert before["redis_password"].strip() in before["redis_url"]
    assert len(before["secret_key"].strip()) >= 50
    random = {name for name in before if name not in {"email_url", "secret_key_fallbacks"}}
    assert not any(before[name].strip() in run.stdout for run in made for name in random)
