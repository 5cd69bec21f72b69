"""Pages as Markdown: what they say, how they protect themselves, and how they are read back."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser

import markdown
import pytest
import yaml
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import render
from generator.languages import tag_of
from generator.model import BECAME, Finding, Segment, Translation
from generator.render import escape
from generator.render.listed_article import Line
from generator.render.page_markup import without_translations
from generator.render.provenance import engine_names, how_translated
from generator.render.sentence_pair import side_by_side
from generator.render.strings import strings_in
from generator.storage import records
from generator.theme.interface_strings import FOLDER
from tests.support import samples
from tests.support.pages import text_of
from tests.support.samples import by_hand, by_machine, original, translation, untranslated

EVERYTHING = [
    *(
        "abbr",
        "admonition",
        "attr_list",
        "def_list",
        "fenced_code",
        "footnotes",
        "md_in_html",
        "meta",
        "nl2br",
    ),
    *("sane_lists", "smarty", "tables", "toc", "wikilinks"),
    *(
        f"pymdownx.{name}"
        for name in ("arithmatex", "betterem", "caret", "critic", "details", "emoji", "highlight")
    ),
    *(
        f"pymdownx.{name}"
        for name in ("inlinehilite", "keys", "magiclink", "mark", "progressbar", "saneheaders")
    ),
    *(
        f"pymdownx.{name}"
        for name in ("smartsymbols", "snippets", "superfences", "tabbed", "tasklist", "tilde")
    ),
]
"""Extensions that give a meaning to every mark there is."""
CONVERTER = markdown.Markdown(extensions=EVERYTHING)


def converted(page: str) -> str:
    return CONVERTER.reset().convert(page)


class Elements(HTMLParser):
    """Collects the elements of a page, and the text of each passage."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.shape: list[tuple[str, tuple[str, ...]]] = []
        self.passages: list[str] = []
        self.attributes: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "bdi":
            return
        self.shape.append((tag, tuple(name for name, _ in attrs)))
        self.attributes.append(dict(attrs))
        self.passages.append("")

    def handle_data(self, data: str) -> None:
        if self.passages:
            self.passages[-1] += data


def page_of(each: render.ListedArticle | object, tree: str = "en") -> str:
    (page,) = render.article_pages(each, (tree,))  # type: ignore[arg-type]
    return page.content.decode()


def body_of(page: str) -> str:
    return page.split("---\n", 2)[2]


def front_matter_of(page: str) -> dict[str, str]:
    return yaml.safe_load(page.split("---\n", 2)[1])  # type: ignore[no-any-return]


# Which pages there are


def test_an_article_stands_in_the_target_tree_and_in_that_of_its_own_language() -> None:
    paths = [page.path for page in render.article_pages(samples.chinese(), ("en", "ar", "zh"))]
    assert paths == ["en/articles/zh-news/index.md", "zh/articles/zh-news/index.md"]


@pytest.mark.parametrize(
    ("languages", "trees"),
    [
        ([], ("en",)),
        (["ar"], ("en", "ar")),
        (["zh", "ar", "en", "ar"], ("en", "ar", "zh")),
        (["fr", "eo", "unknown"], ("en", "fr")),
    ],
)
def test_trees_are_the_target_and_the_articles_languages_with_words(
    languages: list[str], trees: tuple[str, ...]
) -> None:
    assert render.trees(languages, "en") == trees


def test_index_pages_lead_to_every_article_of_a_tree_on_pages_of_25() -> None:
    entries = [
        render.ListedArticle.of(translation(f"a{n:02}", "ar", [[by_hand("جملة.", f"Sentence {n}.")]]))
        for n in range(51)
    ]
    pages = {page.path: page.make().decode() for page in render.index_pages(entries, "en", ("en", "ar"))}
    assert sorted(pages) == sorted(
        ["index.md"]
        + [f"{tree}/{name}" for tree in ("en", "ar") for name in ("index.md", "search.md", "about.md")]
        + [f"{tree}/page/{n}/index.md" for tree in ("en", "ar") for n in (2, 3)]
    )
    links = [
        re.findall(r'<h2.*?href="([^"]+)"', pages[f"en/{name}index.md"]) for name in ("", "page/2/", "page/3/")
    ]
    assert [len(found) for found in links] == [25, 25, 1]
    assert links[0][0] == "articles/a00/"
    assert links[2] == ["../../articles/a50/"]
    pagers = [
        re.findall(r'rel="(\w+)" href="([^"]*)"', pages[f"en/{name}index.md"])
        for name in ("", "page/2/", "page/3/")
    ]
    assert pagers == [
        [("next", "page/2/")],
        [("prev", "../../"), ("next", "../3/")],
        [("prev", "../2/")],
    ]


def test_one_more_article_changes_no_further_page_of_a_list() -> None:
    entries = [
        render.ListedArticle.of(
            translation(
                f"a{n:03}",
                "ar",
                [[by_hand("جملة.", f"Sentence {n}.")]],
                published=(date(2024, 1, 1) + timedelta(n)).isoformat(),
            )
        )
        for n in range(130)
    ]
    before: dict[str, bytes] = {}
    for count in range(1, len(entries) + 1):
        made = {page.path: page.make() for page in render.index_pages(entries[:count], "en", ("en",))}
        turned = {path: content for path, content in made.items() if path.startswith("en/page/")}
        assert sorted(turned) == sorted(f"en/page/{n}/index.md" for n in range(1, count // 25))
        # Where a page begins, the one before it leads there, no longer to the home page.
        changed = [path for path in before if turned[path] != before[path]]
        assert len(changed) <= len(turned) - len(before)
        before = turned


def test_articles_are_listed_newest_first_and_those_without_a_date_by_name() -> None:
    dates = {
        "b": None,
        "a": None,
        "nonsense": "yesterday",
        "old": "2016-01-30",
        "later": "2016-01-31T01:00:00+02:00",  # 23:00 UTC on the 30th
        "latest": "2016-01-30T23:30:00",
        "impossible": "2016-13-45",
    }
    entries = [
        render.ListedArticle.of(
            translation(slug, "ar", [[by_hand("جملة.", "A sentence.")]], published=published)
        )
        for slug, published in dates.items()
    ]
    home = next(page for page in render.index_pages(entries, "en", ("en",)) if page.path == "en/index.md")
    found = re.findall(r'href="articles/([^/]+)/"', home.make().decode())
    assert found == ["latest", "later", "old", "a", "b", "impossible", "nonsense"]
    assert len(re.findall("<time", home.make().decode())) == 3


def test_the_day_of_adding_dates_an_article_that_declares_none_and_says_so() -> None:
    facts: dict[str, dict[str, object]] = {
        "new": {"added": "2026-11-27"},
        "old": {"published": "2016-01-30", "added": "2026-11-28"},
        "undated": {},
    }
    made = {
        slug: translation(slug, "ar", [[by_hand("جملة.", "A sentence.")]], **each)
        for slug, each in facts.items()
    }
    entries = [render.ListedArticle.of(each) for each in made.values()]
    home = home_of(entries)
    assert re.findall(r'href="articles/([^/]+)/"', home) == ["new", "old", "undated"]
    assert '<time datetime="2026-11-27">Added on November 27, 2026</time>' in home
    assert '<time datetime="2016-01-30">January 30, 2016</time>' in home
    assert '<time datetime="2026-11-27">Added on November 27, 2026</time>' in page_of(made["new"])
    paths = {page.path for page in render.index_pages(entries, "en", ("en",))}
    assert any("2026-11" in path for path in paths)
    assert [render.ListedArticle.from_json(entry.to_json()) for entry in entries] == entries
    record = records.dump_record(made["new"])
    assert records.parse_record(record, "r").digest.document.article.added == "2026-11-27"


def test_a_page_says_how_many_pictures_the_original_has() -> None:
    each = translation("a", "zh", [[by_hand("句子。", "A sentence.")]], pictures=2, url="https://e.org/a")
    assert '<span class="pictures">The original has 2 pictures</span>' in page_of(each)
    nowhere = page_of(translation("a", "zh", [[by_hand("句子。", "A sentence.")]], pictures=2))
    assert "The original has 2 pictures; its address is not known" in nowhere
    assert "原文有 2 张图片" in page_of(each, "zh")
    assert records.parse_record(records.dump_record(each), "r").digest.document.article.pictures == 2


def home_of(entries: list[render.ListedArticle], tree: str = "en") -> str:
    pages = {page.path: page.make().decode() for page in render.index_pages(entries, "en", ("en", "ar"))}
    return pages[f"{tree}/index.md"]


# What a page says


def test_a_page_shows_every_sentence_in_both_languages_and_in_order() -> None:
    for seed in samples.seeds():
        for tree, first in (("en", "target"), ("ar", "source")):
            items = re.findall(
                r'<li id="s(\d+)" class="([^"]+)">\n(.*?)\n</li>', page_of(seed, tree), re.DOTALL
            )
            assert [int(number) for number, _, _ in items] == list(range(1, len(seed.segments) + 1))
            assert [classes for _, classes, _ in items[:2]] == ["paragraph picked reviewed", "reviewed"]
            for (number, _, inside), segment in zip(items, seed.segments, strict=True):
                link, *lines = inside.split("\n")
                assert link.startswith(f'<a class="number" href="#s{number}" aria-label="')
                assert lines[0].startswith(f'<p class="{first}"')
                shown = dict(
                    zip(
                        ("target", "source") if first == "target" else ("source", "target"),
                        lines,
                        strict=True,
                    )
                )
                assert shown["source"].startswith('<p class="source" lang="ar" dir="rtl">')
                assert shown["target"].startswith('<p class="target" lang="en" dir="ltr">')
                assert Elements(shown["source"]).passages == [segment.source]
                assert Elements(shown["target"]).passages == [segment.target]


def test_the_headline_leads_in_the_trees_language_with_the_other_below() -> None:
    seed = samples.seeds()[0]
    for tree, first, second in (("en", "target", "source"), ("ar", "source", "target")):
        page = page_of(seed, tree)
        assert f'<h1 id="title" class="{first}"' in page
        assert f'<p class="headline {second}"' in page
        assert page.index("<h1") < page.index("<p")
        assert front_matter_of(page)["title"] == getattr(seed.title, first)


def marked(article: Translation) -> list[int]:
    return [int(n) for n in re.findall(r'<li id="s(\d+)" class="(?:paragraph )?picked ', page_of(article))]


def test_the_summary_is_marked_in_the_text_and_stands_once_on_the_page() -> None:
    (seed, *_) = samples.seeds()
    assert marked(seed) == [1, 5, 9]
    page = page_of(seed)
    assert 'class="summary"' not in page
    assert page.count(escape.encode(seed.segments[4].target or "")) == 1


@pytest.mark.parametrize(
    ("sentences", "picked", "found"),
    [
        (12, (0, 2, 5, 8), [1, 3, 6, 9]),
        (12, (0, 2, 5, 8, 9), []),  # over a third
        (12, (0, 1, 2), []),  # the beginning, which is read anyway
        (12, (1, 2, 3), [2, 3, 4]),
        (3, (0, 1, 2), []),
        (2, (), []),
    ],
)
def test_no_summary_is_marked_where_it_tells_nothing_more(
    sentences: int, picked: tuple[int, ...], found: list[int]
) -> None:
    article = translation(
        "a", "ar", [[by_hand(f"جملة {n}.", f"Sentence {n}.") for n in range(sentences)]], picked=picked
    )
    assert marked(article) == found
    listed = render.ListedArticle.of(article).summary
    assert len(listed) == (len(found) or min(len(picked), 2))


def test_facts_stand_on_the_page_only_where_the_article_has_them() -> None:
    page = page_of(samples.chinese())
    assert '<time datetime="2019-11-02">November 2, 2019</time>' in page
    assert 'href="https://example.com/news?id&#61;1&#38;lang&#61;zh&#35;top"' in page
    assert 'By <bdi lang="zh">王小明</bdi>' in page
    assert 'Topics: <bdi lang="zh">国际</bdi>, <bdi lang="zh">经济</bdi>' in page
    assert 'Licence: <bdi lang="und">CC BY 4.0</bdi>' in page
    mixed = page_of(translation("a", "ar", [[by_hand("س", "So.")]], source="CNN بالعربية"))
    assert '<bdi lang="ar" dir="rtl">CNN بالعربية</bdi>' in mixed
    assert '<p class="byline"><span class="published">Date unknown</span></p>' in page_of(samples.seeds()[0])


def test_what_a_finding_quotes_is_in_its_own_language() -> None:
    segment = by_machine(
        "三百人。", "Some people.", Finding("numbers", f"三百{BECAME}some"), Finding("numbers", "300")
    )
    article = translation("a", "zh", [[segment]])
    english, chinese = (re.findall("<bdi.*?</bdi>", page_of(article, tree)) for tree in ("en", "zh"))
    assert english[-3:] == ['<bdi lang="zh">三百</bdi>', "<bdi>some</bdi>", "<bdi>300</bdi>"]
    assert chinese[-3:] == ["<bdi>三百</bdi>", '<bdi lang="en">some</bdi>', "<bdi>300</bdi>"]


def test_what_a_machine_made_never_looks_reviewed() -> None:
    for tree in ("en", "zh"):
        page = page_of(samples.chinese(), tree)
        for item in re.findall(r"<li id.*?</li>", page, re.DOTALL):
            by_a_machine = "machine" in re.search('class="([^"]+)"', item)[1].split()  # type: ignore[index]
            assert by_a_machine == ('<p class="note machine">' in item)
            assert not by_a_machine or re.search('class="target".*</p>\n<p class="note machine">', item)
        assert page.count('<p class="note machine">') == 3
        assert 'class="note machine"' not in page_of(samples.seeds()[0])
    assert '<h1 id="title" class="target machine" data-machine="machine tr' in page_of(samples.chinese())
    assert '<p class="headline target machine" data-machine="机器翻译"' in page_of(samples.chinese(), "zh")
    home = (
        {
            page.path: page
            for page in render.index_pages([render.ListedArticle.of(samples.chinese())], "en", ("en",))
        }["en/index.md"]
        .make()
        .decode()
    )
    assert '<h2 class="target machine" data-machine="machine translation"' in home
    assert '<p class="target machine"' in home


def test_findings_are_explained_in_words() -> None:
    page = page_of(samples.chinese())
    assert '<p class="note care">Check this: the numbers do not match (<bdi>2011</bdi>)</p>' in page
    assert 'repeats itself; flagged by the check "<bdi>novel</bdi>" (<bdi>x</bdi>)</p>' in page
    assert "请谨慎参考：数字不一致 (<bdi>2011</bdi>)" in page_of(samples.chinese(), "zh")


def test_an_untranslated_sentence_stands_in_its_own_language_with_room_for_a_translation() -> None:
    item = re.search(r'<li id="s3".*?</li>', page_of(samples.mixed()), re.DOTALL)[0]  # type: ignore[index]
    assert '<p class="target" lang="en" dir="ltr"></p>' in item
    assert '<p class="note none">not translated yet</p>' in item


def test_a_run_of_untranslated_sentences_says_so_once_and_which_they_are() -> None:
    none, done = untranslated("جملة."), by_hand("تم.", "Done.")
    article = translation("a", "ar", [[done, none, none], [none, done, none]], title=done)
    for tree, said in {
        "en": ["sentences 2–4 are not translated yet", "not translated yet"],
        "ar": ["الجمل من 2 إلى 4 لم تُترجم بعد", "لم تُترجم بعد"],
    }.items():
        page = page_of(article, tree)
        assert re.findall('<p class="note none">(.*)</p>', page) == said
        assert page.count('<p class="target" lang="en" dir="ltr"></p>') == 4  # room for translations


def test_an_untranslated_article_is_one_column_with_one_notice() -> None:
    for tree, said in {
        "en": "In Arabic, not translated into English yet",
        "ar": "باللغة العربية، ولم يُترجم إلى الإنجليزية بعد",
    }.items():
        page = page_of(samples.pending(), tree)
        assert f'<p class="provenance">{said}</p>' in page
        assert '<ol class="single">' in page and 'class="note none"' not in page
        assert page.count('<p class="target" lang="en" dir="ltr"></p>') == 4


def test_what_needs_care_is_linked_from_under_the_headline() -> None:
    said = strings_in("en").count("provenance.care", 2, total=4)
    assert f'<a class="care" href="#s2">{said}</a></p>' in page_of(samples.chinese())


def test_a_sentence_already_in_the_target_language_is_shown_once() -> None:
    item = re.search(r'<li id="s4".*?</li>', page_of(samples.mixed()), re.DOTALL)[0]  # type: ignore[index]
    assert item.count("<p") == 1
    assert '<p class="source" lang="en" dir="ltr">NATO said so in English.</p>' in item
    assert '<ol class="single">' in page_of(samples.english())


def test_paragraphs_stay_visible() -> None:
    assert re.findall(r'<li id="s(\d)" class="paragraph', page_of(samples.chinese())) == ["1", "3"]


def test_a_language_that_is_not_known_is_undetermined() -> None:
    assert '<p class="source" lang="und" dir="ltr">Qwx' in page_of(samples.unknown())


REVIEWED, MACHINE, NONE, ORIGINAL = (
    by_hand("أ.", "A."),
    by_machine("ب.", "B."),
    untranslated("ت."),
    original("D."),
)
CARE = by_machine("ث.", "E.", Finding("numbers"))

PROVENANCE = [
    ("en", [REVIEWED], "From Arabic to English: translation reviewed"),
    ("ar", [REVIEWED], "من العربية إلى الإنجليزية: ترجمة مراجَعة"),
    ("zh", [REVIEWED], "阿拉伯语译为英语：译文已审校"),
    ("en", [MACHINE], "From Arabic to English: machine translation by Argos zh→en 1.9"),
    ("en", [NONE, NONE], "From Arabic to English: not translated yet"),
    ("ar", [NONE, NONE], "من العربية إلى الإنجليزية: لم يُترجم بعد"),
    (
        "en",
        [CARE, CARE, MACHINE],
        "From Arabic to English: machine translation by Argos zh→en 1.9; 2 of 3 sentences to check",
    ),
    (
        "en",
        [CARE, MACHINE],
        "From Arabic to English: machine translation by Argos zh→en 1.9; 1 of 2 sentences to check",
    ),
    (
        "en",
        [REVIEWED, REVIEWED, MACHINE, NONE, ORIGINAL],
        "From Arabic to English: 2 sentences reviewed; 1 sentence machine-translated "
        "(Argos zh→en 1.9); 1 sentence not translated yet; 1 sentence already in English",
    ),
    (
        "ar",
        [REVIEWED] * 2 + [CARE] * 3 + [NONE] * 11 + [ORIGINAL],
        "من العربية إلى الإنجليزية: جملتان مراجَعتان؛ 3 جمل مترجمة آليًا (Argos zh→en 1.9)؛ "
        "11 جملةً لم تُترجم بعد؛ جملة واحدة مكتوبة أصلًا بالإنجليزية؛ 3 جمل من أصل 17 تحتاج إلى تدقيق",
    ),
    (
        "ar",
        [REVIEWED] * 100 + [NONE],
        "من العربية إلى الإنجليزية: 100 جملة مراجَعة؛ جملة واحدة لم تُترجم بعد",
    ),
    (
        "zh",
        [CARE, CARE, REVIEWED],
        "阿拉伯语译为英语：1 句已审校；2 句为机器翻译 (Argos zh→en 1.9)；3 句中有 2 句需谨慎参考",
    ),
    ("en", [ORIGINAL], "In English"),
    ("en", [REVIEWED, original("* * *")], "From Arabic to English: translation reviewed"),
]


@pytest.mark.parametrize(("language", "segments", "says"), PROVENANCE)
def test_provenance_is_said_in_words_with_the_right_plurals(
    language: str, segments: list[Segment], says: str
) -> None:
    article = translation("a", "ar", [segments], title=REVIEWED)
    said = re.sub("</?a[^>]*>", "", how_translated(article, strings_in(language)))
    assert Elements(f"<p>{said}</p>").passages == [says]


def test_an_unknown_language_is_called_so() -> None:
    assert "In an unknown language, not translated into English yet" in page_of(samples.unknown())


def test_a_headline_by_machine_is_named_where_the_text_was_reviewed() -> None:
    article = translation("a", "ar", [[REVIEWED]], title=MACHINE)
    assert how_translated(article, strings_in("en")).endswith(
        "translation reviewed; headline machine-translated"
    )


@pytest.mark.parametrize(
    ("signature", "name"),
    [
        (samples.SIGNATURE, "Argos zh→en 1.9"),
        ("argos:fa-en:1.0:abc|ct2 > argos:en-de:1.2:def|ct2", "Argos fa→en 1.0, Argos en→de 1.2"),
        ("ctranslate2:ar-en", "Ctranslate2 ar→en"),
        ("something", "Something"),
    ],
)
def test_a_signature_names_engine_pair_and_version(signature: str, name: str) -> None:
    assert engine_names([signature, signature, ""]) == [name]


# Directions

ISOLATED = [
    ("ltr", "ISIS (داعش) said", 'ISIS (<bdi lang="ar" dir="rtl">داعش</bdi>) said'),
    ("ltr", "the الأمم المتحدة, 2011", 'the <bdi lang="ar" dir="rtl">الأمم المتحدة</bdi>, 2011'),
    ("ltr", "plain", "plain"),
    ("rtl", "قال NATO ذلك", 'قال <bdi lang="en" dir="ltr">NATO</bdi> ذلك'),
    ("rtl", "(Apple Inc.) عام 2011", '(<bdi lang="en" dir="ltr">Apple Inc</bdi>.) عام 2011'),
    ("rtl", "بين 2010-2011 فقط", "بين 2010-2011 فقط"),
    ("rtl", "في 2011 NATO قال", 'في 2011 <bdi lang="en" dir="ltr">NATO</bdi> قال'),
    (
        "rtl",
        "طائرة F-16 وهاتف 3G",
        'طائرة <bdi lang="en" dir="ltr">F-16</bdi> وهاتف <bdi lang="en" dir="ltr">3G</bdi>',
    ),
    ("rtl", "الهاتف +218 21 123-4567.", 'الهاتف <bdi lang="en" dir="ltr">&#43;218 21 123-4567</bdi>.'),
    (
        "rtl",
        "غرينتش +2 أو -3.5% هنا",
        'غرينتش <bdi lang="en" dir="ltr">&#43;2</bdi> أو <bdi lang="en" dir="ltr">-3.5%</bdi> هنا',
    ),
    ("rtl", "فاز 2-1 أو أ-5", "فاز 2-1 أو أ-5"),  # a score's first number stands first for those who read it
    ("rtl", "الموقع www.un.org/ar هنا", 'الموقع <bdi lang="en" dir="ltr">www.un.org/ar</bdi> هنا'),
    ("rtl", '"Der Spiegel"، قال', '"<bdi lang="en" dir="ltr">Der Spiegel</bdi>"، قال'),
]


@pytest.mark.parametrize(("direction", "given_text", "isolated"), ISOLATED)
def test_runs_of_the_other_direction_are_set_apart(direction: str, given_text: str, isolated: str) -> None:
    foreign = "ar" if direction == "ltr" else "en"
    assert escape.isolate(given_text, direction, foreign) == isolated  # type: ignore[arg-type]


def test_a_run_of_the_other_direction_in_neither_language_is_in_none_that_is_known() -> None:
    assert escape.isolate("Xi met محمد", "ltr", "zh") == 'Xi met <bdi lang="und" dir="rtl">محمد</bdi>'
    article = [by_hand("他见了محمد。", "He met محمد.")]
    page = page_of(translation("a", "zh", [article]))
    earlier = page.replace('<bdi lang="und" dir="rtl">', '<bdi dir="rtl">')
    assert page != earlier
    assert without_translations(page, headed=True) == without_translations(earlier, headed=True)


@pytest.mark.parametrize(
    ("language", "given_text", "direction"),
    [
        ("ar", "NATO قال", "rtl"),
        ("ar", "NATO", "ltr"),
        ("ar", "2011", "rtl"),
        ("en", "داعش said", "ltr"),
        ("en", "داعش", "rtl"),
        ("ku", "سڵاو لە جیهان", "rtl"),
        ("unknown", "سلام hi", "rtl"),
        ("unknown", "Qwx", "ltr"),
        ("he", "שלום", "rtl"),
        ("zh", "你好", "ltr"),
    ],
)
def test_the_letters_can_overrule_the_languages_direction(
    language: str, given_text: str, direction: str
) -> None:
    assert escape.direction(given_text, language) == direction


@pytest.mark.parametrize(
    ("code", "tag"),
    [
        ("ar", "ar"),
        ("zt", "zh-Hant"),
        ("unknown", "und"),
        ("x", "und"),
        ('ar" onclick="x', "und"),
        ("", "und"),
    ],
)
def test_language_tags_are_well_formed(code: str, tag: str) -> None:
    assert tag_of(code) == tag


# Untrusted text


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("https://example.com/a?b=1&c=2", "https://example.com/a?b&#61;1&#38;c&#61;2"),
        ("HTTP://example.com/", "HTTP://example.com/"),
        ("https://example.com/أخبار", "https://example.com/أخبار"),
        ('https://example.com/"onclick="x', "https://example.com/%22onclick&#61;%22x"),
        ("https://h/100%[a] #b#c", "https://h/100%25%5Ba%5D%20&#35;b%23c"),
        ("https://[::1]:80/%20", "https://&#91;::1&#93;:80/%20"),
        ("https://a b/", None),
        ("https://a\\@b/", None),
        ("java\nscript:alert(1)", None),
        ("javascript://example.com/%0aalert(1)", None),
        ("data:text/html,x", None),
        ("//example.com/", None),
        ("/local", None),
        ("https://", None),
        ("https://[::1", None),
        ("", None),
        (None, None),
    ],
)
def test_only_http_addresses_become_links(url: str | None, href: str | None) -> None:
    assert escape.web_address(url) == href


ANY_TEXT = st.text(st.characters(blacklist_categories=()), max_size=80)
MARKS = st.text("<>&\"'`*_[](){}#|~\\!-:/=$^+.;% \n\tab\u202e\u2066\x00\ud800عنN1", max_size=60)


@settings(max_examples=300, deadline=None)
@given(st.lists(ANY_TEXT | MARKS, min_size=1, max_size=6))
def test_translations_are_read_back_exactly(targets: list[str]) -> None:
    article = translation("a", "ar", [[by_hand("جملة.", target) for target in targets]])
    expected = {
        number: escape.clean(target) for number, target in enumerate(targets, 1) if escape.clean(target)
    }
    for tree in ("en", "ar"):
        assert text_of(page_of(article, tree)) == expected


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT | MARKS)
def test_any_text_comes_through_markdown_as_it_is(given_text: str) -> None:
    for direction in ("ltr", "rtl"):
        line = f'<p class="x">{escape.isolate(given_text, direction, "ar")}</p>'  # type: ignore[arg-type]
        found = Elements(converted(line))
        assert found.shape == [("p", ("class",))]
        assert found.passages == [escape.clean(given_text)]


@settings(max_examples=100, deadline=None)
@given(ANY_TEXT | MARKS)
def test_no_text_changes_the_shape_of_a_page(given_text: str) -> None:
    def shape_of(fact: str) -> list[tuple[str, tuple[str, ...]]]:
        said = f"x {fact}"  # never nothing at all, which would be left out
        article = translation(
            "a",
            "ar",
            [[by_machine(said, said, Finding(said, said)), untranslated(said)], [by_hand(said, said)]],
            title=by_machine(said, said),
            picked=(0, 1),
            **dict.fromkeys(("source", "author", "licence", "url"), said),
            topics=(said,),
        )
        pages = [page_of(article), home_of([render.ListedArticle.of(article)])]
        assert list(front_matter_of(pages[0])) == [
            *("translations", "title", "description", "language", "target")
        ]
        return [element for page in pages for element in Elements(converted(body_of(page))).shape]

    assert shape_of(given_text) == shape_of("y")


@given(ANY_TEXT)
def test_cleaning_changes_no_letter_and_settles_at_once(given_text: str) -> None:
    cleaned = escape.clean(given_text)
    assert escape.clean(cleaned) == cleaned
    assert [c for c in cleaned if c.isalnum()] == [c for c in given_text if c.isalnum()]
    assert cleaned.isprintable() or not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", cleaned)


# Reading back what a person edited

EDITED = [
    ("a word", lambda page: page.replace("A.", "Another."), {1: "Another.", 2: "B."}),
    ("a raw mark", lambda page: page.replace("A.", "Q & A < 3."), {1: "Q & A < 3.", 2: "B."}),
    ("an entity", lambda page: page.replace("A.", "Q &amp; A&#39;s."), {1: "Q & A's.", 2: "B."}),
    (
        "a line break",
        lambda page: page.replace(">A.<", ">A\n  longer one.\n<"),
        {1: "A longer one.", 2: "B."},
    ),
    ("Windows lines", lambda page: page.replace("\n", "\r\n"), {1: "A.", 2: "B."}),
    ("an emptied sentence", lambda page: page.replace(">A.<", "><"), {2: "B."}),
    (
        "a first translation",
        lambda page: page.replace('<p class="target" lang="en" dir="ltr"></p>', '<p class="target">New.</p>'),
        {1: "A.", 2: "B.", 3: "New."},
    ),
    ("emphasis", lambda page: page.replace("A.", "<em>A</em>."), {1: "A.", 2: "B."}),
    ("another order", lambda page: page.replace('id="s2"', 'id="s7"'), {1: "A.", 7: "B."}),
]


@pytest.mark.parametrize(("edit", "expected"), [case[1:] for case in EDITED], ids=[case[0] for case in EDITED])
def test_an_edited_page_gives_its_translations(edit, expected: dict[int, str]) -> None:  # type: ignore[no-untyped-def]
    article = translation("a", "ar", [[REVIEWED, MACHINE, NONE]], picked=())
    assert text_of(edit(page_of(article))) == expected


def test_a_page_without_sentences_gives_nothing() -> None:
    assert text_of("# About\n\nHand-written.\n") is None
    assert text_of("") is None


# Words


def leaves(strings: object, at: str = "") -> dict[str, object]:
    """Return every string, and every set of plural forms, by its dotted key."""
    if not isinstance(strings, dict) or "other" in strings:
        return {at: strings}
    return {k: v for key, value in strings.items() for k, v in leaves(value, f"{at}.{key}".strip(".")).items()}


def strings_of(language: str) -> dict[str, object]:
    return leaves(yaml.safe_load((FOLDER / f"{language}.yml").read_text("utf-8")))


@pytest.mark.parametrize("language", ["ar", "zh"])
def test_every_language_says_everything_with_the_same_values_put_in(language: str) -> None:
    def values(string: object) -> set[str]:
        longest = string["other"] if isinstance(string, dict) else string
        return set(re.findall(r"{(\w+)}", str(longest)))

    english, own = strings_of("en"), strings_of(language)
    assert sorted(own) == sorted(english)
    assert {key: values(own[key]) for key in english} == {key: values(english[key]) for key in english}


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_plural_forms_are_those_that_the_language_has(language: str) -> None:
    categories = {*Locale.parse(language).plural_form.tags, "other"}
    for key, forms in strings_of(language).items():
        if isinstance(forms, dict):
            assert categories <= set(forms) | {"zero"}, key


def test_a_language_without_words_of_its_own_speaks_english() -> None:
    assert strings_in("eo")("site.home") == "Articles"
    assert strings_in("eo").count("home.sentences", 2) == "2 sentences"
    assert strings_in("xx").language_name("ar") == "Arabic"
    assert strings_in("en").language_name("xx") == "xx"


def test_rendering_twice_gives_the_same_bytes() -> None:
    assert list(samples.outputs(samples.every_kind())) == list(samples.outputs(samples.every_kind()))


def test_a_record_is_enough_to_render() -> None:
    from generator.storage import records

    for each in samples.every_kind():
        again = records.parse_record(records.dump_record(each), "article.json")
        assert list(render.article_pages(again, ("en", "ar", "zh"))) == list(
            render.article_pages(each, ("en", "ar", "zh"))
        )
        assert render.ListedArticle.of(again) == render.ListedArticle.of(each)


def test_what_lists_know_of_an_article_comes_back_from_json_by_its_names() -> None:
    for each in samples.every_kind():
        article = render.ListedArticle.of(each)
        text = article.to_json()
        assert render.ListedArticle.from_json(text) == article
        turned = dict(reversed(json.loads(text).items()))
        assert render.ListedArticle.from_json(json.dumps(turned).encode()) == article


def test_headline_and_sentences_are_paired_with_their_places() -> None:
    pairs = list(samples.mixed().rows())
    assert [pair.place for pair in pairs] == ["title", "s1", "s2", "s3", "s4"]
    assert [pair.language for pair in pairs] == ["ar", "ar", "ar", "ar", "en"]
    assert tuple(pair.segment for pair in pairs) == (samples.mixed().title, *samples.mixed().segments)


def test_an_article_without_a_summary_or_a_headline_still_makes_a_page() -> None:
    bare = replace(translation("bare", "ar", [[REVIEWED]], picked=()), title=untranslated(""))
    assert 'class="summary"' not in page_of(bare)
    assert render.ListedArticle.of(bare).summary == ()


def test_a_changed_currency_is_told_in_words() -> None:
    segment = Segment(
        "票价25元。", "The fare is $25.", "machine", findings=(Finding("currency", "25元 → $25"),)
    )
    lines = side_by_side(Line.of(segment, "zh", "en"), segment, "en")
    assert '<bdi lang="zh">25元</bdi> became <bdi>&#36;25</bdi>' in lines[-1]
    assert "变成了" in side_by_side(Line.of(segment, "zh", "en"), segment, "zh")[-1]
