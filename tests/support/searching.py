"""Articles to be found, what finds them, and a server for the site that they are in."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from generator.model import Article, Digest, Document, Repair, Segment, Sentence, Translation
from generator.translate.memory import Memory

ROOT = Path(__file__).parents[2]

STAYS = "000_5eb26117233ace39"

READY = "003_3833091f4ec1012b"

BOTH = {STAYS, READY}


def translation_of(seed: Path) -> Translation:
    """Return a seed with its reviewed translation, as the generator would."""
    text = seed.read_text(encoding="utf-8")
    reviewed = Memory.load(ROOT / "memory", "ar", "en").exact
    sources = sorted((source for source in reviewed if source in text), key=text.index)
    sentences = []
    for source in sources:
        start = text.index(source)
        glued = source.find("العراقوسوريا")
        repairs = (Repair(glued, glued + 12, "العراق وسوريا"),) if glued >= 0 else ()
        sentences.append(Sentence(source, 0, start, start + len(source), "ar", repairs))
    segments = tuple(Segment(source, reviewed[source], "reviewed") for source in sources)
    document = Document(Article(seed.name, seed.stem, (text,)), "ar", 1.0, tuple(sentences))
    return Translation(Digest(document, (0,), (1.0,) * len(sources)), "en", segments[0], segments)


def article(slug: str, text: str, published: str | None = None, language: str = "ar") -> Translation:
    """Return an untranslated article of one sentence."""
    document = Document(
        Article(f"{slug}.txt", slug, (text,), published=published),
        language,
        1.0,
        (Sentence(text, 0, 0, len(text), language),),
    )
    segment = Segment(text, None, "none")
    return Translation(Digest(document, (0,), (1.0,)), "en", segment, (segment,))


@contextmanager
def served(site: Path) -> Iterator[str]:
    handler = functools.partial(QuietHandler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


FINDS = {
    "ليبيا": BOTH,
    "الليبية": BOTH,
    "لليبيا": BOTH,
    "ليبيين": BOTH,
    "حكومة": BOTH,
    "والحكومة": BOTH,
    "للحكومة": BOTH,
    "حكومات": BOTH,
    "العراق": BOTH,
    "بالعراق": BOTH,
    "الامن": BOTH,
    "امن": BOTH,
    "أمن": BOTH,
    "متمسك": {STAYS},
    "ألمانيا": {STAYS},
    "المانيا": {STAYS},
    "الالتزام": {READY},
    "سوريا": BOTH,
    "كوبلر": {STAYS},
    "راسموسن": {READY},
    "government": BOTH,
    "governments": BOTH,
    "Libyan": BOTH,
    "Libya": BOTH,
    "commit": {STAYS},
    "summit": {READY},
    "٢٠١١": BOTH,
    "2011": BOTH,
    "Kobler ليبيا": {STAYS},
    "kobler rasmussen": BOTH,
    "زقزوقلوط": set(),
    "xyzzyplugh": set(),
    "饕餮": set(),
    "؟!": set(),
    "": set(),
    "constructor": set(),
    "__proto__": set(),
}
