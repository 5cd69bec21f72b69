"""Paragraphs that pages and feeds put around an article and that are none of it: tails, notices, links to others.

Each is recognised by how the whole line reads, and only short lines are looked at; what could be an article's own
sentence stays. The summary has measures of its own against bylines and credits that stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.ingest.dates import date_in
from generator.ingest.titles import BY, letters_of

LONGEST_NOTICE = 300
"""Characters."""
AT_ENDS = 4
"""So many paragraphs from the beginning and the end can be a byline, a date or an agency's name."""
WORDPRESS = (
    r"the post .+ (?:first )?appeared first on .+|the post .+ appeared on .+",
    r"(?:ظهرت|نُشرت) (?:المقالة|المقال|التدوينة|هذه المقالة) .+ (?:أولاً?|أولا) (?:على|في) .+|ظهر المقال .+ على .+",
    r"(?:la entrada|el post|el artículo|el cargo) .+ (?:se publicó primero en|apareció primero en|aparece primero en) .+",
    r"(?:o post|a postagem|o artigo|o conteúdo) .+ (?:apareceu primeiro em|aparece primeiro em) .+",
    r"(?:l['’]article|cet article) .+ est apparu en premier sur .+",
    r"(?:l['’]articolo|il post) .+ (?:proviene da|sembra essere il primo su) .+",
    r"der (?:beitrag|post|artikel) .+ erschien (?:zuerst|zunächst) auf .+|der artikel .+ erschien zuerst auf .+",
    r"het bericht .+ verscheen eerst op .+|artykuł .+ pochodzi z serwisu .+|artikel .+ pertama kali tampil pada .+",
    r"(?:сообщение|запись|пост) .+ (?:появились? сначала на|впервые появил[аи]сь на|впервые появился на) .+",
    r"(?:запис|допис) .+ (?:спершу|вперше) з['’]явився на .+|příspěvek .+ pochází z .+|objava .+ pojavila se prvo na .+",
    r"inlägget .+ dök först upp på .+|innlegget .+ dukket først opp på .+|indlægget .+ blev først udgivet på .+",
    r".+ yazısı ilk önce .+ üzerinde ortaya çıktı|.+ first appeared on .+ site",
    r"(?:نوشته|پست) .+ اولین بار در .+ پدیدار شد|bài viết .+ (?:đã )?xuất hiện (?:đầu tiên|trước) (?:trên|ngày) .+",
    r".+(?:最先出现在|最先出現在|首先出现在|首先出現於|最早出現於)\s*.+|投稿\s?.+\s?は\s?.+\s?に最初に表示されました",
    r".+ appeared first on .+|.+ 게시물이 .+에 처음 등장했습니다",
)
"""What WordPress puts under every entry of a feed, as its translations have it."""
READ_ALSO = (
    r"(?:read (?:also|more|next|on)|also read|see also|more on this|related(?: (?:articles?|stories|news|reading))?|"
    r"lire aussi|à lire (?:aussi|également)|leer (?:también|más)|lee (?:también|además)|te puede interesar|leia (?:também|mais)|"
    r"veja também|leggi anche|lesen sie (?:auch|mehr)|lies auch|auch interessant|mehr zum thema|das könnte sie auch "
    r"interessieren|lees ook|les også|læs også|läs också|lue myös|czytaj (?:też|także|więcej)|zobacz też|přečtěte si|čtěte "
    r"také|čtěte také|pročitajte|citește și|olvasta már|читайте (?:также|ещё|еще|по теме)|читайте також|ayrıca okuyun|baca "
    r"juga|xem thêm|اقرأ (?:أيضاً?|أيضا|المزيد)|إقرأ (?:أيضاً?|أيضا)|طالع أيضا|مواضيع ذات صلة|بیشتر بخوانید|یہ بھی پڑھیں|"
    r"यह भी पढ़ें|ये भी पढ़ें|相关阅读|相關閱讀|延伸阅读|延伸閱讀|相关新闻|相關新聞|推荐阅读|関連記事|あわせて読みたい|관련 ?기사|"
    r"קראו (?:גם|עוד)|διαβάστε (?:επίσης|ακόμη))"
)
NOTICES = (
    r"(?:advertis?ement|advert|anzeige|werbung|publicité|publicidad|publicidade|pubblicità|реклама|reklama|reklam|annonse|"
    r"annons|إعلان|اعلان|广告|廣告|広告|광고|विज्ञापन|passer la publicité)",
    r"(?:share|share this(?: \w+)?|teilen|partager|compartir|compartilhar|condividi|поделиться|شارك|مشاركة|分享(?:到.{0,8}|让更多人看到)?|"
    r"共有|공유|print|drucken|comments?|kommentare|评论|關注|关注|copy link|कॉपी लिंक|link copied|subscribe(?: now)?!?|follow us.{0,40})",
    r"(?:©|\(c\)|copyright\b|حقوق الطبع|جميع الحقوق محفوظة|版权所有|版權所有|<copyright).{0,200}",
    r".{0,80}(?:all rights reserved|tous droits réservés|todos los derechos reservados|alle rechte vorbehalten|"
    r"все права защищены|無断転載(?:を)?禁.{0,20}|무단 ?전재.{0,30}).{0,40}",
    r"(?:please )?(?:enable|turn on|activate) javascript.{0,120}|.{0,30}(?:请|請)(?:开启|啟用|启用|打开).{0,6}javascript.{0,40}",
    r"(?:\d{1,3} ?(?:min(?:ute)?s?\.? read|minuten? lesezeit|min de (?:lecture|lectura|leitura)|мин\.? чтения)|lesedauer:? ?\d+ "
    r"minuten?|reading time:? ?\d+ min\w*|stand: ?[\d., :uhr]+)",
)
BYLINE_LINE = (
    rf"(?:{BY})\s*:?\s+"
    r"[^\W\d_][\w.'’-]*(?:[\s,]+[^\W\d_][\w.'’-]*){0,5}",
    r"(?:photos?|photograph|foto|fotos|bild|bilder|image|картинка|фото|صورة|الصورة|图|图片|圖|写真|사진)\s*(?:by|:|：|/|©).{1,80}",
    r"(?:(?:本报|本報|新华社|新華社|半月谈|记者|記者|通讯员|特约|特派员|实习生)[^。！？]{0,30}){1,3}(?:报道|報導|摄影|電|电)?",
    r".{0,40}(?:\s|／|/)[\u4e00-\u9fff·]{2,8}\s?(?:摄|攝|撮影)(?:影)?|(?:责任编辑|責任編輯|编辑|編輯|责编|校对|来源|來源)\s*[:：].{1,40}",
    r"\(?(?:source|quelle|fuente|fonte|источник|المصدر|kilde|źródło|kaynak|nguồn|sumber)\s*[:：].{1,60}\)?|"
    r"\((?:reuters|ap|afp|dpa|efe|ansa|تاس|سانا|وام|рейтер|тасс)[^()]{0,20}\)",
)


def _whole(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_TAIL, _NOTICE, _BYLINE = _whole(WORDPRESS), _whole(NOTICES), _whole(BYLINE_LINE)
_READ_ALSO = re.compile(
    rf"(?:[>»▶►•*\[【（(-]+ ?)?{READ_ALSO}(?: ?[:：|>»…\]】）)-].{{0,200}}|!?)", re.IGNORECASE
)


def without_notices(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Return the paragraphs that are the article's; all of them if none would be left."""
    last = len(paragraphs) - AT_ENDS
    kept = tuple(
        paragraph
        for number, paragraph in enumerate(paragraphs)
        if not _is_notice(paragraph, at_ends=number < AT_ENDS or number >= last)
    )
    return kept or tuple(paragraphs)


def _is_notice(paragraph: str, *, at_ends: bool) -> bool:
    if len(paragraph) > LONGEST_NOTICE:
        return False
    line = paragraph.strip(" .。·\u200f\u200e\u061c")
    if any(pattern.fullmatch(line) for pattern in (_NOTICE, _READ_ALSO)):
        return True
    if not at_ends:
        return False
    return bool(_TAIL.fullmatch(line) or _BYLINE.fullmatch(paragraph)) or is_date_line(line)


def is_date_line(line: str) -> bool:
    """Return whether a line says no more than when something was published."""
    return (
        len(line) < 60
        and len(letters_of(line)) < 40
        and not line.endswith(("!", "?"))
        and (sum(map(str.isdigit, line)) * 3 >= len(letters_of(line)) and date_in(line) is not None)
    )
