"""Sentence boundaries: the seeds, pinned floors on news, and tables of hard cases a language."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.split import SOLID, articles, baseline, counts, f1, ours, running_texts
from generator.analyze.split import split_sentences, split_text
from generator.languages import LANGUAGES
from generator.languages.sentence_traits import SENTENCE_TRAITS

HERE = Path(__file__).parents[1]
SEEDS = HERE.parent / "seeds"
FLOOR_OVER_LANGUAGES = 95.5

# Each case is the sentences of one paragraph; what joins them is a space, or nothing in Chinese and Japanese.
CASES: dict[str, list[list[str]]] = {
    "ar": [
        ["ولد الكاتب عام 1911م.", "درس في القاهرة سنة 1930م.", "توفي عام 2006م."],
        ["قال النبي) ص (في خطبته.", "ثم عاد إلى بيته.", "وكان علي) ع (بينهم.", "فسألوه."],
        ["قال الوزير في خطابه...", "وأضاف أن الحكومة ستواصل العمل...", "ثم غادر القاعة."],
        ["ورد ذلك في القسم 2.1. من التقرير.", "وانتهى الأمر."],
        ["قال: \"لن نتراجع.", "هذا قرارنا\".", "ثم غادر القاعة."],
        ["هل انتهت الأزمة؟", "لا أحد يعرف!", "لكن الأسعار ارتفعت 3.5 في المئة؛ والأجور لم تتغير."],
        ["التقى الوزير د. محمد علي وأ. سامي حسن.", "واتفق الثلاثة على خطة."],
        ["ولد عام 1770 م.", "وتوفي في فيينا."],
        ["وقف لحظة ... ثم تابع سيره.", "ولم يلتفت."],
        ["أعلنت وكالة أ.ف.ب. الخبر مساء أمس."],
        ["وصل الوفد إلى ليبيا.", "وقالت مصادر: «المحادثات صعبة».", "(انتهى الخبر.)"],
        ["استخدموا الحرف u.", "ثم حذفوه."],
        ["بلغ الوزن 5كجم.", "وبلغ الطول 3م.", "هذا كل شيء."],
        ["بني الهرم عام 2560 ق.م.", "وهو أكبرها."],
        ["أعلنت الـ(و.م.ع.) الخبر.", "ثم نفته."],
        ["إتش. جي. ويلز كاتب إنجليزي.", "استمع إلى بي. بي. سي. كل يوم.", "وكان سعيدا."],
        ["اتفقت شركة ياهو! مع شركة أخرى.", "ثم اختلفتا."],
    ],
    "am": [["ም. አ. መጡ።", "ሄዱ።"], ["በ1966 ዓ.ም. ተወለደ።", "ከዚያ ሄደ።"]],
    "az": [["Prof. Əliyev 1990-cı ildə gəlib.", "O, Bakıda yaşayır."]],
    "bg": [["Проф. Иванов живее на ул. Раковски 5.", "Той е роден през 1950 г. в София."]],
    "bn": [
        ["ডা. রহমান এসেছেন।", "তিনি কি থাকবেন?", "কেউ জানে না।"],
        ["খ্রি. পূ. ৫০০ সালে পতন হয়।", "এ. পি. জে. কালাম এলেন।"],
    ],
    "cs": [
        ["Dne 3. října přijel prezident.", "Karel IV. vládl dlouho, např. v Praze."],
        ["Dr. Novák bydlí na nám. Míru č. 5.", "Pak odešel."],
        ["Zaplatil 5 tis. Kč.", "Pak odešel."],
    ],
    "da": [
        [
            "Mødet er kl. 10.30 den 3. maj.", "Det koster ca. 500 kr. pr. person.",
            "Han kommer f.eks. med tog.",
        ],
    ],
    "de": [
        ["Die Stadt wurde um 700 v. Chr. gegründet.", "Sie fiel 146 v. Chr. an Rom.", "Im Jahr 98 n. Chr. wuchs sie."],
        ["Er besuchte die Kirche zum Hl. Geist.", "Danach fuhr er nach St. Gallen."],
        ["Am 3. Oktober 1990 wurde gefeiert.", "Dr. Müller und Prof. Dr. Schmidt kamen z. B. aus Köln."],
        ["Der 1. FC Köln verlor mit 0:2.", "Das war im Jahr 2019.", "Danach stieg er ab."],
        ["„Wir gehen“, sagte er.", "„Kommst du mit?“", "Sie nickte."],
        ["Die Firma zahlt u. a. Miete, Strom usw. für alle.", "Das kostet ca. 3.500 Euro."],
        ["König Ludwig XIV. Frankreichs starb 1715.", "Er war alt."],
        ["»Halt!«", "Niemand hielt an."],
        ["Sie heißt Dr. med. Anna Müller.", "Die Fa. Meyer schwieg."],
        ["Er rief: ‚Ich gehe.‘", "Dann ging er.", "»Er rief: ›Halt!‹«", "Sie blieb."],
        ["Sie lebt in der Poststr. 12 in Ulm.", "Die EU-Abg. Meier ist Dipl.-Ing. und schweigt."],
    ],
    "el": [
        ["Τι ώρα είναι;", "Ο κ. Παπαδόπουλος έφυγε στις 5.30 μ.μ. από την Αθήνα.", "Δεν γύρισε."],
        ["Το έργο κόστισε 3,5 εκατ. ευρώ· ήταν ακριβό.", "«Τελειώσαμε», είπε."],
    ],
    "en": [
        ["Is it 3 a.m.?", "Yes, it is."],
        ["Mr. and Mrs. Smith met Dr. J. K. Jones at 5 p.m. on Main St. yesterday.", "They left."],
        ["The U.S. Senate voted.", "He lives in the U.S.", "The vote was close."],
        ["“Stop!” he cried.", "“Why?” Tom asked.", "“Because.”", "Nobody moved."],
        ["It cost $3.50, i.e. nothing.", "See Fig. 3 and No. 5 for details.", "Is that all?!", "Yes."],
        [
            "She works at Apple Inc. in Cupertino.", "It pays well (approx. $5. or so).",
            "See www.example.com.",
        ],
        ["Wait... what?", "I don't know...", "He left."],
        ["He bought an iPhone.", "iPhones are dear.", "Node.js is not."],
        ["He said: “We lost.", "We tried.”", "Then he left."],
        ["The city fell.[3][4]", "It rained (he had left. He was tired.) all day."],
        ["1. First item is this.", "Then more."],
        ["Martin Luther King Jr. Day is in Jan. 2025.", "It was George W. Bush who called."],
        ["no capitals here.", "just chatting.", "ok then!"],
        ["See Booking.com for more.", "It ended."],
        ["A heading without a stop"],
        ["We saw the sign (!) and laughed.", "Then [...] nothing."],
        ["The temperature was -3.5 °C at 6 a.m. in St. Louis.", "Snow fell."],
        ["Great news!", "🎉 Everyone cheered. 🎉"],
        ["He left.", "‘Going’ is hard.", "It was the boys’.", "He said ‘Go.’", "Then he left."],
        ["See (e.g. Smith).", "It fell (in the U.S.).", "He left."],
    ],
    "es": [
        ["El tratado de St. Germain se firmó en 1679.", "Luego vino la paz."],
        ["La empresa Yahoo! Messenger cerró en 2018.", "Nadie protestó."],
        ["¿Qué pasó?", "¡Nada!", "El Sr. García y la Dra. Ruiz viajaron a EE. UU. en 1999."],
        ["Murió en el año 44 a. C. en Roma.", "Pesaba 3.500 kg.", "«Ven», dijo."],
        ["Vive en la Av. Bolívar n.º 5.", "Véase la pág. 12."],
    ],
    "fa": [
        ["او) ع (آمد و گفت: بله.", "مردم گفتند: باز هم بگو.", "همه رفتند."],
        ["جی. کی. رولینگ نویسنده است.", "نک. ص. ۱۵ کتاب.", "سپس ص. ۲۰."],
        ["توضیح در بخش\u200cهای ۳٫۱. آب و ۳٫۲. برق آمده است.", "جلسه پایان یافت."],
        ["آیا او رفت؟", "نه، او ماند.", "قیمت ۳.۵ درصد افزایش یافت."],
        ["جورج دبلیو. بوش آمد.", "او گفت: «می‌مانم.»", "سپس رفت."],
    ],
    "fi": [["Kokous on 3. lokakuuta klo 10.30 esim. Helsingissä.", "Hän saapui n. 5 minuuttia myöhässä."]],
    "fr": [
        [
            "M. Dupont et Mme Durand ont vu le Dr Martin.", "« Où est-il ? » demanda-t-elle.",
            "« Ici ! »", "Il rit.",
        ],
        ["Il est né en 52 av. J.-C. à Rome.", "Cf. p. 12 et art. 5.", "C’est fini…", "Il part."],
        ["Le prix est de 3,50 €.", "Vraiment ?", "Oui !"],
        ["C’était en 120 ap. J.-C. à Rome.", "La ville tomba."],
    ],
    "he": [
        ["היא הוקמה ב1920.", "לאחר מכן נסגרה ב1942.", "הבניין נהרס."],
        ["צה\"ל תקף בעזה.", "הרמטכ\"ל אמר: \"נמשיך.\"", "ואז הלך."],
        ["הוא אמר: ״אנחנו הולכים.״", "ואז יצא.", "הוא גר בשד. רוטשילד 5."],
        ["מה קרה?", "איש לא יודע.", "המחיר עלה ב-3.5 אחוזים."],
        ['הוא אמר: "אנחנו הולכים."', "ואז יצא.", "נפגשנו עם א. ב. יהושע בחיפה."],
    ],
    "hi": [
        ["डॉ. शर्मा यू.एस. से आए।", "क्या वे रुकेंगे?", "कीमत 3.5 प्रतिशत बढ़ी।"],
        ["उसने कहा, “मैं जाऊँगा।”", "फिर वह चला गया।", "वह थका था।"],
        ["डॉ. बी. आर. अंबेडकर ने कहा।", "एम. के. गांधी आए।", "कीमत 3.5 रु. है।"],
        ["बी. बी. सी. ने कहा.", "वह सच है.", "हाँ जी.", "आप आइए."],
        ["वह आया |", "वह गया |"],
    ],
    "hu": [
        [
            "2018. október 3. napján Dr. Kovács megérkezett.", "Pl. Budapestre.",
            "A II. világháború véget ért.",
        ],
    ],
    "km": [["រថភ្លើងមកដល់ទីក្រុង។", "នាយកនិយាយថាដំណើរមានរយៈពេលបួនម៉ោង។"]],
    "bo": [["ཁོང་ཕེབས་སོང་།", "དེ་ནས་ཁོང་བཞུགས།"]],
    "my": [["ရထား ရောက်လာသည်။", "လူများ စောင့်နေသည်။"]],
    "hy": [["Նա եկավ։", "Ո՞վ էր նա։"], ["Նա եկավ:", "Ոչ ոք չգիտի:"]],
    "it": [
        ["Il sig. Rossi e il prof. Bianchi arrivano.", "L'on. Verdi no.", "«Perché?»", "Nessuno lo sa."],
        ["Nel 44 a.C. morì Cesare.", "È del sec. XX.", "Costa 3,50 euro."],
    ],
    "ja": [
        ["彼は来た。", "「行こう。」と言った。", "値段は3.5倍だ！", "本当？", "はい。"],
        ["彼女（当時20歳。学生）は笑った。", "映画《誰？》は人気だ。"],
        ["J. K. ローリングが書いた。", "売れた。"],
    ],
    "ko": [
        ["그는 왔다.", "\"가자.\"라고 말했다.", "가격은 3.5배다!", "정말?", "2018. 5. 3. 서울에서 만났다."],
        ["J. K. 롤링이 썼다.", "회의는 2018. 5. 3. 열렸다.", "플랜은 B.", "그게 좋다."],
    ],
    "nl": [
        ["Hij stierf in 44 v.Chr. in Rome.", "Daarna kwam Augustus."],
        ["Dhr. de Vries betaalt € 3,50.", "'s Avonds gaat hij o.a. naar Den Haag.", "„Waarom?” vroeg zij."],
    ],
    "pl": [
        [
            "Prof. Kowalski mieszka przy ul. Długiej 5.", "Urodził się w 1990 r. w Łodzi.",
            "Zapłacił np. 5 tys. zł.",
        ],
        ["„Dlaczego?” – zapytał.", "Nikt nie wie."],
        ["Spotkanie jest o godz. 10 na str. 5, m.in. o tym.", "Jan III Sobieski wygrał."],
    ],
    "pt": [
        ["O Sr. Silva mora na Av. Paulista, n.º 5.", "Chegou às 10h.", "“Por quê?”", "Ninguém sabe."],
        ["Não sei o que é.", "A Profa. Ana sabe.", "No séc. XIX foi assim."],
    ],
    "ru": [
        ["Город основан в 700 г. до н. э. в горах.", "Он пал в 150 г. до н. э.", "Позже его продали."],
        ["Это было в 1970-х гг.", "Потом его перестроили.", "Купили хлеб, соль и т. д.", "Вернулись."],
        [
            "А. С. Пушкин родился в 1799 г. в Москве.", "Он жил на ул. Мойка, д. 12.",
            "Это было давно, т. е. в прошлом.",
        ],
        [
            "— Куда ты? — спросил он.", "— Домой.",
            "«Нет!» — крикнула она.", "Проф. Иванов заплатил 5 тыс. руб. за книгу.",
        ],
        ["Это был я.", "Потом пришли другие…", "Все молчали."],
    ],
    "sr": [["To je bilo u 5. veku p. n. e.", "Grad je pao."], ["Проф. др Петровић живи у ул. Краља Петра бр. 5.", "Рођен је 3. маја 1950. у Београду."]],
    "sw": [["Dk. Asha na Prof. Ali walikuja.", "Bei ni Sh. 3,500.", "Ni rahisi."]],
    "id": [["PT. Maju Tbk. tutup.", "Buruh pergi."]],
    "mr": [["डॉ. बाबासाहेब आंबेडकर आले.", "ते बोलले."]],
    "sv": [["Mötet är kl. 10 den 3 maj.", "Det gäller t.ex. skatter, bl.a. moms.", "”Varför?” frågade hon."]],
    "th": [
        ["นายกรัฐมนตรีเดินทางไปเชียงใหม่ เมื่อวานนี้", "อย่างไรก็ตาม ยังไม่มีการประกาศใดๆ ในปี พ.ศ. 2560"],
        ["วันนี้อากาศดีมากและท้องฟ้าแจ่มใสครับ", "พรุ่งนี้ฝนจะตก"],
    ],
    "tr": [
        ["Prof. Dr. Yılmaz 3. katta oturuyor.", "Bkz. s. 12.", "“Neden?” diye sordu.", "İzmir'e gitti."],
        ["Fiyat 3,5 lira oldu.", "II. Abdülhamid tahttaydı."],
    ],
    "uk": [
        ["Це було у 2015–2016 рр.", "Згодом усе змінилося.", "Купили хліб і т. д.", "Потім пішли."],
        ["Т. Г. Шевченко народився у 1814 р. в с. Моринці.", "Він жив на вул. Хрещатик, буд. 5.", "Чому?"],
    ],
    "ur": [
        ["کیا وہ آیا؟", "نہیں۔", "اس نے کہا: ”میں جاؤں گا۔“", "قیمت ۳.۵ فیصد بڑھی۔"],
        ["ڈی۔این۔اے کی جانچ ہوئی۔", "جارج ڈبلیو۔ بش آئے۔"],
        ["ایم۔ اے۔ جناح کراچی میں پیدا ہوئے۔", "یو۔ ایس۔ اے۔ نے انکار کیا۔", "یہ کتاب اے۔ حمید نے لکھی۔"],
        ["سی۔ آئی۔ اے۔ کی رپورٹ آئی۔", "وہ کل آئی۔", "ہاں جی۔", "آپ آئیں۔"],
        ["اس نے کہا ’میں نہیں جاؤں گا۔‘", "پھر وہ چلا گیا۔"],
    ],
    "vi": [["Cam, táo, v.v.", "Rồi đi."], ["TS. Nguyễn Văn A. sống ở TP. Hồ Chí Minh.", "Ông ấy đến lúc 10.30 ạ.", "Thật sao?"]],
    "zh": [
        ["他们来了（共三人。）。", "会议随后开始。"],
        [
            "他来了。", "“你好吗？”他问。", "她说：“很好。", "谢谢。”",
            "价格上涨3.5％！", "真的？", "是的……也许吧。",
        ],
        ["电影《你是谁？》很好看。", "乔治.布什（当时的总统。）来了。", "Dr. Smith 走了。"],
        ["他说：‘我走了。’", "然后离开。", "J. K. 罗琳写了这本书。"],
        ['记者问："为什么？"', '"我不知道，"他说。', "没有人知道。"],
    ],
    "zt": [["他說：「我走了。」", "然後離開。", "「再見！」她說。"]],
    "xx": [["Nul ne sait.", "ምን ሆነ።", "ምን ሆነ፡፡", "कौन?", "Nobody."]],
}  # fmt: skip


UNSPACED = {
    ("ar", "وصل إلى ليبيا.وقال إنه سعيد"): ["وصل إلى ليبيا.", "وقال إنه سعيد"],
    ("en", "It ended.Then it began on Booking.com again."): [
        "It ended.",
        "Then it began on Booking.com again.",
    ],
    ("en", "See example.Org/path or john.Smith@example.org"): [
        "See example.Org/path or john.Smith@example.org"
    ],
    ("hi", "वह गया।वह थका था।"): ["वह गया।", "वह थका था।"],
    ("ur", "وہ گیا۔انہوں نے کہا۔"): ["وہ گیا۔", "انہوں نے کہا۔"],
}
LINES = {
    ("en", "Heading\nFirst line. Second\n\n- one\n- two"): [
        "Heading",
        "First line.",
        "Second",
        "- one",
        "- two",
    ],
    (
        "en",
        "This text was wrapped by its writer at some\nforty characters. It goes on over a few more\nlines.",
    ): [
        "This text was wrapped by its writer at some forty characters.",
        "It goes on over a few more lines.",
    ],
    ("en", "The first headline of the whole morning\nThe second headline of the same morning"): [
        "The first headline of the whole morning",
        "The second headline of the same morning",
    ],
    ("ar", "عنوان الخبر\r\nوصل الوفد. ثم غادر"): ["عنوان الخبر", "وصل الوفد.", "ثم غادر"],
    ("zh", "标题\n第一句。第二句。"): ["标题", "第一句。", "第二句。"],
}
TEXTS = [file.read_text("utf-8") for file in sorted(SEEDS.glob("*.txt"))]
LANGUAGE = st.sampled_from([*SENTENCE_TRAITS, "xx"])
TEXT = st.text() | st.text(
    st.sampled_from("aB1 .!?…,;:\"'“”«»„()[]（）《》。！？，،؟؛۔।։።፡\n\t\u00a0\u200f\u0300عربيテ中ก가")
    | st.characters()
)
HOSTILE = (
    ".",
    ". ",
    '."',
    '." ',
    "a. ",
    "A.",
    "(",
    "(a. ",
    "a.[1]",
    "5! ",
    "a!  -  ",
    "“a。",
    '"字。',
    "ก ",
    "።",
    "፡",
    "a\n",
)


def _sentences(text: str, language: str) -> list[str]:
    return [sentence.text for sentence in split_sentences([text], [language])]


@pytest.mark.parametrize(
    ("language", "sentences"), [(language, case) for language, cases in CASES.items() for case in cases]
)
def test_hard_cases(language: str, sentences: list[str]) -> None:
    assert _sentences(("" if language in SOLID else " ").join(sentences), language) == sentences


@pytest.mark.parametrize(("case", "sentences"), UNSPACED.items())
def test_stops_without_space(case: tuple[str, str], sentences: list[str]) -> None:
    assert _sentences(case[1], case[0]) == sentences


@pytest.mark.parametrize(("case", "sentences"), LINES.items())
def test_lines(case: tuple[str, str], sentences: list[str]) -> None:
    assert split_text(case[1], case[0]) == sentences


def test_every_listed_language_has_traits() -> None:
    assert LANGUAGES.keys() <= SENTENCE_TRAITS.keys()


def test_seeds_give_the_reviewed_sentences() -> None:
    with (HERE / "data" / "reviewed.ar-en.tsv").open(encoding="utf-8", newline="") as file:
        reviewed = [row["ar"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    assert len(reviewed) == 34
    assert [sentence.text for sentence in split_sentences(TEXTS, ["ar"] * len(TEXTS))] == reviewed


@pytest.mark.parametrize(("language", "floor"), [("ar", 99.0), ("zh", 97.9)])
def test_boundary_f1_of_news(language: str, floor: float) -> None:
    texts = running_texts(HERE / "data" / f"sentences.{language}.jsonl")
    found = f1(*counts(texts, language, ours))
    assert found >= floor
    assert found >= f1(*counts(texts, language, baseline))


def test_boundary_f1_over_languages() -> None:
    found = articles(HERE / "data" / "languages.jsonl")
    each = [counts(texts, language, ours) for language, texts in sorted(found.items())]
    assert f1(*map(sum, zip(*each, strict=True))) >= FLOOR_OVER_LANGUAGES


@given(st.lists(st.tuples(TEXT, LANGUAGE)))
def test_nothing_but_white_space_is_left_out(paragraphs: list[tuple[str, str]]) -> None:
    texts, languages = [text for text, _ in paragraphs], [language for _, language in paragraphs]
    rest = list(split_sentences(texts, languages))
    for number, (text, language) in enumerate(paragraphs):
        end = 0
        while rest and rest[0].paragraph == number:
            sentence = rest.pop(0)
            assert sentence.text == text[sentence.start : sentence.end] == sentence.text.strip() != ""
            assert sentence.language == language
            assert sentence.start >= end
            assert not text[end : sentence.start].strip()
            end = sentence.end
        assert not text[end:].strip()
    assert not rest


@given(TEXT, LANGUAGE)
def test_text_and_paragraphs_agree(text: str, language: str) -> None:
    assert "".join("".join(split_text(text, language)).split()) == "".join(text.split())


@pytest.mark.parametrize("pattern", HOSTILE)
def test_long_hostile_text(pattern: str) -> None:
    """Time that grew with the square of the length would take minutes."""
    text = pattern * (80_000 // len(pattern))
    for language in ("en", "zh"):
        assert "".join("".join(_sentences(text, language)).split()) == "".join(text.split())
