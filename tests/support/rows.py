"""The order in which what stands on a page is read: row by row, each from where its language begins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

BOXES = """found => found.map(each => {
  const {top, bottom, left, right} = each.getBoundingClientRect();
  return {name: each.textContent.trim(), top, bottom, left, right};
})"""
"""JavaScript that returns the boxes of elements, with their text."""


def place_in_rows(box: dict[str, Any], boxes: Sequence[dict[str, Any]], rtl: bool) -> tuple[float, float]:
    """Return where a box comes when the rows are read: its row is that of the highest box beside it."""
    middle = (box["top"] + box["bottom"]) / 2
    row = min(each["top"] for each in boxes if each["top"] <= middle <= each["bottom"])
    return row, -box["right"] if rtl else box["left"]
