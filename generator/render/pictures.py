"""The digest at a glance: when its articles are from and what they are about, drawn as SVG with its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import quote

from generator.languages import language_of
from generator.render.escape import clean, direction, encode, encode_attribute, tag
from generator.render.html import instant
from generator.render.listed_article import Entry
from generator.render.strings import Words

MOST_BARS = 48
MOST_TOPICS = 12
_STEPS = (1, 3, 12, 60, 120, 1200)
"""Months that one bar may stand for."""


def glance(entries: Sequence[Entry], language: Words) -> list[str]:
    """Return the pictures that these articles are enough for, each with the same in words; else nothing."""
    pictures = [*_timeline(entries, language), *_topics(entries, language)]
    if not pictures:
        return []
    title = encode(language("glance.title"))
    return [
        "",
        '<section class="glance" aria-labelledby="glance">',
        f'<h2 id="glance">{title}</h2>',
        *pictures,
        "</section>",
    ]


def _timeline(entries: Sequence[Entry], language: Words) -> Iterator[str]:
    """Draw how many articles are from each stretch of time, the earliest first in reading direction."""
    moments = [moment for entry in entries if (moment := instant(entry.published))]
    months = Counter(12 * moment.year + moment.month - 1 for moment in moments)
    if len(months) < 2:
        return
    step = next((step for step in _STEPS if (max(months) - min(months)) // step < MOST_BARS), _STEPS[-1])
    first, last = min(months) // step, max(months) // step
    counts = [sum(months[step * at + n] for n in range(step)) for at in range(first, last + 1)]
    names = [_stretch(at * step, step, language) for at in range(first, last + 1)]
    mirrored = language_of(language.language).direction == "rtl"
    text = language.count("glance.timeline", sum(counts), first=names[0], last=names[-1])
    said = [
        f"{name}: {language.count('glance.articles', n)}" for name, n in zip(names, counts, strict=True) if n
    ]
    yield '<figure class="timeline">'
    yield _bars(counts, mirrored, encode_attribute(text))
    yield f'<p class="span"><span>{encode(names[0])}</span> <span>{encode(names[-1])}</span></p>'
    yield f"<figcaption>{encode(text)}</figcaption>"
    yield f"<details><summary>{encode(language('glance.numbers'))}</summary>"
    yield "<ul>"
    yield from (f"<li>{encode(line)}</li>" for line in said)
    yield "</ul>"
    yield "</details>"
    yield "</figure>"


def _bars(counts: Sequence[int], mirrored: bool, label: str) -> str:
    tallest, width = max(counts), 10 * len(counts)
    bars = []
    for at, count in enumerate(counts):
        height = round(40 * count / tallest, 1)
        x = width - 10 * (at + 1) if mirrored else 10 * at
        bars.append(f'<rect x="{x + 1}" y="{40 - height}" width="8" height="{height}"></rect>')
    box = f'viewBox="0 0 {width} 40" preserveAspectRatio="none"'
    return f'<svg class="bars" role="img" aria-label="{label}" {box}>{"".join(bars)}</svg>'


def _stretch(month: int, step: int, language: Words) -> str:
    """Name `step` months from `month` on, counted from the year 0."""
    from babel.dates import format_skeleton  # reads locale data

    locale = language.locale_name
    year, years = month // 12, step // 12
    start = date(max(year, 1), month % 12 + 1, 1)
    if step == 1:
        return format_skeleton("yMMM", start, locale=locale)
    if step == 3:
        return format_skeleton("yQQQ", start, locale=locale)
    return str(year) if years == 1 else f"{start.year}–{year + years - 1}"


def _topics(entries: Sequence[Entry], language: Words) -> Iterator[str]:
    """Return the most frequent topics, each with a bar as long as it has articles and a search for it."""
    counts: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        counts.update({(clean(topic), entry.language) for topic in entry.topics if clean(topic)})
    if len(counts) < 2:
        return
    most_first = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_TOPICS]
    longest = most_first[0][1]
    yield f'<ul class="topics" aria-label="{encode_attribute(language("article.topics"))}">'
    for (topic, own), count in most_first:
        attributes = f'lang="{tag(own)}" dir="{direction(topic, own)}"'
        address = encode_attribute(f"search/?q={quote(topic)}")
        length = round(100 * count / longest, 1)
        yield "<li>"
        yield f'<a href="{address}" {attributes}>{encode(topic)}</a>'
        yield (
            '<svg class="bars" aria-hidden="true" viewBox="0 0 100 4" preserveAspectRatio="none">'
            f'<rect width="{length}" height="4"></rect></svg>'
        )
        yield f"<span>{encode(language.count('glance.articles', count))}</span>"
        yield "</li>"
    yield "</ul>"
