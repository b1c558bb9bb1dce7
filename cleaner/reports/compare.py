"""What a change of rules does to a corpus: passages newly removed and newly kept, grouped by their text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from cleaner.reports.text import shown

SAMPLES = 3
"""Places that a group names."""
_LONGEST = 300  # characters of a text that is shown on a terminal


class PassageLike(Protocol):
    """A removed passage of a run, blanks made single."""

    @property
    def text(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def score(self) -> float: ...
    @property
    def line(self) -> int: ...


class RemovedLike(Protocol):
    """What a run removed from one document."""

    @property
    def doc(self) -> str: ...
    @property
    def held(self) -> bool: ...
    @property
    def passages(self) -> Sequence[PassageLike]: ...


@dataclass(slots=True)
class Group:
    """A text that goes, or stays, where it did not; `samples` are the first places, as `name:line`."""

    text: str
    count: int = 0
    documents: int = 0
    samples: list[str] = field(default_factory=list)
    rules: Counter[str] = field(default_factory=Counter)
    score: float = 0.0
    """The lowest."""

    def add(self, doc: str, passages: Sequence[PassageLike]) -> None:
        """Take the passages of one document."""
        self.score = min([passage.score for passage in passages] + ([self.score] if self.count else []))
        self.count += len(passages)
        self.documents += 1
        self.rules.update(passage.rule for passage in passages)
        self.samples += [f"{doc}:{passage.line}" for passage in passages][: SAMPLES - len(self.samples)]

    def as_data(self) -> dict[str, Any]:
        """Plain data, to be written as JSON."""
        return {
            "text": self.text,
            "count": self.count,
            "documents": self.documents,
            "rules": dict(sorted(self.rules.items())),
            "score": self.score,
            "samples": self.samples,
        }


@dataclass(slots=True)
class Comparison:
    """Groups are those of texts; documents that only one run has are no part of them."""

    documents: int = 0
    changed: int = 0
    newly_removed: dict[str, Group] = field(default_factory=dict)
    newly_kept: dict[str, Group] = field(default_factory=dict)
    other_rule: int = 0
    """Passages that both runs remove, by different rules."""
    now_held: list[str] = field(default_factory=list)
    no_longer_held: list[str] = field(default_factory=list)
    only_old: list[str] = field(default_factory=list)
    only_new: list[str] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        """Whether anything is removed, kept or held that was not."""
        lists = (self.now_held, self.no_longer_held, self.only_old, self.only_new)
        return bool(self.newly_removed or self.newly_kept or any(lists))

    def as_data(self) -> dict[str, Any]:
        """Plain data, to be written as JSON; groups as on the terminal, those of most places first."""
        return {
            "documents": self.documents,
            "changed": self.changed,
            "newly_removed": [group.as_data() for group in ranked(self.newly_removed)],
            "newly_kept": [group.as_data() for group in ranked(self.newly_kept)],
            "other_rule": self.other_rule,
            "now_held": self.now_held,
            "no_longer_held": self.no_longer_held,
            "only_old": self.only_old,
            "only_new": self.only_new,
        }


def compare(pairs: Iterable[tuple[RemovedLike | None, RemovedLike | None]]) -> Comparison:
    """What the second of each pair removes and keeps that the first does not."""
    found = Comparison()
    for old, new in pairs:
        if old is None or new is None:
            if old is not None:
                found.only_old.append(old.doc)
            if new is not None:
                found.only_new.append(new.doc)
            continue
        found.documents += 1
        if old is new:  # nothing of it has changed
            continue
        if old.held != new.held:
            (found.now_held if new.held else found.no_longer_held).append(new.doc)
        before, after = _by_text(old.passages), _by_text(new.passages)
        if before.keys() == after.keys() and all(len(before[text]) == len(after[text]) for text in before):
            found.other_rule += _other_rules(before, after)
            continue
        found.changed += 1
        _add_surplus(found.newly_removed, new.doc, after, before)
        _add_surplus(found.newly_kept, new.doc, before, after)
        found.other_rule += _other_rules(before, after)
    return found


_ByText = dict[str, list[PassageLike]]


def _by_text(passages: Sequence[PassageLike]) -> _ByText:
    texts: _ByText = defaultdict(list)
    for passage in passages:
        texts[passage.text].append(passage)
    return dict(texts)


def _add_surplus(groups: dict[str, Group], doc: str, more: _ByText, fewer: _ByText) -> None:
    """What stands in `more` oftener than in `fewer`; which of several alike it is cannot be told."""
    for text, passages in more.items():
        if surplus := passages[len(fewer.get(text, ())) :]:
            groups.setdefault(text, Group(text)).add(doc, surplus)


def _other_rules(before: _ByText, after: _ByText) -> int:
    return sum(
        a.rule != b.rule
        for text, passages in before.items()
        for a, b in zip(passages, after.get(text, ()), strict=False)
    )


def ranked(groups: dict[str, Group]) -> list[Group]:
    """Those of most places first, then by text."""
    return sorted(groups.values(), key=lambda group: (-group.count, group.text))


def render(found: Comparison, most: int | None = None) -> Iterator[str]:
    """The lines of the readable form, of at most `most` groups of each kind."""
    for title, groups in (("newly removed", found.newly_removed), ("newly kept", found.newly_kept)):
        if groups:
            total = sum(group.count for group in groups.values())
            yield f"{title}: {_counted(total, 'passage')}, {_counted(len(groups), 'text')}"
            for group in ranked(groups)[:most]:
                yield from _rendered(group)
            if most is not None and len(groups) > most:
                yield f"  and {len(groups) - most:,} more; --full shows all"
            yield ""
    for title, names in (
        ("now held", found.now_held),
        ("no longer held", found.no_longer_held),
        ("only in the old run", found.only_old),
        ("only in the new run", found.only_new),
    ):
        if names:
            yield f"{title}: {_counted(len(names), 'document')}"
            yield from (f"  {shown(name)}" for name in names[:most])
            if most is not None and len(names) > most:
                yield f"  and {len(names) - most:,} more; --full shows all"
            yield ""
    yield (
        f"{_counted(found.documents, 'document')} compared, {found.changed:,} changed; "
        f"{_counted(found.other_rule, 'passage')} removed by another rule"
    )


def _rendered(group: Group) -> Iterator[str]:
    text = group.text if len(group.text) <= _LONGEST else group.text[: _LONGEST - 1] + "…"
    yield f"  {group.count:,}× {shown(text)}"
    rules = ", ".join(rule for rule, _ in group.rules.most_common(SAMPLES))
    yield f"      {shown(rules)}  {group.score:g}  {', '.join(map(shown, group.samples))}"


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
