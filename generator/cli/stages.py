"""`digest identify`, `split`, `summarize` and `translate`: each stage alone, for other programs to build on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from generator import config
from generator.cli.shared import (
    FAILED,
    Command,
    complain,
    config_file_option,
    jsonl_option,
    language_option,
    strict_option,
    way_out,
)
from generator.cli.stream import Stage, TextItem, run
from generator.config import DEFAULTS
from generator.model import Article, DigestError, Sentence


@click.command("identify", cls=Command, epilog="Example:\n  digest identify < article.txt")
@jsonl_option
def identify_command(jsonl: bool) -> None:
    """Name the language of a text: its code, or `unknown`.

    With --jsonl: {"id", "text"} in, {"id", "language", "confidence"} out.
    """
    from generator.analyze.identify import identify_text

    if jsonl:
        _filter(lambda items: (asdict(identify_text(item.text)) for item in items), jsonl)
    else:
        click.echo(identify_text(_whole_text()).language)


@click.command("split", cls=Command, epilog="Example:\n  digest split --language ar < article.txt")
@jsonl_option
@language_option
def split_command(jsonl: bool, language: str | None) -> None:
    """Split text into sentences, one a line.

    With --jsonl: {"id", "text"} in, {"id", "sentences"} out.
    """
    from generator.analyze.identify import identify_text
    from generator.analyze.split import split_text

    def stage(items: list[TextItem]) -> Iterator[dict[str, Any]]:
        nonlocal language
        if not jsonl and language is None:
            language = identify_text("\n".join(item.text for item in items)).language
        for item in items:
            code = language or item.language or identify_text(item.text).language
            yield {"sentences": split_text(item.text, code)}

    _filter(stage, jsonl, lambda result: result["sentences"])


_USUAL = f"{DEFAULTS.summary_share:.0%} of them, {DEFAULTS.summary_least} to {DEFAULTS.summary_most}"


@click.command("summarize", cls=Command, epilog="Example:\n  digest summarize --sentences 3 < article.txt")
@jsonl_option
@language_option
@click.option("--sentences", type=click.IntRange(min=1), help=f"How many; by default {_USUAL}.")
def summarize_command(jsonl: bool, language: str | None, sentences: int | None) -> None:
    """Print the sentences that sum a text up, in reading order, one a line.

    With --jsonl: {"id", "text"} in, {"id", "picked", "sentences"} out; `sentences` are all of the text, and
    `picked` the indexes of the summary's among them.
    """
    from generator.analyze import analyze

    def summarized(text: str, declared: str | None) -> dict[str, Any]:
        paragraphs = tuple(filter(None, (line.strip() for line in text.splitlines())))
        article = Article("standard input", "text", paragraphs, language=language or declared)
        if not paragraphs:
            return {"picked": [], "sentences": []}
        digest = analyze(article, config.Settings.default(), sentences)
        return {"picked": digest.picked, "sentences": [each.text for each in digest.document.sentences]}

    if jsonl:
        _filter(lambda items: (summarized(item.text, item.language) for item in items), jsonl)
    else:
        result = summarized(_whole_text(), None)
        for index in result["picked"]:
            click.echo(result["sentences"][index])


@click.command(
    "translate", cls=Command, epilog="Example:\n  digest translate --from ar --to en < sentences.txt"
)
@click.option("--from", "source", metavar="CODE", required=True, help="Language of the sentences.")
@click.option("--to", "target", metavar="CODE", help="Language to translate into; the digest's by default.")
@click.option("--no-memory", is_flag=True, help="Ignore the reviewed translations.")
@jsonl_option
@strict_option
@config_file_option
def translate_command(  # noqa: PLR0913, PLR0917  one parameter an option
    source: str, target: str | None, no_memory: bool, jsonl: bool, strict: bool, config_file: Path
) -> None:
    """Translate a sentence a line; one without translation gives an empty line.

    With --jsonl: {"id", "text"} in, {"id", "target", "score", "origin", "findings"} out, where origin is
    reviewed, machine, original (it is in that language already, or has no word) or none.
    """
    from generator.analyze import repaired
    from generator.translate.decode import Request
    from generator.translate.executor import LocalExecutor
    from generator.translate.translator import Translator

    settings = config.load(config_file) if config_file.exists() else config.Settings.default()
    if target:
        settings = replace(settings, target=target)
    translator = Translator(settings, LocalExecutor(), use_memory=not no_memory)
    without = 0

    def stage(items: list[TextItem]) -> Iterator[dict[str, Any]]:
        nonlocal without
        sentences = [repaired(Sentence(item.text, 0, 0, len(item.text), source)) for item in items]
        requests = [Request(source, sentence.text, sentence.repaired) for sentence in sentences]
        for segment in translator.begin(requests).segments():
            without += segment.origin == "none"
            fields = asdict(segment)
            if segment.origin == "original":
                fields["target"] = segment.source
            yield {name: fields[name] for name in ("target", "score", "origin", "findings")}

    _filter(stage, jsonl, lambda result: [result["target"] or ""])
    for fault in translator.faults.values():
        complain(fault)
    if without and not translator.faults:
        complain(way_out([f"{source}-{settings.target}"]))
    if translator.faults or (without and strict):
        sys.exit(FAILED)


def _whole_text() -> str:
    """Read standard input as one text. Raises `DigestError` when it is not UTF-8."""
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DigestError("standard input: is not UTF-8; convert it") from error


def _filter(
    stage: Stage, jsonl: bool, show: Callable[[dict[str, Any]], Iterable[str]] = lambda result: ()
) -> None:
    faults = 0
    for fault in run(stage, sys.stdin.buffer, sys.stdout.buffer, jsonl=jsonl, show=show):
        complain(fault)
        faults += 1
    if faults:
        sys.exit(FAILED)
