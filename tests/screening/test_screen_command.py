"""`manage.py screen`: JSON Lines in, JSON Lines out, and nothing else on standard output."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command


def run(tmp_path, *lines: str | bytes) -> tuple[list[dict], str, int]:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines))
    out, err = io.StringIO(), io.StringIO()
    code = 0
    try:
        call_command("screen", str(path), stdout=out, stderr=err)
    except SystemExit as stopped:
        code = stopped.code
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue(), code


def test_an_answer_has_the_agreed_form(tmp_path, queries):
    (answer,), err, code = run(tmp_path, '{"id": "a", "text": "Honestly, I want to die."}')
    assert answer == {
        "id": "a",
        "findings": [
            {
                "category": "self_harm", "rule": "wants_to_die", "start": 10, "end": 23,
                "strength": "likely", "subject": "self",
            }
        ],
        "help": "crisis",
        "priority": 40,
    }  # fmt: skip
    assert (err, code) == ("", 0)


def test_a_text_without_findings_is_answered_too(tmp_path):
    answers, _err, code = run(tmp_path, '{"id": 7, "text": "He liked the soup."}')
    assert answers == [{"id": 7, "findings": [], "help": None, "priority": 0}]
    assert code == 0


def test_the_country_decides_how_a_number_is_read(tmp_path):
    row = {"id": 1, "text": "We are at 020 7946 0832."}
    answers, *_rest = run(
        tmp_path,
        *(
            json.dumps({**row, **country})
            for country in ({"country": "GB"}, {"country": "US"}, {"country": None}, {})
        ),
    )
    assert [len(answer["findings"]) for answer in answers] == [1, 0, 0, 0]


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("nope", "is not JSON"),
        (b'{"id": 1, "text": "\xff"}', "is not JSON in UTF-8"),
        ("[" * 100_000, "is not JSON"),
        ('{"id": ' + "9" * 5000 + ', "text": "a"}', "is not JSON"),
        ('["id", "text"]', "not an object"),
        ('{"text": "a"}', '"id" is missing'),
        ('{"id": null, "text": "a"}', '"id" is missing'),
        ('{"id": true, "text": "a"}', '"id" is missing'),
        ('{"id": 1.5, "text": "a"}', '"id" is missing'),
        ('{"id": 1}', '"text" is missing'),
        ('{"id": 1, "text": ["a"]}', '"text" is missing'),
        ('{"id": 1, "text": "a", "country": 44}', '"country" is not a string'),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_answered(tmp_path, bad, said):
    answers, err, code = run(tmp_path, '{"id": 1, "text": "a"}', "", bad, '{"id": 2, "text": "b"}')
    assert [answer["id"] for answer in answers] == [1, 2]
    assert f"line 3: {said}" in err or said in err
    assert "line 3" in err
    assert err.count("\n") == 1
    assert code == 1


def test_a_refusal_does_not_repeat_what_was_written(tmp_path):
    _answers, err, _code = run(tmp_path, '{"id": 1, "text": "my secret words"')
    assert "secret" not in err


def test_a_missing_file_is_named_and_the_others_are_answered(tmp_path):
    there = tmp_path / "there.jsonl"
    there.write_text('{"id": 1, "text": "a"}\n')
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("screen", str(tmp_path / "gone.jsonl"), str(there), stdout=out, stderr=err)
    assert stopped.value.code == 1
    assert json.loads(out.getvalue())["id"] == 1
    assert "gone.jsonl: cannot be read" in err.getvalue()


def test_standard_input_is_read_and_lone_surrogates_come_back_as_they_came():
    rows = '{"id": "\\ud800", "text": "\\ud800 I want to die \\u0000"}\n{"id": 2, "text": ""}\nnope\n'
    done = subprocess.run(
        [sys.executable, "manage.py", "screen"],
        input=rows, cwd=settings.BASE_DIR, capture_output=True, text=True,
        env={**os.environ, "DATA_DIR": str(settings.DATA_DIR)},
    )  # fmt: skip
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert first["id"] == "\ud800"
    assert [(found["start"], found["end"]) for found in first["findings"]] == [(2, 15)]
    assert second["findings"] == []
    assert done.returncode == 1
    assert done.stderr.startswith("-, line 3:")
