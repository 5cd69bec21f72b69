"""Quotation marks come back where they are sure, and a check marks the rest."""

import pytest

from generator.languages.quotations import has_quotation_marks, quotations_in
from generator.model import Alignment, Hypothesis, Pair
from generator.translate.quality_checks import quality_findings
from generator.translate.quotation_repair import lost_quotations, with_quotations

WORDS = ["er", "sagte", "wir", "gehen", "jetzt", "heim"]
TARGET = ["he", "said", "we", "now", "go", "home"]


def spans(text: str, words: list[str]) -> tuple[tuple[int, int], ...]:
    found, place = [], 0
    for word in words:
        place = text.index(word, place)
        found.append((place, place + len(word)))
    return tuple(found)


def hypothesis(source: str, target: str, goes_to: list[int], weight: float = 0.9) -> Hypothesis:
    """Return one whose words look at the words of these numbers."""
    weights = tuple(
        tuple(weight if column == row else (1 - weight) / 5 for column in range(len(WORDS))) for row in goes_to
    )
    alignment = Alignment(source, target, spans(source, WORDS), spans(target, TARGET), weights)
    return Hypothesis(target, None, "", alignments=(alignment,))


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("ur", "انہوں نے کہا: ”ہم اس شہر کو کبھی نہیں چھوڑیں گے۔“"),
        ("sv", "”Vi kommer aldrig att överge staden”, sade han."),
        ("de", "»Wir werden diese Stadt nie aufgeben«, sagte er."),
    ],
)
def test_marks_that_close_elsewhere_may_open(language: str, source: str) -> None:
    assert lost_quotations(source, "We will never leave this city, he said.", language)
    assert lost_quotations(source, "“We will never leave this city,” he said.", language) is None


QUOTED = "er sagte: „wir gehen jetzt heim.“"


@pytest.mark.parametrize(
    ("source", "target", "goes_to", "right"),
    [
        (QUOTED, "he said we now go home.", [0, 1, 2, 4, 3, 5], 'he said "we now go home."'),
        (
            QUOTED.replace(".“", "“."),
            "he said we now go home.",
            [0, 1, 2, 4, 3, 5],
            'he said "we now go home".',
        ),
        # In two stretches, by words that say nothing, marked already, or opened alone: as it is.
        (QUOTED, "he said we now go home.", [2, 1, 0, 4, 3, 5], None),
        (QUOTED, "he said 'we now go home.'", [0, 1, 2, 4, 3, 5], None),
        (QUOTED.replace("“", ""), "he said we now go home.", [0, 1, 2, 4, 3, 5], None),
        ("er „sagte: wir“ gehen jetzt heim.", "he said we now go home.", [0, 1, 2, 4, 3, 5], None),
    ],
)
def test_marks_go_around_one_stretch_of_words_that_look_at_what_was_quoted(
    source: str, target: str, goes_to: list[int], right: str | None
) -> None:
    assert with_quotations(hypothesis(source, target, goes_to), target, "de") == (right or target)


def test_marks_do_not_come_back_by_faint_attention() -> None:
    target = "he said we now go home."
    assert with_quotations(hypothesis(QUOTED, target, [0, 1, 2, 4, 3, 5], 0.3), target, "de") == target


@pytest.mark.parametrize(
    ("source", "target", "language", "is_lost"),
    [
        (
            "قال الوزير «لن نتراجع عن هذا القرار» أمس",
            "The minister said we will not go back yesterday.",
            "ar",
            True,
        ),
        ("قال الوزير «لن نتراجع عن هذا القرار» أمس", 'The minister said "we will not" yesterday.', "ar", False),
        ("قال الوزير «لن نتراجع عن هذا القرار» أمس", "The minister said ‘we will not’ yesterday.", "ar", False),
        ("رواية «الجريمة والعقاب»", "Crime and Punishment, a novel", "ar", False),
        (
            "他说：“我们不会后退，明天继续工作。”",
            "He said we will not go back, we work on tomorrow.",
            "zh",
            True,
        ),
        (
            "قال «لن نتراجع عن هذا القرار» ثم قال «سوف نعود إلى البيت غدا»",
            'He said "we will not go back", then he said we will go home tomorrow.',
            "ar",
            True,
        ),
        (
            "قال «لن نتراجع عن هذا القرار» وسمى القرار «مهما»",
            'He said "we will not go back" and called it important.',
            "ar",
            False,
        ),
        ("“国家灾害预防中心”说", "the National Disaster Prevention Centre said", "zh", False),
    ],
)
def test_a_statement_without_marks_is_found(source: str, target: str, language: str, is_lost: bool) -> None:
    assert (lost_quotations(source, target, language) is not None) == is_lost
    checks = [finding.check for finding in quality_findings(Pair(source, target, language, "en"))]
    assert ("quotation" in checks) == is_lost


def test_quotations_are_found_in_every_family_of_marks() -> None:
    text = '„eins“ «deux» “three” 「四」 "fünf" “six „sept‟ huit”'
    found = [text[start:end] for start, end in quotations_in(text)]
    assert found == ["eins", "deux", "three", "四", "fünf", "six „sept‟ huit"]
    assert has_quotation_marks("the 'yes' side")
    assert not has_quotation_marks("the players' and John's side")


QUOTED_SINGLY = [
    ("de", "Er nannte es ‚furchtbar schlecht und dumm‘ gestern.", ["furchtbar schlecht und dumm"]),
    ("de", "Er sagte ›wir gehen alle morgen heim‹ und ging.", ["wir gehen alle morgen heim"]),
    ("de", "Er sagte: „Sie rief ‚Halt‘ und ging.“", ["Sie rief ‚Halt‘ und ging."]),
    ("fr", "Il a dit ‹ nous partons tous demain ›.", [" nous partons tous demain "]),
    ("fr", "L’homme d’hier n’est pas l’ami d’aujourd’hui, dit-il.", []),
    ("en", "He said ‘we won’t go home tomorrow’ and left.", ["we won’t go home tomorrow"]),
    ("en", "He said 'we won't go home tomorrow' and left.", ["we won't go home tomorrow"]),
    ("en", "‘We go,’ he said, ‘and you stay here alone.’", ["We go,", "and you stay here alone."]),
    ("en", "Rock 'n' roll and the dogs' bowls are the '90s.", []),
    ("en", "Height 5'10\" and 6'2\" tall.", []),
    ("en", "He said ``we go home'' and left.", ["we go home"]),
    ("nl", "'s Avonds gaan we 's morgens.", []),
    ("uk", "Об'єм п'яти кав'ярень у Кам'янці.", []),
    ("sw", "Alisema ng'ombe wa ng'ambo.", []),
    ("zh", "‘一带一路’不是‘债务陷阱’", ["一带一路", "债务陷阱"]),
    ("zt", "他說〝我們明天走〞就走了", ["我們明天走"]),
    ("ja", "彼は〝明日みんなで帰る〟と言った。", ["明日みんなで帰る"]),
    ("ko", "그는 '우리는 내일 간다'고 말했다.", ["우리는 내일 간다"]),
    ("ur", "اس نے کہا ’ہم کل سب گھر جائیں گے۔‘", ["ہم کل سب گھر جائیں گے۔"]),
    ("ar", "قال: ‘لن نتراجع عن هذا القرار’.", ["لن نتراجع عن هذا القرار"]),
    ("hi", "उसने कहा, ‘हम सब कल घर जाएंगे’।", ["हम सब कल घर जाएंगे"]),
    ("he", 'הרמטכ"ל אמר: "לא נלך הביתה" ויצא.', ["לא נלך הביתה"]),
    ("he", 'ראש צה"ל אמר ל"הארץ" ש״לא נלך הביתה״.', ["הארץ", "לא נלך הביתה"]),
    ("he", "ג'ורג' וצ'רלס אמרו שהם ילכו.", []),
]


@pytest.mark.parametrize(("language", "text", "quoted"), QUOTED_SINGLY)
def test_single_marks_are_told_from_apostrophes_and_initials(
    language: str, text: str, quoted: list[str]
) -> None:
    assert [text[start:end] for start, end in quotations_in(text)] == quoted
    assert has_quotation_marks(text) == bool(quoted)
    if any(len(each.split()) > 3 for each in quoted):
        assert lost_quotations(text, "They all went home and said so", language)


@pytest.mark.parametrize("scrap", ["'a ", "‚a ", "’a ", "``a ", "'a'b", "‘字", "א", 'א"', "''", "'字' "])
def test_no_marks_take_long(scrap: str) -> None:
    assert isinstance(quotations_in(scrap * 20_000), list)
