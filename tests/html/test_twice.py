"""Pages that were encoded twice."""

from __future__ import annotations

import pytest

from cleaner.html.decode import decode
from cleaner.html.twice import undo

TEXTS = {
    "en": "“The mole’s stones don’t move,” she said – and nobody in Oakhurst’s council doubted it…",
    "fr": "Le môle de la ville a été reconstruit après l’hiver, dit-elle, et le port protégé.",
    "de": "Die Mole wird für fünf Jahre gesperrt, hieß es, übrigens „ohne Ausnahme“.",
    "ru": "Мол восстановят к осени, сказала мэр города.",
    "ja": "防波堤は秋までに再建されると市長は述べた。",
    "he": "שובר הגלים ייבנה מחדש עד הסתיו, אמרה ראש העיר.",
    "emoji": "Repaired 🚢🚢🚢 before the winter.",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("page", ["latin-1", "cp1252"])
def test_it_is_undone(text: str, page: str) -> None:
    seen = "".join(bytes([byte]).decode(page, "ignore") or chr(byte) for byte in text.encode())
    data = f"<html><body><p>{seen}</p>".encode()

    assert decode(data) == f"<html><body><p>{text}</p>"


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_what_was_encoded_once_stays(text: str) -> None:
    assert undo(text, text.encode()) == text


@pytest.mark.parametrize(
    "text",
    [
        "SÃO PAULO – A Câmara e a Fundação aprovaram o orçamento, disse o João à Agência «Maré».",
        "Ã© is what é becomes; Ã¼ is ü, and â€™ an apostrophe – so a page about it says so, naïve café, où, été.",
        "Â© 2024 Münsterländer Bote, für Sie gelesen – von Jörg Müller, übrigens, täglich, über Öl",
    ],
)
def test_a_page_that_holds_some_stays(text: str) -> None:
    assert undo(text, text.encode()) == text


def test_a_sequence_that_is_none_stays_among_others() -> None:
    text = "It’s Ana’s and Bo’s."
    seen = text.encode().decode("latin-1") + "\u00e0\u0080\u0080"

    assert undo(seen, seen.encode()) == text + "\u00e0\u0080\u0080"
