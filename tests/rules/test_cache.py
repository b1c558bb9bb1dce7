from __future__ import annotations

import ast
import pickle
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cleaner.errors import PackError
from cleaner.rules import cache
from cleaner.rules.model import Block, Example, Pack
from tests.samples import pattern, rule, signal

PACK = Pack(
    "valley",
    "valley.toml",
    "of a test",
    ("en",),
    (
        rule("ad/one", "one", r"\d\d", none=("said",), where=frozenset(("head",)), max_words=3, block=Block()),
        rule("ad/two", "two", block=Block(pattern("^end$"), 3, 0.5, "before"), examples=(Example("[-two-]"),)),
    ),
    (signal("short", 0.1, "short", sources=("x",)),),
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "cleaner"


def stored(home: Path) -> Path:
    cache.store("key", PACK)
    [path] = home.iterdir()
    return path


def sealed(body: bytes) -> bytes:
    return zlib.crc32(body).to_bytes(4) + body


def test_what_was_stored_comes_back(home: Path) -> None:
    assert cache.load("key") is None

    path = stored(home)

    assert cache.load("key") == PACK
    assert path.name.endswith("-key.pickle")
    assert cache.load("other") is None


def test_literals_come_back_too_though_they_do_not_count_in_comparisons(home: Path) -> None:
    stored(home)

    loaded = cache.load("key")

    assert loaded is not None
    before = [vars_of(one) for one in PACK.rules[0].any]
    assert [vars_of(one) for one in loaded.rules[0].any] == before


def vars_of(item: object) -> list[object]:
    return [getattr(item, name) for name in item.__slots__]  # type: ignore[attr-defined]


class Foreign:
    """A class that is not ours: reading it would run whatever it says."""

    def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
        return (pytest.fail, ("was run",))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x",
        b"x" * 100,
        sealed(b""),
        sealed(b"not a pickle"),
        sealed(pickle.dumps(Foreign())),
        sealed(pickle.dumps([PACK])),
        sealed(pickle.dumps((PACK,))),
        sealed(pickle.dumps((PACK, None, {}))),
        sealed(pickle.dumps((PACK, {"ad/one": "x"}, {}))),
        sealed(pickle.dumps((PACK, {}, None))),
        sealed(pickle.dumps((PACK, {"ad/one": 5}, {}))),
        sealed(pickle.dumps((PACK, {}, {})) + b"more"),
        sealed(pickle.dumps(None)),
        sealed(pickle.dumps(print)),
        pickle.dumps(PACK),
    ],
    ids=range(16),
)
def test_files_that_are_damaged_or_foreign_are_as_good_as_none(home: Path, data: bytes) -> None:
    stored(home).write_bytes(data)

    assert cache.load("key") is None


@pytest.mark.parametrize("foreign", [Foreign(), None])
def test_a_rule_that_is_not_ours_is_refused(home: Path, foreign: object) -> None:
    written = pickle.dumps(foreign)
    head = pickle.dumps((replace(PACK, rules=()), {"ad/one": len(written)}, {}))
    stored(home).write_bytes(sealed(head + written))

    loaded = cache.load("key")

    assert loaded is not None
    with pytest.raises(PackError, match=r"pack-.*-key\.pickle: holds what is not ours; delete it"):
        list(loaded.rules)


def test_every_changed_byte_is_noticed(home: Path) -> None:
    path = stored(home)
    data = path.read_bytes()

    for place in (0, 3, 4, 5, len(data) // 2, len(data) - 1):
        path.write_bytes(data[:place] + bytes((data[place] ^ 1,)) + data[place + 1 :])
        assert cache.load("key") is None
    path.write_bytes(data[:-1])
    assert cache.load("key") is None


def test_a_folder_that_cannot_be_made_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    cache.store("key", PACK)

    assert cache.load("key") is None


def test_a_file_that_cannot_be_put_in_place_leaves_nothing_behind(home: Path) -> None:
    path = stored(home)
    path.unlink()
    path.mkdir()
    (path / "in-the-way").touch()

    cache.store("key", PACK)

    assert list(home.iterdir()) == [path]


def test_the_folder_is_the_users_own(home: Path) -> None:
    stored(home)

    assert home.stat().st_mode & 0o777 == 0o700


def test_without_the_variable_it_is_under_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))

    assert cache.folder() == tmp_path / ".cache" / "cleaner"


def test_a_changed_program_reads_its_packs_anew(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored(home)
    monkeypatch.setattr(cache, "_code_version", lambda: "another")

    assert cache.load("key") is None


def test_what_was_shipped_is_found_first(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = stored(home)
    monkeypatch.setattr(cache, "SHIPPED", tmp_path / "shipped")
    (tmp_path / "shipped").mkdir()
    path.rename(tmp_path / "shipped" / path.name)

    assert cache.load("key") == PACK
    assert list(home.iterdir()) == []


def test_all_modules_that_make_a_compiled_pack_count_as_the_program() -> None:
    folder = Path(cache.__file__).parent
    reached, waiting = set[str](), ["schema", "calls"]
    while waiting:
        name = waiting.pop()
        reached.add(name)
        for node in ast.parse((folder / f"{name}.py").read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("cleaner.rules"):
                named = (
                    [node.module.rpartition(".")[2]] if node.module != "cleaner.rules" else [a.name for a in node.names]
                )
                waiting += [module for module in named if module not in reached]

    assert reached == set(cache._MAKERS)
