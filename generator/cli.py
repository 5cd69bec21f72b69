"""Commands, progress bars and exit codes; nothing here knows how anything is done."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from generator import __version__, config
from generator.filters import Item, Stage, run
from generator.model import Article, DigestError

FAILED = 1
"""Exit code: something was left out; the lines on standard error say what and the way out."""
INTERRUPTED = 130

EXIT_CODES = """\b
Exit codes:
  0    all went well
  1    something was left out or failed; one line each on standard error
  2    the command line is wrong
  130  interrupted; what was written stays, and the next run goes on from there"""


class _Command(click.Command):
    """Keeps examples and exit codes as they were written."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, then the exit codes."""
        with formatter.indentation():
            formatter.write_paragraph()
            for line in f"{self.epilog or ''}\n\n{EXIT_CODES}".replace("\b\n", "").splitlines():
                formatter.write(f"{line}\n")


class _Group(click.Group):
    """Turns what a user caused into one line and an exit code, in every command below it."""

    command_class = _Command

    def main(self, *arguments: Any, **keywords: Any) -> Any:
        """Run, and never show a traceback for what a user caused."""
        try:
            return super().main(*arguments, **keywords)
        except DigestError as error:
            complain(str(error))
            sys.exit(FAILED)
        except KeyboardInterrupt:
            complain("interrupted; what was written stays, and the next run goes on from there")
            sys.exit(INTERRUPTED)

    def invoke(self, ctx: click.Context) -> Any:
        """Let an interruption through, which click would turn into exit code 1."""
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, click.Abort):
            complain("interrupted; what was written stays, and the next run goes on from there")
            ctx.exit(INTERRUPTED)


def complain(line: str) -> None:
    """Show a line on standard error, on one line each whatever it holds."""
    for part in line.split("\n"):
        click.echo(f"digest: {part}", err=True)


_config_file = click.option(
    "--config-file",
    "-f",
    type=click.Path(path_type=Path),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The digest's MkDocs configuration.",
)
_strict = click.option("--strict", is_flag=True, help="Fail when a sentence stays without translation.")
_jsonl = click.option("--jsonl", is_flag=True, help="Read and write one JSON object a line.")
_language = click.option("--language", metavar="CODE", help="The language; identified when not given.")


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="multilingual-digest", prog_name="digest")
def main() -> None:
    """Turn foreign-language articles into a bilingual static digest, offline.

    Put articles into seeds/, run digest generate, then mkdocs build. The stages identify, split, summarize
    and translate also work alone, as filters from standard input to standard output.
    """


@main.command(
    epilog="""Examples:
  digest generate && mkdocs build
  digest generate --strict --json
  digest generate --no-memory      what the machine alone would give"""
)
@_config_file
@_strict
@click.option("--no-memory", is_flag=True, help="Ignore the reviewed translations.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but what went wrong.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
def generate(config_file: Path, strict: bool, no_memory: bool, quiet: bool, as_json: bool) -> None:
    """Read seeds/, translate what is new, write the pages under docs/."""
    from generator import build  # noqa: PLC0415  keeps --help quick

    settings = config.load(config_file)
    with _bar("articles", quiet or as_json) as progress:
        report = build.generate(settings, use_memory=not no_memory, progress=progress)
    if as_json:
        click.echo(json.dumps(asdict(report), ensure_ascii=False))
    elif not quiet:
        for line in report.corrections:
            click.echo(line)
        click.echo(_summary(report))
    for problem in report.problems:
        complain(problem)
    if report.missing and (strict or not quiet):
        complain(_way_out(report.missing))
    if report.problems or (strict and report.untranslated):
        sys.exit(FAILED)


def _summary(report: Any) -> str:
    if report.unchanged:
        return f"{report.articles} articles, nothing to do"
    parts = [f"{report.articles} articles", f"{report.sentences} sentences"]
    parts += [f"{report.reviewed} reviewed", f"{report.machine} machine-translated"]
    parts += [f"{report.flagged} need care"] if report.flagged else []
    parts += [f"{report.untranslated} not translated"] if report.untranslated else []
    return f"{', '.join(parts)}; {report.written} files written, {report.removed} removed"


def _way_out(pairs: Iterable[str]) -> str:
    """Name the missing language pairs and the command that installs them."""
    names = " ".join(sorted(pairs))
    return f"no model is installed for {names}; install with: digest models install {names}"


@contextmanager
def _bar(label: str, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """Give a function that shows progress on standard error, where a terminal is."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr, show_pos=True) as bar:

        def show(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        yield show


@main.command(epilog="Example:\n  digest identify < article.txt")
@_jsonl
def identify(jsonl: bool) -> None:
    """Name the language of a text: its code, or `unknown`.

    With --jsonl: {"id", "text"} in, {"id", "language", "confidence"} out.
    """
    from generator.identify import identify as identified  # noqa: PLC0415

    if jsonl:
        _filter(lambda items: (asdict(identified(item.text)) for item in items), jsonl)
    else:
        click.echo(identified(_whole_text()).language)


@main.command(epilog="Example:\n  digest split --language ar < article.txt")
@_jsonl
@_language
def split(jsonl: bool, language: str | None) -> None:
    """Split text into sentences, one a line.

    With --jsonl: {"id", "text"} in, {"id", "sentences"} out.
    """
    from generator.identify import identify as identified  # noqa: PLC0415
    from generator.split import split_text  # noqa: PLC0415

    def stage(items: list[Item]) -> Iterator[dict[str, Any]]:
        nonlocal language
        if not jsonl and language is None:
            language = identified("\n".join(item.text for item in items)).language
        for item in items:
            code = language or item.language or identified(item.text).language
            yield {"sentences": split_text(item.text, code)}

    _filter(stage, jsonl, lambda result: result["sentences"])


@main.command(epilog="Example:\n  digest summarize --sentences 3 < article.txt")
@_jsonl
@_language
@click.option("--sentences", type=click.IntRange(min=1), help="How many; a fifth, 3 to 6, when not given.")
def summarize(jsonl: bool, language: str | None, sentences: int | None) -> None:
    """Print the sentences that sum a text up, in reading order, one a line.

    With --jsonl: {"id", "text"} in, {"id", "picked", "sentences"} out; `sentences` are all of the text, and
    `picked` the indexes of the summary's among them.
    """
    from generator.intake import analyze  # noqa: PLC0415

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


@main.command(epilog="Example:\n  digest translate --from ar --to en < sentences.txt")
@click.option("--from", "source", metavar="CODE", required=True, help="Language of the sentences.")
@click.option("--to", "target", metavar="CODE", help="Language to translate into; the digest's by default.")
@click.option("--no-memory", is_flag=True, help="Ignore the reviewed translations.")
@_jsonl
@_strict
@_config_file
def translate(  # noqa: PLR0913, PLR0917  one parameter an option
    source: str, target: str | None, no_memory: bool, jsonl: bool, strict: bool, config_file: Path
) -> None:
    """Translate a sentence a line; one without translation gives an empty line.

    With --jsonl: {"id", "text"} in, {"id", "target", "score", "origin", "findings"} out, where origin is
    reviewed, machine, original (it is in that language already) or none.
    """
    from generator import build  # noqa: PLC0415

    settings = config.load(config_file) if config_file.exists() else config.Settings.default()
    if target:
        settings = replace(settings, target=target)
    translator = build.translator(settings, use_memory=not no_memory)
    without = 0

    def stage(items: list[Item]) -> Iterator[dict[str, Any]]:
        nonlocal without
        for segment in translator.segments([build.request(source, item.text) for item in items], {}):
            without += segment.origin == "none"
            fields = asdict(segment)
            if segment.origin == "original":
                fields["target"] = segment.source
            yield {name: fields[name] for name in ("target", "score", "origin", "findings")}

    _filter(stage, jsonl, lambda result: [result["target"] or ""])
    if without:
        complain(_way_out([f"{source}-{settings.target}"]))
    if without and strict:
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
