"""What a site's robots.txt lets a program fetch (RFC 9309)."""

from __future__ import annotations

from itertools import groupby

LONGEST = 500 * 2**10
"""Bytes that are read of a robots.txt, as the standard asks for at least."""


def allows(robots: str, product: str, target: str) -> bool:
    """Return whether the rules for a program, or else those for all, let it fetch a path with its query.

    The longest rule that matches counts, `allow` before `disallow`; robots.txt itself is always free.
    """
    groups = _groups(robots)
    rules = groups.get(product.lower(), groups.get("*", []))
    matching = [(len(pattern), allowed) for allowed, pattern in rules if pattern and _matches(pattern, target)]
    return target == "/robots.txt" or max(matching, default=(0, True))[1]


def _groups(robots: str) -> dict[str, list[tuple[bool, str]]]:
    """Return the rules of each program named, those of groups that name it twice together."""
    lines = (line.partition("#")[0].partition(":") for line in robots.splitlines())
    fields = [(name.strip().lower(), value.strip()) for name, _, value in lines]
    known = [field for field in fields if field[0] in ("user-agent", "allow", "disallow")]
    groups: dict[str, list[tuple[bool, str]]] = {}
    named: list[str] = []
    for is_name, run in groupby(known, lambda field: field[0] == "user-agent"):
        if is_name:
            named = [value.lower() for _, value in run]
            for name in named:
                groups.setdefault(name, [])
        else:
            rules = [(kind == "allow", pattern) for kind, pattern in run]
            for name in named:
                groups[name].extend(rules)
    return groups


def _matches(pattern: str, target: str) -> bool:
    """Match a beginning, with `*` for anything and `$` for the end; in linear time, since others wrote it."""
    anchored = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not target.startswith(first):
        return False
    at = len(first)
    for part in others[:-1] if anchored and others else others:
        at = target.find(part, at)
        if at < 0:
            return False
        at += len(part)
    if not anchored:
        return True
    return target.endswith(others[-1]) and len(target) - len(others[-1]) >= at if others else at == len(target)
