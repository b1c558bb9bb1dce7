"""What mining proposes, as the TOML of a pack."""

from __future__ import annotations

import json
from collections.abc import Sequence

from cleaner.mine.propose import Proposal
from cleaner.rules.scaffold import in_string, quoted

MARK = "# Lines that stand in many documents of a site, found by `cleaner mine`"
"""First line of the TOML; a file that begins with it may be written anew."""
_ZONES = ("head", "body", "tail")


def as_toml(proposals: Sequence[Proposal], documents: int, sites: int) -> str:
    """The pack. `documents` were looked at, of so many `sites`."""
    parts = [
        f"{MARK} in {documents} documents of {sites} {'site' if sites == 1 else 'sites'}.\n"
        "# Read every rule before you use the pack: --pack with its name, or `packs` in cleaner.toml.\n"
        "# Each names documents to look at; delete what is article after all.\n"
        "schema = 1\n\n"
        '[pack]\nid = "mined"\nsummary = "lines that stand in many documents of a site"\n'
    ]
    parts += [_rule(proposal) for proposal in proposals]
    return "".join(parts)


def _rule(proposal: Proposal) -> str:
    rule = proposal.rule
    lines = [
        "",
        "[[rule]]",
        f'id      = "{rule.id}"',
        f'summary = "{in_string(rule.summary)}"',
        f"weight  = {rule.weight:g} # see {_strings(proposal.samples)[1:-1]}",
    ]
    if len(rule.where) < len(_ZONES):
        lines.append(f"where   = {_strings([zone for zone in _ZONES if zone in rule.where])}")
    lines.append(f"any     = [{', '.join(quoted(pattern.source) for pattern in rule.any)}]")
    for example in rule.examples:
        text = example.text.replace("\\", "\\\\").replace('"""', '\\"""')
        lines += ["", "  [[rule.example]]", f'  text = """\n{text}"""']
    return "\n".join(lines) + "\n"


def _strings(items: Sequence[str]) -> str:
    return json.dumps(list(items), ensure_ascii=False)
