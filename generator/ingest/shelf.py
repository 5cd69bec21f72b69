"""The seeds that came from somewhere else: how they are named, tried and noted, and which are there already.

What is noted in a seed's sidecar tells later runs that an address, an entry of a feed or a text is known.
"""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from generator.download import parse_address
from generator.ingest import read_seed
from generator.ingest.raw_article import short_hash
from generator.ingest.readers import READERS
from generator.ingest.seeds import SIDECARS
from generator.model import Article, DigestError
from generator.storage.files import write_file

Notes = dict[str, object]
"""What a sidecar says."""

TRACKING = re.compile(
    r"(utm|mtm|pk|hsa|at|ns|ga|wt)_\w+|(fb|g|d|tw|tt|y)cl(id|src)|msclkid|[gw]braid|igshid|mc_[ce]id|_hsenc|"
    r"_hsmi|mkt_tok|oly_\w+_id|vero_id|s_cid|xtor|ref_?src|cmpid|echobox|:~:text",
    re.IGNORECASE,
)
"""Names of parameters, and beginnings of fragments, that tell a site who came from where and nothing else."""
LEAST_TEXT = 300
"""Letters and digits of a text by which alone an article is known: shorter ones are formulas too often."""
LEAST_SHARED = 0.5
"""The part of a headline's runs of four letters that must be in a page that is of the same article."""


def without_tracking(url: str) -> str:
    """Return an address without what is there only to follow readers about."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not TRACKING.fullmatch(name)]
    query = parts.query if len(kept) == len(pairs) else urlencode(kept)
    fragment = "" if TRACKING.match(parts.fragment) else parts.fragment
    return urlunsplit((*parts[:3], query, fragment))


def address_key(url: object) -> str:
    """Return what all forms of an article's address have in common; nothing for the address of a whole site.

    Forms differ in the protocol, in `www.`, in a slash at the end and in what follows readers about.
    """
    try:
        parts = urlsplit(without_tracking(parse_address(str(url)).url))
    except (DigestError, ValueError):
        return ""
    path = unicodedata.normalize("NFC", unquote(parts.path)).rstrip("/")
    rest = "".join(
        mark + text for mark, text in (("?", parts.query), ("#", parts.fragment)) if text and text != "0"
    )
    return f"{parts.netloc.removeprefix('www.')}{path}{rest}" if path or rest else ""


def text_key(article: Article) -> str:
    """Return what stands for an article's text whatever its marks and blanks; nothing for a short one."""
    letters = "".join(char for text in article.paragraphs for char in text.casefold() if char.isalnum())
    return f"text:{short_hash(letters)}" if len(letters) >= LEAST_TEXT else ""


def is_about(article: Article, headline: str | None) -> bool:
    """Return whether an article is one with such a headline, and not a notice that was sent instead."""
    wanted, found = (
        _runs(text) for text in (headline or "", "\n".join([article.title or "", *article.paragraphs]))
    )
    return len(wanted & found) >= len(wanted) * LEAST_SHARED


def _runs(text: str) -> set[str]:
    letters = "".join(filter(str.isalnum, text.casefold()))
    return {letters[start : start + 4] for start in range(len(letters) - 3)}


def stem_of(url: str) -> str:
    """Name the seed of an address: its words, and a hash that tells it from others with the same words."""
    host, page = parse_address(url).host, PurePosixPath(unquote(urlsplit(url).path))
    return named_by(f"{host}/{page.with_suffix('') if page.name else page}", url.partition("#")[0])


def named_by(words: str, identity: str) -> str:
    """Return a name of these words, and a hash of what it stands for."""
    words = re.sub(r"[\W_]+", "-", words).strip("-")
    cut = unicodedata.normalize("NFC", words.lower()).encode()[:60].decode("utf-8", "ignore").rstrip("-")
    return f"{cut.removeprefix('www-')}-{content_sum(identity.encode('utf-8', 'replace'))[:8]}".lstrip("-")


def tried(contents: Mapping[str, bytes]) -> Sequence[Article]:
    """Read a seed, the first file, in a place of its own; raises `DigestError` if that is impossible."""
    with tempfile.TemporaryDirectory() as scratch:
        trial = Path(scratch) / "seeds"
        trial.mkdir()
        for name, content in contents.items():
            (trial / name).write_bytes(content)
        return read_seed(trial / next(iter(contents)), trial)


def load_notes(sidecar: Path) -> Notes:
    """Return what a sidecar says, nothing where there is none; raises `DigestError` for one that is no YAML."""
    import yaml

    try:
        known = yaml.load(sidecar.read_bytes(), getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506
    except FileNotFoundError:
        return {}
    except (OSError, yaml.YAMLError) as error:
        raise DigestError(f"{sidecar}: cannot be read as YAML; mend or delete it") from error
    return known if isinstance(known, dict) else {}


def dump_notes(known: Mapping[str, object]) -> bytes:
    """Return a sidecar that says this."""
    import yaml

    return bytes(yaml.safe_dump(dict(known), allow_unicode=True, sort_keys=False, encoding="utf-8"))


def content_sum(content: bytes) -> str:
    """Return the SHA-256 by which a seed is known to be as it was fetched, in hexadecimal."""
    return sha256(content).hexdigest()


def known_as(notes: Mapping[str, object]) -> list[str]:
    """Return the keys by which a sidecar knows its article."""
    keys = notes.get("known_as")
    noted = [str(key) for key in keys] if isinstance(keys, list) else []
    return [*noted, *filter(None, [address_key(notes.get("url"))])]


@dataclass
class Shelf:
    """The seeds folder, by what is noted of each seed."""

    seeds: Path
    notes: dict[Path, Notes] = field(default_factory=dict)
    """What each sidecar says."""
    _places: dict[str, list[Path]] = field(default_factory=dict)
    """The sidecars that know each key; one alone, but for texts."""

    def __post_init__(self) -> None:
        """Read every sidecar; one that cannot be read knows nothing."""
        for suffix in SIDECARS:
            for sidecar in sorted(self.seeds.rglob(f"*{suffix}")):
                try:
                    self._remember(sidecar, load_notes(sidecar))
                except DigestError:  # digest generate says so
                    continue

    def find(self, keys: Iterable[str]) -> Path | None:
        """Return the sidecar of the seed that is known by one of the keys, the first that any is known by."""
        return next(self.find_all(keys), None)

    def find_all(self, keys: Iterable[str]) -> Iterator[Path]:
        """Return the sidecars of all seeds that are known by one of the keys."""
        found = (sidecar for key in keys for sidecar in self._places.get(key, ()))
        yield from (sidecar for sidecar in found if seed_beside(sidecar))

    def find_text(self, key: str, feed: str) -> Path | None:
        """Return the sidecar of the one seed with this text, if it did not come from this feed.

        What a feed says twice, or stands in several seeds, is a notice and no article.
        """
        found = self._places.get(key, [])
        return self.find([key]) if len(found) == 1 and self.notes[found[0]].get("feed") != feed else None

    def put(self, seed: Path, content: bytes, notes: Notes) -> None:
        """Write a seed and what is noted of it; another form of the same seed goes."""
        sidecar = seed.with_suffix(SIDECARS[0])
        before = seed_beside(sidecar)
        if not (before == seed and seed.read_bytes() == content):
            write_file(seed, content)
        self.note(sidecar, notes)
        if before and before != seed:
            before.unlink()

    def note(self, sidecar: Path, notes: Notes) -> None:
        """Write a sidecar, if it says something new; comments that a person wrote into it stand at its top."""
        if not sidecar.is_file() or load_notes(sidecar) != notes:
            lines = sidecar.read_bytes().splitlines(keepends=True) if sidecar.is_file() else []
            comments = [line.rstrip() + b"\n" for line in lines if line.startswith(b"#")]
            write_file(sidecar, b"".join(comments) + dump_notes(notes))
        self._remember(sidecar, notes)

    def of_feed(self, feed: str) -> Iterator[Path]:
        """Return the sidecars of the seeds that came from a feed."""
        yield from [sidecar for sidecar, notes in self.notes.items() if notes.get("feed") == feed]

    def article(self, sidecar: Path) -> Article | None:
        """Return the one article that a sidecar describes, None where its seed gives none or several."""
        seed = seed_beside(sidecar)
        return article_in(seed.suffix, seed.read_bytes(), self.notes.get(sidecar, {})) if seed else None

    def _remember(self, sidecar: Path, notes: Notes) -> None:
        self.notes[sidecar] = notes
        for key in known_as(notes):
            places = self._places.setdefault(key, [])
            if sidecar not in places:
                places.append(sidecar)


def article_in(suffix: str, content: bytes, notes: Notes) -> Article | None:
    """Return the article in a seed, None where there is none, or none that can be read."""
    try:
        articles = tried({f"a{suffix}": content, **({"a.yml": dump_notes(notes)} if notes else {})})
    except DigestError:
        return None
    return articles[0] if len(articles) == 1 else None


def seed_beside(sidecar: Path) -> Path | None:
    """Return the seed that a sidecar describes, None where there is none."""
    whole = sidecar.with_suffix("")
    places = (*([whole] if whole.suffix in READERS else ()), *map(sidecar.with_suffix, READERS))
    return next((place for place in places if place.is_file()), None)


def is_edited(seed: Path, notes: Mapping[str, object]) -> bool:
    """Return whether a person changed a seed since it was fetched."""
    return "sha256" in notes and content_sum(seed.read_bytes()) != notes["sha256"]
