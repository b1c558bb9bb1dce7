"""HTML pages to the article's text blocks, each with what the DOM knew about it. No I/O."""

from cleaner.html.document import page_document
from cleaner.html.page import Block, Page, extract

__all__ = ["Block", "Page", "extract", "page_document"]
