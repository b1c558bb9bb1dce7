"""What pipes, terminals and full disks make of the streams of a command."""

from __future__ import annotations

import os
import pty
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from cleaner.corpus.kind import MAX_DOCUMENT
from tests.support import ARTICLE, CLEAN, LETTER, Ran, command, contents, environment, run, written

BROKEN_PIPE = 141


def without_reader(args: Sequence[str], cwd: Path) -> Ran:
    """Run with a standard output whose reader has gone, as after `| head -0`."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as out:
        line = [command(), *args]
        done = subprocess.run(
            line, cwd=cwd, env=environment(), input=ARTICLE.encode(), stdout=out, stderr=subprocess.PIPE, check=False
        )
    return Ran(done.returncode, b"", done.stderr)


def on_terminal(args: Sequence[str], cwd: Path, **env: str) -> tuple[int, str]:
    """Run with all three streams on a terminal; the exit code and what it shows."""
    ours, theirs = pty.openpty()
    line = [command(), *args]
    with subprocess.Popen(
        line, cwd=cwd, env=environment(TERM="xterm", **env), stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 1 << 16)
            except OSError:  # how Linux says that the other side is closed
                break
            if not piece:
                break
            shown += piece
    os.close(ours)
    return process.returncode, shown.decode()


class TestClosedPipe:
    @pytest.mark.parametrize(
        "args",
        [
            [],
            ["clean", "a.txt"],
            ["clean", "-"],
            ["diff", "a.txt"],
            ["diff", "--format", "text", "a.txt"],
            ["why", "a.txt:3"],
            ["rules", "new", "ad/x", "Ad"],
            ["--help"],
            ["clean", "--help"],
        ],
        ids=" ".join,
    )
    def test_it_ends_like_any_filter_and_says_nothing(self, place: Path, args: list[str]) -> None:
        written(place, {"a.txt": ARTICLE})

        assert without_reader(args, place) == Ran(BROKEN_PIPE, b"", b"")

    def test_a_run_that_writes_files_does_not_mind(self, place: Path) -> None:
        written(place, {"in/a.txt": ARTICLE})

        assert without_reader(["clean", "in", "-o", "out", "-q"], place).code == 0
        assert contents(place / "out") == {"a.txt": CLEAN.encode()}

    def test_a_reader_that_stops_in_the_middle_is_no_defect(self, place: Path) -> None:
        written(place, {f"in/{number}.txt": ARTICLE for number in range(1500)})
        line = "cleaner diff in | head -1; echo done"
        # Without pipefail: what head says is the pipe's exit code; what is held here is the silence.
        done = subprocess.run(["sh", "-c", line], cwd=place, env=environment(), capture_output=True, check=False)

        assert (done.returncode, done.stdout, done.stderr) == (0, b"--- a/0.txt\ndone\n", b"")


class TestNowhereToReadOrWrite:
    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
    @pytest.mark.parametrize(
        "args",
        [["clean", "a.txt"], ["diff", "a.txt"], ["why", "a.txt:3"], ["rules", "new", "ad/x", "Ad"]],
        ids=" ".join,
    )
    def test_a_full_disk_behind_standard_output_is_said(self, place: Path, args: list[str]) -> None:
        written(place, {"a.txt": ARTICLE})
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [command(), *args], cwd=place, env=environment(), stdout=full, stderr=subprocess.PIPE, check=False
            )

        assert (done.returncode, done.stderr) == (2, b"cleaner: standard output: No space left on device\n")

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
    def test_a_full_disk_behind_the_record_or_a_report_is_said(self, place: Path) -> None:
        written(place, {"in/a.txt": ARTICLE})

        record = run(["clean", "in", "-o", "out", "--record", "/dev/full"], place)
        report = run(["clean", "in/a.txt", "-o", "out.txt", "--report", "text=/dev/full"], place)

        assert (record.code, record.errors) == (2, "cleaner: /dev/full: cannot be written (No space left on device)\n")
        assert (report.code, report.errors) == (2, "cleaner: /dev/full: cannot be written (No space left on device)\n")

    def test_a_full_disk_in_place_leaves_the_files_as_they_were(self, place: Path) -> None:
        if not Path("/dev/full").exists():
            pytest.skip("there is no device that is always full")
        written(place, {"in/a.txt": ARTICLE})

        assert run(["clean", "in", "--in-place", "--record", "/dev/full"], place).code == 2
        assert contents(place / "in") == {"a.txt": ARTICLE.encode()}

    @pytest.mark.parametrize(
        ("closed", "said"),
        [
            (">&-", "standard output: is closed; there is nowhere to write to"),
            ("<&-", "standard input: is closed; pipe a text in, or name a file"),
        ],
    )
    def test_a_closed_stream_is_said(self, place: Path, closed: str, said: str) -> None:
        line = f"cleaner clean - {closed}"
        done = subprocess.run(["sh", "-c", line], cwd=place, env=environment(), capture_output=True, check=False)

        assert (done.returncode, done.stderr.decode()) == (2, f"cleaner: {said}\n")

    @pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="there is no other file whose reading fails")
    def test_a_standard_input_that_cannot_be_read_is_said(self, place: Path) -> None:
        line = "cleaner < /proc/self/mem"
        done = subprocess.run(["sh", "-c", line], cwd=place, env=environment(), capture_output=True, check=False)

        said = b"cleaner: standard input: cannot be read (Input/output error)\n"
        assert (done.returncode, done.stdout, done.stderr) == (3, b"", said)

    def test_a_terminal_that_cannot_show_a_letter_is_no_reason_to_stop(self, place: Path) -> None:
        written(place, {"a.txt": "Größe – 日本\n"})

        ran = run(["why", "a.txt:1"], place, env=environment(PYTHONIOENCODING="latin-1"))

        assert ran.code == 0
        assert ran.out.startswith("Größe \\u2013 \\u65e5\\u672c\n".encode("latin-1"))

    def test_the_clean_text_itself_knows_no_locale(self, place: Path) -> None:
        data = "Größe – 日本\n".encode()

        assert run([], place, stdin=data, env=environment(PYTHONIOENCODING="ascii", LC_ALL="C")).out == data


class TestTooLargeForCleaning:
    @pytest.fixture
    def data(self) -> bytes:
        return b"The dam opens in May.\n" * (1 + MAX_DOCUMENT // 22)

    def test_it_goes_through_a_pipe_unchanged(self, place: Path, data: bytes) -> None:
        ran = run([], place, stdin=data)

        assert (ran.code, ran.errors) == (3, "cleaner: standard input: is larger than 64 MB; split it into articles\n")
        assert ran.out == data

    def test_and_from_file_to_file_too(self, place: Path, data: bytes) -> None:
        written(place, {"in/a.txt": data, "in/b.txt": ARTICLE})

        ran = run(["clean", "in", "-o", "out", "-q"], place)

        assert (ran.code, ran.errors) == (3, "cleaner: in/a.txt: is larger than 64 MB; split it into articles\n")
        assert contents(place / "out") == {"a.txt": data, "b.txt": CLEAN.encode()}


class TestTerminal:
    def test_without_a_command_there_is_help_instead_of_waiting(self, place: Path) -> None:
        code, shown = on_terminal([], place)

        assert code == 0
        assert shown.startswith("Usage: cleaner")

    def test_diff_shows_passages_in_colour(self, place: Path) -> None:
        written(place, {"a.txt": ARTICLE})

        code, shown = on_terminal(["diff", "a.txt"], place)

        assert code == 1
        assert f"\x1b[31m{LETTER}\x1b[0m" in shown

    def test_no_color_is_honoured(self, place: Path) -> None:
        written(place, {"a.txt": ARTICLE})

        code, shown = on_terminal(["diff", "a.txt"], place, NO_COLOR="1")

        assert code == 1
        assert f"[-{LETTER}-]" in shown
        assert "\x1b" not in shown

    def test_force_color_is_honoured_in_a_pipe(self, place: Path) -> None:
        written(place, {"a.txt": ARTICLE})

        plain = run(["diff", "--format", "text", "a.txt"], place)
        forced = run(["diff", "--format", "text", "a.txt"], place, env=environment(FORCE_COLOR="1"))

        assert b"\x1b" not in plain.out
        assert f"\x1b[31m{LETTER}\x1b[0m".encode() in forced.out

    def test_a_run_shows_its_progress_and_then_its_summary(self, place: Path) -> None:
        written(place, {f"in/{number}.txt": ARTICLE for number in range(3)})

        code, shown = on_terminal(["clean", "in", "-o", "out"], place)

        assert code == 0
        assert re.search(r"cleaning .*669/669 bytes.*3 documents", shown)
        assert "3 documents: 3 changed, 0 unchanged" in shown

    def test_quiet_shows_neither(self, place: Path) -> None:
        written(place, {"in/a.txt": ARTICLE})

        assert on_terminal(["clean", "in", "-o", "out", "--quiet"], place) == (0, "")

    def test_a_single_text_has_its_summary_on_a_terminal_only(self, place: Path) -> None:
        written(place, {"a.txt": ARTICLE})

        code, shown = on_terminal(["clean", "a.txt"], place)

        assert code == 0
        assert "1 document: 1 changed, 0 unchanged" in shown
        assert run(["clean", "a.txt"], place) == Ran(0, CLEAN.encode(), b"")

    def test_article_text_is_no_markup(self, place: Path) -> None:
        written(place, {"a.txt": f"[bold]The dam[/bold] :smile: opens.\n{LETTER} [link=x]y[/link]\n"})

        _, shown = on_terminal(["diff", "a.txt"], place, NO_COLOR="1")

        assert "[bold]The dam[/bold] :smile: opens." in shown
        assert f"[-{LETTER} [link=x]y[/link]-]" in shown
