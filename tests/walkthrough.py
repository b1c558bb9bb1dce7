"""README and docs as somebody follows them: the shell blocks of a page, in order, in one folder.

* ```` ```sh ```` is run by bash, as written, and stops at the first command that fails. A line that says `# exits 1`
  must exit so. After a comment `<!-- not run: why -->` the block is left alone.
* ```` ```text ```` that begins with `$ cleaner ...` must say what the command writes to standard output; a line `...`
  stands for any lines.
* any block after a comment `<!-- file: NAME -->` is written to that file.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from backports import zstd

from cleaner.text.decode import decode
from tests.corpus.formats.records import conversion, members, response, warcinfo
from tests.samples import FIXTURES
from tests.support import DAM, LETTER, RIVER, environment, written
from tests.tune.support import as_jsonl, labelled

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
LANGUAGES = {"csv", "diff", "json", "markdown", "python", "sh", "text", "toml", "xml", "yaml", ""}
"""What blocks are called. A shell block has one name, so that none is overlooked."""
_BLOCK = re.compile(
    r"(?:^[ ]*<!-- (?P<mark>not run|file): (?P<said>.+?) -->\n)?^[ ]*```(?P<kind>\w*)\n(?P<body>.*?)^[ ]*```$",
    re.MULTILINE | re.DOTALL,
)
_EXITS = re.compile(r"^(?P<line>.*# exits (?P<code>\d+).*)$", re.MULTILINE)
_CHECKED = """set +e
{line}
said=$?; set -e; [ "$said" = {code} ] || {{ echo "exited $said instead: {code} is stated" >&2; exit 99; }}"""


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block, and what the comment before it says of it."""

    kind: str
    body: str
    not_run: str = ""
    file: str = ""

    @property
    def transcript(self) -> bool:
        return self.kind == "text" and self.body.startswith("$ ")


def blocks(page: Path) -> Iterator[Block]:
    """Those of a page, in their order."""
    for found in _BLOCK.finditer(page.read_text(encoding="utf-8")):
        said = {found["mark"]: found["said"]}
        yield Block(found["kind"], found["body"], said.get("not run", ""), said.get("file", ""))


def script(body: str) -> str:
    """What bash runs for a shell block."""
    return "set -eo pipefail\n" + _EXITS.sub(
        lambda found: _CHECKED.format(line=found["line"], code=found["code"]), body
    )


def bash(commands: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", commands], cwd=folder, env=environment(), capture_output=True, encoding="utf-8", check=False
    )


def a_users_folder(folder: Path) -> Path:
    """A git repository with the inputs that the pages speak of, by the names that they have there."""
    shutil.copytree(FIXTURES / "scraped", folder / "scraped")
    shutil.copytree(FIXTURES / "scraped", folder / "fixtures" / "scraped")
    bash("git init -q . && git add scraped", folder)
    paths = sorted(path for path in (folder / "scraped").rglob("*") if path.is_file())
    texts = [decode(path.read_bytes(), path.name).text for path in paths if path.suffix != ".html"]
    text, page = texts[0], next(path for path in paths if path.suffix == ".html").read_text(encoding="utf-8")
    rows = "".join(json.dumps({"id": number, "text": each}) + "\n" for number, each in enumerate(texts)).encode()
    table = pa.table({"id": list(range(len(texts))), "text": texts})
    pa.parquet.write_table(table, folder / "articles.parquet")
    pa.csv.write_csv(table.rename_columns(["id", "body"]), folder / "articles.csv")
    lines = [(DAM, "article"), (LETTER, "newsletter"), (RIVER, "article")]
    return written(
        folder,
        {
            "in.txt": text,
            "page.html": page,
            "article.txt.gz": gzip.compress(text.encode()),
            "page.html.zst": zstd.compress(page.encode()),
            "corpus.jsonl": rows,
            "corpus.jsonl.gz": gzip.compress(rows),
            "rows.jsonl.gz": gzip.compress(rows),
            "rows.jsonl.zst": zstd.compress(rows),
            "crawl.warc.gz": members((warcinfo("crawl.warc.gz"), response(2, page), response(3, page))),
            "texts.warc.wet.gz": members((conversion(1, text),)),
            "labelled.jsonl": as_jsonl(labelled(f"site-{n % 5}.example", *lines) for n in range(20)),
        },
    )
