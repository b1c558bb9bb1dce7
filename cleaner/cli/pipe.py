"""Standard input and single files to standard output: one document, or the rows of many as they come."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from cleaner.api import Cleaner
from cleaner.cli.common import complain, finish, standard_input, standard_output
from cleaner.cli.outputs import names_folder
from cleaner.corpus.compression import Pieces, Unpacked, is_compressed, packed, unpacked
from cleaner.corpus.find import Source
from cleaner.corpus.formats import SNIFF, Format
from cleaner.corpus.forms import clean_bytes, json_row
from cleaner.corpus.read import Reading, TooLargeError, load, read_limited
from cleaner.corpus.run import Cleaned, Failed, Totals, clean_one
from cleaner.errors import DocumentError, ExitCode, UsageError
from cleaner.model import JSONL

if TYPE_CHECKING:
    from cleaner.corpus.work import Worker

STDIN = Source(Path("standard input"), "standard input")


def clean_stdin(cleaner: Cleaner, output: str | None, form: str, how: Reading, *, quiet: bool) -> int:
    """Standard input to standard output (or a file): as one document, or row by row."""
    if output is not None and names_folder(output):
        raise UsageError(f"{output}: is a folder; name a file for the text of standard input")
    target = Path(output) if output is not None else None
    try:
        handle = unpacked(standard_input(), STDIN.name, how.max_ratio)
        start = _beginning(handle)
        stream = Pieces(_resumed(start, handle))
        container = how.format_of(STDIN.path, start)
        if container is not None:
            from cleaner.corpus.work import Worker  # here, as a text on its way through a pipe needs none of it

            return _rows(container, stream, Worker(cleaner, how, form, Path()), target, quiet=quiet)
        whole = io.BufferedReader(stream)
        try:
            data = read_limited(whole, STDIN.name)
            loaded = load(data, STDIN.name, how, is_html=how.is_page(Path("-"), data))
        except TooLargeError as error:
            packs = isinstance(handle, Unpacked) or (target is not None and is_compressed(target.name))
            if packs or how.is_page(Path("-"), error.start):
                raise
            return _pass_on(error.start, whole, target, str(error))
    except OSError as error:
        raise DocumentError(f"standard input: cannot be read ({error.strerror})") from None
    item = Cleaned(STDIN, loaded, cleaner.clean(loaded.document))
    return _deliver(item, target, form, quiet=quiet)


def _resumed(start: bytes, rest: Any) -> Iterator[bytes]:
    """A stream of which `start` was read already."""
    yield start
    while block := rest.read1(SNIFF):
        yield block


def _beginning(handle: Any) -> bytes:
    """What there is at once; of what may be rows, the whole first one, as far as it is not too long to tell."""
    data: bytes = handle.read1(SNIFF)
    while data.lstrip().startswith(b"{") and b"\n" not in data and len(data) < SNIFF:
        block = handle.read1(SNIFF)
        if not block:
            break
        data += block
    return data


def _rows(container: Format, stream: Any, worker: Worker, target: Path | None, *, quiet: bool) -> int:
    """Write each chunk as soon as it is clean."""
    from cleaner.corpus.sinks import sink_for
    from cleaner.corpus.work import parts

    if worker.form == JSONL and container.keeps_rows:
        raise UsageError("-: is written as it came, with all its fields; leave out --format jsonl")
    totals = Totals()
    out = standard_output() if target is None else None
    with ExitStack() as stack:
        sinks = sink_for(stack, worker.form, target, out)
        for task in parts(STDIN, target or STDIN.path, container, stream):
            done = worker.do(task)
            totals.merge(done.totals)
            sinks.take(task, done)
            if out is not None:
                out.flush()
    return finish(totals, quiet=quiet or not sys.stderr.isatty())


def print_one(source: Source, cleaner: Cleaner, form: str, how: Reading, *, quiet: bool) -> int:
    """A single file without -o goes to standard output."""
    item = clean_one(source, cleaner, how)
    if isinstance(item, Failed) and item.oversized:
        with source.path.open("rb") as original:
            return _pass_on(b"", original, None, item.message)
    if isinstance(item, Failed):
        complain(item.message)
        return ExitCode.INCOMPLETE
    return _deliver(item, None, form, quiet=quiet)


def _pass_on(start: bytes, rest: BinaryIO, target: Path | None, reason: str) -> int:
    """A document that is too large to be cleaned goes on as it is, and this is said."""
    if target is not None:
        from cleaner.corpus.write import copy_atomically

        copy_atomically(rest, target, start=start)
    else:
        import shutil

        out = standard_output()
        out.write(start)
        shutil.copyfileobj(rest, out)
        out.flush()
    complain(reason)
    return ExitCode.INCOMPLETE


def _deliver(item: Cleaned, output: Path | None, form: str, *, quiet: bool) -> int:
    totals = Totals()
    totals.add(item)
    data = clean_bytes(item, form)
    if data is not None and form == JSONL:
        data = json_row(item)
    if data is not None and output is not None:
        from cleaner.corpus.write import write_atomically

        write_atomically(output, packed(data, output.name))
    elif data is not None:
        out = standard_output()
        out.write(data)
        out.flush()
    return finish(totals, quiet=quiet or not sys.stderr.isatty())
