"""Real texts come back byte for byte after cleaning, whatever they were written in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest

from cleaner.corpus.restore import put_back
from cleaner.text.decode import decode
from tests.samples import shared, shipped_cleaner

FORMS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: text.encode(),
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "cr": lambda text: text.replace("\n", "\r").encode() + b"\r",
    "utf-16": lambda text: text.encode("utf-16"),
    "cp1252": lambda text: text.encode("cp1252", "replace"),
    "shift_jis": lambda text: text.encode("shift_jis", "replace"),
    "gb18030": lambda text: text.encode("gb18030"),
    "bad bytes": lambda text: text.encode().replace(b". ", b".\xff ").replace(b"\n", b" \xc3\n", 3),
}


def texts() -> Iterator[str]:
    """Both files' documents, a line a block."""
    for name in ("lines.jsonl", "lines_visible.jsonl"):
        with shared(f"bench/dev/{name}").open(encoding="utf-8") as handle:
            for row in map(json.loads, handle):
                yield "\n\n".join(line["text"] for line in row["lines"])


@pytest.mark.slow
def test_every_text_comes_back_in_every_form() -> None:
    cleaner = shipped_cleaner()
    changed = 0
    for number, text in enumerate(texts()):
        for name, form in FORMS.items():
            # Each form would take a minute or more; a text has two of them, and each form its part of the texts.
            if name != "utf-8" and (number + list(FORMS).index(name)) % (len(FORMS) - 1):
                continue
            data = form(text)
            result = cleaner.clean(decode(data, name))
            document = result.document

            assert document.encode(document.text) == data, name
            assert put_back(result.data, result.removals, document.encoding, document.errors) == data, name
            changed += result.data != data
    assert changed > 800
