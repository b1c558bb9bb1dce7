"""Whose documents are."""

from __future__ import annotations

from cleaner.mine.site import Sites

NAMES = ("crawl/valley-herald.example/2024/a.txt", "crawl/river.example/b.txt")


def test_a_document_counts_for_the_first_folder_that_not_all_lie_in() -> None:
    sites = Sites(NAMES)

    assert sites.of(NAMES[0], "")[0] == "crawl/valley-herald.example"
    assert sites.of(NAMES[1], "")[0] == "crawl/river.example"


def test_what_it_says_itself_counts_more() -> None:
    assert Sites(NAMES).of(NAMES[0], "herald.example")[0] == "herald.example"


def test_documents_of_one_folder_are_that_folders() -> None:
    assert Sites(("a.txt", "b.txt")).of("a.txt", "") == (".", frozenset())
    assert Sites(("a.txt",)).of("a.txt", "")[0] == "."
    assert Sites(()).of("a.txt", "")[0] == "."


def test_a_site_is_called_by_its_folder_and_as_its_pages_say() -> None:
    sites = Sites(("valley-herald/a.txt", "river/b.txt"))

    assert sites.of("valley-herald/a.txt", "", "The  Herald")[1] == {"valley-herald", "valley herald", "the herald"}
    assert sites.of("valley-herald/b.txt", "")[1] == {"valley-herald", "valley herald"}
    assert sites.names["valley-herald"] == {"valley-herald", "valley herald", "the herald"}
