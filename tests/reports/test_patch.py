"""Patches are held to what they are for: real `git apply` and `patch` must make the clean file of the
original, and the original of the clean file, whatever bytes stand in them."""

from __future__ import annotations

import io
import os
import random
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from cleaner.model import Removal
from cleaner.reports.patch import PatchReport, patch
from cleaner.reports.view import Examined
from tests.support import ARTICLE, PAGE, contents, ours, written

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
needs_patch = pytest.mark.skipif(shutil.which("patch") is None, reason="patch is not installed")

Case = tuple[bytes, Sequence[tuple[int, int]]]


def removal(start: int, end: int, rule: str = "ad/x") -> Removal:
    """A removal of which only what a patch looks at is true."""
    return Removal("", 0, 0, start, end, 1, 1, rule, "ad", 1.0, (), "")


def patch_of(cases: Mapping[str, Case]) -> bytes:
    return b"".join(
        b"".join(patch(name, data, [removal(start, end) for start, end in spans]))
        for name, (data, spans) in cases.items()
    )


def without(data: bytes, spans: Sequence[tuple[int, int]]) -> bytes:
    edges = [0, *(edge for span in spans for edge in span), len(data)]
    return b"".join(data[edges[i] : edges[i + 1]] for i in range(0, len(edges), 2))


def git_apply(folder: Path, text: bytes, *flags: str) -> None:
    # Not within a repository, and told so: the tests may themselves run below one.
    outside = {**os.environ, "GIT_CEILING_DIRECTORIES": str(folder.parent)}
    line = ["git", "apply", "--whitespace=nowarn", *flags]
    done = subprocess.run(line, cwd=folder, input=text, env=outside, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")


def gnu_patch(folder: Path, text: bytes, *flags: str) -> None:
    line = ["patch", "-p1", "--binary", "--silent", "--no-backup-if-mismatch", *flags]
    done = subprocess.run(line, cwd=folder, input=text, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode(errors="replace") + done.stderr.decode(errors="replace")


def check(folder: Path, cases: Mapping[str, Case], *, tools: Sequence[str] = ("git", "patch")) -> None:
    """Forward and back again with every tool, all files at once."""
    text = patch_of(cases)
    before = dict(sorted((name, data) for name, (data, _) in cases.items()))
    after = dict(sorted((name, without(data, spans)) for name, (data, spans) in cases.items()))
    for tool in tools:
        place = written(folder / tool, before)
        apply = git_apply if tool == "git" else gnu_patch
        apply(place, text)
        assert contents(place) == after, tool
        apply(place, text, "-R")
        assert contents(place) == before, tool


LINES = b"".join(b"line %d\n" % number for number in range(1, 31))


def lines(first: int, last: int, data: bytes = LINES) -> tuple[int, int]:
    """The span of whole lines `first` to `last`."""
    ends = [0, *(i + 1 for i, byte in enumerate(data) if byte == 10)]
    return ends[first - 1], ends[last]


PLACES: dict[str, Case] = {
    "first": (LINES, [lines(1, 1)]),
    "last": (LINES, [lines(30, 30)]),
    "middle": (LINES, [lines(10, 12)]),
    "everything": (LINES, [(0, len(LINES))]),
    "adjacent": (LINES, [lines(5, 5), lines(6, 7)]),
    "context shared": (LINES, [lines(5, 5), lines(12, 12)]),
    "context apart": (LINES, [lines(5, 5), lines(13, 13)]),
    "far apart": (LINES, [lines(1, 2), lines(15, 15), lines(29, 30)]),
    "within a line": (LINES, [(2, 4)]),
    "twice within a line": (LINES, [(2, 3), (4, 5)]),
    "within and whole": (LINES, [(2, 4), lines(2, 2)]),
    "from within to within": (LINES, [(3, 17)]),
    "a line end only": (LINES, [(6, 7)]),
    "one line": (b"only\n", [(0, 5)]),
    "one line, no end": (b"only", [(0, 4)]),
    "no final newline, last goes": (LINES + b"last", [(len(LINES), len(LINES) + 4)]),
    "no final newline, its end goes too": (LINES + b"last", [(len(LINES) - 1, len(LINES) + 4)]),
    "no final newline, first goes": (LINES + b"last", [lines(1, 1)]),
    "no final newline, near": (LINES + b"last", [lines(29, 29)]),
    "becomes unended": (LINES, [(len(LINES) - 1, len(LINES))]),
    "crlf": (LINES.replace(b"\n", b"\r\n"), [lines(3, 4, LINES.replace(b"\n", b"\r\n"))]),
    "crlf within": (LINES.replace(b"\n", b"\r\n"), [(0, 2)]),
    "half a crlf": (LINES.replace(b"\n", b"\r\n"), [(6, 7)]),
    "cr only": (LINES.replace(b"\n", b"\r"), [(7, 14)]),
    "cr only to the end": (LINES.replace(b"\n", b"\r"), [(7, len(LINES))]),
    "mixed ends": (b"a\r\nb\rc\nd\r\n\r\ne", [(3, 5), (8, 11)]),
    "bad bytes": (b"\xff\xfe bad\n\xc3\x28\ncaf\xe9\n\x80", [(7, 10)]),
    "utf-16": ("line one\nline two\nline three\n".encode("utf-16"), [(20, 38)]),
    "form feed": (b"a\n\x0cb\x0b\n\xe2\x80\xa8c\n", [(2, 6)]),
    "looks like a patch": (b"--- a/x\n+++ b/x\n@@ -1,1 +1,1 @@\n-a\n+b\n\\ No newline at end of file\n", [(8, 16)]),
    "trailing blanks": (b"a \t\n \nb\n\n\n", [(4, 6)]),
}


class TestApplies:
    @needs_git
    @needs_patch
    def test_wherever_something_goes(self, tmp_path: Path) -> None:
        check(tmp_path, {f"{name}.txt": case for name, case in PLACES.items()})

    @needs_git
    @needs_patch
    def test_at_random_places_of_random_files(self, tmp_path: Path) -> None:
        chance = random.Random(20240607)
        pieces = [b"a", b"b c", b"", b"", b"-", b"+x", b"\xff", b"\r", "é".encode()]
        ends = [b"\n", b"\n", b"\n", b"\r\n", b"\r"]
        cases: dict[str, Case] = {}
        for number in range(400):
            data = b"".join(chance.choice(pieces) + chance.choice(ends) for _ in range(chance.randrange(1, 25)))
            data += chance.choice(pieces)
            edges = sorted(chance.sample(range(len(data) + 1), min(len(data) + 1, 2 * chance.randrange(1, 4))))
            cases[f"{number:03}.txt"] = (data, [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)])

        check(tmp_path, cases)

    @needs_git
    @needs_patch
    def test_to_files_of_any_name(self, tmp_path: Path) -> None:
        names = [
            "a b.txt", " begins and ends ", "tab\there.txt", 'with "quotes".txt', "it's.txt", "back\\slash.txt",
            "größe.txt", "日本.txt", 'größe "x".txt', "\x1b[31m.txt", "deep/er/a b.txt", "-R", "a/b", "#~!$.txt",
            "del\x7f",
        ]  # fmt: skip

        check(tmp_path, {name: (LINES, [lines(3, 4)]) for name in names})

    @needs_git
    def test_to_files_whose_names_patch_itself_refuses(self, tmp_path: Path) -> None:
        names = ["new\nline.txt", os.fsdecode(b"caf\xe9.txt"), os.fsdecode(b'"\xff"\r')]

        check(tmp_path, {name: (LINES, [lines(3, 4)]) for name in names}, tools=["git"])

    @needs_git
    def test_made_by_real_rules(self, tmp_path: Path) -> None:
        texts = [
            ARTICLE,
            ARTICLE.replace("\n", "\r\n"),
            ARTICLE.replace("\n", "\r"),
            ARTICLE.rstrip(),
            "\ufeff" + ARTICLE,
        ]
        files = {f"{n}.txt": text.encode(codec) for n, text in enumerate(texts) for codec in ("utf-8", "utf-16-le")}
        results = {name: ours().clean(data) for name, data in files.items()}
        handle = io.BytesIO()
        report = PatchReport(handle)
        for name, result in results.items():
            report.add(Examined(name, result, files[name]))
        place = written(tmp_path / "place", files)

        git_apply(place, handle.getvalue())

        assert contents(place) == {name: result.data for name, result in results.items()}
        assert all(result.removals for result in results.values())


class TestText:
    def test_it_is_a_unified_patch_with_the_rules_beside_the_ranges(self) -> None:
        data = b"a\nb\nc\nd\ne\nf\ng\n"
        pieces = patch("x.txt", data, [removal(8, 10, "ad/x"), removal(10, 11, "ad/x"), removal(12, 14, "byline/y")])

        assert b"".join(pieces) == (
            b"--- a/x.txt\n+++ b/x.txt\n@@ -2,6 +2,4 @@ ad/x, byline/y\n b\n c\n d\n-e\n-f\n+\n-g\n"
        )

    def test_a_missing_final_newline_is_said_on_either_side(self) -> None:
        assert b"".join(patch("x", b"a\nb", [removal(0, 2)])) == (
            b"--- a/x\n+++ b/x\n@@ -1,2 +1,1 @@ ad/x\n-a\n b\n\\ No newline at end of file\n"
        )
        assert b"".join(patch("x", b"a\nb", [removal(1, 3)])) == (
            b"--- a/x\n+++ b/x\n@@ -1,2 +1,1 @@ ad/x\n-a\n-b\n\\ No newline at end of file\n"
            b"+a\n\\ No newline at end of file\n"
        )

    def test_what_is_left_empty_has_an_empty_range(self) -> None:
        assert b"".join(patch("x", b"a\n", [removal(0, 2)])) == b"--- a/x\n+++ b/x\n@@ -1,1 +0,0 @@ ad/x\n-a\n"

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("plain.txt", b"a/plain.txt"),
            ("a b.txt", b"a/a b.txt\t"),
            ("größe", "a/größe\t".encode()),
            ("blank at its end ", b'"a/blank at its end "'),
            ('"x"', b'"a/\\"x\\""'),
            ('"ö"', b'"a/\\"\\303\\266\\""'),
            ("a\nb\\", b'"a/a\\nb\\\\"'),
            ("\x1b\x7f", b'"a/\\033\\177"'),
        ],
    )
    def test_names_are_written_as_git_writes_them(self, name: str, said: bytes) -> None:
        assert next(patch(name, b"x", [removal(0, 1)])).split(b"\n")[0] == b"--- " + said

    def test_nothing_that_stays_and_no_page_is_in_it(self) -> None:
        handle = io.BytesIO()
        report = PatchReport(handle)
        report.add(Examined("a.txt", ours().clean("Nothing goes.\n"), b"Nothing goes.\n"))
        report.add(Examined("p.html", ours().clean_html(PAGE), None))

        assert handle.getvalue() == b""
