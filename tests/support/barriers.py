"""What axe-core objects to on a page: its rules for WCAG 2.2 up to AA, its best practices, and target sizes."""

from __future__ import annotations

from typing import Any

import pytest

OPTIONS = {"rules": {"target-size": {"enabled": True}}}
"""That rule is off in axe-core unless it is asked for."""


def barriers(page: Any) -> list[str]:
    """Return a line for each element of a Playwright page that is in somebody's way."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = axe.run(page, options=OPTIONS).response["violations"]
    return [f"{each['id']}: {node['html'][:300]}" for each in found for node in each["nodes"]]
