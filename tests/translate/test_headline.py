"""Headlines: the two seeds', what may be left out, what must stay, and where to cut."""

import re
from pathlib import Path

import pytest

from generator.translate.headline import headline_like, headline_of

REVIEWED = [
    line.split("\t")
    for line in (Path(__file__).parents[1] / "data/reviewed.ar-en.tsv").read_text("utf-8").splitlines()
][1:]
SENTENCES = [(language, row[column]) for row in REVIEWED for column, language in ((2, "ar"), (3, "en"))]

SEEDS = {
    (
        "000_5eb26117233ace39.txt",
        "ar",
    ): 'أكد ينس ستولتنبيرج أن "الناتو" متمسكٌ بالمسار السياسي لحل الأزمة في ليبيا',
    ("000_5eb26117233ace39.txt", "en"): (
        "Jens Stoltenberg: NATO remains committed to political track for resolving crisis in Libya"
    ),
    (
        "003_3833091f4ec1012b.txt",
        "ar",
    ): "أكد أندريس فوج راسموسن أن الحلف مستعد لتقديم الدعم الأمني اللازم إلى ليبيا…",
    ("003_3833091f4ec1012b.txt", "en"): (
        "Anders Fogh Rasmussen: Alliance is ready to provide Libya with necessary security support…"
    ),
}


@pytest.mark.parametrize(("seed", "language"), SEEDS)
def test_the_seeds_have_good_headlines(seed: str, language: str) -> None:
    first = next(row for row in REVIEWED if row[0] == seed and row[1] == "0")
    assert headline_of(first[2 if language == "ar" else 3], language) == SEEDS[seed, language]


CASES = {
    "a sentence that fits stays": ("en", "Erdogan gets a mixed reception.", "Erdogan gets a mixed reception"),
    "initials keep their stop": ("en", "He lives in the U.S.", "He lives in the U.S."),
    "the stop inside a quotation goes": ("en", 'He said "go."', 'He said "go"'),
    "an office goes before the verb does": (
        "en",
        "Jens Stoltenberg, the NATO Secretary General, said in a statement that the alliance would continue "
        "its mission in the Mediterranean.",
        "Jens Stoltenberg said that the alliance would continue its mission in the Mediterranean",
    ),
    "an agency's place line goes": (
        "en",
        "LONDON (Reuters) - The Bank of England raised interest rates on Thursday.",
        "The Bank of England raised interest rates on Thursday",
    ),
    "a company is no office holder": (
        "en",
        "General Electric Company announced that it would split into three public companies focused on "
        "aviation, health care and energy.",
        "General Electric Company: it would split into three public companies focused on aviation…",
    ),
    "a name stands behind a quotation": (
        "en",
        'The Secretary-General of the North Atlantic Treaty Organization "Nato" Anders Fogh Rasmussen stressed '
        "that the Alliance is ready to provide security support to Libya.",
        "Anders Fogh Rasmussen: the Alliance is ready to provide security support to Libya",
    ),
    "an inset that stays keeps both commas": (
        "ar",
        "أكد عبد الفتاح السيسي، رئيس الجمهورية، أن مصر لن تسمح بالمساس بأمنها القومي أو "
        "بحقوقها التاريخية في مياه نهر النيل.",
        "أكد عبد الفتاح السيسي، رئيس الجمهورية، أن مصر لن تسمح بالمساس بأمنها القومي أو بحقوقها…",
    ),
    "a denial is no assertion": (
        "en",
        "The minister denied that the government would resign over the scandal that has shaken the country "
        "for several weeks now.",
        "The minister denied that the government would resign…",
    ),
    "nobody is no speaker": (
        "en",
        "No minister said that the government would resign over the scandal that has shaken the country.",
        "No minister said that government would resign over scandal that has shaken country",
    ),
    "who says it stays, at the end too": (
        "en",
        "The unemployment rate fell to its lowest level in forty years in the third quarter, the national "
        "statistics office said on Monday.",
        "The unemployment rate fell to its lowest level…, the national statistics office said…",
    ),
    "a speaker behind a quotation stays": (
        "en",
        '"Aguero is struggling with some problems in his feet," City manager Pep Guardiola told reporters.',
        '"Aguero is struggling with some problems…" City manager Pep Guardiola told reporters',
    ),
    "Arabic attribution stays": (
        "ar",
        "ارتفعت أسعار النفط إلى أعلى مستوى لها منذ سبع سنوات في التعاملات الآسيوية المبكرة يوم الأربعاء، "
        "بحسب بيانات وكالة رويترز.",
        "ارتفعت أسعار النفط إلى أعلى مستوى لها منذ سبع سنوات…، بحسب بيانات وكالة رويترز",
    ),
    "a French claim": (
        "fr",
        "Le président Emmanuel Macron a déclaré que la France ne renoncera pas à ses engagements en Afrique, "
        "malgré les difficultés rencontrées.",
        "Le président Emmanuel Macron: la France ne renoncera pas à ses engagements en Afrique…",
    ),
    "French quotation marks keep their space": (
        "fr",
        "« Nous avons 12 rencontres importantes demain, mais vous voudriez prendre ce départ rapide comme "
        "vous l’avez vu à Brookline.",
        "« Nous avons 12 rencontres importantes demain, mais vous voudriez prendre ce départ… »",
    ),
    "German goes up to a good word": (
        "de",
        "NATO-Generalsekretär Jens Stoltenberg bekräftigte, dass das Bündnis am politischen Weg zur Lösung "
        "der Krise in Libyen festhalte.",
        "NATO-Generalsekretär Jens Stoltenberg bekräftigte, dass das Bündnis am politischen Weg…",
    ),
    "a cut in front of a preposition leaves a statement": (
        "ar",
        "أعلنت وزارة الصحة تسجيل مئة وعشرين إصابة جديدة بمرض الحصبة بين الأطفال في المدارس الابتدائية خلال "
        "الأسبوع الماضي وحده.",
        "أعلنت وزارة الصحة تسجيل مئة وعشرين إصابة جديدة بمرض الحصبة بين الأطفال…",
    ),
    "a genitive is not cut in half": (
        "ar",
        "وقعت الشركة السعودية الجديدة عقدا طويل المدة مهما جدا لتطوير خدمات الشبكة وصيانة أجهزة هيئة "
        "الاتصالات وتقنية المعلومات.",
        "وقعت الشركة السعودية الجديدة عقدا طويل المدة مهما جدا لتطوير خدمات الشبكة وصيانة…",
    ),
    "a name is not cut in half": (
        "en",
        "Officials yesterday finally recognised distinguished retired engineer and inventor Maria Elena Vasquez "
        "Gonzalez publicly.",
        "Officials yesterday finally recognised distinguished retired engineer and inventor…",
    ),
    "a quotation in single marks is closed": (
        "en",
        "Politicians worried on Monday about looking ‘like muppets on a show which nobody in the whole world "
        "watches’.",
        "Politicians worried on Monday about looking ‘like muppets on a show…’",
    ),
    "the same in German": (
        "de",
        "Der Minister nannte das neue Gesetz ‚einen sehr wichtigen Schritt für alle Menschen in diesem schönen "
        "Lande‘.",
        "Der Minister nannte das neue Gesetz ‚einen sehr wichtigen Schritt für alle Menschen…‘",
    ),
    "a place line with a date goes": (
        "ar",
        "الرباط 12 مارس آذار - أعلنت وزارة الصحة تسجيل مئة إصابة.",
        "أعلنت وزارة الصحة تسجيل مئة إصابة",
    ),
    "the title of a list loses its colon": ("ar", "نصائح للوقاية من الحصبة:", "نصائح للوقاية من الحصبة"),
    "Chinese is cut at a comma": (
        "zh",
        "北约秘书长延斯·斯托尔滕贝格星期二在布鲁塞尔举行的新闻发布会上表示，"
        "北约仍然致力于通过政治途径解决利比亚危机，"
        "并将继续支持联合国主持下的各方谈判，以便尽快组建民族团结政府，实现停火，恢复国家稳定。",
        "北约秘书长延斯·斯托尔滕贝格星期二在布鲁塞尔举行的新闻发布会上表示，"
        "北约仍然致力于通过政治途径解决利比亚危机，"
        "并将继续支持联合国主持下的各方谈判，以便尽快组建民族团结政府…",
    ),
    "Hebrew initials are no quotation": (
        "he",
        'שר הביטחון אמר כי צה"ל ימשיך לפעול בכל הגזרות.',
        'שר הביטחון אמר כי צה"ל ימשיך לפעול בכל הגזרות',
    ),
    "a word without end is cut anywhere": ("xx", "a" * 200, "a" * 86 + "…"),
    "nothing gives nothing": ("en", "", ""),
}  # fmt: skip


@pytest.mark.parametrize(("language", "sentence", "expected"), CASES.values(), ids=CASES)
def test_cases(language: str, sentence: str, expected: str) -> None:
    assert headline_of(sentence, language) == expected


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@pytest.mark.parametrize("limit", [40, 60, 90])
def test_a_headline_keeps_to_its_limit_and_to_the_words_of_its_sentence(limit: int) -> None:
    for language, sentence in SENTENCES:
        found = headline_of(sentence, language, limit)
        assert 8 < len(found) <= limit
        assert not found.endswith(".")
        left = iter(words(sentence))
        assert all(word in left for word in words(found)), f"{found!r} is not made of {sentence!r} in its order"


@pytest.mark.parametrize("limit", [40, 60, 90])
def test_quotations_and_brackets_are_balanced(limit: int) -> None:
    for language, sentence in SENTENCES:
        found = headline_of(sentence, language, limit)
        assert found.count('"') % 2 == 0, found
        assert found.count("(") == found.count(")"), found


def test_an_ellipsis_stands_only_where_words_are_missing_at_the_end() -> None:
    for language, sentence in SENTENCES:
        found = headline_of(sentence, language)
        complete = words(found)[-2:] == words(sentence)[-2:]
        assert ("…" in found) != complete, found


def test_reported_speech_never_turns_into_fact() -> None:
    """The speaker of every attributed first sentence is still named."""
    names = {"ستولتنبيرج", "Stoltenberg", "راسموسن", "Rasmussen"}
    for seed, number, *texts in REVIEWED:
        if number == "0":
            for language, text in zip(("ar", "en"), texts, strict=True):
                assert names & set(words(headline_of(text, language))), seed


@pytest.mark.parametrize(
    ("source", "target", "headline"),
    [
        ("第一列火车抵达河城", "first train arrives in River City.", "First train arrives in River City"),
        ("第一列火车抵达河城。", "the first train arrives.", "The first train arrives."),
        ("“我们赢了”", '"we won"', '"We won"'),
        ("苹果手机涨价", "iPhone costs more", "iPhone costs more"),
        ("@人民日报：火车", "@人民日报: train", "@人民日报: train"),
        ("他去了美国", "he went to the U.S.", "He went to the U.S."),
        ("赢了", "‘we won’, he said .", "‘We won’, he said"),
        ("赢了", "‹we won›", "‹We won›"),
        ("赢了", "🎉 we won", "🎉 We won"),
        ("赢了", "¿qué pasa?", "¿Qué pasa?"),
        ("赢了", "no. 5 wins", "No. 5 wins"),
        ("赢了", "http://a.example falls", "http://a.example falls"),
        ("赢了", "ßen und ﬁve", "Ssen und ﬁve"),
        ("赢了", "…and then he left", "…and then he left"),
        ("Поезд прибыл", "поезд прибыл.", "Поезд прибыл"),
        ("火车", "وصل القطار.", "وصل القطار"),
    ],
)
def test_a_translated_headline_is_written_like_one(source: str, target: str, headline: str) -> None:
    assert headline_like(target, source) == headline
    assert headline_like(headline, source) == headline


def test_a_turkish_headline_begins_with_a_turkish_capital() -> None:
    assert headline_like("istanbul'da kar", "伊斯坦布尔下雪", "tr") == "İstanbul'da kar"
    assert headline_like("istanbul in snow", "伊斯坦布尔下雪", "en") == "Istanbul in snow"
