"""What a page says about its article: title, authors, date, site, language, address.

For each the page's JSON-LD is asked first, then OpenGraph, then other `meta` names, then the markup. JSON-LD
describes other things, too: the article is the first thing of an article's type, else the first with a headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from cleaner.html.jsonld import Thing, as_text
from cleaner.model import Metadata

_SPACE = re.compile(r"\s+")
_TITLE_PARTS = re.compile(r"\s+(?:[|\u2013\u2014\u00b7\u2022\u00bb:-]|::|//)\s+")
_ARTICLE_TYPE = re.compile(r"Article|BlogPosting|Report|Recipe|Review")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.I)
_BY = re.compile(r"^(?:by|von|par|por|di|door|av|af)\s+(?=[^\W\d_])", re.I)
_LIST = re.compile(r"\s*[,;|]\s+|\s+(?:and|und|et|y|e|en|och|og|&)\s+")
_NO_NAME = re.compile(r"[:()@]")
_MAX_NAME = 100  # characters
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")  # seconds or milliseconds

_AUTHOR_NAMES = (
    "author",
    "article:author",
    "dc.creator",
    "sailthru.author",
    "parsely-author",
    "byl",
    "twitter:creator",
)
_DATE_NAMES = (
    "article:published_time", "datepublished", "og:published_time", "parsely-pub-date", "sailthru.date", "dc.date",
    "dc.date.issued", "dcterms.created", "pubdate", "publish-date", "date", "cxenseparse:recs:publishtime",
)  # fmt: skip
_TITLE_NAMES = ("og:title", "twitter:title", "parsely-title", "dc.title")
_SITE_NAMES = ("og:site_name", "application-name", "dc.publisher")
_LANGUAGE_NAMES = ("content-language", "og:locale", "language", "dc.language")


def read(root: HtmlElement, found: Sequence[Thing]) -> Metadata:
    """Of an unpruned tree and the things of its JSON-LD. What the page does not say is empty."""
    article = _article(found)
    metas = _metas(root)
    url = next(_urls(root, article, metas), "")
    site = _first(metas, _SITE_NAMES) or _line(_name(article.get("publisher"), found))
    return Metadata(
        title=_headline(found) or _title(root, metas, site=_first(metas, _SITE_NAMES[:1])),
        authors=_authors(root, article, found, metas),
        date=next(filter(None, map(_date, _dates(root, article, metas))), ""),
        site=site or urlsplit(url).netloc.removeprefix("www."),
        language=next(filter(None, map(_language, _languages(root, article, metas))), ""),
        url=url,
    )


def titles(root: HtmlElement, found: Sequence[Thing], title: str) -> tuple[str, ...]:
    """The page's `title` first, then what else the page calls its article: to search engines, in feeds, for short."""
    article, metas, whole = _article(found), _metas(root), _title_element(root)
    others = [
        _line(_headline([article])),
        *(said for name in _TITLE_NAMES for said in metas.get(name, ())),
        whole,
    ]
    site = _first(metas, _SITE_NAMES[:1])
    cut = (_cut_site(other, site, sure=other != whole) for other in others)
    return (title, *dict.fromkeys(other for other in cut if other and other != title))


def _article(found: Sequence[Thing]) -> Thing:
    for thing in found:
        kinds = thing.get("@type")
        if any(isinstance(kind, str) and _ARTICLE_TYPE.search(kind) for kind in _listed(kinds)):
            return thing
    return next((thing for thing in found if isinstance(thing.get("headline"), str)), {})


def _metas(root: HtmlElement) -> dict[str, list[str]]:
    """Contents by lower-case name, property, itemprop or http-equiv, in document order."""
    metas: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        content = _line(meta.get("content") or "")
        if not content:
            continue
        for key in ("property", "name", "itemprop", "http-equiv"):
            if name := (meta.get(key) or "").lower():
                metas.setdefault(name, []).append(content)
    return metas


def _first(metas: dict[str, list[str]], names: Iterable[str]) -> str:
    return next((metas[name][0] for name in names if name in metas), "")


def _headline(found: Sequence[Thing]) -> str:
    names = (thing.get("headline") for thing in found)
    return _line(next((name for name in names if isinstance(name, str) and name), ""))


def _authors(root: HtmlElement, article: Thing, found: Sequence[Thing], metas: dict[str, list[str]]) -> tuple[str, ...]:
    """Names in the page's order, each once; from the first place that holds any."""
    said = [_name(item, found) for key in ("author", "creator") for item in _listed(article.get(key))]
    if names := _people(said):
        return names
    for meta in _AUTHOR_NAMES:
        if names := _people(metas.get(meta, ())):
            return names
    marked = (e for e in root.iter("a", "span", "div", "p", "address") if "author" in _tokens(e))
    return _people(_SPACE.sub(" ", e.text_content()).strip() for e in marked)


def _tokens(element: HtmlElement) -> list[str]:
    return f"{element.get('rel', '')} {element.get('itemprop', '')}".lower().split()


def _people(names: Iterable[str]) -> tuple[str, ...]:
    """Without addresses, handles, picture credits and "by"; a list in one string is taken apart."""
    cleaned = (_BY.sub("", part).strip(" ,;|") for name in names for part in _apart(_line(name)))
    good = (
        name for name in cleaned if name and len(name) <= _MAX_NAME and name[0] != "@" and not _NO_NAME.search(name)
    )
    return tuple(dict.fromkeys(good))


def _apart(names: str) -> list[str]:
    """The names of a list; what has a part of one word is one name: "Jane Roe, MD", "Marks and Spencer"."""
    parts = _LIST.split(names)
    return parts if all(" " in part.strip() for part in parts) else [names]


def _dates(root: HtmlElement, article: Thing, metas: dict[str, list[str]]) -> Iterator[str]:
    for key in ("datePublished", "dateCreated"):
        if isinstance(value := article.get(key), str):
            yield value
    for name in _DATE_NAMES:
        yield from metas.get(name, ())
    for element in root.iter():
        if "datePublished" in element.get("itemprop", ""):
            yield element.get("datetime") or element.get("content") or element.text_content()
    for time in root.iter("time"):
        yield time.get("datetime") or ""


def _date(text: str) -> str:
    """In ISO 8601, with the time where the page gives one; "" if it is no date."""
    text = text.strip()
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC).isoformat()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, IndexError):  # the latter for "Fri,"
            return _checked_day(text[:10])
    return text if _DAY.fullmatch(text) else moment.isoformat()


def _checked_day(text: str) -> str:
    try:
        return datetime.fromisoformat(text).date().isoformat() if _DAY.fullmatch(text) else ""
    except ValueError:
        return ""


def _urls(root: HtmlElement, article: Thing, metas: dict[str, list[str]]) -> Iterator[str]:
    links = [link.get("href") or "" for link in root.iter("link") if "canonical" in _tokens(link)]
    page = article.get("mainEntityOfPage")
    said = [article.get("url"), page.get("@id") if isinstance(page, dict) else page]
    for url in (*links, *metas.get("og:url", ()), *said):
        if isinstance(url, str) and (url := url.strip()).startswith(("http://", "https://")):
            yield url


def _languages(root: HtmlElement, article: Thing, metas: dict[str, list[str]]) -> Iterator[str]:
    yield root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang") or ""
    if isinstance(said := article.get("inLanguage"), str):
        yield said
    for name in _LANGUAGE_NAMES:
        yield from metas.get(name, ())


def _language(text: str) -> str:
    """A BCP 47 tag as it is usually written; "" if it is none."""
    tag = text.strip().split(",")[0].replace("_", "-")
    if not _LANGUAGE.fullmatch(tag):
        return ""
    first, *rest = tag.split("-")
    return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])


def _name(thing: object, found: Sequence[Thing]) -> str:
    """The name of a person or an organisation, given as such, as an object, or as a reference to one."""
    if isinstance(thing, str):
        return thing
    if not isinstance(thing, dict):
        return ""
    if "name" not in thing and "@id" in thing:
        thing = next((other for other in found if other.get("@id") == thing["@id"] and "name" in other), thing)
    name = thing.get("name")
    return name if isinstance(name, str) else ""


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _line(markup: str) -> str:
    return _SPACE.sub(" ", as_text(markup))


def _title(root: HtmlElement, metas: dict[str, list[str]], site: str) -> str:
    headings = [_SPACE.sub(" ", h1.text_content()).strip() for h1 in root.iter("h1")]
    title = _title_element(root)
    only = [heading for heading in headings if heading]
    if "og:title" in metas:
        said = metas["og:title"][0]
        lead = (h for h in only if said.startswith(h) and _TITLE_PARTS.match(said, len(h)))
        return next(lead, "") or _cut_site(said, site, sure=True)
    for heading in only:
        if len(only) == 1 or heading.lower() in title.lower():
            return heading
    return _cut_site(title, site, sure=False)


def _title_element(root: HtmlElement) -> str:
    element = root.find(".//title")
    return _SPACE.sub(" ", element.text_content()).strip() if element is not None else ""


def _cut_site(title: str, site: str, *, sure: bool) -> str:
    """Without the site's name at its end; where that is unknown, the last short part, unless `sure` is wanted."""
    last = None
    for last in _TITLE_PARTS.finditer(title):
        if site and title[last.end() :].lower() == site.lower():
            return title[: last.start()]
    if sure or last is None:
        return title
    head, tail = title[: last.start()], title[last.end() :]
    return head if len(head.split()) >= 3 and len(tail.split()) <= 4 else title
