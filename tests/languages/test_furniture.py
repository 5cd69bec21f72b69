"""Place lines, bylines, stamps, captions and links: told from text, and text told from them."""

from __future__ import annotations

import pytest

from generator.languages.furniture import dateline_end, is_furniture, is_list_item, lead_of

DATELINES = [
    ("ar", "طنجة - المغرب العربي للأنباء - ", "أعلنت الوزارة"),
    ("ar", "عمان - الرأي - ", "أعلنت الوزارة"),
    ("ar", "دبي: ", "أعلنت الوزارة"),
    ("ar", "بلدة سرت: ", "أعلنت الوزارة"),
    ("ar", "الرباط 12 مارس آذار - ", "أعلنت الوزارة"),
    ("ar", "الرباط (رويترز) 12 مارس آذار - ", "أعلنت الوزارة"),
    ("ar", "طنجة/ 12 مارس 2024/ ومع: ", "أعلنت الوزارة"),
    ("ar", "رام الله/ وفا/ ", "قال الرئيس"),
    ("ar", "بيروت ـ ", "أعلنت الوزارة"),
    ("en", "LONDON (Reuters) - ", "The bank"),
    ("en", "LONDON, March 5 (Reuters) - ", "Oil"),
    ("en", "WASHINGTON — ", "The president"),
    ("en", "Paris — ", "The city"),
    ("de", "Berlin (dpa) - ", "Der Kanzler"),
    ("fr", "Paris, le 5 mars 2024 – ", "Le président"),
    ("es", "Madrid, 5 mar (EFE).- ", "El Gobierno"),
    ("it", "Roma, 5 mar. (Adnkronos) - ", "Il governo"),
    ("ru", "МОСКВА, 5 мар — ", "В городе"),
    ("tr", "ANKARA (AA) - ", "Bakan"),
    ("fa", "تهران- ایرنا- ", "رئیس جمهور گفت"),
    ("ur", "اسلام آباد: ", "وزیر اعظم نے"),
    ("hi", "नई दिल्ली: ", "सरकार ने"),
    ("zh", "新华社北京3月5日电（记者王某）", "火车到达"),
    ("zh", "本报讯 （记者 王某）", "火车到达"),
    ("zt", "（中央社記者王某台北5日電）", "火車"),
    ("ja", "【ロンドン＝田中太郎】", "首相は"),
    ("ko", "(서울=연합뉴스) 홍길동 기자 = ", "정부는"),
    ("ar", "القاهرة - أحمد علي - ", "أعلنت الوزارة"),
    ("ar", "دمشق-سانا ", "قال الوزير"),
    ("en", "KYIV, Ukraine (AP) — ", "Russia"),
    ("en", "WASHINGTON, D.C. — ", "The president"),
    ("en", "(CNN) ", "The president"),
    ("ru", "МОСКВА, 5 марта. /ТАСС/. ", "Президент"),
    ("ur", "اسلام آباد (نمائندہ خصوصی) ", "وزیر اعظم نے"),
    ("hi", "मुंबई, 5 मार्च (भाषा) ", "सरकार ने"),
    ("zh", "央视网消息：", "国家"),
    ("zt", "記者張三／台北報導", "總統"),
    ("ko", "【서울=뉴시스】 ", "정부는"),
    ("id", "Jakarta, CNN Indonesia -- ", "Pemerintah"),
    ("en", "CNN — ", "The president"),
    ("it", "(ANSA) - ROMA, 05 MAR - ", "Il governo"),
    ("id", "JAKARTA, KOMPAS.com - ", "Pemerintah"),
]
TEXTS = [
    ("ar", "محمد صلاح - نجم ليفربول - سجل هدفين"),
    ("ar", "عباس: لن نقبل بهذا أبدا"),
    ("en", "NATO - the alliance - said no"),
    ("en", "Apollo 11 - The mission that changed all"),
    ("en", "The minister (SPD) - who is old - said no"),
    ("ar", "الحياة - كما يقولون - جميلة"),
    ("zh", "他于3月5日抵达北京。"),
    ("zh", "3月5日电影节开幕。"),
]


@pytest.mark.parametrize(("language", "place", "news"), DATELINES)
def test_news_begins_behind_its_place_line(language: str, place: str, news: str) -> None:
    assert dateline_end(place + news, language) == len(place)


@pytest.mark.parametrize(("language", "text"), TEXTS)
def test_what_only_looks_like_a_place_line_is_text(language: str, text: str) -> None:
    assert dateline_end(text, language) == 0


FURNITURE = [
    ("ar", "كتب: أحمد منصور"),
    ("ar", "بقلم ليلى العلوي"),
    ("ar", "تصوير: كريم بناني"),
    ("ar", "آخر تحديث: الثلاثاء 12 مارس 2024 - 14:35 بتوقيت غرينتش"),
    ("ar", "اقرأ أيضا: ارتفاع أسعار الخضر في أسواق طنجة"),
    ("ar", "للاشتراك في نشرتنا البريدية اضغط هنا"),
    ("ar", "مستشفى محمد الخامس في طنجة (أرشيف أ ف ب)"),
    ("ar", "طنجة - المغرب العربي للأنباء -"),
    ("ar", "منذ 5 ساعات"),
    ("en", "By Ann Lee and Bob Stone"),
    ("en", "Photo: Ann Lee"),
    ("en", "A crane in the port (Photo: Ann Lee)"),
    ("en", "Tuesday, 5 March 2024, 10:30"),
    ("de", "Von Hans Müller"),
    ("de", "Stand: 12. März 2024, 10:30 Uhr"),
    ("fr", "Par Jean Dupont et Anne Martin"),
    ("ru", "Фото: Иван Петров"),
    ("ru", "МОСКВА, 5 мар — РИА Новости."),
    ("zh", "半月谈记者 张三 李四"),
    ("zh", "来源：新华网"),
    ("zh", "2024年3月5日 10:30"),
    ("ko", "사진=연합뉴스"),
    ("en", "(Reporting by Ann Lee in Cairo and Bob Stone; Editing by Eve Hill)"),
    ("en", "Additional reporting by Ann Lee"),
    ("en", "© 2024 Reuters. All rights reserved."),
    ("en", "This article was originally published in The Wire."),
    ("en", "Advertisement"),
    ("en", "Associated Press"),
    ("en", "Cairo, Egypt"),
    ("de", "Lesezeit: 3 Minuten"),
    ("de", "Alle Rechte vorbehalten."),
    ("fr", "Temps de lecture : 3 min"),
    ("es", "Actualizado el 5 de mayo de 2024 a las 10:15"),
    ("pt", "Publicado em 5 de maio de 2024"),
    ("ar", "رويترز"),
    ("ar", "بواسطة أحمد علي"),
    ("ar", "جميع الحقوق محفوظة"),
    ("he", "5 במאי 2024"),
    ("vi", "5 tháng 5 năm 2024"),
    ("el", "Της Άννας Παπαδοπούλου"),
    ("ko", "김철수 기자 kim@example.kr"),
    ("ja", "山田太郎記者"),
    ("zh", "版权所有"),
    # Who signs, with what they are, for whom or where.
    ("ar", "القاهرة - أحمد علي"),
    ("ar", "أحمد علي - القاهرة"),
    ("ar", "القاهرة – خاص"),
    ("ar", "دبي - العربية.نت"),
    ("ar", "محمد علي - كاتب وصحفي"),
    ("en", "Jane Doe, Staff Writer"),
    ("en", "Jane Doe | Reuters"),
    ("en", "Jane Doe, BBC News"),
    ("en", "Jane Doe Middle East correspondent"),
    ("en", "Jane Doe and John Roe in Washington"),
    ("en", "Staff Reporter"),
    ("en", "Analysis by Jane Doe"),
    ("de", "Hans Müller, Korrespondent"),
    ("de", "Aus Berlin berichtet Hans Müller"),
    ("fr", "Jean Dupont, correspondant à Rome"),
    ("fr", "Le Monde avec AFP"),
    ("es", "Juan Pérez, corresponsal"),
    ("es", "Juan Pérez Madrid 5 MAR 2024 - 10:30 CET"),
    ("pt", "João Silva – Lisboa"),
    ("it", "dal nostro inviato Mario Rossi"),
    ("ru", "Иван Петров, РИА Новости"),
    ("uk", "Іван Петренко, кореспондент"),
    ("tr", "Ahmet Yılmaz - Ankara"),
    ("pl", "Jan Kowalski, korespondent"),
    ("cs", "Jan Novák, ČTK"),
    ("fa", "تهران - علی رضایی"),
    ("ur", "اسلام آباد - علی خان"),
    ("he", "דוד כהן, ירושלים"),
    ("hi", "राम शर्मा, बीबीसी संवाददाता"),
    ("hi", "राम शर्मा, नई दिल्ली"),
    ("bn", "নিজস্ব প্রতিবেদক, ঢাকা"),
    ("zt", "記者張三／台北報導"),
    ("zh", "编辑 李四 校对 王五"),
    ("ja", "文・写真 山田太郎"),
    ("ko", "[서울=뉴시스] 김철수 기자"),
    ("th", "โดย สมชาย ใจดี"),
    ("vi", "Theo Nguyễn Văn A"),
    ("id", "Budi Santoso, Jakarta"),
    ("sw", "Na Mwandishi Wetu"),
    ("am", "ፎቶ፦ ሮይተርስ"),
]
NEWS = [
    ("ar", "كتب الوزير رسالة إلى الشعب."),
    ("ar", "نشرت الوزارة 12 صورة."),
    ("ar", "نصائح للوقاية من الحصبة:"),
    ("de", "Von Hamburg fuhr der Zug nach Berlin."),
    ("en", "By Monday all was over."),
    ("en", "Published by the ministry in 2019, the report says nothing."),
    ("en", "12 people died."),
    ("en", "Reporting by the ministry shows that prices fell."),
    ("en", "Copyright law was changed in 2019."),
    ("en", "Advertisement spending fell."),
    ("en", "Egypt won."),
    ("de", "Mit Material von der Baustelle bauten sie eine Brücke."),
    ("es", "Con información de los vecinos, la policía lo detuvo."),
    ("ko", "김철수 기자가 이 소식을 전했다."),
    ("fr", "Par exemple, il dort."),
    ("ru", "В 2019 году он ушёл."),
    ("zh", "记者：你为什么来？"),
    ("zh", "本报记者发现火车到达"),
    ("ar", "القاهرة - تحتفل اليوم بعيدها"),
    ("ar", "كتب الوزير رسالة"),
    ("ar", "السعودية - قرارات جديدة"),
    ("ar", "مقتل صحفي في غزة"),
    ("ar", "القاهرة - مكاتب الوزارة مغلقة"),
    ("en", "Journalist killed in Gaza"),
    ("en", "Jamal Khashoggi, journalist killed in Turkey"),
    ("en", "Writers strike in Hollywood"),
    ("en", "North Korea frees reporter"),
    ("en", "Saudi Arabia, a journalist and his death"),
    ("de", "Journalisten streiken in Köln"),
    ("es", "Periodista muere en Madrid"),
    ("ru", "Журналист погиб в Москве"),
    ("tr", "Gazeteci serbest bırakıldı"),
    ("hi", "पत्रकार की हत्या"),
    ("ur", "صحافی کا قتل"),
    ("he", "כתב נפצע בעזה"),
    ("en", "Jane Doe, the staff writer, won."),
    ("en", "Jane Doe, Prime Minister"),
    ("en", "Paris, London and Rome"),
    ("en", "Analysis shows prices rose"),
    ("de", "Von Berlin nach Köln"),
    ("ta", "அமெரிக்கா, A.I நிதியை இரட்டிப்பாக்க வேண்டும்"),
    ("th", "โดยสารรถไฟ"),
    ("vi", "Theo luật mới"),
    ("sw", "Na sasa mvua"),
    ("tr", "Türkiye - Almanya"),
]


@pytest.mark.parametrize(("language", "text"), FURNITURE)
def test_lines_around_the_news_are_no_text(language: str, text: str) -> None:
    assert is_furniture(text, language)


@pytest.mark.parametrize(("language", "text"), NEWS)
def test_news_is_text_even_where_it_begins_like_them(language: str, text: str) -> None:
    assert not is_furniture(text, language)


def test_the_lead_is_the_first_text() -> None:
    assert lead_of(["By Ann Lee", "Updated 5 March 2024 10:30 GMT", "The ship sank."], "en") == 2
    assert lead_of(["By Ann Lee"], "en") == 0


def test_list_items_have_a_number_or_a_mark() -> None:
    assert all(map(is_list_item, ("1. Wash.", "- No.", "• Water", "٣) ماء", "a) one", "（1）水")))
    assert not any(map(is_list_item, ("1.5 litres", "2019 was dry.", "I. Newton", "-5 degrees")))
