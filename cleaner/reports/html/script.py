"""Data as JSON that may stand in a script, in a page or in a file, whatever the texts in it hold."""

from __future__ import annotations

import json
import re
from typing import Any

CALL = "cleanerData"
"""The function of the page that a file of data calls."""
_UNSAFE = re.compile("[<>&\x7f-\x9f\xad\u0600-\u0605\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
"""What could end a script element or a line of script, what an editor would not show, and what UTF-8 cannot hold."""


def as_json(value: Any) -> bytes:
    r"""Compact JSON in UTF-8; `<`, lone surrogates, marks of direction and their like are written as \uXXXX."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text).encode("utf-8")


def as_script(name: str, value: bytes) -> bytes:
    """A script that hands JSON to the page under a name."""
    return f'{CALL}("{name}",'.encode() + value + b");\n"
