from __future__ import annotations

import codecs
from types import SimpleNamespace

import charset_normalizer
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import DocumentError
from cleaner.text.decode import decode

LATIN = "Der Fluß führt Größe, sagte der Bürgermeister. Über die Brücke führt später eine Straße – für alle.\n" * 3
CYRILLIC = "Новая плотина откроется в мае, сообщили в министерстве. Работы шли девять лет и стоили дорого.\n" * 3
MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


class TestDecode:
    @pytest.mark.parametrize("codec", MARKS)
    def test_a_byte_order_mark_names_the_encoding_and_stays_in_the_text(self, codec: str) -> None:
        data = MARKS[codec] + "Fluß\r\n".encode(codec)

        document = decode(data, "x")

        assert (document.text, document.encoding, document.name) == ("\ufeffFluß\r\n", codec, "x")
        assert document.encode(document.text) == data
        assert document.encode("ß") == "ß".encode(codec)

    @pytest.mark.parametrize("text", ["", "a", "Fluß", "漢字\U0001f600", "\ufffd", "a\x07b\x1b[0m"])
    def test_utf_8_is_taken_as_it_is(self, text: str) -> None:
        document = decode(text.encode())

        assert (document.text, document.encoding) == (text, "utf-8")

    @pytest.mark.parametrize("bad", [b"\xff", b"\xe9", b"\xc3(", b"\xed\xa0\x80", b"\xf8\x88", b"\xe2\x82"])
    def test_a_few_bad_bytes_in_utf_8_become_a_surrogate_each(self, bad: bytes) -> None:
        data = LATIN.encode() + bad + CYRILLIC.encode()

        document = decode(data)

        assert (document.encoding, document.errors) == ("utf-8", "surrogateescape")
        assert document.encode(document.text) == data
        assert len(document.text) >= len(LATIN) + len(CYRILLIC) + 1

    def test_bad_bytes_after_a_mark_are_kept_too(self) -> None:
        data = codecs.BOM_UTF8 + b"abc\xff\n"

        assert decode(data).encode(decode(data).text) == data

    @pytest.mark.parametrize(
        ("text", "codec"),
        [
            (LATIN, "cp1252"),
            (LATIN.replace("–", "-"), "latin-1"),
            (CYRILLIC, "cp1251"),
            (CYRILLIC, "koi8-r"),
            ("川の水は新しい川床を流れ、町は三十年の借金で費用を払った。\n" * 4, "shift_jis"),
        ],
    )
    def test_other_encodings_are_detected(self, text: str, codec: str) -> None:
        document = decode(text.encode(codec))

        assert document.encode(document.text) == text.encode(codec)
        assert sum(a == b for a, b in zip(document.text, text, strict=False)) > 0.9 * len(text)

    def test_a_guess_that_does_not_give_the_bytes_back_is_passed_over(self, monkeypatch: pytest.MonkeyPatch) -> None:
        guesses = [SimpleNamespace(encoding=codec) for codec in ("iso2022_jp", "ascii", "klingon", "cp1251")]
        monkeypatch.setattr(charset_normalizer, "from_bytes", lambda _data: guesses)

        document = decode(CYRILLIC.encode("cp1251"))

        assert (document.text, document.encoding) == (CYRILLIC, "cp1251")

    @pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
    def test_utf_16_without_a_mark_shows_by_its_zeros(self, codec: str) -> None:
        document = decode(LATIN.encode(codec))

        assert (document.text, document.encoding) == (LATIN, codec)

    @given(st.binary(max_size=200))
    def test_whatever_is_decoded_encodes_to_the_same_bytes(self, data: bytes) -> None:
        try:
            document = decode(data)
        except DocumentError:
            return
        assert document.encode(document.text) == data

    @given(st.binary(max_size=60), st.integers(0, 60))
    def test_slice_by_slice(self, data: bytes, place: int) -> None:
        document = decode(b"The river " + bytes(byte for byte in data if byte >= 32) + "führt".encode())

        first, second = document.text[:place], document.text[place:]
        assert document.encode(first) + document.encode(second) == document.encode(document.text)


class TestRefused:
    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "is binary (it holds NUL bytes), not text"),
            (b"abc\0def", "is binary (it holds NUL bytes), not text"),
            (b"\0" * 100, "is binary (it holds NUL bytes), not text"),
            (bytes(range(1, 32)) * 4 + b"\xff\xfe\xfd", "is binary (it holds many control characters), not text"),
            (codecs.BOM_UTF16_LE + b"a", "is not valid utf-16-le; name its encoding with --encoding or convert it"),
            (codecs.BOM_UTF32_LE + b"abcd", "is not valid utf-32-le; name its encoding"),
        ],
    )
    def test_what_is_no_text_is_refused_with_its_name(self, data: bytes, reason: str) -> None:
        with pytest.raises(DocumentError) as caught:
            decode(data, "dir/photo.txt")

        assert str(caught.value).startswith(f"dir/photo.txt: {reason}")


class TestForced:
    @pytest.mark.parametrize(
        ("codec", "name"),
        [
            ("cp1252", "cp1252"),
            ("Latin-1", "iso8859-1"),
            ("UTF8", "utf-8"),
            ("utf-16-be", "utf-16-be"),
            ("cp037", "cp037"),
        ],
    )
    def test_a_named_encoding_is_used(self, codec: str, name: str) -> None:
        text = LATIN.replace("–", "-")

        document = decode(text.encode(codec), encoding=codec)

        assert (document.text, document.encoding) == (text, name)

    @pytest.mark.parametrize(
        ("codec", "found"),
        [
            ("utf-16", "utf-16-le"),
            ("utf-16", "utf-16-be"),
            ("UTF32", "utf-32-be"),
            ("utf-32", "utf-32-le"),
            ("utf-8-sig", "utf-8"),
        ],
    )
    def test_codecs_that_write_a_mark_before_every_slice_give_way_to_those_that_do_not(
        self, codec: str, found: str
    ) -> None:
        data = MARKS[found] + LATIN.encode(found)

        document = decode(data, encoding=codec)

        assert (document.text, document.encoding) == ("\ufeff" + LATIN, found)
        assert document.encode("Fluß") == "Fluß".encode(found)

    def test_utf_8_with_a_mark_need_not_have_one(self) -> None:
        assert decode(LATIN.encode(), encoding="utf-8-sig").text == LATIN

    def test_bad_bytes_in_utf_8_are_kept(self) -> None:
        document = decode(b"a\xffb", encoding="utf-8")

        assert document.encode(document.text) == b"a\xffb"

    @pytest.mark.parametrize(
        ("codec", "reason"),
        [
            ("klingon", "'klingon' is no encoding that Python knows"),
            ("base64", "'base64' is no encoding that Python knows"),
            ("ascii", "is not valid ascii; name its encoding with --encoding or convert it to UTF-8"),
            ("shift_jis", "is not valid shift_jis; name its encoding"),
            ("utf-16", "is not valid utf-16; name its encoding"),
            ("utf-7", "utf-7 cannot be cleaned byte for byte; convert the file to UTF-8"),
            ("UTF7", "UTF7 cannot be cleaned byte for byte"),
            ("iso2022_jp", "iso2022_jp cannot be cleaned byte for byte"),
            ("ISO-2022-JP", "ISO-2022-JP cannot be cleaned byte for byte"),
            ("csISO2022JP", "csISO2022JP cannot be cleaned byte for byte"),
            ("hz", "hz cannot be cleaned byte for byte"),
            ("punycode", "punycode cannot be cleaned byte for byte"),
            ("idna", "idna cannot be cleaned byte for byte"),
        ],
    )
    def test_one_that_does_not_give_the_bytes_back_is_refused(self, codec: str, reason: str) -> None:
        with pytest.raises(DocumentError) as caught:
            decode(b"Flu\xdf f\xfchrt \x81", "x", encoding=codec)

        assert str(caught.value).startswith(f"x: {reason}")
