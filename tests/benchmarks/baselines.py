"""Line filters to compare with, as functions from the lines of a text to what is left of each.

The two published ones come as whole pipelines; what is here are the parts that look at single lines. The
parts that drop whole documents would lose an article for one bad line, and are left out in their favour.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import accumulate

from cleaner import Cleaner

Method = Callable[[Sequence[str]], list[str]]
"""From the lines of a text to what is left of each: the line, a part of it, or "" where it goes."""


def by_cleaner(cleaner: Cleaner) -> Method:
    """What `cleaner` writes for the lines as one text, a blank line between them. A held text is left as it was."""

    def left(lines: Sequence[str]) -> list[str]:
        text = "\n\n".join(lines) + "\n"
        result = cleaner.clean(text)
        if result.held:
            return list(lines)
        kept = list(result.kept_spans())
        starts = accumulate((len(line) + 2 for line in lines), initial=0)
        return [
            "".join(text[max(a, start) : min(b, start + len(line))] for a, b in kept)
            for line, start in zip(lines, starts, strict=False)
        ]

    return left


def keep_all(lines: Sequence[str]) -> list[str]:
    """Nothing goes."""
    return list(lines)


def c4(lines: Sequence[str]) -> list[str]:
    """C4's line filter: Raffel et al. 2020, "Exploring the Limits of Transfer Learning", section 2.2.

    Lines stay that end in a terminal punctuation mark or an end quotation mark (and not in three
    dots, as the authors' code has it), have three words, and name neither JavaScript nor one of the policies.
    """
    return [line if _c4_keeps(line) else "" for line in lines]


_TERMINAL = (".", "!", "?", "…", '"', "'", "”")
_POLICIES = ("terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies", "use cookies")


def _c4_keeps(line: str) -> bool:
    line = line.strip().lower()
    return (
        line.endswith(_TERMINAL)
        and not line.endswith("...")
        and len(line.split()) >= 3
        and not any(words in line for words in ("javascript", *_POLICIES))
    )


def refinedweb(lines: Sequence[str]) -> list[str]:
    """RefinedWeb's line-wise filter: Penedo et al. 2023, "The RefinedWeb Dataset for Falcon LLM", appendix G.2.

    Lines go that are mainly upper case, numbers only, a counter ("3 likes"), a single word, or short
    (up to ten words) with a phrase of the interface at their beginning or end, or "items in cart".
    The paper gives one example for each place: the other phrases are the usual ones. It cuts only the
    phrase out of a short line, this takes the whole line, which finds a little more.
    """
    return ["" if _refinedweb_drops(line) else line for line in lines]


_COUNTER = re.compile(
    r"\W*\d+\s+(?:like|share|comment|retweet|repost|quote|bookmark|upvote|downvote|download|view|follower)s?\W*",
    re.IGNORECASE,
)
_PHRASE = re.compile(
    r"^(?:sign[ -]in|log[ -]?in|read more|continue reading|subscribe|share|follow|click here)\b"
    r"|\b(?:read more|click here)\W*$"
    r"|\bitems in cart\b",
    re.IGNORECASE,
)


def _refinedweb_drops(line: str) -> bool:
    words = len(line.split())
    letters = [letter for letter in line if letter.isalpha()]
    return (
        sum(map(str.isupper, letters)) > len(letters) / 2
        or re.fullmatch(r"[\d\W]+", line) is not None
        or _COUNTER.fullmatch(line) is not None
        or words == 1
        or (words <= 10 and _PHRASE.search(line) is not None)
    )
