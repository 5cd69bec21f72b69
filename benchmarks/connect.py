"""How long connecting articles takes, how that grows, and what one more article changes.

The articles are those of `tests/support/corpus.py`, each with more sentences of made words, a few of them
frequent and most rare as in any language, so that vectors are as long as those of real articles:

    python benchmarks/connect.py --articles 1000 10000
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parent.parent))

from generator import connect
from generator.connect import Profile
from generator.model import Connections, Segment, Sentence, Translation
from generator.storage import run_state
from tests.support import corpus

VOCABULARY, SENTENCES, WORDS = 40_000, 8, 14
SYLLABLES = [first + vowel for first in "bdfgklmnprstvz" for vowel in "aeiou"]
T = TypeVar("T")


def word(rank: int) -> str:
    """Return the made word of a rank."""
    made = ""
    while rank or len(made) < 4:
        rank, syllable = divmod(rank, len(SYLLABLES))
        made += SYLLABLES[syllable]
    return made


def longer(translation: Translation, number: int) -> Translation:
    """Add sentences whose words follow Zipf's law, some the same in all articles on an event."""
    event = int(translation.digest.document.article.slug.split("-")[1]) // 10
    own, common = random.Random(number), random.Random(-event)
    document = translation.digest.document
    sentences, segments = list(document.sentences), list(translation.segments)
    scores = list(translation.digest.scores)
    for place in range(SENTENCES):
        draw = own if place % 2 else common
        words = [word(int(VOCABULARY ** draw.random())) for _ in range(WORDS)]
        text = " ".join(words) + "."
        sentences.append(Sentence(text, 9 + place, 0, len(text), document.language))
        segments.append(Segment(text, " ".join(reversed(words)) + ".", "reviewed"))
        scores.append(-9.0)
    digest = replace(
        translation.digest, document=replace(document, sentences=tuple(sentences)), scores=tuple(scores)
    )
    return replace(translation, digest=digest, segments=tuple(segments))


def timed(action: Callable[[], T]) -> tuple[float, T]:
    """Return the seconds of processor time that an action takes, as in a run, and what it gives."""
    with run_state.without_garbage_collection():
        began = time.process_time()
        result = action()
        return time.process_time() - began, result


def changed(before: Connections, after: Connections, added: Profile) -> tuple[float, float]:
    """Return the percentages of articles whose related ones, and whose topics and names, are others."""

    def subjects(connections: Connections) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for subject in connections.subjects:
            for slug, _ in subject.articles:
                found.setdefault(slug, set()).add(subject.title)
        return found

    first, second = subjects(before), subjects(after)
    slugs = (before.related.keys() | first.keys() | after.related.keys()) - {added.slug}
    related = sum(before.related.get(slug) != after.related.get(slug) for slug in slugs)
    others = sum(first.get(slug) != second.get(slug) for slug in slugs)
    return 100 * related / len(slugs), 100 * others / len(slugs)


def measure(count: int) -> float:
    """Print what one size costs; give the seconds of loading profiles and connecting."""
    texts = [longer(each, number) for number, each in enumerate(corpus.translations(count))]
    seconds, profiles = timed(lambda: list(map(connect.make_profile, texts)))
    texts.clear()
    dumped = list(map(connect.dump_profile, profiles))
    size = sum(map(len, dumped)) / count
    each = 1000 * seconds / count
    print(f"{count:,} articles")
    print(f"  profiles     {seconds:7.2f} s, {each:.2f} ms an article, {size:,.0f} bytes each")
    profiles.clear()
    loading, profiles = timed(lambda: list(map(connect.load_profile, dumped)))
    print(f"  loaded       {loading:7.2f} s, {1000 * loading / count:.2f} ms an article")
    drawing, connections = timed(lambda: connect.connect(profiles))
    kinds = f"{len(connections.stories):,} stories, {len(connections.subjects):,} topics and names"
    print(f"  connections  {drawing:7.2f} s, {1000 * drawing / count:.2f} ms an article; {kinds}")
    seconds = loading + drawing
    print(f"  both         {seconds:7.2f} s, {1000 * seconds / count:.2f} ms an article")
    print(f"  peak         {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB", flush=True)
    for place in (count // 4, count // 2, count - 1):
        others = profiles[:place] + profiles[place + 1 :]
        related, subjects = changed(connect.connect(others), connections, profiles[place])
        print(f"  article {place:,} changes what is related to {related:.2f} % of the others,", end=" ")
        print(f"and topics or names of {subjects:.2f} %", flush=True)
    return seconds


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure each size, the smallest first, and print how time grows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", nargs="+", type=int, default=[1000, 10_000])
    counts = sorted(parser.parse_args(arguments).articles)
    seconds = {count: measure(count) for count in counts}
    for small, large in pairwise(counts):
        ratio = (seconds[large] / large) / (seconds[small] / small)
        print(f"{small:,} → {large:,}: time per article × {ratio:.2f}")


if __name__ == "__main__":
    main()
