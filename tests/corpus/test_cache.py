from __future__ import annotations

import os
import pickle
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaner.api import Cleaner
from cleaner.corpus.cache import Cache
from cleaner.corpus.find import Source, find_sources, named_from
from cleaner.corpus.read import Reading
from cleaner.corpus.run import Cleaned, Cleans, Failed, clean_all, clean_one
from cleaner.corpus.store import Store
from cleaner.model import Document
from cleaner.rules import Selection
from tests.samples import FIXTURES
from tests.support import ARTICLE, CLEAN, DAM, LETTER, PAGE, RIVER, ours, written

PLAIN = Reading()
OURS = ours()
FOLDERS = ("articles", "scraped", "hostile")


class Idle:
    """Stands where nothing may be left to clean."""

    def at(self, path: Path, /) -> Cleaner:
        raise AssertionError(f"{path} is cleaned again")


def unexpected(line: str) -> None:
    raise AssertionError(line)


def through(
    folder: Path, sources: list[Source], cleaner: Cleans, reading: Reading = PLAIN, rules: str = "rules"
) -> list[Cleaned | Failed]:
    """The items of one run with the cache of `folder`."""
    cache = Cache(folder, lambda _: rules, reading, unexpected)
    items = list(clean_all(sources, cleaner, reading, cache))
    cache.close()
    return items


class TestSameResults:
    @pytest.mark.slow
    def test_every_fixture_comes_out_of_the_cache_as_it_went_in(self, tmp_path: Path) -> None:
        cleaner, reading = Cleaner(), Reading(title=True, markup=True)
        sources = named_from(FIXTURES, find_sources([FIXTURES / name for name in FOLDERS]))
        expected = list(clean_all(sources, cleaner, reading))
        first = through(tmp_path, sources, cleaner, reading)
        good = [item.source for item in expected if isinstance(item, Cleaned)]

        assert len(good) > 200
        assert first == expected
        assert through(tmp_path, good, Idle(), reading) == [item for item in expected if isinstance(item, Cleaned)]

    @pytest.mark.parametrize(
        "data",
        [
            ARTICLE.encode("utf-8-sig"),
            ARTICLE.replace("\n", "\r\n").encode(),
            ARTICLE.replace("dam", "dämm").encode("utf-16"),
            ARTICLE.replace("dam", "dämm").encode("cp1252"),
            ARTICLE.encode() + b"\xff\n",
            b"",
        ],
        ids=["mark", "crlf", "utf-16", "cp1252", "bad-byte", "empty"],
    )
    def test_so_does_a_text_of_any_encoding(self, tmp_path: Path, data: bytes) -> None:
        path = written(tmp_path / "in", {"a.txt": data}) / "a.txt"
        expected = clean_one(Source(path, "a.txt"), ours(), Reading())
        through(tmp_path, [Source(path, "a.txt")], ours())

        assert isinstance(expected, Cleaned)
        assert through(tmp_path, [Source(path, "a.txt")], Idle()) == [expected]

    @given(lines=st.lists(st.sampled_from([DAM, RIVER, LETTER, "", "More from the valley", "é\u2028x", "The mill"])))
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_so_does_any_mixture_of_lines(self, tmp_path: Path, lines: list[str]) -> None:
        path = written(tmp_path / "in", {"a.txt": "\n".join(lines)}) / "a.txt"
        expected = clean_one(Source(path, "a.txt"), OURS, Reading())
        through(tmp_path, [Source(path, "a.txt")], OURS)

        assert through(tmp_path, [Source(path, "a.txt")], Idle()) == [expected]

    def test_the_name_is_that_of_the_document_at_hand(self, tmp_path: Path) -> None:
        folder = written(tmp_path / "in", {"a.txt": ARTICLE, "b.txt": ARTICLE})
        through(tmp_path, [Source(folder / "a.txt", "a.txt")], ours())

        [item] = through(tmp_path, [Source(folder / "b.txt", "b.txt")], Idle())

        assert item == clean_one(Source(folder / "b.txt", "b.txt"), ours(), Reading())


class TestFreshResults:
    def changed(self, tmp_path: Path, before: dict[str, str | bytes], after: dict[str, str | bytes]) -> None:
        """A run after another one gives what a run without a cache gives."""
        through(tmp_path, find_sources([written(tmp_path / "in", before)]), OURS)
        sources = find_sources([written(tmp_path / "in", after)])

        assert through(tmp_path, sources, OURS) == list(clean_all(sources, OURS, Reading()))

    def test_one_byte_of_a_document(self, tmp_path: Path) -> None:
        self.changed(tmp_path, {"a.txt": ARTICLE}, {"a.txt": ARTICLE.replace("Sign up", "Sign us")})

    def test_the_same_bytes_as_a_page(self, tmp_path: Path) -> None:
        self.changed(tmp_path, {"a.txt": PAGE}, {"a.html": PAGE})

    def test_the_same_bytes_as_a_text(self, tmp_path: Path) -> None:
        self.changed(tmp_path, {"a.html": PAGE}, {"a.txt": PAGE})

    def test_other_rules(self, tmp_path: Path) -> None:
        sources = find_sources([written(tmp_path / "in", {"a.txt": ARTICLE})])
        through(tmp_path, sources, ours(Selection(keep_categories=("newsletter",))), rules="keeping")

        [item] = through(tmp_path, sources, ours(), rules="not keeping")

        assert isinstance(item, Cleaned)
        assert item.result.text == CLEAN


class TestWhatIsKept:
    def test_a_failure_is_met_again(self, tmp_path: Path) -> None:
        sources = find_sources([written(tmp_path / "in", {"a.txt": b"\0"})])
        first = through(tmp_path, sources, ours())

        assert isinstance(first[0], Failed)
        assert through(tmp_path, sources, ours()) == first

    def test_rules_are_in_order_once_that_was_said(self, tmp_path: Path) -> None:
        cache = Cache(tmp_path, str, PLAIN, unexpected)
        assert not cache.approved("rules")
        cache.approve("rules")
        cache.close()

        assert Cache(tmp_path, str, PLAIN, unexpected).approved("rules")
        assert not Cache(tmp_path, str, PLAIN, unexpected).approved("others")

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda data: data[:-3],
            lambda data: bytes((data[0],)) + bytes(len(data) - 1),
            lambda _: b"",
            lambda _: zlib.compress(pickle.dumps(None)),
            lambda _: zlib.compress(pickle.dumps(Document("x"))),
        ],
        ids=["cut", "zeros", "empty", "nothing", "no-result"],
    )
    def test_a_damaged_result_is_made_anew_and_this_is_said(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[bytes], bytes]
    ) -> None:
        sources = find_sources([written(tmp_path / "in", {"a.txt": ARTICLE})])
        put = Store.put
        with monkeypatch.context() as patch:
            patch.setattr(Store, "put", lambda self, key, data: put(self, key, spoil(data)))
            through(tmp_path, sources, OURS)
        said: list[str] = []
        cache = Cache(tmp_path, lambda _: "rules", PLAIN, said.append)

        items = list(clean_all(sources, OURS, Reading(), cache))
        cache.close()

        assert items == list(clean_all(sources, OURS, Reading()))
        assert len(said) == 1
        assert said[0].endswith("the cache was damaged in part; what could not be read has been made anew")
        assert through(tmp_path, sources, Idle()) == items

    def test_nothing_that_is_kept_is_ever_run(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        class Hostile:
            def __reduce__(self) -> tuple[object, tuple[str, int]]:
                return os.mkdir, (str(tmp_path / "made"), 0o700)

        sources = find_sources([written(tmp_path / "in", {"a.txt": ARTICLE})])
        put = Store.put
        with monkeypatch.context() as patch:
            hostile = zlib.compress(pickle.dumps(Hostile()))
            patch.setattr(Store, "put", lambda self, key, _: put(self, key, hostile))
            through(tmp_path, sources, OURS)
        said: list[str] = []

        items = list(clean_all(sources, OURS, Reading(), Cache(tmp_path, lambda _: "rules", PLAIN, said.append)))

        assert not (tmp_path / "made").exists()
        assert (len(items), len(said)) == (1, 1)
