"""Made-up sites whose articles stand among furniture, and hold what repeats though it is article; the truth with it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.benchmarks.corpus import articles

HEAD = (
    "{site}", "Today's edition of {site}", "Skip to the text of the page", "Published on {date}", "{n} min to read",
    "From our newsroom in Ashford", "Region and valley", "Page set on {date}, {time}", "Larger letters",
    "Seen by {n} people", "Our house since {year}",
)  # fmt: skip
BODY = (
    "Advertisement of the house", "The text goes on below", "Open the picture in full size", "{n} people read this now",
    "Slide {n}", "Our offer for readers",
)  # fmt: skip
TAIL = (
    "{n} comments so far", "To the top of the page", "Write to the newsroom", "More from the valley",
    "© {year} {site}", "Printed by the house of Miller & Sons (Ashford)", "Hand this on to others",
    "Set on {date} at {time}", "Report a fault in this text", "Our letters, our rules", "Terms * Imprint * Contact",
    "All letters are read by the editors, who may shorten them before they are printed on this page.",
    "Whoever writes here agrees to the rules of our house.", "The newsroom can be reached on weekdays until noon.",
    "{n} people have saved this", "Next text",
)  # fmt: skip
TEAMS = ("Ashford Town", "Valley United", "Millbrook", "Eastgate Rovers", "Upper Ferry")
MONTHS = ("January", "March", "May", "August", "October")


@dataclass(frozen=True, slots=True)
class Made:
    """A document of a site; each of its lines with whether it is furniture."""

    site: str
    name: str
    lines: tuple[tuple[str, bool], ...]

    @property
    def texts(self) -> list[str]:
        return [text for text, _ in self.lines]


@dataclass(frozen=True, slots=True)
class Site:
    """What a site puts around its articles, each with the share of its documents that has it."""

    name: str
    head: tuple[tuple[str, float], ...]
    body: tuple[tuple[str, float], ...]
    tail: tuple[tuple[str, float], ...]


def sites(count: int, seed: int = 1) -> list[Site]:
    """So many sites, no two with the same furniture."""
    draw = random.Random(seed)

    def some(lines: Sequence[str], number: int, least: float) -> tuple[tuple[str, float], ...]:
        chosen = draw.sample(range(len(lines)), number)
        return tuple((lines[index], draw.choice((least, 0.6, 0.8, 1.0))) for index in sorted(chosen))

    return [
        Site(f"paper-{number}.example", some(HEAD, 4, 0.25), some(BODY, 2, 0.55), some(TAIL, 8, 0.35))
        for number in range(count)
    ]


def documents(count: int, *, of: int = 5, seed: int = 1) -> Iterator[Made]:
    """So many documents, in turn of each of the sites."""
    some, draw = sites(of, seed), random.Random(seed)
    paragraphs = _paragraphs(seed)
    agency: dict[tuple[str, int], list[str]] = {}
    for number in range(count):
        site = some[number % of]
        body = [next(paragraphs) for _ in range(draw.randint(6, 12))]
        turn = number // of
        reprinted = agency.setdefault((site.name, turn // 20), [next(paragraphs) for _ in range(4)])
        if turn % 20 in (3, 9, 15):  # an agency's text: in three of the site's documents, once without anything else
            body = reprinted if turn % 20 == 9 else [body[0], *reprinted, *body[1:]]
        agency.pop((site.name, turn // 20 - 1), None)
        body = _with_repeats(body, draw, number)
        lines = [(text, False) for text in body]
        for template, share in site.body:
            if draw.random() < share:
                lines.insert(draw.randint(1, len(lines) - 1), (_filled(template, site, draw), True))
        head = [(_filled(t, site, draw), True) for t, share in site.head if draw.random() < share]
        tail = [(_filled(t, site, draw), True) for t, share in site.tail if draw.random() < share]
        yield Made(site.name, f"{site.name}/{number:07}.txt", (*head, *lines, *tail))


def _with_repeats(body: list[str], draw: random.Random, number: int) -> list[str]:
    """The article with what repeats, in it or in others, and is article all the same."""
    middle = len(body) // 2
    if draw.random() < 0.1:
        body.insert(middle, "As my grandmother used to say, a full cellar makes for a short winter.")
    if draw.random() < 0.15:
        body.insert(middle, "The background")
    if draw.random() < 0.06:
        body.insert(middle, "“No bridge without us”")
    if draw.random() < 0.12:
        body.insert(1, "The ministry did not answer our questions by the evening.")
    if draw.random() < 0.08:
        body.append("The trial goes on on Monday.")
    if draw.random() < 0.03:
        refrain = f"And the river ran on, verse {number}"
        body[middle:middle] = [line for verse in body[:3] for line in (verse, refrain)]
    if draw.random() < 0.03:
        body[middle:middle] = [f"• {draw.choice(('an egg', 'a cup of flour', 'butter'))}" for _ in range(6)]
    if draw.random() < 0.12:
        table = [f"{team} {draw.randint(0, 30)} {draw.randint(0, 90)}" for team in draw.sample(TEAMS, 4)]
        table += [f"{team} {draw.randint(0, 9)}" for team in draw.sample(TEAMS, 2)]
        body[len(body) if draw.random() < 0.5 else middle : len(body)] = table + body[middle:][:3]
    return body


def _filled(template: str, site: Site, draw: random.Random) -> str:
    if "{" not in template:
        return template
    return template.format(
        site=site.name,
        n=draw.randint(2, 4000),
        date=f"{draw.randint(1, 28)} {draw.choice(MONTHS)} {draw.randint(2019, 2024)}",
        time=f"{draw.randint(10, 23)}:{draw.randint(10, 59)}",
        year=draw.randint(2019, 2024),
    )


def _paragraphs(seed: int) -> Iterator[str]:
    while True:
        for text in articles(4, language="en", seed=seed):
            yield from (line for line in text.split("\n") if line)
        seed += 1


MOTTO = "A town is what its people tell each other about it, as the founder of this column used to say."
BACKGROUND = (
    "The bridge was closed in 2019, after divers had found cracks in two of its piers; the courts have it now.",
    "Of the 41 million that a new one takes, the country pays a half, the district a third, and the town the rest.",
)
REFRAIN = ("And the river ran on, and on and on,", "and nobody asked it where to.")
SERIAL = "What happened so far: Ida has sold the mill, and the letter from the capital lies unopened on the stairs."


def with_hard_repeats(some: Iterator[Made], seed: int = 1) -> Iterator[Made]:
    """The documents with more that stands in many articles of a site, word for word, and is article all the same.

    In each seventh a column with its motto at both ends, in some of them a song with its refrain; in one of five an
    agency's paragraphs about what happened before, at the end or in the middle; in one of twelve a serial's reminder
    before its text. Each seventh article is an agency's, reprinted five times over by whatever sites.
    """
    draw = random.Random(seed)
    reprinted: tuple[str, ...] = ()
    for number, made in enumerate(some):
        head = next(index for index, (_, is_furniture) in enumerate(made.lines) if not is_furniture)
        tail = next(index for index, (_, is_furniture) in enumerate(reversed(made.lines)) if not is_furniture)
        start, body, end = (
            made.lines[:head],
            list(made.lines[head : len(made.lines) - tail]),
            made.lines[len(made.lines) - tail :],
        )
        texts = [text for text, is_furniture in body if not is_furniture]
        if number % 35 == 0:
            reprinted = tuple(texts[:6])
        if number % 7 == 0:
            body = [(text, False) for text in reprinted]
        kind = draw.random()
        if kind < 1 / 7:
            song = [(line, False) for _ in range(3) for line in REFRAIN] if draw.random() < 0.4 else []
            body = [(MOTTO, False), *body[:2], *song, *body[2:], (MOTTO, False)]
        elif kind < 1 / 7 + 1 / 5:
            at = len(body) if draw.random() < 0.5 else len(body) // 2
            body[at:at] = [(text, False) for text in BACKGROUND]
        elif kind < 1 / 7 + 1 / 5 + 1 / 12:
            body.insert(0, (SERIAL, False))
        yield Made(made.site, made.name, (*start, *body, *end))
