"""Where readers propose a better translation: the digest's own address, the page's source, or an issue's form.

An address may have places to fill in: {article}, {sentence}, {address} of the sentence, and {text}, the
sentence in both languages. A script fills in the sentence that the reader chose; without one a link leads to
the article.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_PLACE = re.compile(r"\{(article|sentence|address|text)\}")
_FORMS = {
    "github": "/issues/new?title={article}%20{sentence}&body={text}%0A%0A{address}",
    "gitlab": "/-/issues/new?issue[title]={article}%20{sentence}&issue[description]={text}%0A%0A{address}",
}
"""Where a repository's host takes issues, by a part of its name."""


def report_pattern(report: str, repo_url: str, edit_url: str) -> str:
    """Return the address at which a translation is reported, with its places; nothing where there is none.

    `report` is the digest's setting; where it has no places, they are added at the end.
    """
    if not report.lower().startswith(("mailto:", "https://")):
        report = ""
    if report and not _PLACE.search(report):
        start, mark, fragment = report.partition("#")
        fields = "article={article}&sentence={sentence}&address={address}"
        if report.lower().startswith("mailto:"):
            fields = "subject={article}%20{sentence}&body={text}%0A%0A{address}"
        report = f"{start}{'&' if '?' in start else '?'}{fields}{mark}{fragment}"
    return report or edit_url or _issue_form(repo_url)


def _issue_form(repo_url: str) -> str:
    host = urlsplit(repo_url).hostname or ""
    form = next((form for name, form in _FORMS.items() if name in host), "")
    return f"{repo_url.rstrip('/')}{form}" if form else ""


def with_article(pattern: str, title: str) -> str:
    """Return a pattern with the article named; its other places stay."""
    return pattern.replace("{article}", quote(title, safe=""))


def without_sentence(pattern: str, address: str) -> str:
    """Return the address that is about an article as a whole."""
    return _PLACE.sub(lambda place: quote(address, safe="") if place[1] == "address" else "", pattern)
