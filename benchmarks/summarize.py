"""Summaries against the first sentences of an article, other extractive methods, and people.

    python benchmarks/summarize.py DATA.jsonl [--folds 10] [--nested]

DATA.jsonl is described in `train_summarizer.py`. Our weights, and the strength of the pull on them, are
trained on the other folds, so no article is summarized by a model that saw it; figures are means over five
ways to cut the folds. Systems compared in equal words, the first sentences too, take the fewest sentences
that reach the mean length of the article's human summaries; put in reading order, the text is cut at exactly
that length.
ROUGE-1, -2 and -L are F1 over tokens, the mean over the article's human summaries. Tokens are runs of word
characters after NFKC, without Arabic vowel marks and tatweel, with أإآٱ as ا and ى as ي; no stemming, no stop
words. Sentence F1 compares the sentences picked, as many as people picked in the mean. Intervals are 95 %
bootstrap intervals over articles, of the figure itself or of its difference to the first sentences.

`--nested` compares ways to choose features and pull instead, all of it inside the folds: by the evidence or by
inner folds, with all features or with the groups of them that do best there; in ten ways to cut the folds.

Some annotators picked every other sentence whatever it said, or just the first ones: the figures come with
and without them. A ranker that learns to skip neighbours gains by the former only.
The package sumy, if installed, competes with our sentences and tokens; it stems no Arabic.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import combinations, pairwise
from math import log, sqrt
from pathlib import Path
from statistics import mean

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.train_summarizer import NAMES, PULLS, Moments, Summarized, fit, log_odds, read, total, train
from generator.analyze.sentence_scoring import Features, scores
from generator.analyze.split import split_sentences
from generator.analyze.summarize import select
from generator.languages.normalize import fold_letters
from generator.model import Document

Pick = Callable[[Document, int], set[int]]
"""Gives the indexes of so many sentences."""
Tokens = tuple[str, ...]
Train = Callable[[Sequence[Summarized]], Features]

ROUNDS = 10_000
"""Bootstrap samples."""
CUTS = 5
"""Ways to cut the corpus into folds."""
NESTED_CUTS = 10


def tokens(text: str) -> Tokens:
    """Return the normalised tokens of a text."""
    return tuple("".join(letter if letter.isalnum() else " " for letter in fold_letters(text)).split())


# Metrics


def rouge_n(candidate: Tokens, reference: Tokens, size: int) -> float:
    """Return the F1 of n-grams, counted with repetition."""
    counts = [
        Counter(zip(*(text[start:] for start in range(size)), strict=False)) for text in (candidate, reference)
    ]
    return _f1((counts[0] & counts[1]).total(), counts[0].total(), counts[1].total())


def rouge_l(candidate: Tokens, reference: Tokens) -> float:
    """Return the F1 of the longest common subsequence of the two whole texts."""
    row = [0] * (len(reference) + 1)
    for token in candidate:
        left = 0
        for index, other in enumerate(reference):
            row[index + 1], left = (
                (left + 1 if token == other else max(row[index + 1], row[index])),
                row[index + 1],
            )
    return _f1(row[-1], len(candidate), len(reference))


def _f1(common: float, picked: float, wanted: float) -> float:
    return 200 * common / (picked + wanted) if picked + wanted else 0.0


Measure = Callable[[Summarized, Pick, Sequence[Tokens]], list[float]]
MEASURES = ("R1", "R2", "RL", "sentences", "R1 at equal sentences", "R2 at equal sentences")


def measures(article: Summarized, pick: Pick, texts: Sequence[Tokens]) -> list[float]:
    """Return the measures of one system for one article, in per cent."""
    references = tuple(_joined(texts, picks) for picks in article.picks)
    picked = pick(article.document, round(mean(map(len, article.picks))))
    sentences = _joined(texts, picked)
    return [
        *_at_equal_words(article.document, pick, texts, references),
        mean(_f1(len(picked & picks), len(picked), len(picks)) for picks in article.picks),
        mean(rouge_n(sentences, reference, 1) for reference in references),
        mean(rouge_n(sentences, reference, 2) for reference in references),
    ]


def measures_from_text(article: Summarized, pick: Pick, texts: Sequence[Tokens]) -> list[float]:
    """Return ROUGE at equal words where our own splitter finds the sentences to pick from."""
    whole = article.document.article
    found = split_sentences(whole.paragraphs, ["ar"] * len(whole.paragraphs))
    references = tuple(_joined(texts, picks) for picks in article.picks)
    document = Document(whole, "ar", 1.0, found)
    return _at_equal_words(document, pick, [tokens(sentence.text) for sentence in found], references)


def _at_equal_words(
    document: Document, pick: Pick, texts: Sequence[Tokens], references: tuple[Tokens, ...]
) -> list[float]:
    budget = round(mean(map(len, references)))
    words = next(
        (text for some in range(1, len(texts)) if len(text := _joined(texts, pick(document, some))) >= budget),
        _joined(texts, range(len(texts))),
    )[:budget]
    return _rouge(words, references)


@cache
def _rouge(words: Tokens, references: tuple[Tokens, ...]) -> list[float]:
    return [
        mean(rouge_n(words, reference, 1) for reference in references),
        mean(rouge_n(words, reference, 2) for reference in references),
        mean(rouge_l(words, reference) for reference in references),
    ]


def _joined(texts: Sequence[Tokens], picked: Iterable[int]) -> Tokens:
    return tuple(token for index in sorted(picked) for token in texts[index])


# Systems


def lead(document: Document, count: int) -> set[int]:
    """Pick the first sentences."""
    return set(range(min(count, len(document.sentences))))


def every_other(document: Document, count: int) -> set[int]:
    """Pick the first, third, fifth sentence and so on, as some annotators did."""
    total = len(document.sentences)
    return set([*range(0, total, 2), *range(1, total, 2)][:count])


def ours(corpus: Sequence[Summarized], folds: int, cut: int, method: Train = train) -> Pick:
    """Pick as `generator/analyze/summarize.py` does, with weights trained on the other folds."""
    weights = {
        article.document.article.seed: trained
        for rest, held in cut_up(corpus, folds, cut)
        for trained in [method(rest)]
        for article in held
    }

    @cache
    def ranked(document: Document) -> tuple[float, ...]:
        return scores(document, weights[document.article.seed])

    def pick(document: Document, count: int) -> set[int]:
        return select(document.sentences, ranked(document), count)

    return pick


def cut_up(
    corpus: Sequence[Summarized], folds: int, cut: int
) -> list[tuple[list[Summarized], list[Summarized]]]:
    """Return for each fold the articles outside and inside it, in one of the ways to cut the corpus."""
    order = np.random.default_rng(cut).permutation(len(corpus))
    parts = [[corpus[place] for place in order[number::folds]] for number in range(folds)]
    return [
        ([each for part in parts if part is not held for each in part], held) for held in parts if len(held)
    ]


def by_score(score: Callable[[Document], Sequence[float]]) -> Pick:
    """Pick the sentences of the highest score."""
    known: dict[Document, list[int]] = {}

    def pick(document: Document, count: int) -> set[int]:
        if document not in known:
            found = score(document)
            known[document] = sorted(range(len(found)), key=lambda index: (-found[index], index))
        return set(known[document][:count])

    return pick


_PREFIXES = ("وال", "بال", "كال", "فال", "لل", "ال", "و", "ف", "ب", "ل")
_SUFFIXES = ("هما", "ات", "ون", "ين", "ان", "ها", "هم", "نا", "يه", "ية", "ه", "ة", "ي", "ا")


def stem(word: str) -> str:
    """Strip one Arabic prefix and one suffix, as long as three letters stay."""
    word = next(
        (word[len(each) :] for each in _PREFIXES if word.startswith(each) and len(word) > len(each) + 2), word
    )
    return next(
        (word[: -len(each)] for each in _SUFFIXES if word.endswith(each) and len(word) > len(each) + 2), word
    )


def vectors(document: Document) -> list[dict[str, float]]:
    """Return a TF-IDF vector of length 1 for each sentence, over stems."""
    counts = [Counter(map(stem, tokens(sentence.text))) for sentence in document.sentences]
    spread = Counter(term for each in counts for term in each)
    weighted = [
        {term: count * log(1 + len(counts) / spread[term]) for term, count in each.items()} for each in counts
    ]
    return [_unit(vector) for vector in weighted]


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    length = sqrt(sum(value * value for value in vector.values())) or 1.0
    return {term: value / length for term, value in vector.items()}


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return sum(value * other.get(term, 0.0) for term, value in one.items())


def lexrank(document: Document, *, prior: Callable[[int], float]) -> list[float]:
    """Rank by a random walk between similar sentences that restarts by a prior (Erkan and Radev 2004)."""
    known = vectors(document)
    links = [[_cosine(one, other) if one is not other else 0.0 for other in known] for one in known]
    links = [[link / (sum(row) or 1.0) for link in row] for row in links]
    start = [prior(index) for index in range(len(known))]
    start = [value / sum(start) for value in start]
    ranks = start
    for _ in range(50):
        ranks = [
            0.15 * start[index] + 0.85 * sum(rank * row[index] for rank, row in zip(ranks, links, strict=True))
            for index in range(len(known))
        ]
    return ranks


def centroid(document: Document, count: int) -> set[int]:
    """Pick what is close to the whole text and far from what is picked (MMR, Carbonell, Goldstein 1998)."""
    known = vectors(document)
    whole: Counter[str] = Counter()
    for vector in known:
        whole.update(vector)
    relevance = [_cosine(vector, _unit(whole)) for vector in known]
    picked: list[int] = []
    while len(picked) < min(count, len(known)):
        left = (index for index in range(len(known)) if index not in picked)
        picked.append(
            max(
                left,
                key=lambda index: (
                    0.7 * relevance[index]
                    - 0.3 * max((_cosine(known[index], known[each]) for each in picked), default=0.0)
                ),
            )
        )
    return set(picked)


def sumy_systems() -> Iterator[tuple[str, Pick]]:
    """Return the methods of sumy, where it is installed."""
    try:
        from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
        from sumy.summarizers import kl, lex_rank, lsa, luhn, reduction, sum_basic, text_rank
    except ImportError:
        print("sumy is not installed: pip install sumy to compare with it")
        return

    class Words:
        def to_words(self, text: str) -> tuple[str, ...]:
            return tuple(tokens(text))

    def pick_with(method: Callable[[object, int], Sequence[object]]) -> Pick:
        def pick(document: Document, count: int) -> set[int]:
            sentences = [Sentence(each.text, Words()) for each in document.sentences]
            chosen = method(ObjectDocumentModel([Paragraph(sentences)]), count)
            places = {id(sentence): index for index, sentence in enumerate(sentences)}
            return {places[id(sentence)] for sentence in chosen}

        return pick

    yield "sumy LexRank", pick_with(lex_rank.LexRankSummarizer())
    yield "sumy TextRank", pick_with(text_rank.TextRankSummarizer())
    yield "sumy LSA", pick_with(lsa.LsaSummarizer())
    yield "sumy Luhn", pick_with(luhn.LuhnSummarizer())
    yield "sumy Reduction", pick_with(reduction.ReductionSummarizer())
    yield "sumy SumBasic", pick_with(sum_basic.SumBasicSummarizer())
    yield "sumy KL", pick_with(kl.KLSummarizer())


def oracle(article: Summarized) -> Pick:
    """Pick what most people picked."""
    votes = Counter(index for picks in article.picks for index in picks)
    return lambda document, count: set(
        sorted(range(len(document.sentences)), key=lambda i: (-votes[i], i))[:count]
    )


# Choices inside the folds

GROUPS = (
    ("previous", "past", "ahead", "opening"),
    ("new", "introduced"),
    ("digits",),
    ("paragraph",),
    ("commas", "letters"),
)
"""Features that are kept or left out together; place and dependence are always kept."""
ALL = frozenset(NAMES)
SETS = tuple(
    ALL.difference(*left_out) for size in range(len(GROUPS) + 1) for left_out in combinations(GROUPS, size)
)


def by_evidence(corpus: Sequence[Summarized], sets: Sequence[frozenset[str]]) -> Features:
    """Train with the features and the pull that make the picks likeliest."""
    summed = total(corpus)
    fitted = (fit(summed, pull, kept) for kept in sets for pull in PULLS)
    return log_odds(max(fitted, key=lambda each: each[0])[1], summed)


def by_inner_folds(corpus: Sequence[Summarized], sets: Sequence[frozenset[str]]) -> Features:
    """Train with the features and the pull that foretell the picks of held-back articles best."""
    inner = [(total(rest), total(held)) for rest, held in cut_up(corpus, 5, 0)]

    def error(choice: tuple[frozenset[str], tuple[float, float]]) -> float:
        kept, pull = choice
        return sum(_error(held, fit(rest, pull, kept)[1]) for rest, held in inner)

    kept, pull = min(((kept, pull) for kept in sets for pull in PULLS), key=error)
    summed = total(corpus)
    return log_odds(fit(summed, pull, kept)[1], summed)


def _error(held: Moments, weights: np.ndarray) -> float:
    """Return the squared error within articles."""
    return float(held.variation - 2 * weights @ held.picked + weights @ held.products @ weights)


# Report


def is_alternating(picks: frozenset[int]) -> bool:
    """Return whether an annotator took every other sentence."""
    places = sorted(picks)
    return len(places) > 2 and places[0] < 2 and all(b - a == 2 for a, b in pairwise(places))


def is_leading(picks: frozenset[int]) -> bool:
    """Return whether an annotator took the first sentences."""
    return len(picks) > 2 and max(picks) == len(picks) - 1


def without(corpus: Sequence[Summarized], dull: Callable[[frozenset[int]], bool]) -> list[Summarized]:
    """Leave out annotators, but not the last of an article."""
    kept = [tuple(picks for picks in article.picks if not dull(picks)) for article in corpus]
    return [
        Summarized(article.document, picks or article.picks)
        for article, picks in zip(corpus, kept, strict=True)
    ]


def interval(figures: np.ndarray) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of a mean over articles."""
    samples = np.random.default_rng(0).integers(0, len(figures), (ROUNDS, len(figures)))
    low, high = np.percentile(figures[samples].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def report(
    corpus: Sequence[Summarized], systems: Mapping[str, Sequence[Pick]], measure: Measure = measures
) -> None:
    """Print a line for each system and measure; a system with several ways to pick gets their mean."""
    texts = [[tokens(sentence.text) for sentence in article.document.sentences] for article in corpus]

    def table_of(pick_for: Callable[[Summarized], Pick]) -> np.ndarray:
        return np.array([measure(each, pick_for(each), text) for each, text in zip(corpus, texts, strict=True)])

    table = {
        name: np.mean([table_of(partial(lambda pick, article: pick, pick)) for pick in picks], axis=0)
        for name, picks in systems.items()
    }
    if measure is measures:
        table["oracle"] = table_of(oracle)
    for column, name in enumerate(MEASURES[: table["first sentences"].shape[1]]):
        print(f"\n{name}")
        for system, figures in table.items():
            own, difference = figures[:, column], figures[:, column] - table["first sentences"][:, column]
            low, high = interval(own)
            line = f"  {system:24} {own.mean():5.1f}  [{low:4.1f}, {high:4.1f}]"
            if system != "first sentences":
                low, high = interval(difference)
                line += f"  {difference.mean():+6.2f} [{low:+6.2f}, {high:+6.2f}]"
            print(line, flush=True)


def nested(corpus: Sequence[Summarized], folds: int) -> None:
    """Compare ways to choose features and pull inside the folds, the first being that of the project."""
    methods: dict[str, Train] = {
        "all features, evidence": partial(by_evidence, sets=[ALL]),
        "all features, inner folds": partial(by_inner_folds, sets=[ALL]),
        "some features, evidence": partial(by_evidence, sets=SETS),
        "some features, inner folds": partial(by_inner_folds, sets=SETS),
    }
    systems: dict[str, Sequence[Pick]] = {
        "first sentences": [lead],
        **{
            name: [ours(corpus, folds, cut, method) for cut in range(NESTED_CUTS)]
            for name, method in methods.items()
        },
    }
    print("\n# All human summaries")
    report(corpus, systems)
    print("\n# All human summaries, sentences found by our splitter")
    report(corpus, systems, measures_from_text)


def main(arguments: Sequence[str]) -> None:
    """Compare the systems on the references as they are, and on those of attentive annotators."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--nested", action="store_true", help="compare ways to choose features and pull")
    options = parser.parse_args(arguments)
    corpus = read(options.data)
    picks = [each for article in corpus for each in article.picks]
    print(f"{len(corpus)} articles, {len(picks)} human summaries", end=": ")
    print(f"{sum(map(is_alternating, picks))} alternating, {sum(map(is_leading, picks))} leading")
    if options.nested:
        nested(corpus, options.folds)
        return
    systems: dict[str, Sequence[Pick]] = {
        "first sentences": [lead],
        "ours, cross-validated": [ours(corpus, options.folds, cut) for cut in range(CUTS)],
        "every other sentence": [every_other],
        "LexRank, stems": [by_score(lambda document: lexrank(document, prior=lambda index: 1.0))],
        "LexRank, prior": [by_score(lambda document: lexrank(document, prior=lambda index: 1 / (index + 1)))],
        "centroid, MMR": [centroid],
        **{name: [pick] for name, pick in sumy_systems()},
    }
    print("\n# All human summaries")
    report(corpus, systems)
    few = {name: systems[name] for name in ("first sentences", "ours, cross-validated", "every other sentence")}
    print("\n# All human summaries, sentences found by our splitter")
    report(corpus, few, measures_from_text)
    print("\n# Without the alternating ones")
    report(without(corpus, is_alternating), few)
    print("\n# Without the alternating and the leading ones")
    report(without(corpus, lambda each: is_alternating(each) or is_leading(each)), few)


if __name__ == "__main__":
    main(sys.argv[1:])
