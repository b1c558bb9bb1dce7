"""The direction of imports, as the design draws it: a stage knows what lies below it, never what lies
beside or above it. Read from the source, so that an import within a function counts too."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import cleaner

ROOT = Path(cleaner.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))

BASE = {"model", "errors"}
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "notebook": set(),
    "model": {"notebook"},
    "globs": set(),
    "garbage": set(),
    "rules": BASE | {"globs"},
    "text": BASE | {"rules", "garbage"},
    "html": BASE,
    "tune": BASE | {"rules", "text"},
    # Finds what stands in many documents of a site; its counts lie in temporary files.
    "mine": BASE | {"rules", "text"},
    # What a check decides by; the configuration holds it, `corpus` compares with what was accepted before.
    "gate": BASE,
    "config": BASE | {"globs", "rules", "gate"},
    # The one place that puts the stages together, for callers from Python and for `corpus`.
    "api": BASE | {"garbage", "globs", "rules", "text", "html", "config"},
    "corpus": BASE | {"globs", "text", "html", "api"},
    "arrow": BASE | {"api", "corpus"},
    # The same over a cluster: data frames, files, and the counting of `mine`.
    "spark": BASE | {"rules", "text", "api", "corpus", "mine", "arrow"},
    "reports": BASE | {"rules", "text", "html", "tune", "mine"},
    "cli": BASE | {"globs", "rules", "gate", "text", "config", "api", "corpus", "tune", "mine", "spark", "reports"},
    "__init__": {"model", "api"},
    "__main__": {"cli"},
}
"""For each part of the package, the other parts that it may know."""

STARTS_FAST = {"__init__", "__main__", "cli/__init__", "errors", "model"}
"""Modules that every command loads: nothing heavy may be imported at their top."""
HEAVY = {"re2", "lxml", "pathspec", "readability", "rich", "charset_normalizer", "bs4", "pyarrow", "pyspark"}

READS_OR_WRITES = {"open", "read_bytes", "read_text", "write_bytes", "write_text"}
MAY_OPEN_FILES = {"corpus", "rules", "config", "cli", "mine"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).with_suffix("").as_posix()


def part(path: Path) -> str:
    if path.name == "__main__.py":  # what starts a command line, wherever it stands
        return "__main__"
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def module_name(path: Path) -> str:
    """As it is imported."""
    return f"cleaner.{name(path).replace('/', '.')}".removesuffix(".__init__")


def imported(full: str, known: set[str]) -> str:
    """The module that an import of this name loads: the name itself, or what it is taken from."""
    return full if full in known else full.rpartition(".")[0]


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of everything that is imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            assert node.module is not None
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def calls(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and last name of everything that is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.lineno, node.func.id
            elif isinstance(node.func, ast.Attribute):
                yield node.lineno, node.func.attr


TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}


def test_the_package_has_no_part_that_nobody_placed() -> None:
    assert {part(path) for path in MODULES} == MAY_IMPORT.keys()


def test_the_map_for_contributors_has_every_part_above_what_it_imports() -> None:
    page = (ROOT.parent / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
    parts = re.findall(r"^\| (`.*?) \|", page.partition("## The map")[2].partition("\n## ")[0], re.M)
    rows = [re.findall(r"`(?:cleaner/)?(\w+)[^`]*`", cell) for cell in parts]
    level = {name: number for number, row in reversed(list(enumerate(rows))) for name in row}
    upwards = [
        f"{above} imports {below}"
        for above in level
        for below in MAY_IMPORT[above]
        if level[below] < level[above] and below != "__init__"
    ]

    assert level.keys() == {part for part in MAY_IMPORT if not part.startswith("__")}
    assert upwards == []


def test_a_part_imports_only_what_lies_below_it() -> None:
    wrong = []
    for path, tree in TREES.items():
        allowed = MAY_IMPORT[part(path)] | {part(path)}
        for line, full in imports(tree):
            package, *rest = full.split(".")
            # `from cleaner import X` means the module X, or, where there is none, the package's own __init__.
            other = rest[0] if rest and rest[0] in MAY_IMPORT else "__init__"
            if package == "cleaner" and other not in allowed:
                wrong.append(f"{name(path)}.py:{line} imports {other}")

    assert wrong == []


def test_no_module_imports_one_that_imports_it() -> None:
    known = {module_name(path) for path in MODULES}
    below = {
        module_name(path): {imported(full, known) for _, full in imports(tree)} & known - {module_name(path)}
        for path, tree in TREES.items()
    }
    # What imports none of the others, or is imported by none, is in no circle.
    while free := {
        module for module in below if not below[module] & below.keys() or not any(module in b for b in below.values())
    }:
        below = {module: others for module, others in below.items() if module not in free}

    assert below == {}


def test_only_the_command_line_talks_to_the_user() -> None:
    wrong = []
    for path, tree in TREES.items():
        talking = [(line, call) for line, call in calls(tree) if call in ("print", "input", "echo", "secho")]
        talking += [(line, full) for line, full in imports(tree) if full.split(".")[0] in ("click", "rich")]
        talking += [
            (node.lineno, node.attr)
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and node.attr in ("stdout", "stderr", "stdin", "exit", "argv")
        ]
        wrong += [f"{name(path)}.py:{line} {what}" for line, what in talking if part(path) != "cli"]

    assert wrong == []


def test_only_some_parts_open_files() -> None:
    opening = {
        f"{name(path)}.py:{line} {call}()": part(path)
        for path, tree in TREES.items()
        for line, call in calls(tree)
        if call in READS_OR_WRITES
    }

    assert [place for place, owner in opening.items() if owner not in MAY_OPEN_FILES] == []


def test_what_every_command_loads_is_light() -> None:
    heavy = []
    for path, tree in TREES.items():
        if name(path) in STARTS_FAST:
            at_top = ast.Module([node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)], [])
            heavy += [f"{name(path)}.py:{line} {full}" for line, full in imports(at_top) if full.split(".")[0] in HEAVY]

    assert heavy == []
