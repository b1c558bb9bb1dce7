"""Bytes to text: marks, declarations, lies, detection, and what is no text at all."""

from __future__ import annotations

import gzip

import pytest

from cleaner.errors import DocumentError
from cleaner.html.decode import decode, drop_controls

GERMAN = "Der Rat von Mühlhafen stimmte am Dienstag für die neue Brücke über die Grüne Au, „endlich“, so die Bürger. "
RUSSIAN = "Совет Заречья во вторник проголосовал за новый мост через реку, сообщила глава города. "
JAPANESE = "港町の町議会は火曜日の夜、長い討論の末に古い防波堤を再建することを賛成多数で可決した。"
CHINESE = "港口镇议会星期二晚上经过长时间辩论后投票决定重建古老的防波堤，镇长表示欢迎。"
KOREAN = "항구 마을 의회는 화요일 저녁 긴 토론 끝에 오래된 방파제를 다시 짓기로 의결했다. "
POLISH = "Rada miasta Wolno zagłosowała we wtorek wieczorem za odbudową starego mola, mówi burmistrz Żółć. "
GREEK = "Το δημοτικό συμβούλιο ψήφισε την Τρίτη το βράδυ υπέρ της ανοικοδόμησης του παλιού μόλου. "
THAI = "สภาเมืองท่าลงมติเมื่อวันอังคารให้สร้างเขื่อนกันคลื่นเก่าขึ้นใหม่หลังการอภิปรายยาวนาน "
TURKISH = "Liman kasabası meclisi salı akşamı eski iskeleyi yeniden inşa etmeye karar verdi, dedi başkan. "


def source(text: str, charset: str = "", lang: str = "") -> str:
    meta = f'<meta charset="{charset}">' if charset else ""
    return f"<html lang='{lang}'><head>{meta}</head><body><p>{text * 4}</p></body></html>"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (GERMAN, "utf-8"),
        (GERMAN, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (CHINESE, "gb2312"),
        (KOREAN, "euc_kr"),
        (POLISH, "iso8859-2"),
        (GREEK, "iso8859-7"),
        (THAI, "tis-620"),
        (TURKISH, "iso8859-9"),
    ],
)
def test_a_declared_charset_is_read(text: str, codec: str) -> None:
    html = source(text, codec)
    assert decode(html.encode(codec, "xmlcharrefreplace")) == html.encode(codec, "xmlcharrefreplace").decode(codec)


@pytest.mark.parametrize("text", [GERMAN, RUSSIAN, JAPANESE, CHINESE, KOREAN, POLISH, GREEK, THAI, TURKISH])
@pytest.mark.parametrize("claim", ["iso-8859-1", "windows-1251", "shift_jis", "no-such-charset", ""])
def test_valid_utf8_is_utf8_whatever_the_meta_says(text: str, claim: str) -> None:
    html = source(text, claim)
    assert decode(html.encode()) == html


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
@pytest.mark.parametrize("text", [GERMAN, RUSSIAN, JAPANESE])
def test_wide_encodings_with_and_without_a_mark(text: str, codec: str) -> None:
    html = source(text, "utf-8")
    assert decode(html.encode(codec)) == html


@pytest.mark.parametrize(
    ("text", "lang", "codec"),
    [
        (GERMAN, "de", "cp1252"),
        (GERMAN, "", "cp1252"),
        (RUSSIAN, "ru", "cp1251"),
        (RUSSIAN, "ru-RU", "koi8-r"),
        (POLISH, "pl", "iso8859-2"),
        (TURKISH, "tr", "cp1254"),
        (JAPANESE, "ja", "euc_jp"),
        (JAPANESE, "", "iso2022_jp"),
        (KOREAN, "ko", "cp949"),
        (CHINESE, "zh", "gb18030"),
    ],
)
@pytest.mark.parametrize("claim", ["", "utf-8"])
def test_without_a_true_declaration_the_text_and_its_language_decide(
    text: str, lang: str, codec: str, claim: str
) -> None:
    html = source(text, claim, lang)
    assert decode(html.encode(codec)) == html


def test_a_few_bad_bytes_do_not_turn_utf8_into_something_else() -> None:
    data = source(GERMAN).encode().replace("Brücke".encode(), b"Br\xfccke", 1)
    assert decode(data) == source(GERMAN).replace("Brücke", "Br\ufffdcke", 1)


def test_a_page_cut_within_a_character_is_read() -> None:
    assert decode(source(GERMAN).encode()[:-30] + b"\xc3").endswith("\ufffd")


def test_the_header_is_trusted_if_the_bytes_fit_it() -> None:
    html = source(RUSSIAN)
    assert decode(html.encode("koi8-r"), "KOI8-R") == html
    assert decode(html.encode(), "utf-16") == html
    assert decode(html.encode(), "no-such-charset") == html
    assert decode(html.encode(), "rot13") == html


@pytest.mark.parametrize("claim", ["idna", "punycode", "undefined", "unicode_escape", "raw-unicode-escape"])
def test_a_codec_of_pythons_own_is_no_charset(claim: str) -> None:
    html = source(GERMAN, claim, "de")
    assert decode(html.encode("cp1252")) == html
    assert decode(html.encode("cp1252"), claim) == html


def test_latin1_means_what_browsers_read() -> None:
    assert decode(source("„So“ – 5 €", "iso-8859-1").encode("cp1252")) == source("„So“ – 5 €", "iso-8859-1")


def test_nul_and_other_controls_go() -> None:
    assert decode(b"<p>H\0ar\x0bbour\x7f of the whole town</p>") == "<p>Harbour of the whole town</p>"
    assert drop_controls("one\fpage") == "one page"
    assert drop_controls("tab\tand\nline\r stay\x00") == "tab\tand\nline\r stay"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 " + bytes(range(256)) * 4,
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
        gzip.compress(b"<html><body><p>packed</p></body></html>", mtime=0),
        bytes(range(1, 32)) * 40,
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match="this is no text"):
        decode(data)
