"""What tests of several formats share: findings made by hand, hostile texts, and readers of each format.

The readers are those of others wherever there are any, and hold a report to its schema before they read it.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

from jsonschema.validators import Draft4Validator, Draft202012Validator
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite
from lxml import etree

from cleaner.model import Document, Evidence, Removal, Result
from cleaner.reports import FORMATS, Examined, Outcome, Run
from tests.samples import rule
from tests.support import ours

SCHEMAS = Path(__file__).parent / "schemas"
RULE = "ad/label"
RUN = Run("1.2.3", "f1e2d3", (rule(RULE, "x"), rule("related/list", "x")))
PASSED, FAILED = Outcome(True, "nothing new"), Outcome(False, "2 new passages, 0 allowed", "cleaner diff in")

HOSTILE = {
    "commands": "::error::not ours ##[error]nor this",
    "stopping": "::stop-commands::x",
    "cdata": "]]> <![CDATA[ <!-- &amp; <b>",
    "quotes": "say \"yes\", 'no', “so”",
    "nul": "a\0b\x01\x1f\x7f\x9b",
    "bidi": "\u202eright to left\u2066\u200b\ufeff",
    "ansi": "\x1b[31mred\x1b]0;owned\x07",
    "surrogates": "caf\udce9 \ud800",
    "noncharacters": "\ufffe\uffff\U0001ffff",
    "percent": "100%0A %25 50%",
    "formula": '=HYPERLINK("http://x","y")',
    "formulas": "@SUM(1) +1 -1",
    "markdown": "| [a](http://x) | `code` **b** <script>alert(1)</script> ![i](j) @someone #1 ~~x~~ http://x.example",
    "sarif": "{0} [link](1) \\[ {",
    "separators": "a\x0bb\x0cc\x1cd\x85e\u2028f\u2029g",
    "tabs": "a\tb",
    "long": "word " * 2000,
    "wide": "日本 \U0001f984 é e\u0301",
}
NAMES = [
    "a.txt", "deep/er/a b.txt", "a,b:c=d%.txt", "::error::x.txt", "=1+1.txt", "größe/日本.txt", "caf\udce9.txt",
    " edges ", "a\nb\r.txt", "-x", "<b>&\"'.txt", "a.b.c/d.e.txt", "\x1b[31m.txt", "|`a`|.txt", "%41.txt", "a#b?c.txt",
]  # fmt: skip


def examined(
    name: str, text: str, spans: Iterable[tuple[int, int]], *, known: Iterable[int] = (), rule: str = RULE,
    encoding: str = "utf-8", page: bool = False,
) -> Examined:  # fmt: skip
    """A document of which these spans (code points, ascending) would go, with every field of a removal true."""
    errors = "surrogatepass" if "\ud800" in text else "surrogateescape"
    document = Document(text, name, encoding, errors)
    removals = []
    for start, end in spans:
        part = text[start:end]
        first = start + len(part) - len(part.lstrip())
        byte_start = len(document.encode(text[:start]))
        removals.append(
            Removal(
                name,
                start,
                end,
                byte_start,
                byte_start + len(document.encode(part)),
                line_of(text, first),
                line_of(text, first + len(part.strip())),
                rule,
                rule.partition("/")[0],
                1.25,
                (Evidence(rule, 1.0), Evidence("signal/tail", 0.25)),
                part,
            )
        )
    return Examined(name, Result(document, tuple(removals)), None if page else document.encode(text), frozenset(known))


def line_of(text: str, offset: int) -> int:
    """The 1-based line of an offset, counted by the line ends before it."""
    before = text[:offset]
    return 1 + before.count("\n") + before.count("\r") - before.count("\r\n")


def passage(words: str, *, name: str = "a.txt", known: bool = False, rule: str = RULE) -> Examined:
    """A document in which `words` stand in a line of their own, the third, and go."""
    before = "The dam opens in May.\n\n"
    text = f"{before}{words}\n\nBelow it runs the river.\n"
    return examined(name, text, [(len(before), len(before) + len(words))], known=[0] if known else [], rule=rule)


def report(
    name: str,
    items: Iterable[Examined],
    *,
    run: Run = RUN,
    failures: Sequence[tuple[str, str]] = (),
    outcome: Outcome = FAILED,
) -> bytes:
    """What a format writes of these documents."""
    handle = io.BytesIO()
    view = FORMATS[name](handle, run)
    for item in items:
        view.add(item)
    for failure in failures:
        view.fail(*failure)
    view.end(outcome)
    return handle.getvalue()


def real(files: dict[str, str]) -> list[Examined]:
    """Documents cleaned by the small pack."""
    cleaner = ours()
    return [Examined(name, cleaner.clean(text.encode(), name=name), text.encode()) for name, text in files.items()]


def loaded(data: bytes) -> Any:
    """JSON as the strictest reader takes it: UTF-8, no doubled keys, no half characters, no NaN."""

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert len(dict(pairs)) == len(pairs)
        return dict(pairs)

    value = json.loads(data.decode("utf-8"), object_pairs_hook=unique, parse_constant=int)
    json.dumps(value, ensure_ascii=False).encode("utf-8")
    return value


def read_csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))


def read_jsonl(data: bytes) -> list[dict[str, Any]]:
    assert data == b"" or data.endswith(b"\n")
    return [loaded(line) for line in data.split(b"\n")[:-1]]


@cache
def _sarif() -> Draft4Validator:
    return Draft4Validator(json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text(encoding="utf-8")))


def read_sarif(data: bytes) -> dict[str, Any]:
    """The run of a log, held to the schema and to what the standard says beyond it."""
    log = loaded(data)
    _sarif().validate(log)
    [run] = log["runs"]
    assert isinstance(run, dict)
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert len({rule["id"] for rule in rules}) == len(rules)
    return run


def path_of(artifact: dict[str, str]) -> bytes:
    """The name, in bytes, that a relative URI stands for."""
    assert artifact["uriBaseId"] == "%SRCROOT%"
    assert re.fullmatch(r"(?:[A-Za-z0-9_.~/-]|%[0-9A-F]{2})+", artifact["uri"])
    return unquote_to_bytes(artifact["uri"])


_CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]+$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "not": {"pattern": "^\\./"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}, "end": {"type": "integer"}},
                    },
                },
            },
        },
    },
}
"""The fields that GitLab's documentation of the Code Quality report asks for."""


def read_gitlab(data: bytes) -> list[dict[str, Any]]:
    issues = loaded(data)
    Draft202012Validator(_CODE_QUALITY).validate(issues)
    assert isinstance(issues, list)
    prints = [issue["fingerprint"] for issue in issues]
    assert len(set(prints)) == len(prints)
    return issues


@cache
def _junit() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd"))


def read_junit(data: bytes) -> dict[str, list[TestCase]]:
    """The tests of each suite, held to the schema; the counts of suites must be true."""
    _junit().assertValid(etree.fromstring(data))
    found = {}
    for suite in JUnitXml.fromstring(data.decode("utf-8").partition("\n")[2]):
        assert isinstance(suite, TestSuite)
        cases = list(suite)
        kinds = Counter(type(outcome) for case in cases for outcome in case.result)
        counted = (suite.tests, suite.failures, suite.errors, suite.skipped)
        assert counted == (len(cases), kinds[Failure], kinds[Error], kinds[Skipped])
        assert suite.name not in found
        found[str(suite.name)] = cases
    return found


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    data: str
    properties: dict[str, str]


_KNOWN_COMMANDS = {
    "error", "warning", "notice", "debug", "group", "endgroup", "add-mask", "add-path", "set-env", "set-output",
    "save-state", "add-matcher", "remove-matcher", "echo", "stop-commands",
}  # fmt: skip


def read_github(data: bytes) -> tuple[list[Command], list[str]]:
    """What the runner makes of a step's output: commands, and the lines that it shows.

    As ActionCommandManager of actions/runner does it: lines are read as .NET reads them (LF, CR and CRLF
    end one), the new form may follow blanks, the old one `##[name]` may stand anywhere, and between
    stop-commands and its token nothing is heard.
    """
    commands, lines, token = [], [], ""
    for line in re.split(r"\r\n|\r|\n", data.decode("utf-8", "replace")):
        known = {*_KNOWN_COMMANDS, token} - {""}
        command = _new_form(line, known) or _old_form(line, known)
        if command is not None and token:
            if command.name == token:
                token = ""
                continue
            command = None
        if command is None:
            lines.append(line)
        elif command.name == "stop-commands":
            token = command.data
            assert token, "the runner refuses an empty token"
            assert token not in _KNOWN_COMMANDS, "and names of commands"
        else:
            commands.append(command)
    assert not token, "commands stay switched off"
    return commands, lines[:-1]


def _new_form(line: str, known: set[str]) -> Command | None:
    line = line.lstrip()
    end = line.find("::", 2)
    if not line.startswith("::") or end < 0:
        return None
    name, _, properties = line[2:end].partition(" ")
    if name not in known:
        return None
    pairs = (part.split("=", 1) for part in properties.strip().split(",") if part)
    values = {pair[0]: _unescaped(pair[1], {"%3A": ":", "%2C": ","}) for pair in pairs if len(pair) == 2}
    return Command(name, _unescaped(line[end + 2 :], {}), values)


def _old_form(line: str, known: set[str]) -> Command | None:
    found = re.search(r"##\[([^\] ]*)[^\]]*\](.*)", line)
    return Command(found[1], found[2], {}) if found and found[1] in known else None


def _unescaped(text: str, more: dict[str, str]) -> str:
    for escape, char in {"%0D": "\r", "%0A": "\n", **more, "%25": "%"}.items():
        text = text.replace(escape, char)
    return text
