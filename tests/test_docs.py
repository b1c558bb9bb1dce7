"""Generated pages say what the program says, and the README's commands and claims hold."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path

import click
import pytest
import yaml

from cleaner.cli import cli
from cleaner.config.read import read_config
from cleaner.rules import load_ruleset
from cleaner.tune.labelled import read_labelled
from tests import generated
from tests.reports.html.picture import PICTURE
from tests.samples import own_languages
from tests.support import run

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_generated_pages_are_up_to_date() -> None:
    made = generated.pages()
    there = {"commands.md", "reports.md", "rules.md", *(f"rules/{path.name}" for path in (DOCS / "rules").iterdir())}
    assert there == made.keys(), "run: python -m tests.generated"
    stale = [name for name, text in made.items() if (DOCS / name).read_text(encoding="utf-8") != text]
    assert stale == [], "run: python -m tests.generated"


def test_the_check_script_runs_the_test_command_of_the_readme() -> None:
    assert ".venv/bin/python -m pytest\n" in README
    assert "\npython -m pytest " in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_first_example_of_the_readme_is_real(tmp_path: Path) -> None:
    example = re.search(r"```diff\n\$ cleaner diff night-bus\.txt\n(.*?)```", README, re.DOTALL)
    assert example is not None
    before = "".join(line[1:] for line in example[1].splitlines(keepends=True))
    (tmp_path / "night-bus.txt").write_text(before, encoding="utf-8")
    said = run(["diff", "night-bus.txt"], tmp_path)
    assert said.out.decode().split("\n", 3)[3] == example[1]


NUMBERS = ["twenty", *(f"twenty-{unit}" for unit in ("one", "two", "three", "four", "five", "six"))]


def counted() -> list[tuple[str, str]]:
    """The words of pages that say how many languages, rules and articles there are."""
    rules = own_languages()
    kept = [folder.name for folder in (ROOT / "fixtures" / "articles").glob("*-keep-*")]
    languages = NUMBERS[len(rules) - 20]
    others = [number for language, number in rules.items() if language not in ("en", "de")]
    best = f"English and German are covered best, by {rules['en']} and {rules['de']} rules"
    return [
        ("README.md", f"in {languages} languages"),
        ("CHANGELOG.md", f"for {languages} languages"),
        ("README.md", f"{best}; the other languages have {min(others)} to {max(others)} of their own"),
        ("docs/quality.md", f"{len(kept)} articles of our own in {len({name[:2] for name in kept})} languages"),
    ]


def test_languages_rules_and_articles_are_as_many_as_the_pages_say() -> None:
    pages = {page: " ".join((ROOT / page).read_text(encoding="utf-8").split()) for page, _ in counted()}
    wrong = [f"{page}: write {words!r}" for page, words in counted() if words not in pages[page]]
    assert wrong == [], "\n".join(wrong)


def test_the_picture_of_the_readme_is_there_and_small() -> None:
    [picture] = re.findall(r"!\[[^\]]+\]\((docs/images/[^)]+)\)", README)
    assert (ROOT / picture) == PICTURE
    assert 10_000 < PICTURE.stat().st_size < 150_000, "run: python -m tests.reports.html.picture"


def test_the_python_example_of_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    example = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert example is not None
    exec(compile(example[1], "README.md", "exec"), {})
    out = capsys.readouterr().out
    assert out.startswith("The dam opens in May, the ministry said.\n")
    assert "Share this article" in out


def test_the_labelling_example_makes_rows_that_tuning_reads(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    example = re.search(r"```python\n(.*?)^ *```", (DOCS / "tuning.md").read_text(encoding="utf-8"), re.S | re.M)
    assert example is not None
    monkeypatch.chdir(ROOT / "fixtures")  # which hold a folder "scraped", as a user has one
    exec(compile(textwrap.dedent(example[1]), "tuning.md", "exec"), {})
    texts = read_labelled(capsys.readouterr().out.encode(), "out")
    assert len({text.site for text in texts}) > 1
    assert {line.goes for text in texts for line in text.lines} == {True, False}


def test_the_configuration_of_the_settings_page_is_valid(tmp_path: Path) -> None:
    page = (DOCS / "configuration.md").read_text(encoding="utf-8")
    example = re.search(r"```toml\n(packs .*?)```", page, re.DOTALL)
    assert example is not None
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "ours.toml").write_text('schema = 1\n[pack]\nid = "ours"\n', encoding="utf-8")
    config = tmp_path / "cleaner.toml"
    config.write_text(example[1], encoding="utf-8")
    rules = load_ruleset(read_config(config).selection)
    assert not any(rule.category in ("byline", "caption") for rule in rules.rules)
    assert next(rule.weight for rule in rules.rules if rule.id == "paywall/meter") == 0.7


def test_the_examples_of_the_python_page_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    examples = re.findall(r"```python\n(.*?)```", (DOCS / "api.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(examples) == 2
    page = ROOT / "fixtures" / "scraped" / "daily-herald" / "orchard-frost.html"
    (tmp_path / "page.html").write_bytes(page.read_bytes())
    monkeypatch.chdir(tmp_path)
    for example in examples:
        exec(compile(example, "api.md", "exec"), {})


@pytest.mark.slow
def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    # What the theme says of its own future is no warning about these pages.
    line = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", ".mkdocs.yml", "-d", str(tmp_path)]
    done = subprocess.run(
        line, cwd=ROOT, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "WARNING" in done.stderr) == (0, False), done.stderr
    pages = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.html")}
    assert pages >= {"index.html", *(f"{path.relative_to(DOCS).with_suffix('.html')}" for path in DOCS.rglob("*.md"))}
    assert 'href="check.html"' in (tmp_path / "index.html").read_text(encoding="utf-8")
    assert 'id="cleaner.api.Cleaner.clean_html"' in (tmp_path / "api.html").read_text(encoding="utf-8")


def test_the_links_of_the_readme_lead_somewhere() -> None:
    links = re.findall(r"\]\(((?!https?:)[^)#]+)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_form_for_what_it_should_not_have_removed_asks_for_what_one_command_makes() -> None:
    form = yaml.safe_load((ROOT / ".github" / "ISSUE_TEMPLATE" / "removed-something.yml").read_text(encoding="utf-8"))
    blocks = {block.get("id", "start"): block for block in form["body"]}

    assert form["name"]
    assert form["description"]
    assert blocks.keys() == {"start", "bundle", "article", "more"}
    assert blocks["bundle"]["validations"] == {"required": True}
    command = re.search(r"```sh\ncleaner (.*)\n```", blocks["start"]["attributes"]["value"])
    assert command is not None
    name, *words = command[1].split()
    inner = cli.get_command(click.Context(cli), name)
    assert inner is not None
    assert inner.make_context(name, words).params["bundle"] == Path("removed.json")


def test_every_dependency_has_a_lower_bound() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(d for some in project["optional-dependencies"].values() for d in some)]
    assert [dependency for dependency in wanted if ">=" not in dependency] == []
