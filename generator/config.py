"""Settings, from `mkdocs.yml` under `extra: digest:`; every mistake is reported, all together.

What a digest does not choose is decided in the class `Settings` and nowhere else.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

import yaml

from generator.languages import LANGUAGES
from generator.model import DigestError
from generator.theme.interface_strings import interface_languages
from generator.theme.own_strings import yaml_fault

Quality = Literal["fast", "balanced", "best"]
"""How hard an engine searches: fast (greedy), balanced (beam 2) or best (beam 4)."""

Cut = Literal["month", "language"]
"""What the articles of one part of a site have in common."""

Device = Literal["auto", "cpu", "cuda"]
"""Where models run; auto: on a GPU if there is one."""

ComputeType = Literal[
    "default", "auto", "int8", "int8_float32", "int8_float16", "int8_bfloat16", "int16", "float16", "bfloat16",
    "float32",
]  # fmt: skip
"""Numbers that models are computed in, as CTranslate2 calls them; default: those that a model is stored in."""


@dataclass(frozen=True, slots=True)
class Hardware:
    """What a digest wants of the machine that runs its models."""

    device: Device = "auto"
    compute_type: ComputeType = "default"
    threads: int | None = None
    """Cores to use; None for all."""


@dataclass(frozen=True, slots=True)
class Source:
    """A feed, or a site that names one, and what of it is wanted."""

    url: str
    name: str = ""
    """What its articles name as their publisher; the feed's own title where nothing is said."""
    full_text: bool = False
    """Whether the pages of its entries are fetched."""
    words: tuple[str, ...] = ()
    """One of these must be in headline or text, where any is given."""
    exclude: tuple[str, ...] = ()
    """None of these may be in headline, text or address."""
    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    """What its articles are about, beside what they say themselves."""
    max_age: int = 0
    """Days since it was published after which an entry is not taken any more; 0 for any age."""
    keep: int = 0
    """Days after which an article is in the archive alone; 0 for never."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a user may choose; paths are absolute once a digest is loaded."""

    root: Path = Path()
    """The folder of `mkdocs.yml`."""
    docs: Path = Path("docs")
    seeds: Path = Path("seeds")
    memory: Path = Path("memory")
    target: str = "en"
    """The language that everything is translated into."""
    interfaces: tuple[str, ...] = ()
    """Languages that all articles have pages in, besides the target and each article's own."""
    summary_share: float = 0.2
    """The part of an article's sentences that its summary holds."""
    summary_least: int = 3
    summary_most: int = 6
    headline_length: int = 90
    """In characters, at most, for headlines that are derived."""
    quality: Quality = "balanced"
    processes: int | None = None
    """How many may read articles and make pages at a time; None for as many as there are cores."""
    model: Path | None = None
    """The model's folder, for the ctranslate2 engine; None for Argos packages."""
    hardware: Hardware = Hardware()
    """What runs the models; where `mkdocs.yml` is silent, Argos Translate's own variables count."""
    reviewers: bool = False
    """Whether pages name who reviewed a translation."""
    report: str = field(default="", repr=False)
    """Where readers propose better translations; the theme alone reads it, so that no page hangs on it."""
    site_url: str = ""
    """Where the site will stand, as MkDocs knows it; empty where that is not said."""
    site_names: tuple[tuple[str, str], ...] = ()
    """The site's name in other languages than `site_name` is in."""
    site_name: str = ""
    pages_names: bool = True
    """Whether names have pages, and articles lead to them; likewise the next three."""
    pages_topics: bool = True
    pages_stories: bool = True
    pages_book: bool = True
    parts: Cut | None = field(default=None, repr=False)
    """How the site is divided when it is built, which changes nothing that a run makes."""
    sources: tuple[Source, ...] = field(default=(), repr=False)
    """What `digest fetch` asks; no part of its `repr`, by which runs know whether settings changed."""

    @classmethod
    def default(cls) -> Settings:
        """Return the settings of a digest in the current folder that chooses nothing.

        Raises `DigestError` for a variable of the environment that cannot be used.
        """
        given, mistakes = _environment()
        if mistakes:
            raise DigestError("\n".join(mistakes))
        return _settings(Path.cwd(), given)

    @property
    def lock(self) -> Path:
        """Where the hashes of the models stand that this digest trusts."""
        return self.root / "models.lock"

    def name_in(self, language: str) -> str:
        """Return the site's name in a language, as its pages say it."""
        return dict(self.site_names).get(language, self.site_name)

    @property
    def strings(self) -> Path:
        """Where the digest's own words for the interface stand, a file for each language."""
        return self.root / "strings"

    @property
    def cache(self) -> Path:
        """Where a run remembers what it did; safe to delete."""
        return self.root / ".cache" / "digest"


DEFAULTS = Settings()


class _AnyTagLoader(yaml.SafeLoader):
    """Reads a MkDocs configuration without running the Python objects that its tags name."""


_AnyTagLoader.add_multi_constructor("", lambda loader, suffix, node: None)

_Check = Callable[[Any], object]
"""True, or something like it, for a value that can be used."""


class Setting(NamedTuple):
    """What a digest may choose: the settings are read, checked and documented by these."""

    check: _Check
    allowed: str
    """What it must be, in words."""
    default: str
    """What it is where nothing is said: as YAML, or in words within brackets."""
    tells: str
    """One sentence on what it does."""


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _is_count(value: object) -> bool:
    return type(value) is int and value >= 1  # not a bool, which is an int, too


def _is_share(value: Any) -> bool:
    return type(value) in (int, float) and 0 < value <= 1


def _days(value: object) -> int | None:
    """Return how many days `90 days`, `6 weeks`, `3 months`, `1 year` or 90 are; None for anything else."""
    found = re.fullmatch(r"\s*(\d{1,5})\s*(?:(day|week|month|year)s?)?\s*", str(value))
    length = {"week": 7, "month": 30, "year": 365}
    return int(found[1]) * length.get(found[2] or "day", 1) if found and type(value) in (int, str) else None


def _is_time(value: object) -> bool:
    return _days(value) is not None


def _is_words(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_name, value))


_REPORT = re.compile(r"mailto:[^\s@?&,]+@[^\s@?&,]+(\?\S*)?|https://[^/?\s]+([/?]\S*)?", re.IGNORECASE)


def _is_switch(value: object) -> bool:
    return isinstance(value, bool)


SOURCE_SETTINGS: dict[str, Setting] = {
    "url": Setting(
        lambda value: isinstance(value, str) and re.match(r"https?://[^/\s]", value) is not None,
        "a web address",
        "(none; it must be given)",
        "The address of a feed, or of a page that names one.",
    ),
    "name": Setting(_is_name, "a name", "(the feed's title)", "What its articles name as their publisher."),
    "full_text": Setting(_is_switch, "true or false", "false", "Whether the pages of its entries are fetched."),
    "words": Setting(
        _is_words, "a list of words", "[]", "One of these must be in headline or text, where any is given."
    ),
    "exclude": Setting(
        _is_words, "a list of words", "[]", "None of these may be in headline, text or address."
    ),
    "languages": Setting(
        lambda value: _is_words(value) and all(code in LANGUAGES for code in value),
        "a list of language codes such as [ar, zh]",
        "[]",
        "Only entries in these languages are taken, where any is given.",
    ),
    "topics": Setting(_is_words, "a list of words", "[]", "What its articles are about, beside what they say."),
    "max_age": Setting(
        _is_time, "a time such as 30 days", "0", "Entries published longer ago are not taken; 0 for any age."
    ),
    "keep": Setting(
        _is_time,
        "a time such as 90 days",
        "0",
        "Articles older than this are in the archive only; 0: never.",
    ),
}
"""What an item of `extra.digest.sources` may say; an address alone is its `url`."""


def _source_mistakes(given: object) -> Iterator[tuple[str, str]]:
    """Return what is wrong with the sources, by number."""
    for number, source in enumerate(given if isinstance(given, list) else [given], 1):
        options = {"url": source} if isinstance(source, str) and isinstance(given, list) else source
        if not isinstance(options, dict) or "url" not in options:
            yield ".sources", f"item {number} must be a feed's address, or a mapping with its `url`"
            continue
        for name, value in options.items():
            place, rule = f".sources item {number}: {name}", SOURCE_SETTINGS.get(name)
            if not rule:
                yield place, f"is no setting; there are {', '.join(SOURCE_SETTINGS)}"
            elif not rule.check(value):
                yield place, f"is {value!r} but must be {rule.allowed}"


def _source(given: str | dict[str, Any]) -> Source:
    options: dict[str, Any] = {"url": given} if isinstance(given, str) else dict(given)
    for name, value in options.items():
        if name in ("max_age", "keep"):
            options[name] = _days(value)
        elif isinstance(value, list):
            options[name] = tuple(value)
    return Source(**options)


SETTINGS: dict[str, Setting] = {
    "target": Setting(
        lambda value: _is_name(value) and value in LANGUAGES,
        "a language code such as en",
        "en",
        "The language that everything is translated into.",
    ),
    "interfaces": Setting(
        _is_words,
        f"a list of languages that the interface speaks: {', '.join(sorted(interface_languages()))}",
        "[]",
        "Languages in which all pages stand, beside the target and those of the articles.",
    ),
    "seeds": Setting(_is_name, "a folder", "seeds", "Where the articles lie, as they came."),
    "memory": Setting(_is_name, "a folder", "memory", "Where reviewed translations and glossaries lie."),
    "summary.share": Setting(
        _is_share, "a number above 0, at most 1", "0.2", "The part of an article's sentences in its summary."
    ),
    "summary.least": Setting(_is_count, "a whole number from 1", "3", "Sentences of a summary, at least."),
    "summary.most": Setting(_is_count, "a whole number from 1", "6", "Sentences of a summary, at most."),
    "headline.length": Setting(
        lambda value: _is_count(value) and value >= 20,
        "a whole number from 20",
        "90",
        "Characters, at most, of the headline of an article that has none of its own.",
    ),
    "pages.names": Setting(_is_switch, "true or false", "true", "Whether there are pages for names."),
    "pages.topics": Setting(_is_switch, "true or false", "true", "Whether there are pages for topics."),
    "pages.stories": Setting(
        _is_switch, "true or false", "true", "Whether articles about one event become a story with a page."
    ),
    "pages.book": Setting(_is_switch, "true or false", "true", "Whether there is a book (EPUB) to download."),
    "quality": Setting(
        lambda value: value in get_args(Quality),
        "fast, balanced or best",
        "balanced",
        "How hard machines search for a translation: with 1, 2 or 4 hypotheses at a time.",
    ),
    "processes": Setting(
        _is_count,
        "a whole number from 1",
        "(as many as there are cores)",
        "How many processes read articles and make pages.",
    ),
    "reviewers": Setting(
        _is_switch, "true or false", "false", "Whether pages name who reviewed a translation."
    ),
    "parts": Setting(
        lambda value: value in get_args(Cut),
        "month or language",
        "(none)",
        "How `mkdocs build` divides a large site, to make its parts side by side; pages do not differ.",
    ),
    "report": Setting(
        lambda value: isinstance(value, str) and _REPORT.fullmatch(value) is not None,
        "an address such as mailto:desk@example.org or https://example.org/report",
        "(the page's source, else an issue, where repo_url says)",
        "Where readers report a translation; {article}, {sentence} and the like in it are filled in.",
    ),
    "engine.type": Setting(
        lambda value: value in ("argos", "ctranslate2"),
        "argos or ctranslate2",
        "argos",
        "What translates: Argos models, or one model of CTranslate2.",
    ),
    "engine.path": Setting(
        _is_name,
        "the folder of a CTranslate2 model",
        "(none)",
        "The model's folder, where `engine.type` is ctranslate2.",
    ),
    "engine.device": Setting(
        lambda value: value in get_args(Device),
        "auto, cpu or cuda",
        "auto",
        "Where models run; auto is a GPU where there is one.",
    ),
    "engine.compute_type": Setting(
        lambda value: value in get_args(ComputeType),
        " or ".join(get_args(ComputeType)),
        "default",
        "The numbers that models are computed in; default is those that they are stored in.",
    ),
    "engine.threads": Setting(
        _is_count, "a whole number from 1", "(as many as there are cores)", "Cores that translate."
    ),
}
"""All of `extra.digest` but `sources`, by dotted names."""

_OF_ARGOS = {"ARGOS_DEVICE_TYPE": "engine.device", "ARGOS_COMPUTE_TYPE": "engine.compute_type"}
"""Variables of Argos Translate that mean the same as a setting of ours, which goes first."""
_THREADS_OF_ARGOS = ("ARGOS_INTER_THREADS", "ARGOS_INTRA_THREADS")
"""Sentences at a time, and cores for each: here one core decodes each, so that their product is what counts."""


def load(file: Path) -> Settings:
    """Read the settings of the digest that `file`, a `mkdocs.yml`, describes.

    Raises `DigestError` with one line for each mistake.
    """
    whole = _yaml(file)
    extra = whole.get("extra")
    given = extra.get("digest") if isinstance(extra, dict) else None
    values = dict(_flatten(given)) if isinstance(given, dict) else {}
    sources = values.pop("sources", None) or []
    mistakes = [] if given is None or isinstance(given, dict) else [("", f"is {given!r} but must be a mapping")]
    mistakes += _mistakes(values) or _contradictions(values, file.parent / "strings")
    mistakes += _source_mistakes(sources)
    from_environment, faults = _environment()
    faults += [f"{file}: extra.digest{name} {text}" for name, text in mistakes]
    faults += [f"{file}: {text}" for text in _name_mistakes(extra)]
    if faults:
        raise DigestError("\n".join(faults))
    settings = _settings(file.parent.absolute(), from_environment | values)
    names = (extra.get("names") if isinstance(extra, dict) else None) or {}
    address = str(whole.get("site_url"))
    return replace(
        settings,
        docs=settings.root / str(whole.get("docs_dir") or DEFAULTS.docs),
        site_url=address if re.match(r"https?://[^/\s]", address) else "",  # MkDocs says what is wrong with it
        site_name=str(whole.get("site_name") or ""),
        sources=tuple(map(_source, sources)),
        site_names=tuple((str(code), str(name)) for code, name in names.items()),
    )


def _name_mistakes(extra: object) -> list[str]:
    """Return what is wrong with the site's names in other languages."""
    if extra is not None and not isinstance(extra, dict):
        return [f"extra is {extra!r} but must be a mapping"]
    names = extra.get("names") if extra else None
    if names is None or isinstance(names, dict):
        return [
            f"extra.names.{code} is {name!r} but must be a name, under a language code such as ar"
            for code, name in (names or {}).items()
            if code not in LANGUAGES or not _is_name(name)
        ]
    return [f"extra.names is {names!r} but must be a mapping, such as {{ar: NAME}}"]


def _yaml(file: Path) -> dict[str, Any]:
    try:
        whole = yaml.load(file.read_bytes(), Loader=_AnyTagLoader)  # noqa: S506 (a SafeLoader)
    except OSError as error:
        raise DigestError(
            f"{file}: cannot be read ({error.strerror}); run in the digest's folder or name its mkdocs.yml "
            "with --config-file"
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # a day that no month has, say
        raise DigestError(f"{file}: {yaml_fault(error)}") from error
    if not isinstance(whole, dict):
        raise DigestError(f"{file}: holds no settings; a MkDocs configuration belongs there")
    return whole


def _flatten(given: dict[Any, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in given.items():
        if isinstance(value, dict):
            yield from ((f"{name}.{inner}", deep) for inner, deep in value.items())
        else:
            yield str(name), value


def _mistakes(values: dict[str, Any]) -> list[tuple[str, str]]:
    return [(f".{name}", why) for name, value in values.items() if (why := _mistake(name, value))]


def _mistake(name: str, value: object) -> str:
    """Return what is wrong with a setting; nothing where it can be used."""
    if rule := SETTINGS.get(name):
        return "" if rule.check(value) else f"is {value!r} but must be {rule.allowed}"
    if inner := [each.removeprefix(f"{name}.") for each in SETTINGS if each.startswith(f"{name}.")]:
        return f"is {value!r} but must be a mapping; in it may be {', '.join(inner)}"
    group = f"{name.partition('.')[0]}."
    near = [each for each in SETTINGS if each.startswith(group)] if "." in name else []
    return f"is no setting; there are {', '.join(near or [*SETTINGS, 'sources'])}"


def _environment() -> tuple[dict[str, Any], list[str]]:
    """Return the settings that the environment names, and a line for each that is none."""
    found: dict[str, Any] = {}
    mistakes = []
    for variable, name in _OF_ARGOS.items():
        if value := os.environ.get(variable, "").strip().lower():  # CTranslate2 takes CUDA, too
            found[name] = value
            rule = SETTINGS[name]
            mistakes += [] if rule.check(value) else [f"{variable}: is {value!r} but must be {rule.allowed}"]
    threads = 1
    for variable in _THREADS_OF_ARGOS:
        value = os.environ.get(variable, "").strip() or "0"  # as many as there are
        if not value.isdecimal():
            mistakes.append(f"{variable}: is {value!r} but must be a whole number")
        elif int(value):
            threads *= int(value)
            found["engine.threads"] = threads
    return found, mistakes


def _contradictions(values: dict[str, Any], strings: Path) -> list[tuple[str, str]]:
    """Return what is wrong with settings beside others, and beside the digest's own strings."""
    found = []
    spoken = interface_languages() | {each.stem for each in strings.glob("*.yml")}
    if not spoken.issuperset(named := values.get("interfaces", ())):
        found.append((".interfaces", f"is {named!r} but must be {SETTINGS['interfaces'].allowed}"))
    least = values.get("summary.least", DEFAULTS.summary_least)
    if least > values.get("summary.most", DEFAULTS.summary_most):
        found.append((".summary.least", "is greater than extra.digest.summary.most; lower it"))
    if values.get("engine.type") == "ctranslate2" and "engine.path" not in values:
        found.append((".engine.path", "is missing; the ctranslate2 engine needs its model's folder"))
    return found


def _settings(root: Path, values: dict[str, Any]) -> Settings:
    chosen = {name.replace(".", "_"): value for name, value in values.items() if not name.startswith("engine.")}
    settings = replace(DEFAULTS, root=root, **chosen)
    model = values.get("engine.path") if values.get("engine.type") == "ctranslate2" else None
    names = [each.name for each in fields(Hardware)]
    return replace(
        settings,
        interfaces=tuple(sorted({*settings.interfaces} - {settings.target})),
        docs=root / settings.docs,
        seeds=root / settings.seeds,
        memory=root / settings.memory,
        model=root / model if model else None,
        hardware=Hardware(**{name: values[key] for name in names if (key := f"engine.{name}") in values}),
    )
