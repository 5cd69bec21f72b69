"""What axe-core objects to on a page: its rules for WCAG 2.2 up to AA, its best practices, and target sizes."""

from __future__ import annotations

from typing import Any

import pytest

OPTIONS = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
"""That rule is off in axe-core unless it is asked for; of what passes all it would list each element of a page."""
FOUND = """async (options) => (await axe.run(document, options)).violations
  .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 300)}`))"""


def barriers(page: Any) -> list[str]:
    """Return a line for each element of a Playwright page that is in somebody's way."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(axe.axe_script)
    return page.evaluate(FOUND, OPTIONS)  # type: ignore[no-any-return]
