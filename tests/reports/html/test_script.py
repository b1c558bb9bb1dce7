"""JSON within scripts: whatever the texts hold, it stays data, and comes back as it was."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from cleaner.reports.html.script import as_json, as_script


@given(st.text(st.characters()))
def test_every_text_comes_back(text: str) -> None:
    assert json.loads(as_json([text])) == [text]


def test_nothing_can_end_a_script_or_a_line_of_it() -> None:
    data = as_json("</script><!-- &amp; \u2028\u2029\n\r").decode()

    assert not {"<", ">", "&", "\u2028", "\u2029", "\n", "\r"} & set(data)


def test_what_an_editor_would_not_show_is_written_out() -> None:
    assert as_json("a\u202eb\ufeff\x7f\udce9\x1b") == rb'"a\u202eb\ufeff\u007f\udce9\u001b"'


def test_letters_stay_letters() -> None:
    assert as_json("größe 登録") == '"größe 登録"'.encode()


def test_a_file_hands_its_data_to_the_page() -> None:
    assert as_script("groups", b"[1]") == b'cleanerData("groups",[1]);\n'
