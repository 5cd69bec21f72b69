"""What no translation may change is found in running text, and nothing else."""

import pytest

from generator.languages.protected_spans import has_words, protected_spans

KEPT = [
    ("zh", "请把简历发送至hr_zhang.san@example.com.cn。", [("address", "hr_zhang.san@example.com.cn")]),
    ("zh", "详见https://www.example.com/新闻/2024?id=12。", [("address", "https://www.example.com/新闻/2024?id=12")]),
    ("zh", "请访问https://example.com/了解更多的消息和图片。", [("address", "https://example.com/")]),
    ("ar", "زوروا https://ar.example.org/wiki/القاهرة_الكبرى الآن", [
        ("address", "https://ar.example.org/wiki/القاهرة_الكبرى")
    ]),
    ("fr", "Voir (www.exemple.fr/a_(b)), puis exemple.org.", [
        ("address", "www.exemple.fr/a_(b)"), ("address", "exemple.org")
    ]),
    ("zh", "#武汉加油# 今天@人民日报：我在@BBC中文网，@john_doe 看到", [
        ("address", "#武汉加油#"), ("address", "@人民日报"), ("address", "@BBC中文网"), ("address", "@john_doe")
    ]),
    ("ar", "كتب @اليوم_السابع على #قطر_2022 أمس", [("address", "@اليوم_السابع"), ("address", "#قطر_2022")]),
    ("zh", "您好 {name}，您有 %1$s 条，共%d条", [("code", "{name}"), ("code", "%1$s"), ("code", "%d")]),
    ("es", "Pulse <b>aquí</b> y use `ls -l` o foo() en my_file.txt", [
        ("code", "<b>"), ("code", "</b>"), ("code", "`ls -l`"), ("code", "foo()"), ("code", "my_file.txt")
    ]),
    ("zh", "我们赢了🎉🎉🎉，🇨🇳队👩‍👩‍👧‍👦1️⃣", [("emoji", "🎉🎉🎉"), ("emoji", "🇨🇳"), ("emoji", "👩‍👩‍👧‍👦1️⃣")]),
    ("zh", "他用 iPhone Pro 拍摄F-35", [("latin", "iPhone Pro"), ("latin", "F-35")]),
    ("zh", "阮富仲（Nguyễn Phú Trọng）", [("latin", "Nguyễn Phú Trọng")]),
    ("ru", "Компания Amazon и Sainsbury's", [("latin", "Amazon"), ("latin", "Sainsbury's")]),
    ("de", "Mehr unter www.beispiel.de/straße-5 und beispiel.ch.", [
        ("address", "www.beispiel.de/straße-5"), ("address", "beispiel.ch")
    ]),
    ("ru", "Сайт яндекс.рф, почта@пример.рф", [("address", "яндекс.рф"), ("address", "почта@пример.рф")]),
    ("de", "Mail an müller@straße.de bitte", [("address", "müller@straße.de")]),
    ("ar", "راسل أحمد@مثال.شبكة اليوم", [("address", "أحمد@مثال.شبكة")]),
    ("he", "באתר example.co.il.", [("address", "example.co.il")]),
    ("zh", "见bit.ly/3xYz，t.me/abc。", [("address", "bit.ly/3xYz"), ("address", "t.me/abc")]),
    ("en", "Ask 192.168.0.1:8080 on 12.5.2019", [("address", "192.168.0.1:8080")]),
    ("hi", "देखें #हिन्दी_दिवस और @नरेंद्र आज", [("address", "#हिन्दी_दिवस"), ("address", "@नरेंद्र")]),
    ("bn", "দেখুন #বাংলা_ভাষা আজ", [("address", "#বাংলা_ভাষা")]),
    ("th", "ดู #เลือกตั้ง66 วันนี้", [("address", "#เลือกตั้ง66")]),
    ("fa", "#زن_زندگی #می\u200cخواهم", [("address", "#زن_زندگی"), ("address", "#می\u200cخواهم")]),
    ("zh", "他在@realDonaldTrump上写道，@BBC中文网", [("address", "@realDonaldTrump"), ("address", "@BBC中文网")]),
    ("ko", "#서울_여행 @user님", [("address", "#서울_여행"), ("address", "@user")]),
    ("zh", "设置 $PATH 和 ./run.sh，见 /etc/passwd", [
        ("code", "$PATH"), ("code", "./run.sh"), ("code", "/etc/passwd")
    ]),
    ("zh", "文件 C:\\Users\\Ann\\a.txt，```foo```", [("code", "C:\\Users\\Ann\\a.txt"), ("code", "```foo```")]),
    ("en", "👩🏿‍🚀🏳️‍🌈🏴󠁧󠁢󠁥󠁮󠁧󠁿 ™️ ‼️ Ⓜ️", [
        ("emoji", "👩🏿‍🚀🏳️‍🌈🏴󠁧󠁢󠁥󠁮󠁧󠁿"), ("emoji", "™️"), ("emoji", "‼️"), ("emoji", "Ⓜ️")
    ]),
    ("en", "A ™ for $5 and/or 25 km/h in the U.S./E.U. at 6 p.m. (St.Paul/Minn.)", []),
    ("fr", "Amazon et 100 % des gens, 5%, n° 3, C# et #1, a < b et c > d", []),
    ("zh", "增长了50%，第3名", []),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "kept"), KEPT)
def test_what_must_stay_is_found(language: str, text: str, kept: list[tuple[str, str]]) -> None:
    spans = protected_spans(text, language)
    assert [(span.kind, span.text) for span in spans] == kept
    assert all(text[span.start : span.end] == span.text for span in spans)


@pytest.mark.parametrize(
    "text",
    [
        "……",
        "* * *",
        "——",
        "？？？",
        "🎉🎉",
        "１２３",
        "٣٫٥",
        "https://a.example/新闻",
        "@john_doe",
        "{name}",
        "…。",
        "NATO",
        "①",
    ],
)
def test_what_has_no_word_is_told_from_what_has(text: str) -> None:
    assert not has_words(text, "zh")
    assert has_words(f"{text} 他说", "zh")


def test_latin_letters_are_words_where_a_language_writes_them_or_many_stand_together() -> None:
    assert has_words("NATO", "fr")
    assert has_words("The train has arrived", "zh")
    assert not has_words("🎉 2024", "fr")


@pytest.mark.parametrize(
    "scrap",
    [
        "é",
        "1.",
        "a.b/",
        "~/",
        "$A",
        "д.",
        "की",
        "a",
        "a.",
        "@",
        "<a ",
        "{",
        "#",
        "/a",
        "_a",
        "%",
        "a'",
        "a ",
        "`",
        "😀",
        "-a",
        "中",
        "/中",
        "😀a",
    ],
)
def test_no_text_takes_long(scrap: str) -> None:
    text = scrap * 20_000
    assert sum(span.end - span.start for span in protected_spans(text, "zh")) <= len(text)
