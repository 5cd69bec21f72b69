"""The interface in every language that has strings: all is said, well-formed, in that language's own ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel import Locale
from lxml import html

from generator import render
from generator.languages import LANGUAGES
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
from generator.render.strings import strings_in
from generator.theme import hook
from generator.theme.interface_strings import DIGITS, FOLDER, interface_languages
from tests.support import samples
from tests.support.browser import Watch, chromium, served
from tests.support.samples import by_hand, by_machine, translation

ALL = sorted(interface_languages())
OTHERS = [code for code in ALL if code != "en"]

ALIKE = {
    "views.source", "stories.articles", "home.pages", "site.home", "site.navigation", "subjects.kinds.name",
    "subjects.kinds.person", "subjects.topics.title", "subjects.names.title", "subjects.kinds.topic",
    "subjects.kinds.organization", "archive.title", "related.label", "search.title", "article.topics", "views.target", "provenance.only",
}  # fmt: skip
"""Words that may be the same in another language: Original, Articles, Pages, Person, Name, Topic, Archive, In."""
OF_MARKS = {
    "subjects.comma", "provenance.heading_separator", "provenance.separator", "notes.separator", "digits", "tools.quote",
}  # fmt: skip
"""Strings without words."""
NOT_ONLY_ENGLISH = {"nl": {"of", "is"}}
"""Words of English that are another language's, too."""


def leaves(strings: object, at: str = "") -> Iterator[tuple[str, Any]]:
    """Return every string, and every set of plural forms, by its dotted key; of a list each part."""
    if isinstance(strings, dict) and "other" not in strings:
        for key, value in strings.items():
            yield from leaves(value, f"{at}.{key}".strip("."))
    elif isinstance(strings, list):
        for number, value in enumerate(strings):
            yield from leaves(value, f"{at}.{number}")
    else:
        yield at, strings


def strings_of(language: str) -> dict[str, Any]:
    return dict(leaves(yaml.safe_load((FOLDER / f"{language}.yml").read_text("utf-8"))))


def texts_of(language: str) -> Iterator[tuple[str, str]]:
    """Return every text, each plural form by itself."""
    for key, value in strings_of(language).items():
        forms = value.items() if isinstance(value, dict) else [("", value)]
        yield from ((f"{key}.{form}".strip("."), text) for form, text in forms)


def values(text: str) -> list[str]:
    return sorted(re.findall(r"{(\w*)}", text))


ENGLISH = strings_of("en")


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_says_everything_that_english_says_and_nothing_else(language: str) -> None:
    assert sorted(strings_of(language)) == sorted(ENGLISH)


@pytest.mark.parametrize("language", ALL)
def test_a_language_is_called_as_it_calls_itself_and_has_digits(language: str) -> None:
    own = strings_of(language)
    assert own["name"] == LANGUAGES[language].endonym
    assert own["digits"] in DIGITS
    assert len(DIGITS[own["digits"]]) == 10


@pytest.mark.parametrize("language", OTHERS)
def test_no_value_is_lost(language: str) -> None:
    own = strings_of(language)
    for key, english in ENGLISH.items():
        if isinstance(english, dict):
            wanted = values(english["other"])
            assert values(own[key]["other"]) == wanted, key
            without = [value for value in wanted if value != "n"]
            for form, text in own[key].items():
                assert values(text) in (wanted, without) or form == "zero", (key, form)
        else:
            assert values(own[key]) == values(english), key


@pytest.mark.parametrize("language", ALL)
def test_plural_forms_are_those_of_the_language(language: str) -> None:
    rule = Locale.parse(language).plural_form
    numbers: dict[str, list[int]] = {}
    for n in (*range(200), 1_000_000, 2_000_000):
        numbers.setdefault(rule(n), []).append(n)
    for key, forms in strings_of(language).items():
        if isinstance(forms, dict):
            assert set(numbers) | {"other"} <= set(forms) | {"zero"}, key
            assert set(forms) <= set(numbers) | {"other", "zero"}, key
            for form, text in forms.items():
                if form != "zero" and len(numbers.get(form, [0, 1])) > 1:  # not for one number alone
                    assert "{n}" in text, (key, form)


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_english_by_accident(language: str) -> None:
    english = dict(texts_of("en"))
    same = {key for key, text in texts_of(language) if text == english.get(key)}
    assert same <= ALIKE | OF_MARKS, same
    words = r"\b(?:the|of|and|is|translated|sentences?|articles? by)\b"
    left = {
        (key, word)
        for key, text in texts_of(language)
        for word in re.findall(words, re.sub(r"{\w+}", "", text))
        if word not in NOT_ONLY_ENGLISH.get(language, ())
    }
    assert not left


REPLACED = {
    "ar": ("الخلاصة", "إنسان", "ليست كل هذه", "ألوان داكنة", "المشترك:", "يكاد يقول", "الأحداث", "لا يؤدي إلى"),
    "en": (
        "lets go",
        "ata of this",
        "leads nowhere",
        '"in {n}',
        "ays nearly the same",
        "say together",
        "eeds care",
    ),
    "zh": ("摘要概览", "关于本摘要", "需留意", "机器残留", "名称"),
}
"""What readers of the language stumbled over: stiff, comic, or one word for two things."""


@pytest.mark.parametrize("language", REPLACED)
def test_words_that_natives_stumbled_over_do_not_come_back(language: str) -> None:
    titles = {
        "subjects.kinds.name",
        "subjects.groups.name",
        "checks.latin",
    }  # where a name may be that of anything
    said = "\n".join(text for key, text in texts_of(language) if key not in titles)
    assert not [words for words in REPLACED[language] if words in said]
    assert strings_of("zh")["site.dark"] == "深色模式" and strings_of("ar")["site.dark"] == "الوضع الداكن"


@pytest.mark.parametrize("language", ALL)
def test_who_translated_is_said_with_one_colon(language: str) -> None:
    assert not re.search("[:：]", strings_of(language)["provenance.machine"])  # one stands before it


@pytest.mark.parametrize("language", ALL)
def test_texts_are_clean(language: str) -> None:
    english = dict(texts_of("en"))
    for key, text in texts_of(language):
        assert isinstance(text, str) and text, key
        assert text == text.strip() or key in OF_MARKS, key
        assert not re.search(r"[<>&\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]", text), key
        assert not re.search(r" {2}|'' |\.\.\.", text), key
        assert text.count("{") == text.count("}") == len(values(text)), key
        before = english.get(key, english.get(key.rpartition(".")[0] + ".other", ""))
        ends = re.search(r"[.。।。۔!?]$", text) is not None
        if key.startswith("checks."):
            assert not ends, key
        if before.endswith(".") and len(before) > 60 and language != "th":  # Thai has no full stop
            assert ends, key


@pytest.mark.parametrize("language", ALL)
def test_dates_and_numbers_are_written_in_the_language(language: str) -> None:
    says = strings_in(language)
    shown = DIGITS[says("digits")]
    year = "2026".translate(str.maketrans("0123456789", shown))
    for text in (says.date("2026-11-03"), says.month("2026-11")):
        assert year in text
        assert not re.search(r"\d", re.sub(f"[{shown}]", "", text))
    assert year in says.count("home.sentences", 2026)
    assert year in says("home.page", page=2026)
    assert len({says.month(f"2026-{month:02}") for month in range(1, 13)}) == 12
    if language != "en":
        assert says.date("2026-11-03") != strings_in("en").date("2026-11-03")


def test_names_of_languages_are_those_of_each_interface() -> None:
    for language in ALL:
        names = {code: strings_in(language).language_name(code) for code in ALL}
        assert len(set(names.values())) == len(ALL), language
        if language != "en":
            alike = {code for code in ALL if names[code] == LANGUAGES[code].name}
            assert len(alike) <= 5, alike


# In the browser


def article_in(language: str) -> Translation:
    """Return an article in a language: what a machine made of its first words, and a sentence to take care of."""
    says = strings_in(language)
    texts = [text for section in says.sections("about.text") for text in section["paragraphs"]][:3]
    sentences = [by_machine(text, "The delegation arrived on Tuesday.") for text in texts]
    sentences.append(by_hand(says("site.not_found_text"), "The address leads nowhere."))
    facts = {"published": "2026-11-03", "source": "Agency", "author": "A. B.", "topics": ("1",)}
    return translation(
        f"in-{language}", language, [sentences], title=by_hand(says("about.title"), "About"), **facts
    )


def short_articles_in(language: str) -> list[Translation]:
    """Return two more articles, since three make a story."""
    says = strings_in(language)
    texts = (says("description"), says("search.needs"))
    return [
        translation(f"in-{language}-{n}", language, [[by_machine(text, "The address leads nowhere.")]])
        for n, text in enumerate(texts, 2)
    ]


def connected_pages(articles: list[Translation]) -> Iterator[Output]:
    """Return the pages of a story, a topic and names that all articles share, and what leads there."""
    entries = {entry.slug: entry for entry in map(render.ListedArticle.of, articles)}
    trees = render.trees((entry.language for entry in entries.values()), "en")
    slugs = tuple(slug for slug in entries if slug.startswith("in-"))
    kinds: dict[str, SubjectKind] = {
        "delegation": "topic", "tuesday": "name", "libya": "place", "nato": "organization",
    }  # fmt: skip
    subjects = tuple(
        Subject(kind, slug, slug.title(), (("fr", "Libye"),), tuple((each, 3) for each in slugs))
        for slug, kind in kinds.items()
    )
    shared = ("delegation", "Tuesday")
    related = {slug: (Related(slugs[at - 1], shared, at % 2 == 0),) for at, slug in enumerate(slugs)}
    connections = Connections(related, (Story("events", slugs, shared),), subjects)
    readings = tuple((str(1_000_000 + at), Place(slug, 0)) for at, slug in enumerate(slugs))
    joint = JointSummary(tuple(Place(slug, 0) for slug in slugs), (Difference(shared, readings),))
    by_slug = {each.digest.document.article.slug: each for each in articles}
    known = (connections, entries)
    links = render.AllLinks(*known)
    for slug in slugs:
        yield from render.article_pages(by_slug[slug], trees, links[slug])
    load = by_slug.__getitem__
    pages = chain(
        render.index_pages(list(entries.values()), "en", trees, connections),
        render.story_pages(*known, load, lambda story, told: joint, "en", trees),
        render.subject_pages(*known, lambda slug, places: load(slug).only(places), "en", trees),
    )
    yield from (page.output() for page in pages)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("languages")
    articles = [
        *map(article_in, OTHERS), *chain.from_iterable(map(short_articles_in, OTHERS)), *samples.every_kind()
    ]  # fmt: skip
    samples.write_docs(project, articles)
    for output in connected_pages(articles):
        file = project / "docs" / output.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(output.content)
    result = samples.mkdocs_build(project)
    assert result.returncode == 0, result.stderr
    return project / "site"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """Return a page of somebody who was never here."""
    page = browser.new_page()
    yield page
    page.close()


PAGES = (
    "", "about/", "search/", "archive/", "articles/in-{}/", "stories/", "stories/events/", "topics/",
    "topics/delegation/", "names/", "names/libya/",
)  # fmt: skip


SHAPE = """() => {
  const root = document.documentElement;
  return [root.lang, root.dir, root.scrollWidth <= 320];
}"""
MENU = """() => {
  const list = document.querySelector(".masthead-menu ul"), { left, right } = list.getBoundingClientRect();
  return [right > left && left >= 0 && right <= 320, list.querySelectorAll("a").length];
}"""


def test_every_kind_of_page_fits_a_narrow_phone_in_every_language(browser: Any, address: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    watch, wide = Watch(page), []
    for language in ALL:
        for path in PAGES:
            place = f"{language}/{path.format(language if language != 'en' else 'fr')}"
            assert page.goto(address + place).ok, place
            *said, fits = page.evaluate(SHAPE)
            assert said == [language, LANGUAGES[language].direction]
            if not fits:
                wide.append(place)
            if path == "":
                page.locator(".masthead-menu summary").click()
                assert page.evaluate(MENU) == [True, len(ALL) - 1], place
    context.close()
    assert not wide
    assert watch.errors == []


def test_the_menu_of_languages_opens_with_the_keyboard_and_leads_to_the_same_page(
    browser: Any, address: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}fr/about/")
    page.locator(".masthead-menu summary").focus()
    page.keyboard.press("Enter")
    link = page.locator('.masthead-menu a[hreflang="fa"]')
    assert link.inner_text() == "فارسی"
    link.click()
    assert page.url.endswith("/fa/about/")
    context.close()


def test_a_page_loads_only_faces_that_its_language_is_set_in(page: Any, address: str) -> None:
    loaded = (
        """() => [...document.fonts].filter((face) => face.status !== "unloaded").map((face) => face.family)"""
    )
    arabic = {"Vazirmatn", "Noto Naskh Arabic"}
    for language, unwanted in (
        ("ru", {"Source Serif 4"}),
        ("he", {"Source Serif 4"}),
        ("fr", set()),
        ("ja", set()),
    ):
        page.goto(f"{address}{language}/about/", wait_until="networkidle")
        found = {name.strip('"') for name in page.evaluate(loaded)}
        assert not found & (arabic | unwanted), language
    page.goto(f"{address}fa/about/", wait_until="networkidle")
    assert arabic <= {name.strip('"') for name in page.evaluate(loaded)}


def test_numbers_of_sentences_are_in_the_digits_of_the_language(site: Path) -> None:
    persian, english = (
        html.fromstring((site / f"{tree}/articles/in-fa/index.html").read_bytes()) for tree in ("fa", "en")
    )
    numbers = [[link.text for link in page.find_class("number")] for page in (persian, english)]
    assert numbers == [["۱", "۲", "۳", "۴"], ["1", "2", "3", "4"]]
    assert persian.find_class("number")[1].get("href") == "#s2"


LETTERS = {
    "ar": "قال الأمين العام ذلك",
    "fa": "پچژگکیۀ گفته‌است هٔ ۰۱۲۳۴۵۶۷۸۹",
    "ckb": "ڕڵۆێەھیکگۊچپژڤ کوردیی ناوەندی",
    "ps": "ټځڅډړږښګڼۍې پښتو",
    "ug": "ئەېۆۈۋڭ ئۇيغۇرچە",
}


def waiting_for_faces(route: Any) -> None:
    """Let a page wait for its faces: a reader's does without one that comes late, as on a busy machine."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("font-display: optional", "font-display: block"))


def faces(page: Any, *selectors: str) -> list[set[str]]:
    """Return the names of the faces that the text of each of these elements is drawn in."""
    page.evaluate("document.body.offsetHeight && document.fonts.ready.then(() => true)")
    devtools = page.context.new_cdp_session(page)
    devtools.send("DOM.enable")
    devtools.send("CSS.enable")
    root = devtools.send("DOM.getDocument")["root"]["nodeId"]
    nodes = [
        devtools.send("DOM.querySelector", {"nodeId": root, "selector": each})["nodeId"] for each in selectors
    ]
    found = [devtools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"] for node in nodes]
    devtools.detach()
    return [{face["familyName"] for face in each} for each in found]


def test_words_of_one_language_are_set_in_one_face(page: Any, address: str) -> None:
    page.route("**/*.css", waiting_for_faces)
    page.goto(f"{address}fa/articles/in-fa/")
    for language, letters in LETTERS.items():
        put = "(p, [lang, text]) => { p.lang = lang; p.textContent = text; p.id = 'tried'; }"
        page.locator("#s1 p[lang]").first.evaluate(put, [language, letters])
        assert faces(page, "#tried") == [{"Noto Naskh Arabic"}], language


def test_latin_letters_amid_arabic_are_set_in_the_latin_face(page: Any, address: str) -> None:
    page.route("**/*.css", waiting_for_faces)
    page.goto(f"{address}fa/articles/in-fa/")
    put = "(p) => { p.lang = 'ar'; p.textContent = 'فاز Real Madrid عام 2024، كما نقل cnbc.com'; p.id = 'tried'; }"
    page.locator("#s1 p[lang]").first.evaluate(put)
    assert faces(page, "#tried") == [{"Noto Naskh Arabic", "Source Serif 4"}]


def test_nothing_of_an_arabic_page_falls_to_a_face_that_nobody_chose(page: Any, address: str) -> None:
    put = """(all) => all.filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
      && each.checkVisibility()).map((each, n) => { each.id = `tried${n}`; each.append(" Real Madrid 2024"); return each.id; })"""
    page.route("**/*.css", waiting_for_faces)
    for path in ("", "articles/in-ar/", "names/", "names/libya/", "topics/", "stories/events/", "archive/"):
        page.goto(f"{address}ar/{path}")
        tried = page.locator("body :is(h1, h2, h3, p, a, span, bdi, li, time)").evaluate_all(put)
        assert len(tried) > 10
        found = set().union(*faces(page, *(f"#{each}" for each in tried)))
        assert not [face for face in found if re.search("Serif(?! 4)|Times|Naskh(?! Arabic)", face)], path


def test_arabic_headlines_have_their_face_at_the_first_paint_of_any_page() -> None:
    listed = '<h2 lang="{}" dir="rtl"><a href="x">عنوان</a></h2>'
    for language in ("ar", "fa"):
        fonts = hook.preloaded_fonts("en", listed.format(language))
        assert [font for font in fonts if "vazirmatn-arabic-700" in font], language
    assert not [font for font in hook.preloaded_fonts("en", "<h2>A headline</h2>") if "arabic" in font]


def test_blanks_between_arabic_words_are_drawn_in_their_face() -> None:
    """Where they are not, WebKit lets whole words drift."""
    sheet = (FOLDER.parent / "templates/assets/digest.css").read_text("utf-8")
    arabic = [face for face in re.findall(r"@font-face {[^}]+}", sheet) if "U+0600" in face]
    assert len(arabic) == 3
    assert all("U+0020" in face for face in arabic)


def test_urdu_is_set_in_nastaliq_or_the_face_here_at_the_first_visit(page: Any, address: str) -> None:
    page.goto(f"{address}ur/articles/in-ur/", wait_until="networkidle")
    [shown] = faces(page, "#s1 p[lang=ur]")
    assert shown <= {
        "Noto Naskh Arabic",
        "Noto Nastaliq Urdu",
        "Urdu Typesetting",
        "Jameel Noori Nastaleeq",
    }
    assert len(shown) == 1


def test_numbers_and_the_search_are_set_in_the_face_of_the_interface(page: Any, address: str) -> None:
    page.route("**/*.css", waiting_for_faces)
    for language in ("fa", "ckb"):
        page.goto(f"{address}{language}/articles/in-{language}/", wait_until="networkidle")
        assert faces(page, "#s2 .number") == [{"Vazirmatn"}], language
        page.goto(f"{address}{language}/search/", wait_until="networkidle")
        assert faces(page, "#query") == [{"Vazirmatn"}], language


def test_languages_whose_letters_the_faces_here_lack_preload_none_of_them() -> None:
    sheet = (FOLDER.parent / "templates/assets/languages.css").read_text("utf-8")
    of_system = {
        code
        for selector in re.findall(r"^([^{}\n]*) \{ --serif:", sheet, re.M)
        for code in re.findall(r":lang\((\w+)\)", selector)
    }
    assert of_system == hook.OF_SYSTEM
    assert len((FOLDER.parent / "templates/assets/languages.css").read_bytes()) < 10_000
    assert all(file.stat().st_size < 60_000 for file in FOLDER.parent.rglob("*.woff2"))
