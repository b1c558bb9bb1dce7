"""What the tests of reading and of writing a record share."""

from __future__ import annotations

from cleaner.corpus.record import DocumentRow
from cleaner.model import Evidence, Removal

ROW = DocumentRow("a.txt", "../in/a.txt", "a.txt", "text", "text", "utf-8", "surrogatepass", "00", "11", 10, 4, False)


def removal(text: str) -> Removal:
    return Removal("a.txt", 2, 2 + len(text), 2, 9, 1, 2, "ad/x", "ad", 1.1, (Evidence("ad/x", 1.1),), text)
