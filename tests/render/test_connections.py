"""Pages of stories, topics and names, and what stands below an article, on news whose connections are known."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain, combinations, pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

import feedparser
import pytest
from lxml import etree, html
from pyld import jsonld

from generator import connect, render
from generator.export.feeds import LEAST_OF_GROUP, group_feeds
from generator.model import (
    Connections,
    Difference,
    JointSummary,
    Output,
    Place,
    Related,
    Story,
    Subject,
    SubjectKind,
    Translation,
)
from generator.render.escape import clean
from generator.render.links import NO_CONNECTIONS
from generator.render.page_markup import without_connections
from generator.render.provenance import engine_names
from generator.render.strings import strings_in
from generator.storage import records as record
from tests.support import corpus, samples
from tests.support.barriers import barriers
from tests.support.browser import Watch, chromium, served
from tests.support.hostile_site import SIGNED, attacked, attacking, mkdocs, pages_of, peaceful, text_of
from tests.support.hostile_site import translation as hostile_translation
from tests.support.hostile_texts import ATTACKS
from tests.support.rows import BOXES, place_in_rows
from tests.support.samples import by_hand, by_machine, translation, untranslated

BASE = "https://example.org/"
COUNT = 60
SLOTS: dict[str, SubjectKind] = {
    "city": "place",
    "country": "place",
    "person": "person",
    "other": "person",
    "org": "organization",
}
Summarize = Callable[[Story, Sequence[Translation]], JointSummary]


@dataclass
class Site:
    """Articles with their connections, and what was asked for while their pages were made."""

    articles: list[Translation]
    connections: Connections
    summarize: Summarize

    def __post_init__(self) -> None:
        self.by_slug = {each.digest.document.article.slug: each for each in self.articles}
        self.entries = {slug: render.ListedArticle.of(each) for slug, each in self.by_slug.items()}
        self.trees = render.trees((entry.language for entry in self.entries.values()), "en")
        self.loaded: list[str] = []

    def load(self, slug: str) -> Translation:
        self.loaded.append(slug)
        return self.by_slug[slug]

    def quote(self, slug: str, places: Iterable[int]) -> Translation:
        return self.load(slug).only(places)

    def outputs(self, is_stale: Callable[[str, object], bool] = lambda path, facts: True) -> Iterator[Output]:
        """Return all pages, the articles' and of the others those that are stale."""
        links = render.AllLinks(self.connections, self.entries)
        for slug, each in self.by_slug.items():
            yield from render.article_pages(each, self.trees, links[slug])
        known = (self.connections, self.entries)
        index = render.index_pages(list(self.entries.values()), "en", self.trees, self.connections)
        stories = render.story_pages(*known, self.load, self.summarize, "en", self.trees)
        for page in chain(index, stories, render.subject_pages(*known, self.quote, "en", self.trees)):
            if page.facts is None or is_stale(page.path, page.facts):
                yield page.output()

    def pages(self) -> dict[str, str]:
        return {output.path: output.content.decode() for output in self.outputs()}

    def page(self, path: str) -> html.HtmlElement:
        """Return the body of one page."""
        return html.fragment_fromstring(self.pages()[path].split("---\n", 2)[2], create_parent="div")

    def write(self, docs: Path) -> None:
        records = (
            Output(record.record_path("en", slug), record.dump_record(each))
            for slug, each in self.by_slug.items()
        )
        known = (self.connections, list(self.entries.values()), self.trees)
        feeds = (page.output() for page in group_feeds(*known, BASE, dict.fromkeys(self.trees, "Digest")))
        for output in (*records, *self.outputs(), *feeds):
            file = docs / output.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(output.content)


class Freshness:
    """Remembers the facts of pages from run to run, as the program does."""

    def __init__(self) -> None:
        self.seen: dict[str, str] = {}

    def __call__(self, path: str, facts: object) -> bool:
        before, self.seen[path] = self.seen.get(path), repr(facts)
        return before != self.seen[path]


def planted(count: int = COUNT) -> Site:
    """Return the made corpus with the connections that it was made with."""
    truth = corpus.truth(count)
    subjects = sorted(
        [*planted_names(count), *planted_topics(count)],
        key=lambda subject: (-len(subject.articles), subject.kind, subject.slug),
    )
    connections = Connections(planted_related(truth), planted_stories(truth), tuple(subjects))
    return Site(corpus.translations(count), connections, told(truth))


def planted_related(truth: corpus.Truth) -> dict[str, tuple[Related, ...]]:
    def related(slug: str, other: str) -> Related:
        shared = tuple(sorted(truth.mentions[slug] & truth.mentions[other]))
        return Related(other, shared, frozenset({slug, other}) in truth.duplicates)

    together: dict[int, list[str]] = {}
    for slug, event in truth.events.items():
        together.setdefault(event, []).append(slug)
    return {
        slug: tuple(related(slug, other) for other in together[event] if other != slug)
        for slug, event in truth.events.items()
    }


def planted_stories(truth: corpus.Truth) -> tuple[Story, ...]:
    def shared(slugs: frozenset[str]) -> tuple[str, ...]:
        return tuple(sorted(frozenset.intersection(*(truth.mentions[slug] for slug in slugs))))

    return tuple(Story(min(slugs), tuple(sorted(slugs)), shared(slugs)) for slugs in truth.stories.values())


def planted_names(count: int) -> Iterator[Subject]:
    spellings: dict[tuple[str, SubjectKind], corpus.Spelling] = {}
    mentions: dict[tuple[str, SubjectKind], Counter[str]] = {}
    for report in corpus.reports(count):
        for slot, kind in SLOTS.items():
            spelling = report.event.names[slot]
            found = sum(spelling["en"] in line.english for line in report.lines)
            if found:
                spellings[spelling["en"], kind] = spelling
                mentions.setdefault((spelling["en"], kind), Counter())[report.slug] = found
    for (name, kind), spelling in spellings.items():
        sources = tuple((code, spelling[code]) for code in corpus.LANGUAGES)
        yield Subject(kind, slug_of(name), name, sources, listed(mentions[name, kind]))


def planted_topics(count: int) -> Iterator[Subject]:
    articles: dict[str, Counter[str]] = {}
    for report in corpus.reports(count):
        articles.setdefault(report.event.kind, Counter())[report.slug] = 1
    for kind, found in articles.items():
        sources = tuple(zip(corpus.LANGUAGES, corpus.TOPICS[kind], strict=True))
        yield Subject("topic", kind, kind, sources, listed(found))


def small(*shared: str, **subjects: Subject) -> Site:
    """Return a story of four articles in three languages with sentences of every origin."""
    articles = [
        translation(
            "first",
            "ar",
            [[by_hand("قتل 12 شخصا.", "The quake killed 12.")]],
            published="2024-01-03",
            source="صوت",
        ),
        translation(
            "second", "ar", [[by_machine("قتل 14 شخصا.", "The quake killed 14.")]], published="2024-01-02"
        ),
        translation(
            "third", "zh", [[by_hand("地震造成15人死亡。", "The quake killed 15.")]], source="<b>x</b>"
        ),
        translation("fourth", "ar", [[untranslated("قتل كثيرون.")]], published="2024-01-01T08:00:00Z"),
        translation("alone", "zh", [[by_hand("下雨了。", "It rained.")]]),
    ]
    slugs = ("first", "second", "third", "fourth")
    related = {
        "first": (
            Related("third", shared),
            Related("fourth", ("قتل",), language="ar"),
            Related("second", shared, True),
        ),
        "fourth": (Related("first", ("قتل",), language="ar"),),
    }
    readings = (("12", Place("first", 0)), ("14", Place("second", 0)), ("15", Place("third", 0)))
    joint = JointSummary(
        tuple(Place(slug, 0) for slug in slugs),
        (
            Difference(("quake", "killed"), readings),
            Difference(("quake",), (readings[0], ("12", Place("second", 0)), readings[2])),
        ),
    )
    connections = Connections(related, (Story("fourth", slugs, shared),), tuple(subjects.values()))
    return Site(articles, connections, lambda story, translations: joint)


def slug_of(name: str) -> str:
    return name.lower().replace(" ", "-")


def listed(mentions: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(mentions.items(), key=lambda item: (-item[1], item[0])))


def told(truth: corpus.Truth) -> Summarize:
    """Return what makes the joint summary of a planted story: first sentences, and the numbers that differ."""

    def summarize(story: Story, articles: Sequence[Translation]) -> JointSummary:
        points = tuple(Place(slug, 0) for slug in story.articles)
        numbers = truth.disputed.get(truth.events[story.slug], ())
        readings = [
            (number, Place(each.digest.document.article.slug, index))
            for number in sorted(numbers)
            for each in articles
            for index, segment in enumerate(each.segments)
            if re.search(rf"\b{number}\b", segment.target or "")
        ]
        return JointSummary(points, (Difference(("count",), tuple(readings)),) if readings else ())

    return summarize


@pytest.fixture(scope="module")
def made() -> Site:
    return planted()


@pytest.fixture(scope="module")
def pages(made: Site) -> dict[str, str]:
    return made.pages()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site of the made corpus."""
    project = tmp_path_factory.mktemp("project")
    site = planted()
    samples.write_docs(project, site.articles)
    site.write(project / "docs")
    result = samples.mkdocs_build(project)
    assert result.returncode == 0, result.stderr
    return project / "site"


LIMA = Subject(
    "place",
    "lima",
    "Lima",
    (("ar", "ليما"), ("es", "Lima"), ("zh", "利马")),
    (("first", 2), ("third", 1)),
)
QUAKE = Subject("topic", "quake", "quake", (("ar", "زلازل"),), (("second", 1),))


def texts(found: Sequence[html.HtmlElement]) -> list[str]:
    return [" ".join(each.text_content().split()) for each in found]


def test_there_is_a_page_for_each_story_topic_and_name_where_it_has_articles() -> None:
    def folders(site: Site) -> set[str]:
        sections = ("/stories/", "/topics/", "/names/")
        return {path.removesuffix("index.md") for path in site.pages() if any(map(path.__contains__, sections))}

    assert folders(small("Lima", lima=LIMA, quake=QUAKE)) == {
        *("en/stories/", "en/stories/fourth/", "ar/stories/", "ar/stories/fourth/"),
        *("en/names/", "en/names/lima/", "ar/names/", "ar/names/lima/", "zh/names/", "zh/names/lima/"),
        *("en/topics/", "en/topics/quake/", "ar/topics/", "ar/topics/quake/"),
    }
    assert folders(replace_connections(small(), Connections({}, (), ()))) == set()


def replace_connections(site: Site, connections: Connections) -> Site:
    return Site(site.articles, connections, site.summarize)


# A story


def test_a_story_shows_each_point_in_both_languages_and_leads_to_its_sentence(
    made: Site, pages: dict[str, str]
) -> None:
    shown = 0
    for story in made.connections.stories:
        for tree in made.trees:
            path = f"{tree}/stories/{story.slug}/index.md"
            if path not in pages:
                continue
            page = html.fromstring(pages[path].split("---\n", 2)[2])
            for item in page.xpath("//section[@class='summary']//li"):
                (link,) = item.xpath(".//a/@href")
                slug, sentence = re.fullmatch(r"\.\./\.\./articles/(.*)/#s(\d+)", link).groups()  # type: ignore[union-attr]
                segment = made.by_slug[slug].segments[int(sentence) - 1]
                assert texts(item.find_class("source")) == [segment.source]
                assert texts(item.find_class("target")) == [segment.target]
                assert f'<li id="s{sentence}"' in pages[f"{tree}/articles/{slug}/index.md"]
                shown += 1
    assert shown > COUNT


def test_a_story_tells_who_says_what_and_how_it_was_translated() -> None:
    page = small("Lima", lima=LIMA).page("en/stories/fourth/index.md")
    items = page.xpath(".//section[@class='summary']//li")
    assert [item.get("class") for item in items] == ["reviewed", "machine", "reviewed", "none"]
    assert texts(page.xpath(".//section[@class='summary']//*[contains(@class, 'note')]")) == [
        "machine translation",
        "not translated yet",
    ]
    assert texts(page.xpath(".//section[@class='summary']//div")) == [
        "January 3, 2024 صوت Arabic",
        "January 2, 2024 Arabic",
        "Date unknown <b>x</b> Chinese",
        "January 1, 2024 Arabic",
    ]
    said = page.find_class("provenance")[0].text_content()
    assert "nothing is rewritten" in said and "A dotted line marks" in said
    assert texts(page.xpath(".//header/p[@class='byline']/span")) == [
        "4 articles",
        "January 1, 2024 – January 3, 2024",
        "Shared: Lima",
    ]


def test_a_story_is_named_after_its_most_central_article_of_a_tree_and_lists_all_by_date() -> None:
    site = small()
    english, arabic = (site.page(f"{tree}/stories/fourth/index.md") for tree in ("en", "ar"))
    assert texts(english.xpath(".//header/*[@lang]")) == ["The quake killed 12.", "قتل 12 شخصا."]
    assert texts(arabic.xpath(".//header/*[@lang]")) == ["قتل 12 شخصا.", "The quake killed 12."]

    def order(page: html.HtmlElement) -> list[str]:
        return [link.split("/")[-2] for link in page.xpath(".//h3/a/@href")]

    assert order(english) == ["fourth", "second", "first", "third"]
    assert order(arabic) == ["fourth", "second", "first"]


def test_different_numbers_stand_side_by_side_in_trees_that_have_two_of_them() -> None:
    site = small()
    rows = {
        tree: site.page(f"{tree}/stories/fourth/index.md").xpath(".//section[@class='differences']")[0]
        for tree in ("en", "ar")
    }
    figures = {tree: texts(row.find_class("figure")) for tree, row in rows.items()}
    assert figures == {"en": ["12", "14", "15", "12", "15"], "ar": ["12", "14"]}
    assert texts(rows["en"].findall("h3")) == ["quake, killed", "quake"]
    assert texts(rows["en"].xpath("ul[2]/li[1]//a")) == ["The quake killed 12.", "The quake killed 14."]
    (first,) = rows["ar"].xpath("ul/li[1]")
    assert texts(first.xpath(".//p")) == ["12", "قتل 12 شخصا.", "The quake killed 12."]
    assert first.xpath(".//p/a/@href") == ["../../articles/first/#s1"]


def test_a_number_that_nobody_translated_is_in_its_own_language() -> None:
    text = "Bei dem Einsturz des alten Staudamms in Sirte starben {} Menschen."
    articles = [
        translation(slug, "de", [[untranslated(text.format(number))]])
        for slug, number in {"a": "zwölf", "b": "fünfzehn"}.items()
    ]
    story = Story("a", ("a", "b"), (), "de")
    site = Site(articles, Connections({}, (story,), ()), connect.summarize_story)
    figures = site.page("en/stories/a/index.md").find_class("figure")
    assert [(each.text, each.get("lang")) for each in figures] == [("zwölf", "de"), ("fünfzehn", "de")]


def test_every_number_that_sources_dispute_is_shown(made: Site, pages: dict[str, str]) -> None:
    truth = corpus.truth(COUNT)
    assert truth.disputed
    for event, numbers in truth.disputed.items():
        page = html.fromstring(pages[f"en/stories/{min(truth.stories[event])}/index.md"].split("---\n", 2)[2])
        assert set(texts(page.find_class("figure"))) == numbers


def test_one_article_in_a_source_language_makes_no_story_there() -> None:
    site = small()
    assert "zh/stories/fourth/index.md" not in site.pages()
    assert "stories/" not in site.pages()["zh/articles/third/index.md"]
    assert "../../stories/fourth/" in site.pages()["en/articles/third/index.md"]


def test_the_home_page_shows_the_newest_stories_first(made: Site, pages: dict[str, str]) -> None:
    for tree in ("en", "ar", "zh"):
        home = html.fragment_fromstring(pages[f"{tree}/index.md"].split("---\n", 2)[2], create_parent="div")
        (section,) = home.find_class("stories")
        dates = section.xpath(".//time/@datetime")
        assert len(dates) == min(5, len(section.findall("ul/li"))) and dates == sorted(dates, reverse=True)
        listed_there = html.fromstring(pages[f"{tree}/stories/index.md"].split("---\n", 2)[2])
        links = listed_there.xpath("//h2/a/@href")
        assert [urljoin("/stories/", link) for link in links[:5]] == [
            urljoin("/", link) for link in section.xpath(".//h3/a/@href")
        ]
    assert 'class="stories"' not in replace_connections(made, Connections({}, (), ())).pages()["en/index.md"]


# Topics and names


def test_a_name_has_its_spellings_counts_and_articles() -> None:
    site = small("Lima", lima=LIMA)
    page = site.page("en/names/lima/index.md")
    assert texts(page.xpath(".//h1 | .//p[contains(@class, 'byline')][not(ancestor::li)]")) == [
        "Lima",
        "Place 2 articles mentioned in 3 sentences",
        "Also written: ليما (Arabic), 利马 (Chinese)",
    ]
    assert [each.get("dir") for each in page.xpath(".//p[contains(@class, 'spellings')]/bdi")] == [
        "rtl",
        "ltr",
    ]
    assert page.xpath(".//h2/a/@href") == ["../../articles/first/", "../../articles/third/"]


def test_a_tree_of_a_source_language_spells_and_counts_for_itself() -> None:
    site = small("Lima", lima=LIMA)
    page = site.page("ar/names/lima/index.md")
    assert texts(page.xpath(".//h1 | .//p[contains(@class, 'byline')][not(ancestor::li)]")) == [
        "ليما",
        "مكان مقال واحد ورد في جملتين",
        "يُكتب أيضًا: Lima (الإنجليزية، الإسبانية)، 利马 (الصينية)",
    ]
    assert page.xpath(".//h2/a/@href") == ["../../articles/first/"]
    assert texts(site.page("ar/names/index.md").xpath(".//li")) == ["ليما مقال واحد"]
    assert 'يشتركان في: <bdi lang="ar" dir="rtl">ليما</bdi>' in site.pages()["ar/articles/first/index.md"]


def test_names_are_listed_by_kind_and_then_by_how_many_articles_mention_them(
    made: Site, pages: dict[str, str]
) -> None:
    page = html.fromstring(pages["en/names/index.md"].split("---\n", 2)[2])
    assert texts(page.xpath("//h2")) == ["People", "Places", "Organizations"]
    for section in page.xpath("//section"):
        counts = [int(re.match(r"\d+", text)[0]) for text in texts(section.xpath(".//li/span"))]  # type: ignore[index]
        assert counts == sorted(counts, reverse=True)
    kinds = Counter(subject.kind for subject in made.connections.subjects)
    assert len(page.xpath("//li")) == kinds.total() - kinds["topic"]
    assert "section" not in pages["en/topics/index.md"].split("---\n", 2)[2]


def test_long_lists_of_articles_are_turned_page_by_page() -> None:
    articles = [translation(f"a{n:03}", "ar", [[by_hand("جملة.", "A sentence.")]]) for n in range(101)]
    subject = Subject("name", "page", "Page", (), tuple((f"a{n:03}", 1) for n in range(101)))
    found = Site(articles, Connections({}, (), (subject,)), told(corpus.Truth())).pages()
    turned = [f"en/names/page/{page}index.md" for page in ("", "page/2/", "page/3/")]
    assert [found[path].count("<h2") for path in turned] == [50, 50, 1]
    assert 'rel="next" href="page/2/"' in found[turned[0]] and 'href="../../../../names/"' in found[turned[2]]


def test_a_long_list_of_names_is_turned_too() -> None:
    articles = [translation("a", "en", [[samples.original("A sentence.")]])]
    subjects = tuple(Subject("name", f"n{n:04}", f"Name {n}", (), (("a", 1),)) for n in range(501))
    found = Site(articles, Connections({}, (), subjects), told(corpus.Truth())).pages()
    assert found["en/names/index.md"].count("<li>") == 500
    assert '<a href="../../../names/n0500/">' in found["en/names/page/2/index.md"]


def test_a_tree_whose_interface_speaks_english_still_spells_in_its_language() -> None:
    article = replace(translation("a", "ar", [[by_hand("لندن", "Londono")]]), target_language="eo")
    london = Subject("place", "londono", "Londono", (("en", "London"), ("ar", "لندن")), (("a", 1),))
    known = (Connections({}, (), (london,)), {"a": render.ListedArticle.of(article)})
    pages = render.subject_pages(*known, lambda slug, places: article.only(places), "eo", ("eo", "ar"))
    page = next(each.make().decode() for each in pages if each.path == "eo/names/londono/index.md")
    assert '<bdi class="place" lang="eo" dir="ltr">Londono</bdi></h1>' in page
    assert ">London</bdi> (English)" in page


# Below an article


def test_related_articles_come_nearest_first_with_the_reason() -> None:
    page = small("Lima", "mine", lima=LIMA).page("en/articles/first/index.md")
    (section,) = page.find_class("related")
    assert [link.split("/")[-2] for link in section.xpath(".//h3/a/@href")] == ["third", "fourth", "second"]
    assert texts(section.find_class("why")) == [
        "Shared: Lima, mine",
        "Shared: قتل",
        "Near-duplicate Shared: Lima, mine",
    ]
    assert section.xpath(".//p[contains(@class, 'why')]//bdi/@lang") == ["en", "en", "ar", "en", "en"]


def test_a_source_language_leads_to_articles_in_it_alone() -> None:
    page = small("Lima").page("ar/articles/first/index.md")
    assert [link.split("/")[-2] for link in page.xpath(".//h3/a/@href")] == ["fourth", "second"]


def test_an_article_leads_to_its_story_and_to_its_most_telling_topics_and_names() -> None:
    page = small(lima=LIMA, quake=QUAKE).page("en/articles/first/index.md")
    assert texts(page.xpath(".//aside/p")) == [
        "Story: The quake killed 12. 4 articles",
        "Names: Lima",
        "More from: صوت, Arabic, January 2024",
    ]
    assert page.xpath(".//aside/p//a/@href") == [
        "../../stories/fourth/",
        "../../names/lima/",
        f"../../archive/source/{quote('صوت')}/",
        "../../archive/language/ar/",
        "../../archive/2024-01/",
    ]
    frequent = [Subject("name", f"n{n}", f"Name {n}", (), (("first", n % 5 + 1),)) for n in range(12)]
    rare = small(**{subject.slug: subject for subject in frequent}).page("en/articles/first/index.md")
    assert texts(rare.xpath(".//aside/p[@class='subjects']//a")) == [
        f"Name {n}" for n in (4, 9, 3, 8, 2, 7, 1, 11)
    ]


@pytest.mark.parametrize(("tree", "colon"), [("en", ": "), ("ar", ": "), ("zh", "：")])
def test_what_an_article_leads_to_stands_behind_the_colon_of_the_language(
    made: Site, pages: dict[str, str], tree: str, colon: str
) -> None:
    says = strings_in(tree)
    slugs = [slug for story in made.connections.stories for slug in story.articles]
    path = next(path for slug in slugs if (path := f"{tree}/articles/{slug}/index.md") in pages)
    told = texts(made.page(path).xpath(".//aside/p[@class='part' or @class='subjects']"))
    titles = [says("stories.story"), says("subjects.topics.title"), says("subjects.names.title")]
    assert [each.startswith(title + colon) for each, title in zip(told, titles, strict=True)] == [True] * 3


def test_an_article_without_connections_leads_on_to_the_articles_beside_it() -> None:
    entries = {entry.slug: entry for entry in map(render.ListedArticle.of, samples.every_kind())}
    links = render.AllLinks(Connections({}, (), ()), entries)
    order = [entry.slug for entry in render.newest_first(entries.values())]
    assert order[:2] == ["zh-news", "mixed"]
    for each in samples.every_kind():
        slug = each.digest.document.article.slug
        content = next(render.article_pages(each, ("en",), links[slug])).content.decode()
        page = html.fragment_fromstring(content.split("---\n", 2)[2], create_parent="div")
        place = order.index(slug)
        beside = page.xpath(".//nav[@class='beside']/p")
        expected = [("newer", place - 1)] if place else []
        expected += [("older", place + 1)] if place + 1 < len(order) else []
        assert [each.get("class") for each in beside] == [way for way, _ in expected]
        assert [each.xpath(".//a/@href") for each in beside] == [
            [f"../../articles/{order[at]}/"] for _, at in expected
        ]
        ways = page.xpath(".//p[@class='more']//a/@href")
        assert f"../../archive/language/{each.digest.document.language}/" in ways
        assert ("../../archive/2019-11/" in ways) == (slug == "zh-news")


def test_an_article_alone_has_nothing_below_it() -> None:
    for each in samples.every_kind():
        trees = ("en", "ar", "zh")
        entry = replace(render.ListedArticle.of(each), source=None, also=(), published=None)
        links = render.AllLinks(Connections({}, (), ()), {entry.slug: entry})[entry.slug]
        assert [*render.article_pages(each, trees, links)] == [*render.article_pages(each, trees)]


def test_one_article_more_changes_no_page_but_those_beside_it() -> None:
    entries = [
        render.ListedArticle.of(
            translation(f"a{n:02}", "ar", [[by_hand("جملة.", "A.")]], published=f"2024-01-{n + 1:02}")
        )
        for n in range(20)
    ]
    few = {entry.slug: entry for entry in entries if entry.slug != "a10"}
    before, after = (render.AllLinks(NO_CONNECTIONS, known) for known in (few, {e.slug: e for e in entries}))
    assert [slug for slug in few if before.version(slug) != after.version(slug)] == ["a09", "a11"]


def test_a_page_can_be_compared_with_one_that_knows_no_connections() -> None:
    site = small("Lima", lima=LIMA)
    for path, page in site.pages().items():
        if "/articles/" in path:
            article = site.by_slug[path.split("/")[2]]
            plain = {
                output.path: output.content.decode() for output in render.article_pages(article, site.trees)
            }
            assert without_connections(page) == plain[path]
            assert without_connections(plain[path]) == plain[path]
    page = site.pages()["en/articles/first/index.md"]
    edited = page.replace(">Related articles<", ">Related<")
    assert edited != page and without_connections(edited) == edited


# What is made again


def corrected(site: Site, slug: str) -> Site:
    """Return the same site with another translation of the last sentence of one article."""
    article = site.by_slug[slug]
    segments = (*article.segments[:-1], by_hand(article.segments[-1].source, "Corrected."))
    articles = [replace(each, segments=segments) if each is article else each for each in site.articles]
    return Site(articles, site.connections, site.summarize)


def test_only_pages_that_show_something_else_are_made_again(made: Site) -> None:
    is_stale = Freshness()
    every = {output.path for output in made.outputs(is_stale)}
    made.loaded.clear()
    always = {output.path for output in made.outputs(is_stale)}
    assert made.loaded == []
    assert not any(re.search("/(stories|topics|names|page)/|/archive/.+/", path) for path in always)

    story = made.connections.stories[0]
    told_of = {slug for each in made.connections.stories for slug in each.articles}
    outsider = next(slug for slug in made.by_slug if slug not in told_of)
    for slug, loaded in ((story.articles[1], set(story.articles)), (outsider, set())):
        site, again = corrected(made, slug), Freshness()
        again.seen = dict(is_stale.seen)
        found = {output.path for output in site.outputs(again)} - always
        assert set(site.loaded) == loaded
        assert found == {path for path in every if loaded and f"/stories/{story.slug}/" in path}


def test_no_page_is_made_before_it_is_asked_for(made: Site) -> None:
    made.loaded.clear()
    known = (made.connections, made.entries)
    pages = list(render.story_pages(*known, made.load, made.summarize, "en", made.trees))
    assert made.loaded == []
    story = made.connections.stories[0]
    shown = [page for page in pages if f"/stories/{story.slug}/" in page.path]
    assert len(shown) > 1 and all(page.make() for page in shown)
    assert made.loaded == list(story.articles)


def test_links_of_an_article_stay_when_others_join_its_names(made: Site) -> None:
    before = render.AllLinks(made.connections, made.entries)
    joined = next(each for each in made.connections.subjects if len(each.articles) == 5)
    more = tuple(
        replace(each, articles=(("new", 9), *each.articles)) if each == joined else each
        for each in made.connections.subjects
    )
    new = translation("new", "ar", [[by_hand("جملة.", "A sentence.")]])
    entries = {**made.entries, "new": render.ListedArticle.of(new)}
    after = render.AllLinks(replace(made.connections, subjects=more), entries)
    assert {slug: repr(replace(links, neighbours=())) for slug, links in after.items() if slug != "new"} == {
        slug: repr(replace(links, neighbours=())) for slug, links in before.items()
    }
    changed = [slug for slug, links in before.items() if repr(links) != repr(after[slug])]
    assert len(changed) <= 4  # those beside it, in two trees
    assert max(len(repr(links)) for links in before.values()) < 6000


def test_the_order_of_articles_changes_no_byte(made: Site, pages: dict[str, str]) -> None:
    turned = Site(made.articles[::-1], made.connections, made.summarize)
    assert turned.pages() == pages


# The built site


def test_links_lead_to_pages_and_sentences_that_are_there(built: Path) -> None:
    found = {
        file.relative_to(built).as_posix().removesuffix("index.html"): html.fromstring(file.read_bytes())
        for file in built.rglob("*.html")
    }
    ids = {address: page.xpath("//@id") for address, page in found.items()}
    sentences = 0
    for address, page in found.items():
        assert len(set(ids[address])) == len(ids[address]), address
        for link in page.xpath("//a/@href"):
            parts = urlsplit(urljoin(BASE + address, link))
            there = unquote(parts.path).lstrip("/")
            assert there in found or (built / there).is_file(), f"{address}: {link}"
            if parts.fragment:
                assert parts.fragment in ids[there], f"{address}: {link}"
                sentences += 1
    assert sentences > 1000


def test_headings_are_in_order(built: Path) -> None:
    for file in sorted(built.glob("en/**/index.html")):
        levels = [int(each.tag[1]) for each in html.fromstring(file.read_bytes()).xpath("//h1|//h2|//h3|//h4")]
        assert levels.count(1) == 1, file
        assert all(below - above <= 1 for above, below in pairwise(levels)), file


def test_the_sitemap_names_the_pages_in_every_language(built: Path, pages: dict[str, str]) -> None:
    sitemap = etree.parse(built / "sitemap.xml")
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    found = {
        url.findtext(f"{space}loc"): {
            link.get("hreflang") for link in url.iter("{http://www.w3.org/1999/xhtml}link")
        }
        for url in sitemap.iter(f"{space}url")
    }
    for path in pages:
        rest = path.partition("/")[2]
        if rest.startswith(("stories/", "topics/", "names/")):
            trees = {each for each in ("en", "ar", "es", "zh") if f"{each}/{rest}" in pages}
            assert found[BASE + path.removesuffix("index.md")] == trees


def test_search_holds_articles_alone(built: Path) -> None:
    index = json.loads((built / "search-index/index.json").read_bytes())
    assert index["articles"] == COUNT


@pytest.fixture(scope="module")
def told_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site of the small story, whose articles mention a place and a topic."""
    project = tmp_path_factory.mktemp("told")
    site = small("Lima", "ليما Lima ليما", lima=LIMA, quake=replace(QUAKE, articles=(("first", 1),)))
    samples.write_docs(project, site.articles)
    site.write(project / "docs")
    result = samples.mkdocs_build(project)
    assert result.returncode == 0, result.stderr
    return project / "site"


def data_of(page: html.HtmlElement) -> dict[str, Any]:
    (script,) = page.xpath("//script[@type='application/ld+json']")
    found: dict[str, Any] = json.loads(script.text)
    return found


def data_in(site: Path, address: str) -> dict[str, Any]:
    return data_of(html.fromstring((site / address / "index.html").read_bytes()))


def listed_article(tree: str, slug: str, headline: str, language: str) -> dict[str, str]:
    address = f"{BASE}{tree}/articles/{slug}/"
    named = {"@type": "NewsArticle", "@id": address, "url": address}
    return named | {"headline": headline, "inLanguage": language}


def test_programs_are_told_what_an_article_is_about(told_site: Path) -> None:
    def data(tree: str, slug: str) -> dict[str, Any]:
        found = data_in(told_site, f"{tree}/articles/{slug}")
        return {name: found.get(name) for name in ("about", "mentions", "isPartOf")}

    assert data("en", "first") == {
        "about": [{"@type": "DefinedTerm", "name": "quake", "url": f"{BASE}en/topics/quake/"}],
        "mentions": [{"@type": "Place", "name": "Lima", "url": f"{BASE}en/names/lima/"}],
        "isPartOf": [
            {"@type": "CollectionPage", "name": "The quake killed 12.", "url": f"{BASE}en/stories/fourth/"}
        ],
    }
    assert data("ar", "first")["mentions"] == [
        {"@type": "Place", "name": "ليما", "url": f"{BASE}ar/names/lima/"}
    ]
    assert data("en", "alone") == {"about": None, "mentions": None, "isPartOf": None}


def test_programs_are_told_which_articles_make_a_story(told_site: Path) -> None:
    address = f"{BASE}en/stories/fourth/"
    assert data_in(told_site, "en/stories/fourth") == {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "@id": address,
        "url": address,
        "name": "The quake killed 12.",
        "inLanguage": "en",
        "about": [{"@type": "Thing", "name": "Lima"}, {"@type": "Thing", "name": "ليما Lima ليما"}],
        "hasPart": [
            listed_article("en", "fourth", "قتل كثيرون.", "ar"),
            listed_article("en", "second", "The quake killed 14.", "en"),
            listed_article("en", "first", "The quake killed 12.", "en"),
            listed_article("en", "third", "The quake killed 15.", "en"),
        ],
    }


def test_programs_are_told_what_a_topic_or_name_is_and_which_articles_mention_it(told_site: Path) -> None:
    address = f"{BASE}ar/names/lima/"
    assert data_in(told_site, "ar/names/lima") == {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "@id": address,
        "url": address,
        "name": "ليما – الأسماء",
        "inLanguage": "ar",
        "mainEntity": {"@type": "Place", "name": "ليما", "alternateName": ["Lima", "利马"], "url": address},
        "hasPart": [listed_article("ar", "first", "قتل 12 شخصا.", "ar")],
    }
    topic = data_in(told_site, "en/topics/quake")["mainEntity"]
    assert (topic["@type"], topic["name"], topic["alternateName"]) == ("DefinedTerm", "quake", ["زلازل"])
    for path in ("en/stories", "en/topics", "en/names", "en/archive"):
        assert "ld+json" not in (told_site / path / "index.html").read_text("utf-8")


def test_a_json_ld_processor_joins_the_pages_of_a_site(built: Path) -> None:
    """Every article that a page lists is named as its own page names itself."""
    listed, named = set(), set()
    folders = ("articles", "stories", "topics", "names")
    for file in (file for folder in folders for file in sorted(built.glob(f"*/{folder}/*/index.html"))):
        kind, data = file.parts[-3], data_of(html.fromstring(file.read_bytes()))
        graph = jsonld.to_rdf(data, {"documentLoader": lambda url, options: samples.SCHEMA_ORG})["@default"]
        rows = [(row["subject"]["value"], row["predicate"]["value"], row["object"]["value"]) for row in graph]
        address = BASE + file.parent.relative_to(built).as_posix() + "/"
        if kind == "articles":
            assert (address, "https://schema.org/url", address) in rows
            named.add(address)
        else:
            parts = {value for _, name, value in rows if name == "https://schema.org/hasPart"}
            assert parts and (address, "https://schema.org/url", address) in rows, address
            listed |= parts
    assert listed and listed <= named


# The front page


def test_what_stories_tell_is_not_repeated_and_copies_are_folded(made: Site) -> None:
    for tree in ("en", "ar"):
        page = made.page(f"{tree}/index.md")
        stories = [link.split("/")[1] for link in page.xpath(".//section[@class='stories']//h3/a/@href")]
        by_slug = {story.slug: story for story in made.connections.stories}
        told = {slug for story in stories for slug in by_slug[story].articles}
        links = [link.split("/")[1] for link in page.xpath(".//ol//h2/a/@href")]
        folded = [link.split("/")[1] for link in page.xpath(".//ol//p[@class='byline also']//a/@href")]
        assert stories and links and told.isdisjoint(links)
        assert len({*links, *folded}) == len(links) + len(folded)
        copies = {
            slug: {each.slug for each in row if each.duplicate}
            for slug, row in made.connections.related.items()
        }
        assert all(copies[slug].isdisjoint(links) for slug in links)
        assert all(copies[slug] & {*links} for slug in folded)
    assert texts(made.page("en/index.md").xpath("(.//p[@class='byline also'])[1]"))[0].startswith(
        strings_in("en")("related.duplicate") + ": "
    )


def test_the_front_page_leads_to_topics_by_their_pages_and_never_by_a_search(
    made: Site, pages: dict[str, str]
) -> None:
    for tree in made.trees:
        home = made.page(f"{tree}/index.md")
        assert home.xpath(".//a[@href='topics/']") and not home.xpath(".//a[contains(@href, 'search')]")
        items = made.page(f"{tree}/topics/index.md").xpath(".//ul[@class='groups']/li")
        assert items
        for item in items:
            (link,), said = item.xpath(".//a/@href"), texts(item.findall("span"))
            page = html.fromstring(pages[urljoin(f"{tree}/topics/", f"{link}index.md")].split("---\n", 2)[2])
            assert said == [strings_in(tree).count("home.articles", len(page.xpath("//h2")))]


def test_a_front_page_whose_articles_are_all_of_one_story_lists_them() -> None:
    page = small(lima=LIMA).page("ar/index.md")
    assert len(page.xpath(".//ol//h2")) == 3


def test_an_untranslated_headline_stands_in_the_column_of_its_language() -> None:
    rows = small(lima=LIMA).page("en/stories/fourth/index.md").xpath(".//ol[@class='articles']/li")
    columns = [[" ".join(div.text_content().split()) for div in row.findall("div")] for row in rows]
    assert columns[0] == ["", "قتل كثيرون."]
    assert all(all(row) for row in columns[1:])


@pytest.mark.parametrize(
    ("titles", "tree", "headline"),
    [
        (["none", "machine", "reviewed"], "en", "English 2"),
        (["none", "machine", "machine"], "en", "English 1"),
        (["reviewed", "machine", "reviewed"], "en", "English 0"),
        (["none", "none", "none"], "en", "عنوان 0"),
        (["none", "machine", "reviewed"], "ar", "عنوان 0"),
    ],
)
def test_a_storys_headline_is_one_in_the_trees_language(titles: list[str], tree: str, headline: str) -> None:
    made = {
        "none": lambda n: untranslated(f"عنوان {n}"),
        "machine": lambda n: by_machine(f"عنوان {n}", f"English {n}"),
        "reviewed": lambda n: by_hand(f"عنوان {n}", f"English {n}"),
    }
    articles = [
        translation(f"a{n}", "ar", [[untranslated("جملة.")]], title=made[title](n))
        for n, title in enumerate(titles)
    ]
    slugs = ("a0", "a1", "a2")
    connections = Connections({}, (Story("a0", slugs, ()),), ())
    site = Site(articles, connections, lambda story, translations: JointSummary((), ()))
    for path, place in {f"{tree}/stories/a0/index.md": ".//h1", f"{tree}/index.md": ".//h3"}.items():
        assert texts(site.page(path).xpath(place)) == [headline]
    article = site.page(f"{tree}/articles/a1/index.md")
    assert texts(article.xpath(".//p[@class='part']/bdi")) == [headline]


# Feeds of a part


def test_topics_names_and_languages_with_enough_articles_have_a_feed(made: Site) -> None:
    names = dict.fromkeys(made.trees, "Digest")
    entries = list(made.entries.values())
    pages = {page.path: page for page in group_feeds(made.connections, entries, made.trees, BASE, names)}
    expected = set()
    for tree in made.trees:
        there = {entry.slug for entry in entries if entry.stands_in(tree)}
        for subject in made.connections.subjects:
            if len({slug for slug, _ in subject.articles} & there) >= LEAST_OF_GROUP:
                folder = "topics" if subject.kind == "topic" else "names"
                expected.add(f"{tree}/{folder}/{subject.slug}/atom.xml")
    expected |= {f"en/archive/language/{code}/atom.xml" for code in ("ar", "es", "zh")}
    assert expected == set(pages) and len(expected) > 10
    assert not list(group_feeds(made.connections, entries, made.trees, "", names))
    for path, page in pages.items():
        feed = feedparser.parse(page.make())
        assert not feed.bozo
        folder = path.removesuffix("atom.xml")
        assert feed.feed.id == BASE + quote(path) and feed.feed.link == BASE + quote(folder)
        listed = made.page(f"{folder}index.md").xpath(".//h2/a/@href")
        expected_links = [urljoin(BASE + quote(folder), link) for link in listed[:30]]
        assert [entry.link for entry in feed.entries] == expected_links
        assert all(len(entry.content[0].value) < 1000 for entry in feed.entries)


def test_the_feed_of_a_part_is_made_again_for_other_topics() -> None:
    def facts(*topics: str) -> list[str]:
        rows = [translation(slug, "ar", [[untranslated("س")]], topics=topics) for slug in "abcde"]
        entries = [render.ListedArticle.of(each) for each in rows]
        subject = Subject("name", "n", "N", (), tuple((entry.slug, 1) for entry in entries))
        known = Connections({}, (), (subject,)), entries, ("en",), BASE, {"en": "Digest"}
        return [repr(page.facts) for page in group_feeds(*known)]

    assert len(facts()) == 1 and facts() == facts() != facts("Water")


def test_pages_lead_to_their_feed_their_section_and_their_kind(built: Path) -> None:
    def page(path: str) -> html.HtmlElement:
        return html.fromstring((built / path / "index.html").read_bytes())

    with_feed = [file.parent for file in built.glob("en/names/*/atom.xml")]
    assert with_feed
    for folder in [file.parent for file in built.glob("en/names/*/index.html")][:20]:
        found = page(folder.relative_to(built).as_posix())
        links = found.xpath("//link[@type='application/atom+xml' and @href='atom.xml']")
        assert bool(links) == (folder in with_feed) == bool(found.xpath("//p/a[@href='atom.xml']"))
    sections = {
        f"en/articles/{next(built.glob('en/articles/*')).name}": ("Articles", None),
        f"en/stories/{next(built.glob('en/stories/*/')).name}": ("Stories", "Story"),
        f"en/names/{with_feed[0].name}": ("Names", "Names"),
        "en/archive/language/ar": ("Articles", "Archive"),
    }
    for path, (section, kicker) in sections.items():
        found = page(path)
        assert texts(found.xpath("//nav[@class='masthead-pages']/a[@aria-current]")) == [section], path
        if kicker:
            assert texts(found.xpath("//article/p[@class='kicker']")) == [kicker]


def test_an_article_names_its_story_above_its_headline(built: Path, made: Site) -> None:
    story = made.connections.stories[0]
    for slug in story.articles:
        page = html.fromstring((built / f"en/articles/{slug}/index.html").read_bytes())
        (kicker,) = page.xpath("//article/p[@class='kicker']")
        assert kicker.xpath("a/@href") == [f"../../stories/{story.slug}/"]
        (headline,), said = texts(page.xpath("//h1")), texts([kicker])[0]
        assert re.fullmatch(r"Story: (.+ \(\d+ articles\)|\d+ articles)", said)
        assert headline not in said
        assert page.xpath("count(//p[@class='kicker']/following::h1)") == 1


def test_a_language_without_the_page_says_where_its_link_leads(built: Path, made: Site) -> None:
    slug = next(slug for slug, entry in made.entries.items() if entry.language == "zh")
    page = html.fromstring((built / f"en/articles/{slug}/index.html").read_bytes())
    links = page.xpath("//nav[@class='masthead-languages']/a")
    assert dict(zip([link.get("lang") for link in links], texts(links), strict=True)) == {
        "ar": "العربية المقالات",
        "es": "Español Artículos",
        "zh": "中文",
    }


LOOKED_AT = [
    ("en/", 390, "light"),
    ("ar/", 1280, "dark"),
    ("en/stories/", 390, "dark"),
    ("en/stories/{story}/", 1280, "light"),
    ("ar/stories/{story}/", 390, "dark"),
    ("ar/names/", 390, "light"),
    ("en/names/{name}/", 1280, "dark"),
    ("ar/names/{name}/", 390, "light"),
    ("en/articles/{article}/", 1280, "dark"),
    ("ar/articles/{article}/", 390, "light"),
]
"""Pages, and how wide and in which colours a browser shows them."""


def test_pages_have_no_barriers_in_a_browser(built: Path, made: Site) -> None:
    def there(folder: str) -> set[str]:
        return {path.parent.name for path in built.glob(f"ar/{folder}/*/index.html")}

    story = next(story for story in made.connections.stories if story.slug in there("stories"))
    examples = {
        "story": story.slug,
        "article": next(slug for slug in story.articles if slug in there("articles")),
        "name": min(there("names")),
    }
    with chromium() as browser, served(built) as address:
        for path, width, colours in LOOKED_AT:
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=colours)
            page = context.new_page()
            watch = Watch(page)
            page.goto(address + path.format(**examples))
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert barriers(page) == [], path
            assert watch.errors == [] and watch.foreign(address) == [], path
            context.close()


def test_the_masthead_leads_to_what_there_is(built: Path) -> None:
    page = html.fromstring((built / "en/topics/index.html").read_bytes())
    links = page.find_class("masthead-pages")[0].findall("a")
    assert texts(links) == ["Articles", "Stories", "Topics", "Names", "Search", "About"]
    assert [link.text_content().strip() for link in links if link.get("aria-current")] == ["Topics"]


def test_a_phone_leads_to_all_sections_without_scripts(built: Path) -> None:
    with chromium() as browser, served(built) as address:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        for path in ("en/", "ar/", "zh/", "en/stories/", "ar/topics/", "zh/names/"):
            for width in (320, 390, 767):
                page.set_viewport_size({"width": width, "height": 800})
                page.goto(address + path)  # the keyboard starts at its top again
                links = page.locator(".masthead :is(a, button, input):visible")
                sections = ("stories", "topics", "names", "search", "about")
                hrefs = links.evaluate_all("all => all.map(each => each.href)")
                assert {f"{address}{path[:2]}/{each}/" for each in sections} < set(hrefs)
                boxes = links.evaluate_all(BOXES)
                assert_easy_to_touch(boxes)
                page.keyboard.press("Tab")
                for box in sorted(boxes, key=lambda box: place_in_rows(box, boxes, path[:2] == "ar")):
                    page.keyboard.press("Tab")
                    assert page.evaluate("document.activeElement.textContent.trim()") == box["name"], path
        context.close()


def assert_easy_to_touch(boxes: Sequence[dict[str, Any]]) -> None:
    """Every box is as large as a finger, and none lies over another."""
    for box in boxes:
        assert min(box["right"] - box["left"], box["bottom"] - box["top"]) >= 44, box
    for one, other in combinations(boxes, 2):
        beside = one["right"] <= other["left"] or other["right"] <= one["left"]
        assert beside or one["bottom"] <= other["top"] or other["bottom"] <= one["top"], (one, other)


# Hostile texts


def hostile(texts_of: Callable[[str, int], Any]) -> Site:
    """Return articles, a story for every three, and a subject, reasons and readings for each, all of one text."""
    found = [texts_of(attack, number) for number, attack in enumerate(ATTACKS.values())]
    slugs = [f"a{number:03}" for number in range(len(found))]
    articles = [hostile_translation(each, slug, "ar") for each, slug in zip(found, slugs, strict=True)]
    kinds: tuple[SubjectKind, ...] = ("topic", "person", "place", "organization", "name")
    subjects = tuple(
        Subject(
            kinds[n % 5], f"s{n:03}", each.text, (("fr", each.text), ("ar", f"ق {each.text}")), ((slug, 1),)
        )
        for n, (each, slug) in enumerate(zip(found, slugs, strict=True))
    )
    related = {slug: (Related(slugs[n - 1], (found[n].text, "x"), True),) for n, slug in enumerate(slugs)}
    stories = tuple(
        Story(slugs[n], tuple(slugs[n : n + 3]), (found[n].text,)) for n in range(0, len(slugs) - 2, 3)
    )

    def summarize(story: Story, translations: Sequence[Translation]) -> JointSummary:
        text = found[slugs.index(story.slug)].text
        places = tuple(Place(slug, n) for n, slug in enumerate(story.articles))
        return JointSummary(places, (Difference((text,), tuple((text, place) for place in places)),))

    return Site(articles, Connections(related, stories, subjects), summarize)


def test_hostile_names_terms_and_numbers_are_only_text(tmp_path: Path) -> None:
    hostile(lambda attack, number: attacking(attack)).write(tmp_path / "hostile/docs")
    hostile(peaceful).write(tmp_path / "harmless/docs")
    with ThreadPoolExecutor(2) as pool:
        sites = pool.map(lambda name: mkdocs(tmp_path / name, "site"), ("hostile", "harmless"))
    built = dict(zip(("hostile", "harmless"), map(pages_of, sites), strict=True))
    numbered = list(enumerate(ATTACKS.values()))
    shown = {number: clean(attack) for number, attack in numbered}
    shown |= {number + SIGNED: clean(", ".join(engine_names([attack]))) for number, attack in numbered}
    compared = [path for path in built["harmless"] if re.search("/(stories|topics|names|articles)/", path)]
    assert len(compared) > 4 * len(ATTACKS)
    for path in compared:
        bad, good = built["hostile"][path], built["harmless"][path]
        assert shape(bad) == shape(good), path
        assert text_of(bad) == attacked(text_of(good), shown), path
        if re.search("/(stories|topics|names)/[^/]+/", path):
            assert shape_of_data(data_of(bad)) == shape_of_data(data_of(good)), path


def shape_of_data(value: Any) -> Any:
    """Return structured data with texts told from addresses and types, but not from each other."""
    if isinstance(value, dict):
        return {
            name: each if name[0] == "@" or name == "url" else shape_of_data(each)
            for name, each in value.items()
        }
    return [shape_of_data(each) for each in value] if isinstance(value, list) else type(value)


def shape(page: html.HtmlElement) -> Counter[tuple[object, ...]]:
    """Count elements by their attributes' names, class, language and direction, but for runs set apart.

    How long a headline is tells its letters' size alone.
    """
    return Counter(
        (
            each.tag,
            *sorted(each.attrib),
            re.sub(" (long|longest)$", "", each.get("class", "")),
            each.get("lang"),
            each.get("dir"),
        )
        for each in page.iter()
        if each.tag != "bdi" or "class" in each.attrib
    )
