from __future__ import annotations

import io
import os
import stat
import threading
from pathlib import Path
from typing import Literal

import pytest

from cleaner.corpus.write import copy_atomically, opened, sync_folder, write_atomically
from cleaner.errors import UsageError
from tests.support import written


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


class TestWriteAtomically:
    def test_folders_above_are_made_and_old_content_is_replaced(self, tmp_path: Path) -> None:
        target = tmp_path / "a" / "b" / "x.txt"

        write_atomically(target, b"old and longer")
        write_atomically(target, b"new\r\n")

        assert target.read_bytes() == b"new\r\n"
        assert [path.name for path in target.parent.iterdir()] == ["x.txt"]

    def test_a_new_file_has_the_mode_that_the_umask_leaves(self, tmp_path: Path) -> None:
        before = os.umask(0o027)
        try:
            write_atomically(tmp_path / "x", b"")
        finally:
            os.umask(before)

        assert mode(tmp_path / "x") == 0o640

    def test_like_another_it_has_that_ones_mode_and_owner(self, tmp_path: Path) -> None:
        written(tmp_path, {"x": "old"})
        (tmp_path / "x").chmod(0o604)
        owner = (4321, 1234) if os.geteuid() == 0 else (os.getuid(), os.getgid())
        os.chown(tmp_path / "x", *owner)

        write_atomically(tmp_path / "x", b"new", like=tmp_path / "x")

        made = (tmp_path / "x").stat()
        assert (mode(tmp_path / "x"), made.st_uid, made.st_gid) == (0o604, *owner)
        assert (tmp_path / "x").read_bytes() == b"new"

    def test_a_link_goes_on_being_one(self, tmp_path: Path) -> None:
        written(tmp_path, {"a/x.txt": "old"})
        (tmp_path / "link").symlink_to("a/x.txt")
        (tmp_path / "dead").symlink_to("a/new.txt")

        write_atomically(tmp_path / "link", b"new")
        write_atomically(tmp_path / "dead", b"made")

        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "a" / "x.txt").read_bytes() == b"new"
        assert (tmp_path / "a" / "new.txt").read_bytes() == b"made"

    def test_a_named_pipe_is_written_to_and_stays(self, tmp_path: Path) -> None:
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        writer = threading.Thread(target=write_atomically, args=(pipe, b"through"))
        writer.start()

        data = pipe.read_bytes()
        writer.join()

        assert data == b"through"
        assert stat.S_ISFIFO(pipe.stat().st_mode)

    @pytest.mark.parametrize(
        ("target", "said"), [("folder", "Is a directory"), ("file/x", "File exists"), ("a" * 300, "File name too long")]
    )
    def test_what_cannot_be_written_is_said_and_leaves_nothing(self, tmp_path: Path, target: str, said: str) -> None:
        written(tmp_path, {"file": "", "folder/x": ""})

        with pytest.raises(UsageError, match=rf"{target[:20]}.*: cannot be written \({said}\)$"):
            write_atomically(tmp_path / target, b"data")

        assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]

    @pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device"), MemoryError()])
    def test_stopped_in_the_middle_it_leaves_the_old_file_and_no_other(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
    ) -> None:
        written(tmp_path, {"x": "old"})

        def stop(_descriptor: int) -> None:
            raise error

        monkeypatch.setattr("os.fsync", stop)

        with pytest.raises(UsageError if isinstance(error, OSError) else type(error)):
            write_atomically(tmp_path / "x", b"new", like=tmp_path / "x")

        assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("x", "old")]


class TestCopyAtomically:
    def test_a_stream_is_copied_after_its_start(self, tmp_path: Path) -> None:
        rest = io.BytesIO(b"b" * 3_000_000)

        copy_atomically(rest, tmp_path / "out" / "x", start=b"a")

        assert (tmp_path / "out" / "x").read_bytes() == b"a" + b"b" * 3_000_000

    def test_a_stream_that_fails_leaves_the_old_file(self, tmp_path: Path) -> None:
        written(tmp_path, {"x": "old", "folder/y": ""})

        class Failing(io.BytesIO):
            def read(self, _size: int | None = -1, /) -> bytes:
                raise OSError(5, "Input/output error")

        with pytest.raises(UsageError, match=r"x: cannot be written \(Input/output error\)$"):
            copy_atomically(Failing(), tmp_path / "x", start=b"new")

        assert (tmp_path / "x").read_text() == "old"


class TestOpened:
    def test_folders_above_are_made(self, tmp_path: Path) -> None:
        with opened(tmp_path / "a" / "b") as handle:
            handle.write(b"row\n")

        assert (tmp_path / "a" / "b").read_bytes() == b"row\n"

    def test_a_write_that_fails_has_the_name_of_the_file(self, tmp_path: Path) -> None:
        (tmp_path / "full").symlink_to("/dev/full")

        with pytest.raises(OSError, match="No space left") as error, opened(tmp_path / "full") as handle:
            handle.write(b"row\n")

        assert error.value.filename == str(tmp_path / "full")

    def test_what_must_be_new_is_not_written_over(self, tmp_path: Path) -> None:
        place = written(tmp_path, {"run.jsonl": "old"}) / "run.jsonl"

        with pytest.raises(UsageError, match=r"run\.jsonl: another run has just made it"), opened(place, "x"):
            pass
        assert place.read_text() == "old"

    @pytest.mark.parametrize(("mode", "left"), [("w", b"new"), ("a", b"oldnew")])
    def test_what_is_there_is_replaced_or_added_to(self, tmp_path: Path, mode: Literal["w", "a"], left: bytes) -> None:
        written(tmp_path, {"file": "old"})
        with opened(tmp_path / "file", mode) as handle:
            handle.write(b"new")

        assert (tmp_path / "file").read_bytes() == left

    @pytest.mark.parametrize(("path", "said"), [("folder", "Is a directory"), ("file/x", "File exists")])
    def test_what_cannot_be_opened_is_said(self, tmp_path: Path, path: str, said: str) -> None:
        written(tmp_path, {"file": "", "folder/x": ""})

        with pytest.raises(UsageError, match=rf"{path}: cannot be written \({said}\)$"), opened(tmp_path / path):
            pytest.fail("nothing was opened")


def test_a_folder_that_cannot_be_synced_is_no_error(tmp_path: Path) -> None:
    sync_folder(tmp_path)
    sync_folder(tmp_path / "nowhere")

    assert not (tmp_path / "nowhere").exists()
