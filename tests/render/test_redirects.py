"""Pages at older addresses, which lead on to the article."""

from __future__ import annotations

from generator import render
from generator.render.redirects import claim_aliases, redirect_pages
from tests.support.samples import by_machine, translation


def listed(**aliases: tuple[str, ...]) -> dict[str, render.ListedArticle]:
    made = (
        translation(slug.replace("_", "-"), "ar", [[by_machine("خبر.", f"News of {slug}.")]], aliases=old)
        for slug, old in aliases.items()
    )
    return {each.digest.document.article.slug: render.ListedArticle.of(each) for each in made}


def test_an_alias_leads_to_its_article_in_each_tree() -> None:
    articles = listed(now=("يمن", "now"))
    claimed, taken = claim_aliases(articles)
    assert (claimed, taken) == ({"يمن": "now"}, [])
    pages = {page.path: page.make().decode() for page in redirect_pages(claimed, articles, ("en", "ar", "zh"))}
    assert set(pages) == {"en/articles/يمن/index.md", "ar/articles/يمن/index.md"}
    assert pages["en/articles/يمن/index.md"] == (
        '---\ntitle: "News of now."\nredirect: "../now/"\n---\n\n'
        '<p class="target" lang="en" dir="ltr"><a href="../now/">News of now.</a></p>\n'
    )


def test_an_alias_that_is_taken_is_named() -> None:
    claimed, taken = claim_aliases(listed(b=("a", "old", "b"), a=("old", "older")))
    assert claimed == {"old": "a", "older": "a"}
    assert taken == [("b", "a"), ("b", "old")]


def test_an_entry_that_is_kept_keeps_its_aliases() -> None:
    entry = listed(now=("one", "two"))["now"]
    assert render.ListedArticle.from_json(entry.to_json()).aliases == ("one", "two")
