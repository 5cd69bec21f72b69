"""A made corpus of news in Arabic, Chinese and Spanish with its translations, and the truth about it.

Events happen in real cities to invented people. Several articles in several languages, in other words and with
other facts left out, report an event; some give another number, some are a second outlet's copy. The sentences
stand in `data/corpus.txt`; everything follows from the number of an event, so that the same articles come out
every time and the first hundred of a thousand are the hundred.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import islice
from pathlib import Path

from generator.analyze.sentence_scoring import scores
from generator.model import Article, Digest, Document, Segment, Sentence, Translation
from tests.support.memories import save_memory

TEMPLATES = Path(__file__).parents[1] / "data" / "corpus.txt"
LANGUAGES = ("ar", "zh", "es")
BEGIN = date(2024, 1, 2)
SIZES = (5, 2, 3, 1, 1, 4, 2, 1, 6, 1)
"""Articles on each event in turn; three or more are a story."""

_PLACES = """
Lima ليما 利马 Lima | Peru بيرو 秘鲁 Perú
Arequipa أريكيبا 阿雷基帕 Arequipa | Peru بيرو 秘鲁 Perú
Casablanca الدار_البيضاء 卡萨布兰卡 Casablanca | Morocco المغرب 摩洛哥 Marruecos
Tangier طنجة 丹吉尔 Tánger | Morocco المغرب 摩洛哥 Marruecos
Nairobi نيروبي 内罗毕 Nairobi | Kenya كينيا 肯尼亚 Kenia
Mombasa مومباسا 蒙巴萨 Mombasa | Kenya كينيا 肯尼亚 Kenia
Izmir إزمير 伊兹密尔 Esmirna | Turkey تركيا 土耳其 Turquía
Trabzon طرابزون 特拉布宗 Trebisonda | Turkey تركيا 土耳其 Turquía
Valencia فالنسيا 巴伦西亚 Valencia | Spain إسبانيا 西班牙 España
Bilbao بلباو 毕尔巴鄂 Bilbao | Spain إسبانيا 西班牙 España
Porto بورتو 波尔图 Oporto | Portugal البرتغال 葡萄牙 Portugal
Gdansk غدانسك 格但斯克 Gdansk | Poland بولندا 波兰 Polonia
Osaka أوساكا 大阪 Osaka | Japan اليابان 日本 Japón
Sapporo سابورو 札幌 Sapporo | Japan اليابان 日本 Japón
Busan بوسان 釜山 Busan | South_Korea كوريا_الجنوبية 韩国 Corea_del_Sur
Hanoi هانوي 河内 Hanói | Vietnam فيتنام 越南 Vietnam
Manila مانيلا 马尼拉 Manila | Philippines الفلبين 菲律宾 Filipinas
Cebu سيبو 宿务 Cebú | Philippines الفلبين 菲律宾 Filipinas
Jakarta جاكرتا 雅加达 Yakarta | Indonesia إندونيسيا 印度尼西亚 Indonesia
Medan ميدان 棉兰 Medan | Indonesia إندونيسيا 印度尼西亚 Indonesia
Mumbai مومباي 孟买 Bombay | India الهند 印度 India
Chennai تشيناي 金奈 Chennai | India الهند 印度 India
Karachi كراتشي 卡拉奇 Karachi | Pakistan باكستان 巴基斯坦 Pakistán
Alexandria الإسكندرية 亚历山大 Alejandría | Egypt مصر 埃及 Egipto
Aswan أسوان 阿斯旺 Asuán | Egypt مصر 埃及 Egipto
Sfax صفاقس 斯法克斯 Sfax | Tunisia تونس 突尼斯 Túnez
Oran وهران 奥兰 Orán | Algeria الجزائر 阿尔及利亚 Argelia
Aden عدن 亚丁 Adén | Yemen اليمن 也门 Yemen
Basra البصرة 巴士拉 Basora | Iraq العراق 伊拉克 Irak
Amman عمان 安曼 Amán | Jordan الأردن 约旦 Jordania
Beirut بيروت 贝鲁特 Beirut | Lebanon لبنان 黎巴嫩 Líbano
Dakar داكار 达喀尔 Dakar | Senegal السنغال 塞内加尔 Senegal
Accra أكرا 阿克拉 Accra | Ghana غانا 加纳 Ghana
Lagos لاغوس 拉各斯 Lagos | Nigeria نيجيريا 尼日利亚 Nigeria
Harare هراري 哈拉雷 Harare | Zimbabwe زيمبابوي 津巴布韦 Zimbabue
Rosario روساريو 罗萨里奥 Rosario | Argentina الأرجنتين 阿根廷 Argentina
Santos سانتوس 桑托斯 Santos | Brazil البرازيل 巴西 Brasil
Recife ريسيفي 累西腓 Recife | Brazil البرازيل 巴西 Brasil
Guayaquil غواياكيل 瓜亚基尔 Guayaquil | Ecuador الإكوادور 厄瓜多尔 Ecuador
Veracruz فيراكروز 韦拉克鲁斯 Veracruz | Mexico المكسيك 墨西哥 México
"""
_MEN = """
Daniel دانيال 丹尼尔 | Karim كريم 卡里姆 | Viktor فيكتور 维克托 | Samir سمير 萨米尔 | Pablo بابلو 巴勃罗
Joseph جوزيف 约瑟夫 | Tomas توماس 托马斯 | Nabil نبيل 纳比勒 | Oscar أوسكار 奥斯卡 | Ivan إيفان 伊万
Rashid رشيد 拉希德 | Bruno برونو 布鲁诺 | Martin مارتن 马丁 | Omar عمر 奥马尔 | Felix فيليكس 费利克斯
Anton أنطون 安东
"""
_WOMEN = """
Maria ماريا 玛丽亚 | Salma سلمى 萨尔玛 | Elena إيلينا 埃琳娜 | Nadia نادية 娜迪娅 | Clara كلارا 克拉拉
Leila ليلى 莱拉 | Sofia صوفيا 索菲娅 | Amina أمينة 阿米娜 | Irene إيرين 艾琳 | Rosa روزا 罗莎
Yasmin ياسمين 雅斯敏 | Judith جوديت 朱迪思 | Monica مونيكا 莫妮卡
"""
_FAMILIES = """
Haddad حداد 哈达德 | Navarro نافارو 纳瓦罗 | Okello أوكيلو 奥凯洛 | Demir ديمير 德米尔 | Benali بنعلي 贝纳利
Costa كوستا 科斯塔 | Tanaka تاناكا 田中 | Kowalski كوفالسكي 科瓦尔斯基 | Mansour منصور 曼苏尔
Herrera هيريرا 埃雷拉 | Nguyen نغوين 阮 | Farouk فاروق 法鲁克 | Adeyemi أديمي 阿德耶米 | Santoro سانتورو 桑托罗
Kamal كمال 卡迈勒 | Lindqvist ليندكفيست 林德奎斯特 | Moreau مورو 莫罗 | Petrov بيتروف 彼得罗夫
Qasim قاسم 卡西姆 | Romero روميرو 罗梅罗 | Saleh صالح 萨利赫 | Varga فارغا 沃尔高 | Zidan زيدان 齐丹
"""
_GROUPS = """
Solara سولارا 索拉拉 | Nordal نوردال 诺达尔 | Atlas_Union اتحاد_أطلس 阿特拉斯联盟 | Meridia ميريديا 梅里迪亚
Ribera ريبيرا 里贝拉 | Orient_Star نجمة_الشرق 东方之星 | Kestrel كيستريل 凯斯特雷尔 | Amana أمانة 阿马纳
Vantor فانتور 万托 | Palma بالما 帕尔马 | Zenit_Group مجموعة_زينيت 泽尼特集团 | Horizon هورايزن 霍莱森
Castel كاستل 卡斯特尔 | Lumen لومن 卢门 | Delta_Works دلتا_ووركس 德尔塔工程 | Sirocco سيروكو 西罗科
Tamar تامار 塔马尔
"""
_DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    "zh": "星期一 星期二 星期三 星期四 星期五 星期六 星期日",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
}
_OUTLETS = {
    "ar": ("صوت المدينة", "البريد العربي", "أخبار الساعة"),
    "zh": ("新岸日报", "东方新闻网", "环球观察"),
    "es": ("El Correo Nuevo", "La Tribuna", "Diario del Sur"),
}
TOPICS = {
    "quake": ("زلازل", "地震", "terremotos"),
    "election": ("انتخابات", "选举", "elecciones"),
    "factory": ("صناعة", "工业", "industria"),
    "strike": ("إضرابات", "罢工", "huelgas"),
    "match": ("كرة القدم", "足球", "fútbol"),
    "trial": ("محاكم", "审判", "tribunales"),
    "vaccine": ("صحة", "健康", "sanidad"),
    "drought": ("جفاف", "干旱", "sequía"),
}
"""What outlets file each kind of event under."""

Spelling = dict[str, str]
"""A name by language."""


@dataclass(frozen=True)
class Line:
    """A sentence of a template with its translation."""

    source: str
    english: str


@dataclass(frozen=True)
class Event:
    """Something that happened."""

    number: int
    kind: str
    day: date
    names: dict[str, Spelling]
    numbers: dict[str, str]
    reports: int

    @property
    def is_disputed(self) -> bool:
        """Whether one report gives another number."""
        return self.reports >= 3 and self.number % 2 == 0

    @property
    def is_copied(self) -> bool:
        """Whether a second outlet printed the first report once more."""
        return self.number % 4 == 1


@dataclass(frozen=True)
class Report:
    """An article on an event."""

    event: Event
    slug: str
    language: str
    outlet: str
    published: str | None
    title: Line | None
    paragraphs: tuple[tuple[Line, ...], ...]
    topics: tuple[str, ...]
    count: str
    """The number that reports may differ in."""
    copy_of: str | None = None

    @property
    def lines(self) -> list[Line]:
        """Its sentences."""
        return [line for paragraph in self.paragraphs for line in paragraph]


@dataclass
class Truth:
    """What is known of a corpus; articles are named by their slugs."""

    events: dict[str, int] = field(default_factory=dict)
    """Which event each article reports."""
    stories: dict[int, frozenset[str]] = field(default_factory=dict)
    """The articles on each event that has at least three."""
    duplicates: set[frozenset[str]] = field(default_factory=set)
    """Pairs that say the same in the same words."""
    disputed: dict[int, frozenset[str]] = field(default_factory=dict)
    """The numbers that the reports of a story give for one thing, where they differ."""
    mentions: dict[str, frozenset[str]] = field(default_factory=dict)
    """The names that each article mentions, spelled out in English."""


def _spellings(table: str) -> list[Spelling]:
    cells = [
        [word.replace("_", " ") for word in cell.split()]
        for line in table.strip().splitlines()
        for cell in line.split("|")
    ]
    return [
        {"en": row[0], "ar": row[1], "zh": row[2], "es": row[3] if len(row) > 3 else row[0]} for row in cells
    ]


PLACES = _spellings(_PLACES)
MEN, WOMEN, FAMILIES, GROUPS = map(_spellings, (_MEN, _WOMEN, _FAMILIES, _GROUPS))


@cache
def _templates() -> dict[str, dict[str, dict[str, list[Line]]]]:
    """Read the sentences by kind of event, fact and language."""
    found: dict[str, dict[str, dict[str, list[Line]]]] = {}
    for line in TEMPLATES.read_text("utf-8").splitlines():
        if line.startswith("# "):
            facts = found.setdefault(line[2:], {})
        elif line.startswith("## "):
            languages = facts.setdefault(line[3:], {})
        else:
            source, english = line[3:].split(" = ")
            languages.setdefault(line[:2], []).append(Line(source, english))
    return found


def _full(given: Spelling, family: Spelling) -> Spelling:
    return {
        language: (given[language] + ("·" if language == "zh" else " ") + family[language])
        for language in given
    }


def _event(number: int) -> Event:
    kinds = list(_templates())
    place = (number * 7 + number // 40 * 3) % (len(PLACES) // 2)
    man, woman = MEN[number * 5 % len(MEN)], WOMEN[number * 3 % len(WOMEN)]
    families = [FAMILIES[(number * step + number // 23) % len(FAMILIES)] for step in (7, 10)]
    day = BEGIN + timedelta(days=number * 3)
    names = {
        "city": PLACES[2 * place],
        "country": PLACES[2 * place + 1],
        "person": _full(man, families[0]),
        "surname": families[0],
        "other": _full(woman, families[1]),
        "org": GROUPS[number * 4 % len(GROUPS)],
        "day": {language: days.split()[day.weekday()] for language, days in _DAYS.items()},
    }
    numbers = {
        "a": str(51 + number * 13 % 40),
        "b": str(100 * (1 + number * 7 % 9)),
        "c": str(11 + number * 17 % 30),
        "m": f"{5 + number % 3}.{1 + number * 3 % 8}",
    }
    return Event(number, kinds[number % len(kinds)], day, names, numbers, SIZES[number % len(SIZES)])


def _filled(line: Line, event: Event, language: str, count: str) -> Line:
    def names(code: str) -> dict[str, str]:
        return {slot: spelling[code] for slot, spelling in event.names.items()}

    numbers = event.numbers | {"a": count}
    return Line(line.source.format(**names(language), **numbers), line.english.format(**names("en"), **numbers))


def _report(event: Event, position: int) -> Report:
    """Return the article in this position on an event; languages take turns, and then the wordings."""
    language = LANGUAGES[(event.number + position) % 3]
    wording = position // 3
    is_odd_one = event.is_disputed and position == event.reports - 1
    count = str(int(event.numbers["a"]) + 4) if is_odd_one else event.numbers["a"]
    facts = _templates()[event.kind]

    def line(fact: str) -> Line:
        lines = facts[fact][language]
        return _filled(lines[(wording + event.number // 8) % len(lines)], event, language, count)

    second = [line("official"), *([line("added")] if position % 2 == 0 else [])]
    third = [line(fact) for fact in ("damage", "help")]
    if (event.number + position) % 4 == 3:
        third = third[position % 2 :][:1]
    order = (second, third) if position % 2 == 0 else (third, second)
    number = event.number * 10 + position
    published = None if number % 9 == 4 else (event.day + timedelta(days=position % 3)).isoformat()
    return Report(
        event=event,
        slug=f"{event.kind}-{number:05}",
        language=language,
        outlet=_OUTLETS[language][wording],
        published=published,
        title=None if number % 5 == 3 else line("title"),
        paragraphs=((line("lead"), line("key")), *map(tuple, order)),
        topics=(TOPICS[event.kind][LANGUAGES.index(language)],) if number % 4 == 0 else (),
        count=count,
    )


def _copy(report: Report) -> Report:
    """Return the same text as another outlet prints it: other headline, without the last sentence."""
    *paragraphs, last = report.paragraphs
    kept = (*paragraphs, last[:-1]) if len(last) > 1 else tuple(paragraphs)
    return Report(
        event=report.event,
        slug=f"{report.slug}-b",
        language=report.language,
        outlet=_OUTLETS[report.language][2],
        published=report.published,
        title=None,
        paragraphs=kept,
        topics=(),
        count=report.count,
        copy_of=report.slug,
    )


def _all() -> Iterator[Report]:
    number = 0
    while True:
        event = _event(number)
        reports = [_report(event, position) for position in range(event.reports)]
        yield from reports
        if event.is_copied:
            yield _copy(reports[0])
        number += 1


def reports(count: int = 200) -> list[Report]:
    """Return the first articles of the corpus."""
    return list(islice(_all(), count))


def seeds(count: int = 200) -> dict[str, str]:
    """Return the seed files, relative names and contents: for each article its text and a sidecar."""
    files = {}
    for report in reports(count):
        files[f"{report.slug}.txt"] = _text(report)
        files[f"{report.slug}.yml"] = _sidecar(report)
    return files


def _text(report: Report) -> str:
    gap = "" if report.language == "zh" else " "
    return "\n\n".join(gap.join(line.source for line in paragraph) for paragraph in report.paragraphs) + "\n"


def _sidecar(report: Report) -> str:
    fields = {
        "title": report.title.source if report.title else "",
        "language": report.language,
        "published": report.published or "",
        "source": report.outlet,
        "topics": ", ".join(report.topics),
    }
    return "".join(f'{name}: "{value}"\n' for name, value in fields.items() if value)


def memory(count: int = 200) -> dict[str, list[tuple[str, str]]]:
    """Return for each language the sentences of the seeds with their English."""
    found: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for report in reports(count):
        for line in [*([report.title] if report.title else []), *report.lines]:
            found[report.language][line.source] = line.english
    return {language: list(pairs.items()) for language, pairs in found.items()}


def glossary(language: str) -> str:
    """Return the glossary that knows the places, and the groups of the first letters of the alphabet."""
    rows = {place[language]: (place["en"], "place") for place in PLACES}
    rows |= {group[language]: (group["en"], "organization") for group in GROUPS if group["en"] < "N"}
    lines = (f"{source},{target},,{kind}" for source, (target, kind) in rows.items())
    return "\n".join(["source,target,note,kind", *lines]) + "\n"


def write(project: Path, count: int = 200) -> None:
    """Lay seeds, translation memories and glossaries into a project's folders `seeds` and `memory`."""
    (project / "seeds").mkdir(parents=True, exist_ok=True)
    (project / "memory").mkdir(exist_ok=True)
    for name, content in seeds(count).items():
        (project / "seeds" / name).write_text(content, "utf-8")
    for language, pairs in memory(count).items():
        save_memory(project / "memory", language, "en", dict(pairs))
        (project / f"memory/glossary.{language}-en.csv").write_text(glossary(language), "utf-8")


def truth(count: int = 200) -> Truth:
    """Return what is known of the corpus."""
    found, by_event = Truth(), dict[int, list[Report]]()
    for report in reports(count):
        found.events[report.slug] = report.event.number
        found.mentions[report.slug] = _mentioned(report)
        by_event.setdefault(report.event.number, []).append(report)
        if report.copy_of:
            found.duplicates.add(frozenset({report.slug, report.copy_of}))
    for number, group in by_event.items():
        if len(group) >= 3:
            found.stories[number] = frozenset(report.slug for report in group)
            counts = frozenset(report.count for report in group)
            if len(counts) > 1:
                found.disputed[number] = counts
    return found


def _mentioned(report: Report) -> frozenset[str]:
    text = " ".join(line.english for line in report.lines)
    full = {"surname": "person"}
    return frozenset(
        report.event.names[full.get(slot, slot)]["en"]
        for slot, spelling in report.event.names.items()
        if slot != "day" and spelling["en"] in text
    )


def translations(count: int = 200, *, is_translated: bool = True) -> list[Translation]:
    """Return the articles as the program has them when the memory, or nobody, has translated them."""
    return [_translation(report, is_translated) for report in reports(count)]


def _translation(report: Report, is_translated: bool) -> Translation:
    def segment(line: Line) -> Segment:
        return (
            Segment(line.source, line.english, "reviewed")
            if is_translated
            else Segment(line.source, None, "none")
        )

    sentences, texts = [], []
    for number, paragraph in enumerate(report.paragraphs):
        text = ""
        for line in paragraph:
            text += " " if text and report.language != "zh" else ""
            start = len(text)
            text += line.source
            sentences.append(Sentence(line.source, number, start, len(text), report.language))
        texts.append(text)
    article = Article(
        seed=f"{report.slug}.txt",
        slug=report.slug,
        paragraphs=tuple(texts),
        title=report.title.source if report.title else None,
        language=report.language,
        published=report.published,
        source=report.outlet,
        topics=report.topics,
    )
    document = Document(article, report.language, 1.0, tuple(sentences))
    digest = Digest(document, (0, 1, 2), scores(document))
    return Translation(
        digest, "en", segment(report.title or report.lines[0]), tuple(map(segment, report.lines))
    )
