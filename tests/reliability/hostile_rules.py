"""Rule packs from a stranger, each used for real: at worst a pack removes text, and that is said."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.reliability.cases import Case, Cases, ended
from tests.support import CLEAN, contents

SECONDS, MEGABYTES = 120, 1500
"""Within which every case has to end."""
REFUSED, TAKEN, HELD = 2, 0, 3
_EVIL_LINE = "a" * 200_000 + "!"
"""What makes a backtracking engine try for ever."""


@dataclass(frozen=True, slots=True)
class Stranger:
    """A pack, as TOML or what makes it, and whether it is refused (then with these words) or taken."""

    what: str
    pack: str | Callable[[], str]
    code: int
    said: str = ""


def pack(*patterns: str, lists: str = "", rule: str = "ad/x", summary: str = "x", more: str = "") -> str:
    """A pack of one rule with these patterns."""
    found = ", ".join(json.dumps(pattern) for pattern in patterns)
    return (
        f'schema = 1\n{lists}\n[pack]\nid = "stranger"\n[[rule]]\nid = {json.dumps(rule)}\n'
        f"summary = {json.dumps(summary)}\nweight = 1.0\nany = [{found}]\n{more}\n"
    )


def listed(entries: int, patterns: int, uses: int = 1) -> str:
    """A pack whose patterns name a list of so many entries, each so often."""
    words = ", ".join(f'"word{n}"' for n in range(entries))
    named = [f"x{n} " + "{{many}}" * uses for n in range(patterns)]
    return pack(*named) + f"[lists]\nmany = [{words}]\n"


STRANGERS = (
    Stranger("`(a+)+$`", pack("(a+)+$"), TAKEN),
    Stranger("`(a|aa)+$`", pack("(a|aa)+$"), TAKEN),
    Stranger("`(.*){1,1000}`", pack("(.*){1,1000}"), HELD, "held"),
    Stranger("`((a{1,100}){1,100}){1,100}`", pack("((a{1,100}){1,100}){1,100}"), REFUSED, "RE2 refuses it"),
    Stranger("`(x+x+)+y`", pack("(x+x+)+y"), TAKEN),
    Stranger("`(.*a){20}`", pack("(.*a){20}"), HELD, "held"),
    Stranger(r"`\p{L}{1000}`", pack(r"\p{L}{1000}"), REFUSED, "RE2 refuses it"),
    Stranger("a look-behind", pack("(?<=a)b"), REFUSED, "outside the linear-time subset"),
    Stranger("a back-reference", pack(r"(?P<cut>a)\1"), REFUSED, "outside the linear-time subset"),
    Stranger("groups nested 5,000 deep", pack("(" * 1900 + "a" + ")" * 1900), REFUSED, "nested more than 100 deep"),
    Stranger("100,000 alternatives in a pattern", lambda: pack("|".join(f"w{n}" for n in range(100_000))), REFUSED,
             "characters long"),
    Stranger("100,000 alternatives in a list", lambda: listed(100_000, 1), TAKEN),
    Stranger("1,000 patterns of a list of 1,000", lambda: listed(1000, 1000), TAKEN),
    Stranger("a pattern that names a list of 1,000 twenty times", lambda: listed(1000, 1, 20), TAKEN),
    Stranger("20,000 patterns of a list of 1,000", lambda: listed(1000, 20_000), REFUSED, "with their lists"),
    Stranger("a list of 100,000, 400 times in a pattern", lambda: listed(100_000, 1, 400), REFUSED, "with its lists"),
    Stranger("20,000 patterns", lambda: pack(*(f"word{n} and more" for n in range(20_000))), TAKEN),
    Stranger("a pack of 9 MB", lambda: "#" + "x" * (9 << 20), REFUSED, "is larger than 8 MB"),
    Stranger("TOML nested 100,000 deep", lambda: "a = " + "[" * 100_000, REFUSED, "is not TOML"),
    Stranger("a TOML key of 100,000 parts", lambda: ".".join("a" * 100_000) + " = 1", REFUSED, "more than 200 parts"),
    Stranger("an id with ANSI escapes", pack("a", rule="ad/\x1b[31mx"), REFUSED, "control characters"),
    Stranger("an id that is HTML", pack("a", rule="ad/<script>"), REFUSED, "write category/name"),
    Stranger("a summary with ANSI escapes", pack("opens", summary="\x1b]8;;x\x07"), REFUSED, "control characters"),
    Stranger("a summary with C1 controls and bidi overrides", pack("opens", summary="\x9b31m \u202ex"), REFUSED,
             "holds control characters"),
    Stranger("a rule that takes every line", pack("."), HELD, "held"),
    Stranger("a rule that runs a command", pack("a", more='run = "reboot"'), REFUSED, "unknown key 'run'"),
    Stranger("a rule that reads a file", pack("a", more='include = "/etc/passwd"'), REFUSED, "unknown key 'include'"),
)  # fmt: skip


def tried(stranger: Stranger, place: Path) -> Case:
    """Clean two texts with the pack: an article, and a line that makes other engines hang."""
    folder = place / "in"
    folder.mkdir(parents=True)
    (folder / "article.txt").write_text(CLEAN)
    (folder / "evil.txt").write_text(f"{CLEAN}\n{_EVIL_LINE}\n")
    made = stranger.pack if isinstance(stranger.pack, str) else stranger.pack()
    (place / "stranger.toml").write_text(made)
    (place / "cleaner.toml").write_text('packs = ["./stranger.toml"]\n')
    done = ended(["clean", "in", "-o", "out", "-q"], place, limit=SECONDS)
    out = contents(place / "out") if (place / "out").exists() else {}
    refused = done.code == REFUSED and not out
    came = "refused, no output" if refused else _came(out, contents(folder))
    kept = all((
        done.code == stranger.code, stranger.said in done.message, refused == (stranger.code == REFUSED),
        done.peak <= MEGABYTES, done.message.isprintable(),
    ))  # fmt: skip
    return Case(stranger.what, done.code, done.message, came, kept, done.seconds, done.peak)


def _came(out: dict[str, bytes], given: dict[str, bytes]) -> str:
    if out == given:
        return "taken, nothing removed"
    gone = sum(map(len, given.values())) - sum(map(len, out.values()))
    return f"taken, {gone:,} bytes removed and recorded"


CASES = Cases("hostile_rules", "packs", "hostile-rules", measured=True)

if __name__ == "__main__":
    sys.exit(CASES.main(__doc__, {stranger.what: partial(tried, stranger) for stranger in STRANGERS}))
