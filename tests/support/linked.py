"""Machine sentences that know which of their words became which."""

from __future__ import annotations

from dataclasses import replace

from generator.model import Link, Segment, Translation
from tests.support import samples


def linked(source: str, target: str, *words: tuple[str, str], signature: str = samples.SIGNATURE) -> Segment:
    """Return a machine's segment in which these words of the source became these of the target."""
    found = [(source.index(one), target.index(other), one, other) for one, other in words]
    links = tuple(Link(at, at + len(one), to, to + len(other)) for at, to, one, other in found)
    made = replace(samples.by_machine(source, target), signature=signature)
    return replace(made, links=tuple(sorted(links, key=lambda link: link.target_start)))


ARABIC = linked(
    "وصل 😀 الوفد Obama إلى طرابلس.",
    "The 😀 delegation Obama came to Tripoli.",
    ("وصل", "came"),
    ("الوفد", "delegation"),
    ("طرابلس", "Tripoli"),
    ("Obama", "Obama"),
)
CHINESE = linked(
    "会议在布鲁塞尔举行。",
    "The meeting was held in Brussels.",
    ("会议", "meeting"),
    ("举行", "held"),
    ("布鲁塞尔", "Brussels"),
)


def article(slug: str, language: str, *segments: Segment) -> Translation:
    """Return a dated article of a publisher, made of these segments."""
    facts = {"published": "2019-11-02", "source": "Daily", "author": "A. Writer"}
    return samples.translation(slug, language, [segments], title=segments[0], **facts)
