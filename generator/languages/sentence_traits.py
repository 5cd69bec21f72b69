"""What ends a sentence in each language, and what only looks like an end: data alone.

It stands apart from the table of languages since it is long and splitting alone reads it.
"""

from __future__ import annotations

from dataclasses import dataclass


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class SentenceTraits:
    """What ends a sentence or a clause in one language, and what only looks like an end.

    Words are in lower case and without their last full stop.
    """

    stops: str = ".!?…۔"
    """Marks that end a sentence where white space follows them, unless the words beside them speak against it."""
    full_stops: str = "。｡！？؟।॥։።፧‼⁇⁈⁉។៕။෴།༎"
    """Marks that end a sentence wherever they stand."""
    titles: frozenset[str] = frozenset()
    """Abbreviations that always need the next word: `Dr.`"""
    abbreviations: frozenset[str] = frozenset()
    """Abbreviations that end a sentence only when one of `starters` follows: `Inc.`"""
    closing: frozenset[str] = frozenset()
    """Abbreviations that close a list or a date, and so end a sentence where a capital follows: `н. э.`"""
    counted: frozenset[str] = frozenset()
    """Abbreviations before a number: `No. 5`, `Sept. 11`."""
    ordinals: bool = False
    """Whether a full stop after a number makes it an ordinal or a part of a date: `3. Oktober`."""
    capital_nouns: bool = False
    """Whether nouns have capital letters, so that one behind a number does not tell the end of a sentence."""
    starters: frozenset[str] = frozenset()
    """Function words that often start a sentence and are not part of a name."""
    letters: frozenset[str] = frozenset()
    """Names of letters, with which foreign initials are spelled: `ایم۔ اے۔`, `बी. आर.`"""
    words_too: frozenset[str] = frozenset()
    """Those of them that are words as well, and initials only beside another."""
    attribution: str = ""
    """Regular expression of what, behind a closed quotation, still belongs to its sentence: `Tom asked`."""
    openers: tuple[str, ...] = ()
    """Where sentences end without any mark: words that open the next one behind white space."""
    enders: tuple[str, ...] = ()
    """Where sentences end without any mark: words that close one in front of white space."""
    conjunctions: frozenset[str] = frozenset()
    """Words in front of which a sentence too long for an engine may be cut."""


_HAN_CONJUNCTIONS = _words(
    "但是 但 而且 并且 並且 因为 因為 所以 因此 然而 不过 不過 如果 虽然 雖然 尽管 儘管 同时 同時 以及 或者 从而 從而"
)
_HAN_ATTRIBUTION = (
    r"[^，。！？；：、“”\s]{0,12}(?:说|說|表示|称|稱|问|問|道|指出|回答|补充|補充|强调|強調|写道|寫道)[。！]"
)
_CHINESE = SentenceTraits(attribution=_HAN_ATTRIBUTION, conjunctions=_HAN_CONJUNCTIONS)
_NORDIC_COUNTED = _words("kl nr ca s kap art fig jan feb mars apr jun jul aug sep sept okt nov des dec")
_NOT_AFTER_PERIOD = r"(?<!\.[\"”»]\s)(?<!\.[\"”»]{2}\s)"
INTERNATIONAL_TITLES = _words("mr mrs ms dr prof डॉ मि प्रा")
"""Titles that texts in any language carry in front of names, by their script."""

SENTENCE_TRAITS: dict[str, SentenceTraits] = {
    "ar": SentenceTraits(
        titles=_words("ود وأ وم أد دبليو دابليو"),
        starters=_words("ثم وهو وهي وهم وكان وكانت وقد وقال وقالت وأضاف وأضافت كما لكن ولكن وبعد وعندما ومن وفي"),
        letters=_words(
            "إيه ايه بي سي دي إي إف اف جي جيه إتش اتش آي جاي كيه كاي كي إل إم إن أو كيو آر إس اس تي يو في فاي إكس اكس واي زد"
        ),
        words_too=_words("إن أو في كي بي إي"),
        attribution=_NOT_AFTER_PERIOD + r"(?:قال|قالت|أضاف|أضافت|يقول|تقول|أوضح|أوضحت|كتب|كتبت|سأل|سألت|بحسب|حسب|وفق)\b",
        conjunctions=_words(
            "لكن ولكن حيث بينما فيما كما ثم أو لأن لأنه لأنها إذ عندما الذي التي الذين مما وأن وقال وأضاف"
        ),
    ),
    "az": SentenceTraits(
        titles=_words("prof dos dr akad"),
        abbreviations=_words("küç pr bax məs"),
        counted=_words("nömr səh s maddə"),
        starters=_words("bu o onlar biz mən lakin amma və isə belə həmçinin sonra indi həmin bunun onun"),
        conjunctions=_words("və amma lakin ki çünki ancaq isə"),
    ),
    "bg": SentenceTraits(
        closing=_words("н.е т.н гг"),
        titles=_words("проф доц инж акад св ген полк д-р"),
        abbreviations=_words("т.е т.н напр вж бул ул гр кв жк чл ал см"),
        counted=_words("стр с чл ал рис табл т бр тел"),
        starters=_words(
            "той тя то те ние аз това този тази тези в на от за по с след преди когато ако но и а обаче както"
        ),
        conjunctions=_words("и но а че защото като който която които докато обаче или"),
    ),
    "bn": SentenceTraits(
        titles=_words("ড ডা ডাঃ ডঃ প্রো মো মোঃ মি মিসেস অধ্যা"),
        conjunctions=_words("এবং কিন্তু কারণ যে যা যদি তবে অথবা তাই আর"),
    ),
    "ca": SentenceTraits(
        titles=_words("sr sra srs dr dra prof st sta mn"),
        abbreviations=_words("av pl p.ex ed gral"),
        counted=_words("núm pàg pàgs art cap vol tel fig"),
        starters=_words(
            "el la els les l un una això aquest aquesta ell ella en a de des per però i quan si segons també no"
        ),
        conjunctions=_words("i però que perquè quan mentre on encara o sinó"),
    ),
    "ckb": SentenceTraits(
        titles=_words("دەبلیو"), conjunctions=_words("و بەڵام کە چونکە یان هەروەها کاتێک ئەگەر")
    ),
    "cs": SentenceTraits(
        titles=_words(
            "dr prof doc ing mgr bc judr mudr phdr rndr thdr paeddr mvdr gen plk pplk mjr kpt por sv arch pí"
        ),
        abbreviations=_words("např tzv tj tzn resp popř příp mj ul nám tř st max min sb hl zn tis mil mld"),
        counted=_words("č čís str s tel obr tab kap odst zák cca kl sv sk"),
        ordinals=True,
        starters=_words(
            "ten ta to ti tento tato on ona ono oni my já v ve na od do po za s se pro při podle ale a pak potom "
            "když pokud však jeho její jejich také už dnes tam jak proto kdo co kde"
        ),
        conjunctions=_words("a ale že protože když který která které kteří zatímco nebo však aby pokud"),
    ),
    "da": SentenceTraits(
        titles=_words("st ste hr fr dr prof mag adv"),
        abbreviations=_words("bl.a f.eks dvs pga ifm jf inkl ekskl evt hhv vedr tlf mio mia stk"),
        counted=_NORDIC_COUNTED,
        ordinals=True,
        starters=_words(
            "den det de han hun vi jeg en et i på for med efter men og da når hvis her der dette denne disse"
        ),
        conjunctions=_words("og men at fordi som når mens hvor eller dog hvis selvom"),
    ),
    "de": SentenceTraits(
        titles=_words("hl hr fr dr prof dipl ing mag abg frl hll st hrn fa med phil jur rer habil theol"),
        abbreviations=_words(
            "z.b d.h u.a bzw ca evtl ggf inkl exkl vgl bspw sog zzgl abzgl max min mind mio mrd tsd str tel abs "
            "bd hrsg jh jhd jhdt usw usf etc gem lt rd zt geb gest verh chr ff bes insb allg einschl ehem"
        ),
        counted=_words(
            "str nr art kap abb tab s abs bd ziff jan feb mär apr jun jul aug sep sept okt nov dez ca rd § lfd"
        ),
        ordinals=True,
        capital_nouns=True,
        starters=_words(
            "der die das den dem des ein eine einen einem einer er sie es wir ich ihr man dies diese dieser dieses "
            "diesem in im an am auf aus bei beim mit nach von vom vor zu zum zur für über unter gegen durch ohne "
            "um und oder aber doch denn sondern wenn als ob weil da dann danach damit dabei dafür dort hier heute "
            "gestern morgen jetzt nun noch auch nur so wie was wer wo warum jedoch allerdings außerdem zudem "
            "trotzdem seit seitdem während nachdem bevor laut seine sein ihre ihr unser kein keine alle viele "
            "einige beide mehr sehr nicht zwar"
        ),
        conjunctions=_words(
            "und aber denn sondern oder dass weil wenn obwohl während damit nachdem bevor sodass wobei jedoch"
        ),
    ),
    "el": SentenceTraits(
        stops=".!?…;\u037e",
        titles=_words("κκ κα καθ δρ αγ στρ υπ πρωθ"),
        abbreviations=_words("π.χ δηλ βλ αρ λεωφ οδ μ.χ π.χ εκατ δισ χιλ τρισ δις"),
        counted=_words("αρ σελ τηλ άρθ κεφ εικ τόμ ιαν φεβ μαρ απρ μαΐ ιουν ιουλ αυγ σεπ οκτ νοε δεκ"),
        starters=_words(
            "ο η το οι τα τον την του της των ένας μια ένα αυτός αυτή αυτό εγώ εμείς σε στο στη στην στον από με "
            "για και αλλά όμως όταν αν μετά πριν κατά δεν θα επίσης ωστόσο"
        ),
        conjunctions=_words("και αλλά όμως που ότι γιατί επειδή όταν αν ενώ ή ώστε"),
    ),
    "en": SentenceTraits(
        titles=_words(
            "mr mrs ms messrs dr prof rev hon gen lt col maj capt cmdr sgt cpl adm gov sen rep pres supt insp det"
        ),
        abbreviations=_words(
            "st ave blvd rd mt ft inc ltd corp co llc plc bros jr sr al esq dept univ assn approx cf vs viz ie eg "
            "ph.d"
        ),
        counted=_words(
            "no nos p pp vol vols ch sec fig figs art ver v c ca jan feb mar apr jun jul aug sept sep oct nov dec"
        ),
        starters=_words(
            "the a an this that these those it he she they we you i his her its their our my in on at for from by "
            "with as if when while after before since but and or so yet however there here what who why how where "
            "not no one some many most both all each every another other according although because despite "
            "during until meanwhile moreover instead today yesterday tomorrow then now also"
        ),
        attribution=(
            _NOT_AFTER_PERIOD + r"(?!(?:He|She|They|I|We|It|The|A|An|You)\b)(?:[^\W\d_][\w'’-]{0,20}\s){1,3}"
            r"(?:said|says|asked|asks|told|added|replied|wrote|shouted|cried|wondered)\b"
        ),
        conjunctions=_words(
            "and but or because although though while which who when where that so if unless until since whereas"
        ),
    ),
    "eo": SentenceTraits(
        titles=_words("s-ro s-ino d-ro prof inĝ"),
        abbreviations=_words("t.e ekz k.a"),
        counted=_words("n-ro p paĝ vol ĉ"),
        starters=_words("la li ŝi ĝi ili ni mi tiu tio en de por sed kaj kiam se post antaŭ laŭ ankaŭ"),
        conjunctions=_words("kaj sed ke ĉar kiam kiu kiuj dum aŭ se"),
    ),
    "es": SentenceTraits(
        titles=_words(
            "st ste sr sra srta sres sras dr dra dña don ud uds vd vds lic ing gral cnel cap tte fr sta sto mons prof profa"
        ),
        abbreviations=_words("ee uu ee.uu av avda aprox cía dept ed ej p.ej gob máx mín rte ss aa"),
        counted=_words("núm nº pág págs art arts cap vol tel fig ene feb mar abr jun jul ago sept oct nov dic c"),
        starters=_words(
            "el la los las lo un una este esta esto estos estas ese esa eso él ella ellos yo nosotros su sus en a al "
            "de del desde con por para según cuando si pero y o mientras después antes como aunque también no sin "
            "tras hoy ayer entre sobre hay es era fue"
        ),
        conjunctions=_words("y e pero que porque aunque cuando mientras donde sino o si quien cuyo"),
    ),
    "et": SentenceTraits(
        titles=_words("hr pr prl dr prof"),
        abbreviations=_words("nt st s.t sh vt tn mnt pst"),
        counted=_words("lk nr tel kl ptk joon p"),
        ordinals=True,
        starters=_words(
            "see ta tema nad nemad me ma mina kuid aga ja ning kui siis selle seda need pärast enne lisaks ka ei"
        ),
        conjunctions=_words("ja ning aga kuid et sest kui kes mis kus või vaid"),
    ),
    "eu": SentenceTraits(
        titles=_words("jn and dr prof"),
        abbreviations=_words("adib etb"),
        counted=_words("zk or orr art tel"),
        ordinals=True,
        starters=_words("hori hau bera haiek gu ni baina eta ere gero hala orain bere horrek hura ez bai"),
        conjunctions=_words("eta baina edo bait zeren nahiz ere baizik"),
    ),
    "fa": SentenceTraits(
        titles=_words("دابلیو دبلیو نک ر.ک"),
        letters=_words("ای بی سی دی اف جی ایچ اچ آی جی کی ال ام ان او پی کیو آر اس تی یو وی ایکس وای زد"),
        words_too=_words("ای بی سی کی دی او ان"),
        conjunctions=_words("و اما ولی که زیرا چون اگر تا یا همچنین بلکه درحالی هنگامی هرچند")
    ),
    "fi": SentenceTraits(
        titles=_words("prof tri toht maist hra rva nti"),
        abbreviations=_words("esim ns ks ent nyk mrd milj ao ko vrt synt eaa jaa mm"),
        counted=_words("klo n s nro puh noin luku kuva § ts"),
        ordinals=True,
        starters=_words(
            "hän he se ne me minä tämä nämä tuo mutta ja kun jos sitten nyt myös kuitenkin ennen jälkeen siis ei on"
        ),
        conjunctions=_words("ja mutta että koska kun joka jotka mikä tai sekä vaikka jos"),
    ),
    "fr": SentenceTraits(
        titles=_words("st ste mme mmes mlle mlles mgr dr drs pr me mes st ste prof gal cdt lt col"),
        abbreviations=_words("cf env av ap apr bd boul éd p.ex c.-à-d ndlr hab sté cie mm vol"),
        counted=_words("p pp art chap fig n no tél t vol ch janv févr avr juil sept oct nov déc"),
        starters=_words(
            "le la les l un une des ce cet cette ces c il elle ils elles on nous vous je j son sa ses leur leurs en "
            "au aux à dans de du d pour par sur avec sans selon mais et ou donc or car si quand lorsque comme après "
            "avant depuis pendant puis ainsi aussi alors cependant toutefois pourtant qui que quel aujourd hier"
        ),
        conjunctions=_words("et mais ou donc car que qui dont où parce lorsque quand tandis si afin puisque"),
    ),
    "ga": SentenceTraits(
        titles=_words("an dr oll tuas uas"),
        abbreviations=_words("m.sh srl r.ch"),
        counted=_words("lch uimh vol"),
        starters=_words("tá bhí is ba níl ní an na i ar do sé sí siad ach agus nuair dá mar ó seo sin"),
        conjunctions=_words("agus ach nó go mar nuair má toisc"),
    ),
    "gl": SentenceTraits(
        titles=_words("sr sra srta dr dra prof profa don st sta"),
        abbreviations=_words("av avda ed p.ex aprox"),
        counted=_words("núm páx páxs art cap vol tel"),
        starters=_words(
            "o a os as un unha este esta isto el ela eles en no na de do da por para pero e cando se segundo tamén"
        ),
        conjunctions=_words("e pero que porque cando mentres onde ou senón"),
    ),
    "he": SentenceTraits(
        titles=_words("רח שד בשד"),
        counted=_words("עמ מס"),
        conjunctions=_words("אבל אך כי אשר כאשר או למרות בעוד אם לכן וכן כדי"),
    ),
    "hi": SentenceTraits(
        stops=".!?…|",
        titles=_words("डॉ डा प्रो मो मु पं इं कु सु श्री सं"),
        starters=_words("वह यह वे ये उन्होंने उसने इस उस इन उन फिर लेकिन हालांकि इसके उनके हम मैं"),
        letters=_words("ए बी सी डी ई एफ जी एच आई जे के एल एम एन ओ पी क्यू आर एस टी यू वी एक्स वाई"),
        words_too=_words("ई जी आई के ओ"),
        conjunctions=_words("और लेकिन कि क्योंकि जो जिसमें जिसके तथा या जबकि अगर इसलिए मगर पर"),
    ),
    "hy": SentenceTraits(stops="!?…:", conjunctions=_words("և բայց որ քանի երբ կամ իսկ")),
    "hu": SentenceTraits(
        titles=_words("dr prof özv ifj id st szt gr br"),
        abbreviations=_words("pl kb ún ill vö ld sz jún júl"),
        counted=_words("kb sz old o tel fsz kb jan febr márc ápr máj jún júl aug szept okt nov dec kr"),
        ordinals=True,
        starters=_words(
            "a az ez ezek azok ő ők mi én egy de és ha amikor majd azonban most itt ott ezért nem is után szerint"
        ),
        conjunctions=_words("és de hogy mert ha amely amelyek aki akik amikor vagy míg hanem azonban"),
    ),
    "id": SentenceTraits(
        titles=_words("dr drs dra ir prof pt cv ud hj tn ny sdr sdri kh kol jend letjen mayjen brigjen bpk pdt"),
        abbreviations=_words("jl jln gg tlp kec kab kel prov d.a a.n s.d"),
        counted=_words("no hlm hal jl tel rp vol bab km"),
        starters=_words(
            "ini itu dia ia mereka kami kita saya di ke dari pada untuk dengan tetapi namun dan jika ketika setelah "
            "sebelum menurut para selain hal tidak"
        ),
        conjunctions=_words("dan tetapi namun karena bahwa yang ketika sehingga sementara atau jika agar"),
    ),
    "it": SentenceTraits(
        titles=_words(
            "st ste sig sigg sig.ra dott dott.ssa dr prof prof.ssa avv ing on mons don gen cap rag geom arch ss suor"
        ),
        abbreviations=_words("es cfr tel ca a.c d.c s.p.a p.es ecc.za vs min max"),
        counted=_words("n nr p sec pag pagg art artt cap vol fig tel gen feb mar apr mag giu lug ago set ott nov dic"),
        starters=_words(
            "il lo la i gli le l un una uno questo questa questi quello egli lui lei loro noi io suo sua in a al alla "
            "di del della da dal dalla con per su nel nella ma e o se quando mentre dopo prima secondo anche non "
            "come poi così però tuttavia oggi ieri è c"
        ),
        conjunctions=_words("e ed ma o che perché quando mentre dove però se poiché quindi affinché cui"),
    ),
    "ja": SentenceTraits(
        stops=".!?…．",
        attribution=(
            r"(?!ところ|とにかく|とはい|ともあれ|では|でも|もし|もち|もう|もっと|やが|やは|やっ|かつ|かな|にも|のち|はじ|がん)"
            r"[とっをはがにのもでやかへ]|など|から|まで"
        ),
        conjunctions=_words("しかし また および ならびに あるいは そして ただし なぜなら"),
    ),
    "ko": SentenceTraits(
        attribution=r"이?라[고는며]|라면서|[고며]\s|하[고며]",
        ordinals=True,
        conjunctions=_words("그리고 그러나 하지만 또한 또는 및 그래서 따라서 때문에"),
    ),
    "ku": SentenceTraits(
        titles=_words("dr prof"),
        abbreviations=_words("wek mînak"),
        counted=_words("nr r rû"),
        starters=_words("ev ew wî wê ez em di li ji bi lê û lê dema piştî heke her"),
        conjunctions=_words("û lê ku ji an lewra dema heke"),
    ),
    "ky": SentenceTraits(
        titles=_words("проф доц акад"),
        abbreviations=_words("б.а ж.б көч"),
        counted=_words("б бет ст"),
        starters=_words("бул ал алар биз мен бирок жана ошол анын ошондой азыр анда эми"),
        conjunctions=_words("жана бирок же анткени себеби ошондой эгер"),
    ),
    "lt": SentenceTraits(
        titles=_words("dr prof doc inž šv gen habil akad kun"),
        abbreviations=_words("pvz t.y pan žr al pr m d mln mlrd tūkst vad"),
        counted=_words("nr psl p tel str d pav val"),
        ordinals=True,
        starters=_words(
            "jis ji jie jos mes aš tai šis ši šie tas ta bet ir o kai jei po prieš pasak anot į iš nuo su už be čia"
        ),
        conjunctions=_words("ir bet o kad nes kai kuris kuri kurie arba tačiau jei nors"),
    ),
    "lv": SentenceTraits(
        titles=_words("dr prof doc sv ģen inž mag akad"),
        abbreviations=_words("piem t.i t.s apm sk milj mljrd tūkst"),
        counted=_words("nr lpp tel plkst p sk att"),
        ordinals=True,
        starters=_words(
            "viņš viņa viņi tas tā tie šis šī mēs es bet un kad ja pēc pirms no uz ar par pie kā arī savukārt taču"
        ),
        conjunctions=_words("un bet ka jo kad kurš kura kuri vai taču lai ja kaut"),
    ),
    "ms": SentenceTraits(
        titles=_words("dr prof ir tn hj hjh sdr pn en dato datuk"),
        abbreviations=_words("jln kg no.tel"),
        counted=_words("no hlm ms tel bil rm"),
        starters=_words(
            "ini itu beliau dia ia mereka kami kita saya di ke dari pada untuk dengan tetapi namun dan jika apabila "
            "selepas sebelum menurut para selain tidak"
        ),
        conjunctions=_words("dan tetapi namun kerana bahawa yang apabila supaya manakala atau jika"),
    ),
    "nb": SentenceTraits(
        titles=_words("hr fr dr prof adv"),
        abbreviations=_words("bl.a f.eks dvs pga ifm jf inkl ekskl evt hhv vedr tlf mill mrd stk"),
        counted=_NORDIC_COUNTED,
        ordinals=True,
        starters=_words(
            "den det de han hun vi jeg en et i på for med etter men og da når hvis her der dette denne disse"
        ),
        conjunctions=_words("og men at fordi som når mens hvor eller dersom hvis selv"),
    ),
    "nl": SentenceTraits(
        titles=_words("st ste dhr mevr mw mr mrs ds drs dr ir ing prof st gen kol kapt mgr"),
        abbreviations=_words(
            "bijv bv d.w.z o.a ca nl resp vgl incl excl max min evt m.b.t i.v.m t.o.v t.a.v enz jl ll"
        ),
        counted=_words("nr nrs blz p art hfst afb tel ca jan feb mrt apr jun jul aug sept okt nov dec"),
        starters=_words(
            "de het een dit dat deze die hij zij ze we wij ik er in op aan bij met van voor na naar om maar en of als "
            "toen volgens ook niet hun zijn haar daarna dus toch"
        ),
        conjunctions=_words("en maar of want omdat dat die terwijl toen als waar zodat hoewel"),
    ),
    "pl": SentenceTraits(
        titles=_words("st ste dr prof min mgr inż hab ks gen płk ppłk mjr kpt por sierż św bł red bp abp kard"),
        abbreviations=_words("np m.in tj tzn tzw ul al pl os im woj pow zob por wg śp ps jw"),
        counted=_words("nr str s godz tel art ust pkt rozdz rys tab t vol ok p poz"),
        ordinals=True,
        starters=_words(
            "ten ta to te ci on ona ono oni one my ja w we na z ze do od po za przy przed dla o jak ale i a jednak "
            "gdy kiedy jeśli jego jej ich także według potem następnie dziś teraz tam nie czy co kto"
        ),
        conjunctions=_words("i ale a że bo ponieważ który która które którzy gdy oraz lub jednak aby jeśli"),
    ),
    "ps": SentenceTraits(conjunctions=_words("او خو چې ځکه که یا بلکې کله هغه")),
    "pt": SentenceTraits(
        titles=_words("st ste sr sra srs sras srta dr dra drs prof profa eng gen cel cap exmo exma st sto sta pe"),
        abbreviations=_words("av ltda cia s.a eua ed p.ex máx mín aprox lda"),
        counted=_words("séc sécs nº n núm p pág págs art arts cap vol tel fig jan fev mar abr jun jul ago set out nov dez r"),
        starters=_words(
            "o a os as um uma este esta isto esse essa isso ele ela eles elas eu nós seu sua em no na nos nas de do da "
            "ao à com por para segundo quando se mas e ou enquanto depois antes como embora também não após hoje "
            "ontem entre há é foi"
        ),
        conjunctions=_words("e mas que porque quando enquanto onde ou se embora pois cujo quem"),
    ),
    "ro": SentenceTraits(
        titles=_words("dl dna d-na d-lui dr prof ing conf lect gen col sf acad av pr"),
        abbreviations=_words("str bd dvs ex aprox cca mil mld jud"),
        counted=_words("nr art pag alin lit vol tel fig cap p ian feb mar apr iun iul aug sept oct noi dec"),
        starters=_words(
            "el ea ei ele eu noi acest această acesta aceasta aceste în la de din pe cu pentru după înainte când dacă "
            "dar și însă iar potrivit conform un o nu este a au"
        ),
        conjunctions=_words("și dar iar că care deoarece când unde sau însă dacă pentru"),
    ),
    "ru": SentenceTraits(
        closing=_words("н.э т.д т.п гг вв"),
        titles=_words("гг г-н г-жа им проф акад доц ген св тов гр"),
        abbreviations=_words(
            "т.е т.к т.н т.п т.д ул пр просп пл пер пос р-н обл напр см ср корп оф кап зав зам млн млрд тыс"
        ),
        counted=_words("стр с рис табл гл ст п пп тел кв корп д кн т ч вып изд ок янв февр апр авг сент окт нояб дек"),
        starters=_words(
            "он она оно они мы вы я это этот эта эти тот та те то его её их в во на по с со из от для за при после до "
            "но и а однако когда если как что кто где так также по-прежнему сейчас потом затем тогда там здесь "
            "сегодня вчера не у о об все"
        ),
        conjunctions=_words("и но а что потому который которая которое которые когда если чтобы однако или так"),
    ),
    "sk": SentenceTraits(
        titles=_words("dr prof doc ing mgr bc judr mudr phdr rndr gen plk pplk mjr kpt sv arch"),
        abbreviations=_words("napr tzv tj resp príp popr ul nám max min zb hl"),
        counted=_words("č čís str s tel obr tab kap ods zák cca kl"),
        ordinals=True,
        starters=_words(
            "ten tá to tí tento táto on ona ono oni my ja v vo na od do po za s so pre pri podľa ale a potom keď ak "
            "však jeho jej ich tiež už dnes tam ako preto"
        ),
        conjunctions=_words("a ale že pretože keď ktorý ktorá ktoré ktorí zatiaľ alebo však aby ak"),
    ),
    "sl": SentenceTraits(
        titles=_words("ga gdč dr prof mag inž sv gen doc akad"),
        abbreviations=_words("npr oz t.i tj ul min maks prim gl"),
        counted=_words("št str tel ur čl sl tab pogl let st"),
        ordinals=True,
        starters=_words(
            "ta to ti on ona oni mi jaz v na od do po za z s pri pred ko če ampak in a pa vendar tudi zato nato po je"
        ),
        conjunctions=_words("in ampak da ker ko ki ali vendar pa če medtem saj"),
    ),
    "sq": SentenceTraits(
        titles=_words("znj zonja dr prof ing gjen sh shën"),
        abbreviations=_words("p.sh dmth rr"),
        counted=_words("nr f fq tel art"),
        starters=_words("ai ajo ata ato ne unë kjo ky këto në nga për me por dhe kur nëse pas sipas edhe një"),
        conjunctions=_words("dhe por se që sepse kur ose ndërsa nëse"),
    ),
    "sr": SentenceTraits(
        closing=_words("н.е n.e"),
        titles=_words("гђа гђица др проф мр инж ген св gđa gđica dr prof mr inž gen sv"),
        abbreviations=_words("нпр тзв тј ул npr tzv tj ul tzv"),
        counted=_words("бр стр чл тел сл одн br str čl tel sl"),
        ordinals=True,
        starters=_words(
            "он она оно они ми ја то тај та ти ово овај у на од до по за с са при пре после али и а када ако међутим "
            "такође on ona ono oni mi ja to taj ovo ovaj u na od do po za s sa pri pre posle ali i kada ako međutim"
        ),
        conjunctions=_words(
            "и али а да јер који која које када ако или док међутим i ali da jer koji koja koje kada ako ili dok"
        ),
    ),
    "sv": SentenceTraits(
        closing=_words("m.m m.fl f.kr e.kr"),
        titles=_words("st ste dr prof hr fr adv"),
        abbreviations=_words("t.ex bl.a d.v.s dvs m.m m.fl f.d f.n p.g.a tel jfr resp ung st inkl exkl milj mdr"),
        counted=_NORDIC_COUNTED,
        starters=_words(
            "den det de han hon vi jag en ett i på för med efter men och då när om här där detta denna dessa enligt"
        ),
        conjunctions=_words("och men att eftersom som när medan där eller om fast utan"),
    ),
    "sw": SentenceTraits(
        titles=_words("bw bi dk dkt dr prof mh mhe"),
        abbreviations=_words("n.k k.m k.v"),
        counted=_words("uk na tel sh tsh ksh"),
        starters=_words("hii hiyo huyo yeye wao sisi mimi katika kwa lakini na baada kabla wakati ikiwa pia hata"),
        conjunctions=_words("na lakini kwamba kwa ambaye ambao wakati au ingawa kama"),
    ),
    "th": SentenceTraits(
        stops="!?",
        openers=(
            "อย่างไรก็ตาม", "อย่างไรก็ดี", "นอกจากนี้", "นอกจากนั้น", "ทั้งนี้", "ขณะเดียวกัน", "ในขณะเดียวกัน",
            "ในขณะที่", "ดังนั้น", "ต่อมา", "จากนั้น", "หลังจากนั้น", "ก่อนหน้านี้", "ล่าสุด", "เพราะฉะนั้น", "สำหรับ",
            "ส่วน", "ด้านนาย", "ด้านนาง", "เมื่อวันที่", "เขา", "เธอ", "พวกเขา", "นาย", "นาง",
        ),
        enders=("กล่าว", "แถลง", "ครับ", "ค่ะ", "คะ", "แล้ว", "ด้วย", "เท่านั้น"),
        conjunctions=_words("และ แต่ ที่ ซึ่ง โดย เพราะ เนื่องจาก หรือ เมื่อ เพื่อ ขณะที่ ทำให้ ว่า กับ ของ ใน จาก เป็น ให้"),
    ),
    "tl": SentenceTraits(
        titles=_words("gng bb bg dr dra prof sen rep gob atty engr hen mr mrs ms"),
        abbreviations=_words("hal blg st jr sr inc corp"),
        counted=_words("no blg p vol"),
        starters=_words("ang ang si sina siya sila kami tayo ako ito iyon sa ng ngunit subalit at kung nang ayon hindi"),
        conjunctions=_words("at ngunit pero subalit dahil na kung habang o upang"),
    ),
    "tr": SentenceTraits(
        titles=_words("dr prof doç yrd av op uzm sn alb gen org tuğg yzb müh hz"),
        abbreviations=_words("bkz örn cad sok mah apt bul a.ş ltd şti vs yay"),
        counted=_words("no s sf tel yy md ca bl"),
        ordinals=True,
        starters=_words(
            "bu o şu onlar biz ben siz bir ama fakat ancak ve ayrıca daha sonra şimdi bugün dün eğer çünkü ise onun "
            "bunun bunlar böyle her hiç"
        ),
        conjunctions=_words("ve ama fakat ancak çünkü ki veya eğer ise oysa"),
    ),
    "ug": SentenceTraits(conjunctions=_words("ۋە لېكىن ئەمما ياكى چۈنكى ئەگەر بىلەن ھەمدە")),
    "uk": SentenceTraits(
        closing=_words("н.е т.д т.п рр ст.ст"),
        titles=_words("рр ім проф акад доц ген св тов гр"),
        abbreviations=_words("т.е т.к т.д напр див вул просп пл пров смт обл р-н корп млн млрд тис"),
        counted=_words("стор с рис табл гл ст п пп тел кв буд кн т ч вип вид"),
        starters=_words(
            "він вона воно вони ми ви я це цей ця ці той та те то його її їх у в на по з із зі від для за при після до "
            "але і й а однак коли якщо як що хто де так також зараз потім тоді там тут сьогодні не усі"
        ),
        conjunctions=_words("і й та але а що тому який яка яке які коли якщо щоб однак або"),
    ),
    "ur": SentenceTraits(
        titles=_words("ڈبلیو"),
        starters=_words("وہ یہ اس ان انہوں انھوں اسے انہیں پھر لیکن اور تاہم جبکہ ہم میں"),
        letters=_words("اے بی سی ڈی ای ایف جی ایچ آئی جے کے ایل ایم این او پی کیو آر ایس ٹی یو وی ایکس وائی زیڈ زی"),
        words_too=_words("آئی جی کے او ای"),
        conjunctions=_words("اور لیکن کہ کیونکہ جو جس جب تاہم یا اگر مگر جبکہ بلکہ"),
    ),
    "vi": SentenceTraits(
        titles=_words("tp ts ths gs pgs bs ks tt"),
        abbreviations=_words("vd đ.c tr.cn"),
        closing=_words("v.v"),
        counted=_words("số tr q p đt"),
        starters=_words(
            "ông bà anh chị họ nó chúng tôi đây đó này trong theo với khi nếu nhưng và tuy sau trước các những một "
            "tại từ để ngoài hiện"
        ),
        conjunctions=_words("và nhưng vì rằng mà khi nếu hoặc do tuy"),
    ),
    "zh": _CHINESE,
    "zt": _CHINESE,
}  # fmt: skip
"""Sentence traits of the listed languages."""

_NEUTRAL = SentenceTraits()


def sentence_traits_of(code: str) -> SentenceTraits:
    """Return the sentence traits of a language; an unlisted code gets neutral ones."""
    return SENTENCE_TRAITS.get(code, _NEUTRAL)
