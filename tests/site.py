"""The site of docs/ has the README as its first page: a hook of mkdocs, named in .mkdocs.yml.

Links are written as they work in the repository, and are put right here: from the README, `docs/check.md`;
from a page of docs/, `../README.md`.
"""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

README = Path(__file__).parents[1] / "README.md"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the README."""
    text = README.read_text(encoding="utf-8").replace("](docs/", "](")
    files.append(File.generated(config, "index.md", content=text))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Lead links to the README to the first page."""
    return markdown.replace("](../README.md", "](index.md")
