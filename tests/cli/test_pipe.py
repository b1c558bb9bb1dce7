"""Rows that go through a pipe one by one."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cleaner.api import Cleaner
from cleaner.cli import cli, pipe
from tests.support import ARTICLE, CLEAN, DAM, PAGE, command, environment, run, unmeasured

NOT_FOR_A_PIPE = {
    "bs4", "concurrent.futures", "gzip", "importlib.metadata", "json", "lxml", "multiprocessing", "pathspec", "rich",
    "shutil", "tempfile", "tomllib", "traceback",
    "cleaner.cli.clean", "cleaner.config.model", "cleaner.config.read", "cleaner.corpus.pool",
    "cleaner.corpus.record", "cleaner.html", "cleaner.reports", "cleaner.rules.read", "cleaner.rules.translate",
}  # fmt: skip
"""What takes a while to import, and only other commands, forms or inputs need."""


def row(text: str, number: int = 0) -> bytes:
    return json.dumps({"id": number, "text": text}).encode() + b"\n"


def test_each_row_comes_out_before_the_next_one_goes_in(place: Path) -> None:
    """Were rows gathered, reading one back would wait for ever."""
    line = [command(), "clean", "-", "-q"]
    with subprocess.Popen(
        line, cwd=place, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(5):
            process.stdin.write(row(ARTICLE, number))
            process.stdin.flush()
            assert process.stdout.readline() == row(CLEAN, number)
        process.stdin.close()
        assert process.stdout.read() == b""
    assert process.returncode == 0


def test_without_a_command_all_is_as_with_clean_and_no_option(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[tuple[Any, ...]] = []

    def clean_stdin(cleaner: Cleaner, *given: Any, quiet: bool) -> int:
        called.append((cleaner.fingerprint, *given, quiet))
        return 0

    monkeypatch.setattr(pipe, "clean_stdin", clean_stdin)

    for line in ([], ["clean", "-"]):
        assert CliRunner().invoke(cli, line, input="hi", standalone_mode=False).exception is None
    assert called[0] == called[1]


def test_a_word_on_its_way_imports_nothing_that_others_need(tmp_path: Path) -> None:
    told = "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); "
    line = [sys.executable, "-c", f"{told}from cleaner.cli import main; main()"]

    ran = subprocess.run(line, cwd=tmp_path, env=unmeasured(), input=b"hi\n", capture_output=True, check=True)

    assert ran.stdout == b"hi\n"
    loaded = set(ran.stderr.decode().split())
    assert {"re2", "cleaner.text.clean"} <= loaded
    assert loaded.isdisjoint(NOT_FOR_A_PIPE)
    assert all(map(find_spec, NOT_FOR_A_PIPE)), "one that is not there would never be seen"


class TestWhatItIs:
    def test_rows_are_known_by_their_first_one(self, place: Path) -> None:
        ran = run([], place, stdin=row(ARTICLE) + b"\n" + row(DAM, 1))

        assert (ran.code, ran.out) == (0, row(CLEAN) + b"\n" + row(DAM, 1))

    def test_a_first_row_longer_than_a_pipe_holds_is_known_too(self, place: Path) -> None:
        text = "\n\n".join([DAM] * 500) + "\n"

        assert run([], place, stdin=row(text)).out == row(text)

    @pytest.mark.parametrize(
        "text",
        ['{"text": 5}\n', "{ a brace opens this text }\n", '{"text": "never closed\n'],
    )
    def test_all_else_is_one_document(self, place: Path, text: str) -> None:
        assert run([], place, stdin=text.encode()).out == text.encode()

    def test_rows_without_the_field_are_no_text_that_is_clean(self, place: Path) -> None:
        ran = run([], place, stdin=b'{"body": "no text in it"}\n')

        assert (ran.code, ran.out) == (3, b"")
        assert ran.errors.startswith("cleaner: standard input: has no field 'text' (only body)")

    def test_what_is_said_to_be_text_is(self, place: Path) -> None:
        ran = run(["clean", "-", "--input-format", "text"], place, stdin=row(ARTICLE))

        assert ran.out == row(ARTICLE)

    def test_what_is_said_to_be_a_page_is(self, place: Path) -> None:
        fragment = PAGE[PAGE.index("<article>") :].encode()

        assert run(["clean", "-", "--input-format", "html"], place, stdin=fragment).out == CLEAN.encode()
        assert run(["clean", "-", "--input-format", "text"], place, stdin=fragment).out == fragment


class TestRows:
    def test_into_a_file_they_are_there_when_all_are(self, place: Path) -> None:
        ran = run(["clean", "-", "-o", "out.jsonl"], place, stdin=row(ARTICLE) * 3)

        assert (ran.code, ran.out) == (0, b"")
        assert (place / "out.jsonl").read_bytes() == row(CLEAN) * 3

    def test_a_wrong_field_leaves_no_file(self, place: Path) -> None:
        arguments = ["clean", "-", "--input-format", "jsonl", "--text-field", "body", "-o", "out.jsonl"]

        ran = run(arguments, place, stdin=row(ARTICLE))

        assert (ran.code, ran.out) == (3, b"")
        assert ran.errors.startswith("cleaner: standard input: has no field 'body' (only id, text)")
        assert not (place / "out.jsonl").exists()

    def test_they_keep_their_own_form(self, place: Path) -> None:
        ran = run(["clean", "-", "--format", "jsonl"], place, stdin=row(ARTICLE))

        assert (ran.code, ran.out) == (2, b"")
        assert ran.errors == ("cleaner: -: is written as it came, with all its fields; leave out --format jsonl\n")

    def test_a_broken_last_row_without_an_end_goes_through(self, place: Path) -> None:
        ran = run(["clean", "-"], place, stdin=row(ARTICLE) + b'{"text": "cut')

        assert (ran.code, ran.out) == (3, row(CLEAN) + b'{"text": "cut')
        assert ran.errors == "cleaner: standard input:2: is no JSON object; mend the line\n"
