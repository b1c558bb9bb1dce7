"""What mining proposes, as the TOML of a pack."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from cleaner.mine.propose import Proposal
from cleaner.rules import Pattern, Rule
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
    about = (
        f"{writer.mark} in {documents} documents of {sites} {'site' if sites == 1 else 'sites'}.\n"
        f"# {writer.advice}\n"
        "# Each names documents to look at; delete what is article after all.\n"
    )
    rules = (rule_as_toml(proposal.rule, proposal.samples) for proposal in proposals)
    return about + head(writer.pack) + "".join(f"\n{rule}" for rule in rules)


def head(pack: str) -> str:
    """The head of a pack with this id."""
    return f'schema = 1\n\n[pack]\nid = "{pack}"\nsummary = "lines that stand in many documents of a site"\n'


def rule_as_toml(rule: Rule, samples: Sequence[str] = ()) -> str:
    """A rule with all that a mined one has, and whoever reviewed it may have added: words to leave alone, say."""
    lines = [
        "[[rule]]",
        f'id      = "{rule.id}"',
        f'summary = "{in_string(rule.summary)}"',
        f"weight  = {rule.weight:g}" + (f" # see {_strings(samples)[1:-1]}" if samples else ""),
    ]
    if len(rule.where) < len(_ZONES):
        lines.append(f"where   = {_strings([zone for zone in _ZONES if zone in rule.where])}")
    if rule.exact_case:
        lines.append('case    = "exact"')
    if rule.max_words is not None:
        lines.append(f"max_words = {rule.max_words}")
    for name in ("any", "all", "none"):
        patterns: tuple[Pattern, ...] = getattr(rule, name)
        if patterns:
            lines.append(f"{name:<7} = [{', '.join(quoted(pattern.source) for pattern in patterns)}]")
    for name in ("features", "dom"):
        if getattr(rule, name):
            lines.append(f"{name} = {_strings(getattr(rule, name))}")
    for example in rule.examples:
        text = example.text.replace("\\", "\\\\").replace('"""', '\\"""')
        lines += ["", "  [[rule.example]]", f'  text = """\n{text}"""']
        if example.companions:
            lines.append(f"  with = {_strings(example.companions)}")
    return "\n".join(lines) + "\n"


def _strings(items: Sequence[str]) -> str:
    return json.dumps(list(items), ensure_ascii=False)
