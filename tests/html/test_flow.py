"""Where the prose flows."""

from __future__ import annotations

from cleaner.html.flow import Flow
from cleaner.html.render import render
from tests.html.support import FERRY, HARBOUR, body_of, page, paragraphs


def shares(html: str, prose: int) -> dict[str, float]:
    """Shares of each block, by the beginning of its text; the blocks of at least `prose` characters are the prose."""
    body = body_of(html)
    blocks = render(body, set())
    flow = Flow(body, [block for block in blocks if block.size >= prose])
    return {block.text[:12]: round(flow.share(block), 2) for block in blocks}


def test_paragraphs_of_one_container_share_a_place_and_a_caption_does_not() -> None:
    found = shares(page(f"<div class=story>{paragraphs()}<div class=caption><p>The mole</p></div></div>"), 80)
    assert found["The mole"] == 0
    assert found[HARBOUR[0][:12]] == 1


def test_a_block_alone_in_its_place_has_no_share_but_its_own() -> None:
    body = body_of(page(f"<div class=story>{paragraphs()}</div><div class=box><p>{FERRY}</p></div>"))
    blocks = render(body, set())
    flow = Flow(body, blocks)

    assert flow.share(blocks[-1]) > 0
    assert flow.share_of_others(blocks[-1]) == 0
    assert flow.share_of_others(blocks[0]) < flow.share(blocks[0])
    assert Flow(body, blocks[:1]).share_of_others(blocks[0]) == 1


def test_containers_of_the_same_names_are_one_place() -> None:
    builder = "".join(
        f"<div class='block block-{i}' id=b{i}><div class='text_x{i}9'><p>{t}</p></div></div>"
        for i, t in enumerate(HARBOUR)
    )
    assert set(shares(page(builder), 80).values()) == {1}


def test_order_of_classes_does_not_matter_and_other_classes_do() -> None:
    a, b, c = HARBOUR[:3]
    same = f"<div class='text wide'><p>{a}</p></div><div class='wide text'><p>{b}</p></div>"
    found = shares(page(f"{same}<div class=box><p>{c}</p></div>"), 80)
    assert found[a[:12]] == found[b[:12]] > found[c[:12]] > 0


def test_a_list_a_table_and_a_quotation_flow_where_they_stand() -> None:
    found = shares(
        page(
            f"<div class=story>{paragraphs()}<ul><li>First item</li></ul><blockquote><p>A quotation</p></blockquote>"
            "<table><tr><td>A table</td><td>x</td></tr></table><h2>A heading</h2></div><ul><li>Elsewhere</li></ul>"
        ),
        80,
    )
    assert [found[k] for k in ("- First item", "A quotation", "A table | x", "A heading")] == [1, 1, 1, 1]
    assert found["- Elsewhere"] == 0


def test_a_caption_does_not_flow_where_its_figure_stands_but_a_table_does() -> None:
    picture = "<figure><figcaption>The mole</figcaption></figure>"
    table = "<figure><table><tr><td>A</td><td>B</td></tr></table></figure>"
    found = shares(page(f"<div class=story>{paragraphs()}{picture}{table}</div>"), 80)
    assert (found["The mole"], found["A | B"]) == (0, 1)


def test_no_prose_no_flow() -> None:
    assert shares(page(f"<p>{FERRY}</p>"), 1000) == {FERRY[:12]: 0}
