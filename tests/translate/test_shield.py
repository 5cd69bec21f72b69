"""What must not change goes around a model and comes back in its place."""

from generator.translate.shield import MOST, UNTOUCHED, shielded


def test_a_span_goes_through_as_a_stand_in() -> None:
    shield = shielded("请发送至hr@example.com以便联系{name}。", "zh")
    assert shield.text == "请发送至 X1 以便联系 X2。"
    assert shield.restored("Send it to x1 to reach X2.") == "Send it to hr@example.com to reach {name}."


def test_a_stand_in_is_none_that_the_source_has() -> None:
    assert shielded("X1的地址是a@b.org", "zh").text == "X1的地址是 Q1"
    assert shielded("他说你好。", "zh").text == "他说你好。"


def test_emoji_at_the_ends_never_go_in() -> None:
    shield = shielded("😆 今天真好，我们赢了！🎉🎉🎉", "zh")
    assert shield.text.strip() == "今天真好，我们赢了！"
    assert shield.restored("A good day, we won!") == "😆 A good day, we won! 🎉🎉🎉"


def test_what_a_model_lost_is_put_back_where_its_place_is_known() -> None:
    assert shielded("他赢了，见 a.com。", "zh").restored("He won.") == "He won a.com."
    assert shielded("@john_doe：我们赢了", "zh").restored("We won.") == "@john_doe We won."
    assert shielded("今天真好😆我们爬山", "zh").restored("Let's climb.") == "Let's climb 😆."
    amid_words = shielded("他在a.com上说", "zh")
    assert amid_words.restored("He said") == "He said"


def test_strange_letters_and_latin_words_get_stand_ins_where_asked() -> None:
    assert shielded("𠮷田先生", "zh", strange=["𠮷"]).text == "X1 田先生"
    assert shielded("测试后deploy到AWS", "zh", UNTOUCHED).text == "测试后 X1 到 X2"
    assert shielded("测试后deploy到AWS", "zh").text == "测试后deploy到AWS"


def test_what_is_no_sentence_is_left_alone() -> None:
    text = "他说😀" * (MOST + 1) + "好"
    assert shielded(text, "zh").text == text
