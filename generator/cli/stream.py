"""Lines in, lines out, in the same order: filters hold a few at a time, so that input may have any length."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO

WINDOW = 1024
"""Lines handed to a stage at once."""


@dataclass(frozen=True, slots=True)
class TextItem:
    """One text on its way through a filter."""

    text: str
    id: Any = None
    language: str | None = None
    """As the input declares it, or None."""
    error: str = ""
    """Why this line is not a text; then `text` is empty."""


Stage = Callable[[list[TextItem]], Iterable[dict[str, Any]]]
"""Gives one result for each item, in order: the fields that `--jsonl` prints beside the id."""


def items(stream: BinaryIO, jsonl: bool) -> Iterator[TextItem]:
    """Read a text a line, or with `jsonl` an object a line with `id`, `text` and perhaps `language`."""
    for number, line in enumerate(stream, 1):
        try:
            text = line.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            yield TextItem("", error=f"line {number}: is not UTF-8; convert the input")
            continue
        if number == 1:
            text = text.removeprefix("\ufeff")
        if not jsonl:
            yield TextItem(text)
        elif text.strip():
            yield _from_json(text, number)


def _from_json(line: str, number: int) -> TextItem:
    try:
        fields = json.loads(line)
        if isinstance(fields, dict) and isinstance(fields.get("text"), str):
            language = fields.get("language")
            return TextItem(fields["text"], fields.get("id"), language if isinstance(language, str) else None)
        identity = fields.get("id") if isinstance(fields, dict) else None
        return TextItem("", identity, error=f'line {number}: has no "text" that is a string; add it')
    except (ValueError, RecursionError) as error:
        return TextItem("", error=f"line {number}: is not JSON ({error}); mend it")


def run(
    stage: Stage,
    stream: BinaryIO,
    output: BinaryIO,
    *,
    jsonl: bool,
    show: Callable[[dict[str, Any]], Iterable[str]],
) -> Iterator[str]:
    """Send every text through a stage: with `jsonl` an object a line each way, else the lines `show` makes.

    Yields one line for each faulty line of input, which gives an object with `error`, or an empty line.
    """
    arriving = items(stream, jsonl)
    while window := list(islice(arriving, WINDOW)):
        results = iter(stage([item for item in window if not item.error]))
        for item in window:
            if item.error:
                yield item.error
            result = {"error": item.error} if item.error else next(results)
            if jsonl:
                output.write(_json({"id": item.id} | result))
            else:
                lines = [""] if item.error else show(result)
                output.writelines(line.encode("utf-8", "replace") + b"\n" for line in lines)
        output.flush()


def _json(fields: dict[str, Any]) -> bytes:
    try:
        return json.dumps(fields, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # an unpaired surrogate has no UTF-8, only an escape
        return json.dumps(fields).encode() + b"\n"
