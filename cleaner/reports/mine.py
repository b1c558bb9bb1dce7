"""What mining proposes, as the TOML of a pack."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from cleaner.mine.propose import Proposal
from cleaner.rules.scaffold import in_string, quoted


@dataclass(frozen=True, slots=True)
class Writer:
    """What writes such packs: a command, under the pack's id, with what it says of its use."""

    command: str
    pack: str
    advice: str

    @property
    def mark(self) -> str:
        """How the TOML begins; a file that begins so may be written anew."""
        return f"# Lines that stand in many documents of a site, found by `cleaner {self.command}`"


MINED = Writer(
    "mine", "mined", "Read every rule before you use the pack: --pack with its name, or `packs` in cleaner.toml."
)
LEARNED = Writer(
    "clean --learn", "learned", "The run beside it used them; `cleaner report` and --resume need this file as it is."
)
_ZONES = ("head", "body", "tail")


def as_toml(proposals: Sequence[Proposal], documents: int, sites: int, writer: Writer = MINED) -> str:
    """The pack. `documents` were looked at, of so many `sites`."""
    parts = [
        f"{writer.mark} in {documents} documents of {sites} {'site' if sites == 1 else 'sites'}.\n"
        f"# {writer.advice}\n"
        "# Each names documents to look at; delete what is article after all.\n"
        f'schema = 1\n\n[pack]\nid = "{writer.pack}"\nsummary = "lines that stand in many documents of a site"\n'
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
