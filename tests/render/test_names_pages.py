"""The pages of names and topics: sentences that mention them, letters to jump to, spellings that readers know."""

from __future__ import annotations

import pickle
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from lxml import html

from generator import render
from generator.languages.place_names import code_called, kind_of_code, names_by_code
from generator.model import Connections, Segment, Subject, SubjectKind, Translation
from generator.render.subjects import MOST_UNLETTERED, PER_PAGE
from tests.support.connected import connected_pages
from tests.support.samples import by_hand, by_machine, original, translation, untranslated


def pages_of(
    subjects: Mapping[str, SubjectKind] | list[Subject], articles: list[Translation]
) -> dict[str, html.HtmlElement]:
    """Return the pages of topics and names by their paths."""
    made = {each.digest.document.article.slug: each for each in articles}
    entries = {slug: render.ListedArticle.of(each) for slug, each in made.items()}
    if not isinstance(subjects, list):
        everywhere = tuple((slug, 1) for slug in made)
        subjects = [
            Subject(kind, f"n{number}", title, (), everywhere)
            for number, (title, kind) in enumerate(subjects.items())
        ]

    def quote(slug: str, places: Sequence[int]) -> Translation:
        return made[slug].only(places)

    trees = render.trees((entry.language for entry in entries.values()), "en")
    pages = render.subject_pages(Connections({}, (), tuple(subjects)), entries, quote, "en", trees)
    return {
        page.path: html.fragment_fromstring(page.make().decode().split("---\n", 2)[2], create_parent="div")
        for page in pages
    }


SENTENCES = [
    by_hand("التقى توم كروز في ليما.", "Tom Cruz met them in Lima."),
    by_machine("لم يتكلم أحد.", "Nobody spoke."),
    by_machine("قال كروز ذلك.", "Cruz said so."),
    untranslated("لم يترجم أحد ما قاله كروز."),
    by_hand("وغادر كروز.", "Then Cruz left."),
]
CRUZ = Subject(
    "person", "tom-cruz", "Tom Cruz", (("ar", "كروز"),), (("a", 4), ("b", 1)), {"a": (0, 2, 3), "b": (0,)}
)


def cruz(tree: str) -> html.HtmlElement:
    articles = [
        translation("a", "ar", [SENTENCES], published="2024-02-02"),
        translation("b", "en", [[original("A friend of Tom Cruz.")]], published="2024-02-01"),
    ]
    return pages_of([CRUZ], articles)[f"{tree}/names/tom-cruz/index.md"]


def test_a_names_page_shows_the_sentences_that_mention_it_each_leading_to_its_place() -> None:
    first, second = cruz("en").xpath(".//ol[@class='mentions']")
    assert first.xpath("./li/@class") == ["reviewed", "machine", "none"]
    assert first.xpath(".//a/@href") == [f"../../articles/a/#s{number}" for number in (1, 3, 4)]
    assert [each.text_content() for each in first[0].xpath("./p")] == [SENTENCES[0].target, SENTENCES[0].source]
    assert "machine translation" in first[1].text_content()
    (more,) = cruz("en").xpath(".//p[contains(@class, 'more')]/a")
    assert (more.text, more.get("href")) == ("and 1 more sentence", "../../articles/a/")
    assert second.xpath("./li/@class") == ["original"]
    assert cruz("ar").xpath(".//ol[@class='mentions']/li[1]/p/@lang") == ["ar", "en"]


def test_a_name_is_marked_where_it_stands_in_a_known_spelling_as_a_word() -> None:
    marked = [
        [mark.text_content() for mark in item.xpath(".//mark")]
        for item in cruz("en").xpath(".//ol[@class='mentions']/li")
    ]
    assert marked == [["Tom Cruz", "كروز"], ["Cruz", "كروز"], ["كروز"], ["Tom Cruz"]]


@pytest.mark.parametrize(
    "segment",
    [
        by_hand("قال Tom Cruz هذا و Tom Cruz ذاك.", "Then 5 < 6 & Tom Cruz's “كروز” came."),
        by_hand("كروز", "Tom Cruz"),
    ],
)
def test_marks_leave_text_as_it_is_and_tear_no_run_of_the_other_direction(segment: Segment) -> None:
    subject = Subject("name", "c", "Tom Cruz", (("ar", "Tom Cruz"),), (("a", 1),), {"a": (0,)})
    page = pages_of([subject], [translation("a", "ar", [[segment]])])["en/names/c/index.md"]
    texts = [each.text_content() for each in page.xpath(".//ol[@class='mentions']//p[@lang]")]
    assert texts == [segment.target, segment.source]
    assert page.xpath(".//p[@lang='ar']//mark") == []


def test_a_names_page_is_made_again_only_if_its_sentences_are_others() -> None:
    def facts(last: str, places: tuple[int, ...] = (0,)) -> list[str]:
        made = translation("a", "ar", [[by_hand("كروز", "Tom Cruz"), by_hand("ليما", last)]])
        subject = Subject("name", "c", "Tom Cruz", (), (("a", 2),), {"a": places})
        known = Connections({}, (), (subject,)), {"a": render.ListedArticle.of(made)}
        return [repr(page.facts) for page in render.subject_pages(*known, loaded, "en", ("en",))]

    assert facts("Lima") == facts("Lima")
    assert facts("Lima")[0] != facts("Lima, then")[0] and facts("Lima")[0] != facts("Lima", (0, 1))[0]
    assert facts("Lima")[1] == facts("Lima, then")[1]  # the list of names


def test_a_page_of_a_frequent_name_takes_no_places_of_other_pages_along_to_another_process() -> None:
    made = translation("a", "ar", [[by_hand("كروز", "Tom Cruz")]])

    def largest(count: int) -> int:
        slugs = [f"a{number:04}" for number in range(count)]
        entries = {slug: replace(render.ListedArticle.of(made), slug=slug) for slug in slugs}
        subject = Subject(
            "name", "c", "Tom Cruz", (), tuple((slug, 1) for slug in slugs), dict.fromkeys(slugs, (0,))
        )
        pages = render.subject_pages(Connections({}, (), (subject,)), entries, loaded, "en", ("en",))
        return max(len(pickle.dumps(page)) for page in pages)

    assert largest(600) < 1.1 * largest(60)


def loaded(slug: str, places: Sequence[int]) -> Translation:
    raise AssertionError(slug)


def test_a_topics_own_name_and_address_stand_in_its_list_as_they_are() -> None:
    topics: dict[str, SubjectKind] = {f"h3n2 {number}": "topic" for number in range(MOST_UNLETTERED + 1)}
    page = pages_of(topics, [translation("a", "en", [[original("So.")]])])["en/topics/index.md"]
    assert {each.text_content()[:4] for each in page.xpath(".//ul[@class='groups']//bdi")} == {"h3n2"}
    assert page.xpath(".//h2") and not page.xpath(".//h3")


def names(count: int) -> dict[str, SubjectKind]:
    return {f"{chr(65 + number % 26)}name {number}": "name" for number in range(count)}


def test_a_long_list_is_ordered_by_letters_that_lead_to_their_places() -> None:
    found: dict[str, SubjectKind] = names(MOST_UNLETTERED) | {"Élan": "name", "9/11": "name", "北约": "name"}
    page = pages_of(found, [translation("a", "en", [[original("So.")]])])["en/names/index.md"]
    links = page.xpath(".//nav[@class='letters']/a")
    assert [link.text for link in links] == [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0–9", "Han"]
    ids = page.xpath(".//h3/@id")
    assert [link.get("href") for link in links] == [f"#{each}" for each in ids] and len({*ids}) == len(ids)
    listed = page.xpath(".//div[@class='initial'][5]//bdi")
    assert [each.text_content() for each in listed] == ["Élan", "Ename 4", "Ename 30"]


def test_a_short_list_needs_no_letters() -> None:
    page = pages_of(names(MOST_UNLETTERED), [translation("a", "en", [[original("So.")]])])["en/names/index.md"]
    assert page.xpath(".//nav | .//h3") == []


def listed(page: html.HtmlElement) -> list[tuple[str, list[str]]]:
    """Return what stands under which heading, without numbers of articles."""
    found = []
    for group in page.xpath(".//ul[@class='groups']"):
        heading = "".join(group.xpath("parent::div/*[self::h2 or self::h3]/text()"))
        found.append((heading, [each.text_content() for each in group.xpath(".//bdi")]))
    return found


def test_what_stands_in_another_language_follows_under_its_name() -> None:
    subjects = [
        Subject("topic", "strike", "strike", (), (("a", 2), ("b", 1))),
        Subject("topic", "quake", "earthquake", (("ar", "زلزال"),), (("a", 1),)),
        Subject("topic", "trade", "trade", (("ar", "تجارة"),), (("a", 1), ("b", 1))),
        Subject("name", "solara", "Solara", (), (("a", 1), ("b", 1))),
        Subject("name", "daniel", "Daniel", (("ar", "دانيال"),), (("a", 1),)),
    ]
    articles = [translation(slug, "ar", [[by_hand("قال.", "So.")]]) for slug in "ab"]
    pages = pages_of(subjects, articles)
    assert listed(pages["ar/topics/index.md"]) == [("", ["تجارة", "زلزال"]), ("الإنجليزية", ["strike"])]
    assert listed(pages["ar/names/index.md"]) == [("", ["دانيال"]), ("اللاتينية", ["Solara"])]
    assert pages["ar/topics/index.md"].xpath(".//div[@class='apart']//bdi/@dir") == ["ltr"]
    assert listed(pages["en/topics/index.md"]) == [("", ["strike", "trade", "earthquake"])]
    assert not pages["ar/topics/index.md"].xpath(".//nav")


def test_a_word_of_another_language_in_the_same_script_is_set_apart_but_no_name() -> None:
    subjects = [
        Subject("topic", "strike", "strike", (), (("a", 1),)),
        Subject("topic", "trade", "trade", (("es", "comercio"),), (("a", 1),)),
        Subject("name", "solara", "Solara", (), (("a", 1),)),
    ]
    pages = pages_of(subjects, [translation("a", "es", [[by_hand("Dijo.", "So.")]])])
    assert listed(pages["es/topics/index.md"]) == [("", ["comercio"]), ("inglés", ["strike"])]
    assert listed(pages["es/names/index.md"]) == [("", ["Solara"])]


def test_a_long_list_has_words_of_another_language_at_its_end() -> None:
    many = [
        Subject("topic", f"t{n}", f"topic {n}", (("ar", f"موضوع {n}"),), (("a", 1),))
        for n in range(MOST_UNLETTERED)
    ]
    foreign = Subject("topic", "strike", "strike", (), (("a", 9),))
    page = pages_of([foreign, *many], [translation("a", "ar", [[by_hand("قال.", "So.")]])])
    groups = listed(page["ar/topics/index.md"])
    assert [heading for heading, _ in groups] == ["م", "الإنجليزية"] and groups[-1][1] == ["strike"]


def test_letters_lead_to_further_pages_and_no_letter_is_on_two() -> None:
    found = pages_of(names(PER_PAGE + 60), [translation("a", "en", [[original("So.")]])])
    first, second = found["en/names/index.md"], found["en/names/page/2/index.md"]
    for page, home, there in ((first, "", "page/2/"), (second, "../../", "../../page/2/")):
        hrefs = page.xpath(".//nav[@class='letters']/a/@href")
        assert len(hrefs) == 26
        own = {f"#{each}" for each in page.xpath(".//h3/@id")}
        assert own == {href for href in hrefs if href.startswith("#")}
        assert {re.sub("#.*", "", href) for href in hrefs} == ({"", there} if page is first else {"", home})
    assert set(first.xpath(".//h3/@id")).isdisjoint(second.xpath(".//h3/@id"))


def test_one_more_name_changes_one_page_of_a_long_list() -> None:
    def made(count: int) -> dict[str, bytes]:
        found = pages_of(names(count), [translation("a", "en", [[original("So.")]])])
        return {
            path: html.tostring(page)
            for path, page in found.items()
            if path.endswith(("names/index.md", "2/index.md"))
        }

    before, after = made(PER_PAGE + 60), made(PER_PAGE + 61)
    assert before.keys() == after.keys() and sum(before[path] != after[path] for path in before) == 1


PLACES: dict[str, SubjectKind] = {
    "Germany": "place",
    "U.S.": "place",
    "Turkey": "place",
    "New York": "place",
    "European Union": "organization",
    "Georgia": "name",
    "Paris Lee": "person",
}


@pytest.mark.parametrize(
    ("tree", "known"),
    [
        ("ar", ["ألمانيا", "الولايات المتحدة", "تركيا", "نيويورك", "الاتحاد الأوروبي", "Georgia", "Paris Lee"]),
        ("zh", ["德国", "美国", "土耳其", "纽约", "欧盟", "Georgia", "Paris Lee"]),
        ("en", [*PLACES]),
    ],
)
def test_places_and_bodies_are_in_the_interfaces_language(tree: str, known: list[str]) -> None:
    articles = [
        translation("a", "ar", [[by_hand("س", "So.")]]),
        translation("b", "zh", [[by_hand("是", "So.")]]),
    ]
    page = pages_of(PLACES, articles)[f"{tree}/names/index.md"]
    shown = {each.text_content(): each.get("lang") for each in page.xpath(".//li/bdi")}
    assert shown.keys() == set(known)
    assert shown[known[0]] == tree


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Côte d'Ivoire", "ساحل العاج"),
        ("Cote d’Ivoire", "ساحل العاج"),
        ("Bosnia And Herzegovina", "البوسنة والهرسك"),
        ("U.A.E.", "الإمارات العربية المتحدة"),
        ("São Paulo", "ساو باولو"),
        ("Guinea Bissau", "غينيا بيساو"),
    ],
)
def test_a_place_is_known_whatever_its_accents_marks_and_capitals(title: str, shown: str) -> None:
    page = pages_of({title: "place"}, [translation("a", "ar", [[by_hand("س", "So.")]])])["ar/names/index.md"]
    assert page.xpath("string(.//li/bdi)") == shown


@pytest.mark.parametrize(("language", "name"), [("de", "Accra"), ("fr", "Amman"), ("tr", "Addis Ababa")])
def test_cities_have_their_names_in_every_language_of_latin_letters(language: str, name: str) -> None:
    code = code_called(name, language)
    assert kind_of_code(code) == "place" and names_by_code(language)[code] == name


def test_a_digest_names_mentions_from_its_articles_to_its_pages() -> None:
    texts = ["Then Ann Carlow came to Oran.", "It rained.", "In Oran they met Carlow, 40, again."]
    articles = [
        translation(slug, "ar", [[by_hand(f"{slug} {n}", text) for n, text in enumerate(texts)]])
        for slug in "ab"
    ]
    pages = connected_pages(articles)
    page = html.fromstring(pages["en/names/ann-carlow/index.md"].split("---\n", 2)[2])
    assert page.xpath("//ol[@class='mentions']//a/@href") == [
        f"../../articles/{slug}/#s{number}" for slug in "ab" for number in (1, 3)
    ]
