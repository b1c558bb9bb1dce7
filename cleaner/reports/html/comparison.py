"""A comparison of two runs as a page of its own."""

from __future__ import annotations

from markupsafe import Markup

from cleaner.reports.compare import Comparison, Group, ranked
from cleaner.reports.html.page import GENERATOR, STYLE, asset, hashed, policy, rendered
from cleaner.reports.text import shown

MOST = 2_000
"""Texts of each kind that the page shows."""
_LONGEST = 2_000  # characters of one


def comparison_page(found: Comparison) -> bytes:
    """The page; nothing in it runs, and nothing is loaded."""
    kinds = [
        ("Newly removed", "cat-ad", found.newly_removed),
        ("Newly kept", "cat-credit", found.newly_kept),
    ]
    lists = [
        ("Now held", found.now_held),
        ("No longer held", found.no_longer_held),
        ("Only in the old run", found.only_old),
        ("Only in the new run", found.only_new),
    ]
    context = {
        "generator": GENERATOR,
        "policy": policy("'none'", hashed(asset(STYLE))),
        "style": Markup(asset(STYLE)),
        "found": found,
        "kinds": [
            (title, colour, [_row(group) for group in ranked(groups)[:MOST]], len(groups))
            for title, colour, groups in kinds
        ],
        "lists": [(title, [shown(name) for name in names[:MOST]], len(names)) for title, names in lists if names],
        "passages": {title: sum(group.count for group in groups.values()) for title, _, groups in kinds},
    }
    return rendered("comparison.html.jinja", context)


def _row(group: Group) -> dict[str, object]:
    text = shown(group.text[:_LONGEST]) + ("…" if len(group.text) > _LONGEST else "")
    rules = [shown(rule) for rule, _ in group.rules.most_common(3)]
    return {"group": group, "text": text, "rules": rules, "samples": [shown(place) for place in group.samples]}
