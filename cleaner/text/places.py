"""Where a unit stands: the features of position, of neighbours and of the page's elements.

Those of a line's own shape are in `shape`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache

from cleaner.model import HEADING_TAGS, Dom
from cleaner.text.shape import is_prose, shape

NO_DOM = Dom()
"""What is known of a unit where no page was."""
_APART = 0.1
"""Share of the prose in places like a unit's, below which it stands apart."""
_LINKED = 0.8
"""Share of link text from which on a unit is a link."""
_STRONG = 0.5
"""Rule weight from which a prose-like line (an appeal, say) is no landmark of the article."""


class Places:
    """The units of one pass by index; `removed`, those that have gone so far, only ever grows.

    `doms`, unless empty, stand beside the texts; `named` is what the rules for lines that match a unit weigh.
    """

    def __init__(self, texts: Sequence[str], doms: Sequence[Dom], named: Mapping[int, float]) -> None:
        self.texts, self.doms = texts, doms
        self.removed: set[int] = set()
        self._prose: dict[int, bool] = {}
        landmarks = (i for i in range(len(texts)) if self._is_landmark(i, named))
        # Without any prose there are no landmarks, and everything counts as body.
        self.first_prose = next(landmarks, -1)
        backwards = (i for i in reversed(range(len(texts))) if self._is_landmark(i, named))
        self.last_prose = next(backwards, len(texts))

    def _is_landmark(self, index: int, named: Mapping[int, float]) -> bool:
        return self.prose_at(index) and named.get(index, 0) < _STRONG

    def zone(self, index: int) -> str:
        if self.first_prose < 0:
            return "body"
        return "head" if index < self.first_prose else "tail" if index > self.last_prose else "body"

    def heads_section(self, index: int) -> bool:
        """Whether the unit is a heading of the page that stands, unlinked, between and among the article's prose."""
        dom = self.dom(index)
        in_flow = dom.flow >= _APART and dom.link_density < _LINKED and not HEADING_TAGS.isdisjoint(dom.tags)
        return in_flow and self.zone(index) == "body"

    def has_all(self, features: tuple[str, ...], index: int) -> bool:
        if not features:
            return True
        shapes, placed = told_apart(features)
        return shapes <= shape(self.texts[index]) and all(holds(self, index) for holds in placed)

    def has(self, feature: str, index: int) -> bool:
        placed = _PLACED.get(feature)
        return feature in shape(self.texts[index]) if placed is None else placed(self, index)

    @cached_property
    def repeated(self) -> frozenset[str]:
        counts = Counter(text.casefold() for text in self.texts)
        return frozenset(text for text, count in counts.items() if count > 1)

    @cached_property
    def runs(self) -> frozenset[int]:
        """Units in runs of three or more that are neither prose nor closed."""
        members: set[int] = set()
        run: list[int] = []
        for index, text in enumerate(self.texts):
            if not self.prose_at(index) and "unclosed" in shape(text):
                run.append(index)
                continue
            if len(run) >= 3:
                members.update(run)
            run = []
        return frozenset(members.union(run) if len(run) >= 3 else members)

    def dom(self, index: int) -> Dom:
        return self.doms[index] if self.doms else NO_DOM

    def prose_at(self, index: int) -> bool:
        if not 0 <= index < len(self.texts):
            return False
        known = self._prose.get(index)
        if known is None:
            known = self._prose[index] = is_prose(self.texts[index])
        return known


Test = Callable[[Places, int], bool]
"""Whether a feature holds for the unit of that index."""
_PLACED: dict[str, Test] = {
    "head": lambda places, i: places.zone(i) == "head",
    "body": lambda places, i: places.zone(i) == "body",
    "tail": lambda places, i: places.zone(i) == "tail",
    "first": lambda _places, i: i == 0,
    "last": lambda places, i: i == len(places.texts) - 1,
    "repeated": lambda places, i: places.texts[i].casefold() in places.repeated,
    "prev-removed": lambda places, i: i - 1 in places.removed,
    "next-removed": lambda places, i: i + 1 in places.removed,
    "prev-prose": lambda places, i: places.prose_at(i - 1),
    "next-prose": lambda places, i: places.prose_at(i + 1),
    "in-run": lambda places, i: i in places.runs,
    "off-flow": lambda places, i: places.dom(i).flow < _APART and "bullet" not in shape(places.texts[i]),
    "linked": lambda places, i: places.dom(i).link_density >= _LINKED,
    "in-jsonld": lambda places, i: places.dom(i).in_jsonld is True,
    "not-in-jsonld": lambda places, i: places.dom(i).in_jsonld is False,
}


@lru_cache(maxsize=1024)
def told_apart(features: tuple[str, ...]) -> tuple[frozenset[str], tuple[Test, ...]]:
    """Those of the features that are of a line's own shape, and what the others ask of the places."""
    return frozenset(f for f in features if f not in _PLACED), tuple(_PLACED[f] for f in features if f in _PLACED)
