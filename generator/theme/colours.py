"""A digest's own colours: from the names that Material has for them to text that can be read on our pages.

Contrast is that of WCAG 2.2, where 4.5 is what small text needs.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from pathlib import Path

READABLE = 4.5
PAPERS = {"light": ("#fffdf8", "#f6f1e6", "#fbefc4"), "dark": ("#16171b", "#212329", "#3d3720")}
"""What text stands on: --paper, --tint and --lit of digest.css."""
OURS: dict[str, dict[str, str]] = {"primary": {}, "accent": {"light": "#8c1d18", "dark": "#f0a196"}}
"""Where a digest chooses a colour for one scheme alone: what the other one has."""
_NAMED = re.compile(
    r"\[data-md-color-(primary|accent)=([a-z-]+)\]\{--md-\w+-fg-color:"
    r"(?:#([0-9a-f]{6}|[0-9a-f]{3})\b|hsla?\(([^,]+),\s*([\d.]+)%,\s*([\d.]+)%)"
)


def named(role: str, folders: Iterable[str]) -> dict[str, str]:
    """Return what Material calls a colour of a role, primary or accent, as #rrggbb."""
    return _named_in(tuple(folders)).get(role, {})


@cache
def _named_in(folders: tuple[str, ...]) -> dict[str, dict[str, str]]:
    files = chain.from_iterable(Path(each, "assets/stylesheets").glob("palette.*.css") for each in folders)
    found: dict[str, dict[str, str]] = {}
    for file in files:
        for role, name, digits, hue, saturation, light in _NAMED.findall(file.read_text(encoding="utf-8")):
            degrees = float(hue) if re.fullmatch(r"[\d.]+", hue) else 225.0  # where Material's greys lie
            colour = f"#{digits}" if digits else _from_hsl(degrees, float(saturation), float(light))
            found.setdefault(role, {})[name] = six_digits(colour)
    return found


def six_digits(colour: str) -> str:
    """Return #rgb as #rrggbb."""
    return colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:])


def _from_hsl(degrees: float, saturation: float, light: float) -> str:
    return _hexadecimal(colorsys.hls_to_rgb(degrees / 360, light / 100, saturation / 100))


def _hexadecimal(channels: Iterable[float]) -> str:
    return "#" + "".join(f"{round(255 * channel):02x}" for channel in channels)


def _channels(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, as WCAG 2.2 defines it."""
    darker, lighter = sorted(map(_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    linear = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in _channels(colour)
    )
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def readable(colour: str, scheme: str) -> str:
    """Return the nearest colour, darker or lighter, that can be read as text on the papers of a scheme."""
    end = 0.0 if scheme == "light" else 1.0
    for step in range(101):
        mixed = _hexadecimal(channel + (end - channel) * step / 100 for channel in _channels(colour))
        if min(contrast(mixed, paper) for paper in PAPERS[scheme]) >= READABLE:
            return mixed
    return _hexadecimal([end] * 3)


def stylesheet(chosen: Mapping[str, Mapping[str, str]], schemes: str, notes: list[str]) -> str:
    """Return the rules that give pages the colours chosen for their schemes; say in `notes` what was changed.

    A scheme alone holds even against what a reader chose before it was so.
    """
    light, both = [], []
    for role in ("primary", "accent"):
        own = dict(_own(role, chosen, schemes, notes))
        if own:
            first, second = (own.get(each) or OURS[role].get(each, "transparent") for each in PAPERS)
            light.append(f"--{role}: {first};")
            both.append(f"--{role}: light-dark({first}, {second});")
    lines = []
    if light:
        know_both = "@supports (color: light-dark(#000, #fff))"
        lines += [f":root {{ {' '.join(light)} }}", f"{know_both} {{ :root {{ {' '.join(both)} }} }}"]
    if "--primary" in "".join(light):
        lines.append("body { border-block-start: .375rem solid var(--primary); }")
    if " " not in schemes:
        lines.append(f":root, :root[data-theme] {{ color-scheme: {schemes}; }}")
    return "\n".join(["@media screen {", *lines, "}", ""]) if lines else ""


def _own(
    role: str, chosen: Mapping[str, Mapping[str, str]], schemes: str, notes: list[str]
) -> Iterator[tuple[str, str]]:
    """Return the colour of a role for each scheme where one is chosen; a primary colour is the accent, too."""
    for scheme in schemes.split():
        colours = chosen.get(scheme, {})
        if role == "primary" and colours.get("primary"):
            yield scheme, colours["primary"]
        elif role == "accent" and (colour := colours.get("accent") or colours.get("primary")):
            yield scheme, _accent(colour, scheme, notes)


def _accent(colour: str, scheme: str, notes: list[str]) -> str:
    shown = readable(colour, scheme)
    if shown != colour:
        ratio = min(contrast(colour, paper) for paper in PAPERS[scheme])
        notes.append(
            f"theme.palette: {colour} has a contrast of {ratio:.1f} on {scheme} pages, where text needs "
            f"{READABLE}; it is shown as {shown}"
        )
    return shown
