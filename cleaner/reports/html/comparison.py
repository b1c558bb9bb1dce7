"""A comparison of two runs as a page of its own."""

from __future__ import annotations

from markupsafe import Markup

from cleaner.model import CATEGORIES
from cleaner.reports.compare import Comparison, Group, ranked
from cleaner.reports.html.page import GENERATOR, STYLE, asset, hashed, policy, rendered
from cleaner.reports.text import shown

MOST = 2_000
"""Texts of each kind that the page shows."""
_LONGEST = 2_000  # characters of one


def comparison_page(found: Comparison) -> bytes:
    """The page; nothing in it runs, and nothing is loaded."""
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
            _kind("Newly removed", found.newly_removed),
            _kind("Newly kept", found.newly_kept),
        ],
        "lists": [(title, [shown(name) for name in names[:MOST]], len(names)) for title, names in lists if names],
    }
    return rendered("comparison.html.jinja", context)


def _kind(title: str, groups: dict[str, Group]) -> dict[str, object]:
    return {
        "title": title,
        "id": title.lower().replace(" ", "-"),
        "rows": [_row(group) for group in ranked(groups)[:MOST]],
        "total": len(groups),
        "passages": sum(group.count for group in groups.values()),
    }


def _row(group: Group) -> dict[str, object]:
    text = shown(group.text[:_LONGEST]) + ("…" if len(group.text) > _LONGEST else "")
    rules = [rule for rule, _ in group.rules.most_common(3)]
    category = rules[0].partition("/")[0] if rules else ""
    return {
        "group": group,
        "text": text,
        "rules": [shown(rule) for rule in rules],
        "category": category if category in CATEGORIES else "",
        "samples": [shown(place) for place in group.samples],
    }
