"""Hostile documents, each given to `cleaner clean` for real: what happens, how long it takes, how much memory."""

from __future__ import annotations

import gzip
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from backports import zstd

from tests.reliability.cases import Case, Cases, ended
from tests.support import CLEAN, contents

SECONDS, MEGABYTES = 300, 1500
"""Within which every case has to end."""
MB = b"x" * (1 << 20)
ROW = b'{"text":"The dam opens in May, the ministry said.","raw":"' + b"y" * 9950 + b'"}\n'


@dataclass(frozen=True, slots=True)
class Document:
    """A hostile document: what makes the pieces of a file of this name, or, without one, a folder; how the run has to
    end, what it has to say, and what has to stand in `out` ("same": what was given; None: whatever that may be).
    """

    what: str
    name: str
    made: Callable[..., Any]
    code: int
    said: str = ""
    out: dict[str, bytes] | str | None = None
    large: bool = False
    """Whether it takes so long that the short version leaves it out."""


def squeezed(pieces: Iterable[bytes]) -> bytes:
    made = zstd.ZstdCompressor()
    return b"".join([*(made.compress(piece) for piece in pieces), made.flush()])


def gzipped(block: bytes, times: int) -> Iterable[bytes]:
    member = gzip.compress(block)
    return (member for _ in range(times))


def links(folder: Path) -> None:
    """A tree with everything in it that is no article."""
    folder.joinpath("a.txt").write_text(CLEAN)
    folder.joinpath("round.txt").symlink_to("round.txt")
    folder.joinpath("loop").symlink_to(".")
    folder.joinpath("up").symlink_to("..")
    folder.joinpath("device.txt").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.txt")
    folder.joinpath("gone.txt").symlink_to("nowhere")


def out_of_the_tree(folder: Path) -> None:
    secret = folder.parent / "secret.txt"
    secret.write_text(CLEAN)
    folder.joinpath("link.txt").symlink_to(secret)


def names(folder: Path) -> None:
    for name in NAMES:
        folder.joinpath(name).write_text(CLEAN)


NAMES = (
    "new\nline.txt", "\x1b[31mred.txt", "\x1b]8;;x\x07link.txt", "..txt", "....txt", "-o.txt",
    f"{'a' * 251}.txt", "\u202etxt.exe.txt", os.fsdecode(b"caf\xe9.txt"), "a:1.txt", "$(reboot).txt",
)  # fmt: skip
TEXT = CLEAN.encode()
HEAD = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"

DOCUMENTS = (
    Document(
        "1 GB in a single line (.txt)",
        "a.txt",
        lambda: (MB for _ in range(1024)),
        3,
        "is larger than 64 MB",
        "same",
        large=True,
    ),
    Document(
        "1 GB in a single line (.jsonl)",
        "a.jsonl",
        lambda: (MB for _ in range(1024)),
        3,
        "line of more than 256 MB",
        {},
        large=True,
    ),
    Document("60 MB in a single line (.txt)", "a.txt", lambda: (MB for _ in range(60)), 3, "held", "same", large=True),
    Document(
        "a row of 100 MB (.jsonl)",
        "a.jsonl",
        lambda: (b'{"text":"', *(MB for _ in range(100)), b'"}\n'),
        3,
        "is larger than 64 MB",
        "same",
    ),
    Document("a million blank lines", "a.txt", lambda: [b"\n" * 1_000_000], 0, "", "same"),
    Document("a million lines of one letter", "a.txt", lambda: [b"a\n" * 1_000_000], 0, "", None, large=True),
    Document(
        "10 million lines of one letter", "a.txt", lambda: [b"a\n" * 10_000_000], 3, "more than 1,000,000 lines", "same"
    ),
    Document("gzip bomb: 2 GB in 2 MB (.txt.gz)", "a.txt.gz", lambda: gzipped(MB * 64, 32), 3, "larger than 64 MB", {}),
    Document(
        "gzip bomb: 2 GB of rows (.jsonl.gz)",
        "a.jsonl.gz",
        lambda: gzipped(ROW * 5_000, 40),
        3,
        "unpacks to more than 200 times",
        {},
        large=True,
    ),
    Document(
        "zstd bomb: 2 GB of rows (.jsonl.zst)",
        "a.jsonl.zst",
        lambda: [squeezed(ROW * 500 for _ in range(400))],
        3,
        "unpacks to more than 200 times",
        {},
        large=True,
    ),
    Document(
        "gzip bomb: 2 GB of blanks (.jsonl.gz)",
        "a.jsonl.gz",
        lambda: gzipped(b" " * (64 << 20), 32),
        3,
        "unpacks to more than 200 times",
        {},
    ),
    Document(
        "JSON nested a million deep",
        "a.jsonl",
        lambda: [b'{"text":"a","x":' + b"[" * 10**6 + b"]" * 10**6 + b"}\n"],
        3,
        "is no JSON object",
        "same",
    ),
    Document(
        "HTML nested 200,000 deep", "a.html", lambda: [b"<div>" * 200_000 + TEXT + b"</div>" * 200_000], 0, "", None
    ),
    Document(
        "HTML of 5 million elements", "a.html", lambda: [b"<div>" * 5_000_000], 3, "more than 1,000,000 elements", {}
    ),
    Document(
        "an element of 500,000 attributes",
        "a.html",
        lambda: [b"<p ", *(b"a%d=b " % n for n in range(500_000)), b">x</p>"],
        3,
        "more than 1,000 attributes",
        {},
    ),
    Document("HTML of 60 MB of `&`", "a.html", lambda: [b"<p>" + b"&" * (60 << 20)], 0, "", None, large=True),
    Document("HTML of 60 MB of `<`", "a.html", lambda: [b"<" * (60 << 20)], 3, "more than 1,000,000 elements", {}),
    Document(
        "10 million lines in a <pre>",
        "a.html",
        lambda: [b"<pre>" + b"a\n" * 10**7 + b"</pre>"],
        3,
        "more than 1,000,000 lines",
        {},
    ),
    Document(
        "XML entities: a billion laughs, and file:///etc/passwd",
        "a.html",
        lambda: [
            b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "ha">',
            *(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(10)),
            b'<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>&k; &x; ' + TEXT + b"</p></body></html>",
        ],
        0,
    ),
    Document("NUL bytes in a text", "a.txt", lambda: [b"The dam\0opens.\n" * 1000], 3, "is binary", {}),
    Document(
        "NUL and lone surrogates in a row", "a.jsonl", lambda: [b'{"text":"a\\u0000b\\ud800 c"}\n'], 0, "", "same"
    ),
    Document(
        "bidi overrides, ANSI escapes, OSC links in a text",
        "a.txt",
        lambda: ["The \u202edam\u202c \x1b[31mopens\x1b]8;;https://x.example\x07 in May.\n".encode()],
        0,
        "",
        "same",
    ),
    Document(
        "WARC record of 10^15 bytes that has three",
        "a.warc",
        lambda: [HEAD + b"Content-Length: 999999999999999\r\n\r\nabc"],
        3,
        "is cut off after 3 of its",
        {},
    ),
    Document(
        "WARC record that is longer than it says",
        "a.warc",
        lambda: [HEAD + b"Content-Length: 3\r\n\r\nabcdef\r\n\r\n"],
        3,
        "does not end where it says",
        {},
    ),
    Document(
        "WARC record of a negative length",
        "a.warc",
        lambda: [HEAD + b"Content-Length: -3\r\n\r\nabc\r\n\r\n"],
        3,
        "does not say its length",
        {},
    ),
    Document("WARC headers of 100 MB", "a.warc", lambda: [HEAD + b"X: " + MB * 100], 3, "have no end", {}),
    Document(
        "a folder with links in circles and upwards, a device, a FIFO", "", links, 3, "cannot be read", {"a.txt": TEXT}
    ),
    Document("a link out of the tree", "", out_of_the_tree, 0, "", {"link.txt": TEXT}),
    Document(
        "names with newlines, escapes, dots, 255 bytes, no UTF-8",
        "",
        names,
        0,
        "",
        {name: TEXT for name in NAMES if not name.startswith(".")},
    ),
)


def tried(document: Document, place: Path) -> Case:
    """Clean it from a folder into another one."""
    folder = place / "in"
    folder.mkdir(parents=True)
    if document.name:
        with (folder / document.name).open("wb") as file:
            file.writelines(document.made())
    else:
        document.made(folder)
    done = ended(["clean", "in", "-o", "out", "-q"], place, limit=SECONDS)
    out = contents(place / "out") if (place / "out").exists() else {}
    came, as_wanted = _what_came(document, folder, out)
    kept = all((
        as_wanted, done.code == document.code, document.said in done.message, done.peak <= MEGABYTES,
        done.message.isprintable(), _left(place / "out") in ([], [".cleaner/run.jsonl"]),
    ))  # fmt: skip
    return Case(document.what, done.code, done.message, came, kept, done.seconds, done.peak)


def _what_came(document: Document, folder: Path, out: dict[str, bytes]) -> tuple[str, bool]:
    given = contents(folder) if document.name else {}
    if not out:
        return "refused, no output", document.out in ({}, None)
    if out == given:
        return "written as it was", document.out in ("same", None)
    if document.out is None:
        return f"cleaned, {sum(map(len, out.values())):,} bytes", True
    return f"{len(out)} written" + (" with links followed to files" if "link.txt" in out else ""), out == document.out


def _left(folder: Path) -> list[str]:
    found = (path.relative_to(folder).as_posix() for path in folder.rglob(".*") if not path.is_dir())
    return [*found, *(f".cleaner/{path.name}" for path in folder.glob(".cleaner/*"))]


CASES = Cases("hostile", "documents", "hostile-documents", measured=True)

if __name__ == "__main__":
    sys.exit(CASES.main(__doc__, {document.what: partial(tried, document) for document in DOCUMENTS}))
