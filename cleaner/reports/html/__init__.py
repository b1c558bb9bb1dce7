"""The HTML report: a folder of pages, or one page, that opens without any server and needs no network."""

from cleaner.reports.html.page import DATA, GENERATOR, PAGE
from cleaner.reports.html.report import SIZE, HtmlReport, html_file, html_folder

__all__ = ["DATA", "GENERATOR", "PAGE", "SIZE", "HtmlReport", "html_file", "html_folder"]
