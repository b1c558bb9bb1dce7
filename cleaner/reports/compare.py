"""What a change of rules does to a corpus: passages newly removed and newly kept, grouped by their text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from cleaner.reports.risk import MEANINGS, Signs, is_close, is_middle, of_words, reasons, risk
from cleaner.reports.text import counted, shown

SAMPLES = 3
"""Places that a group names."""
_LONGEST = 300  # characters of a text that is shown on a terminal


class PassageLike(Protocol):
    """A removed passage of a run, blanks made single; `start` and `end` are code points of its document."""

    @property
    def text(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def score(self) -> float: ...
    @property
    def line(self) -> int: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class RemovedLike(Protocol):
    """What a run removed from one document of so many characters."""

    @property
    def doc(self) -> str: ...
    @property
    def held(self) -> bool: ...
    @property
    def chars(self) -> int: ...
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
    held: int = 0
    close: int = 0
    middle: int = 0

    def add(self, document: RemovedLike, passages: Sequence[PassageLike], threshold: float) -> None:
        """Take passages of one document."""
        self.score = min([passage.score for passage in passages] + ([self.score] if self.count else []))
        self.count += len(passages)
        self.documents += 1
        self.rules.update(passage.rule for passage in passages)
        self.samples += [f"{document.doc}:{passage.line}" for passage in passages][: SAMPLES - len(self.samples)]
        self.held += document.held * len(passages)
        self.close += sum(is_close(passage.score, threshold) for passage in passages)
        self.middle += sum(is_middle(passage.start, document.chars - passage.end) for passage in passages)

    @property
    def signs(self) -> Signs:
        """What speaks for a mistake."""
        quotation, prose = of_words(self.text)
        return Signs(self.count, self.held, self.close, self.middle, quotation, prose)

    @property
    def reasons(self) -> list[str]:
        """The same in words, the gravest first."""
        return [MEANINGS[reason.name] for reason in reasons(self.signs)]

    def as_data(self) -> dict[str, Any]:
        """Plain data, to be written as JSON."""
        return {
            "text": self.text,
            "count": self.count,
            "documents": self.documents,
            "rules": dict(sorted(self.rules.items())),
            "score": self.score,
            "risk": risk(self.signs),
            "reasons": [reason.name for reason in reasons(self.signs)],
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
        """Plain data, to be written as JSON; groups in the order of the terminal."""
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


def compare(pairs: Iterable[tuple[RemovedLike | None, RemovedLike | None]], threshold: float = 1.0) -> Comparison:
    """What the second of each pair removes and keeps that the first does not.

    A pair of one and the same is a document that did not change. From `threshold` on a line went.
    """
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
        _add_surplus(found.newly_removed, new, after, before, threshold)
        _add_surplus(found.newly_kept, old, before, after, threshold)
        found.other_rule += _other_rules(before, after)
    return found


_ByText = dict[str, list[PassageLike]]


def _by_text(passages: Sequence[PassageLike]) -> _ByText:
    texts: _ByText = defaultdict(list)
    for passage in passages:
        texts[passage.text].append(passage)
    return dict(texts)


def _add_surplus(
    groups: dict[str, Group], document: RemovedLike, more: _ByText, fewer: _ByText, threshold: float
) -> None:
    """What stands in `more` oftener than in `fewer`; which of several alike it is cannot be told."""
    for text, passages in more.items():
        if surplus := passages[len(fewer.get(text, ())) :]:
            groups.setdefault(text, Group(text)).add(document, surplus, threshold)


def _other_rules(before: _ByText, after: _ByText) -> int:
    return sum(
        a.rule != b.rule
        for text, passages in before.items()
        for a, b in zip(passages, after.get(text, ()), strict=False)
    )


def ranked(groups: dict[str, Group]) -> list[Group]:
    """The riskiest first, then those of most places, then by text."""
    return sorted(groups.values(), key=lambda group: (-risk(group.signs), -group.count, group.text))


def render(found: Comparison, most: int | None = None) -> Iterator[str]:
    """The lines of the readable form, of at most `most` groups of each kind."""
    for title, groups in (("newly removed", found.newly_removed), ("newly kept", found.newly_kept)):
        if groups:
            total = sum(group.count for group in groups.values())
            yield f"{title}: {counted(total, 'passage')}, {counted(len(groups), 'text')}"
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
            yield f"{title}: {counted(len(names), 'document')}"
            yield from (f"  {shown(name)}" for name in names[:most])
            if most is not None and len(names) > most:
                yield f"  and {len(names) - most:,} more; --full shows all"
            yield ""
    yield (
        f"{counted(found.documents, 'document')} compared, {found.changed:,} changed; "
        f"{counted(found.other_rule, 'passage')} removed by another rule"
    )


def _rendered(group: Group) -> Iterator[str]:
    text = group.text if len(group.text) <= _LONGEST else group.text[: _LONGEST - 1] + "…"
    yield f"  {group.count:,}× {shown(text)}"
    rules = ", ".join(rule for rule, _ in group.rules.most_common(SAMPLES))
    yield f"      {shown(rules)}  {group.score:g}  {', '.join(map(shown, group.samples))}"
    if group.reasons:
        yield f"      {'; '.join(group.reasons)}"
