"""A real Chromium for the tests, and a server for the sites that it looks at."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars"]


@contextmanager
def chromium(*arguments: str) -> Iterator[Any]:
    """Return a browser, started with these arguments; where none is installed the test is skipped, on CI it fails."""
    ci = os.environ.get("CI") == "true"
    if not CHROMIUM:
        assert not ci, "CI needs Chromium: install Debian's package chromium"
        pytest.skip("no Chromium here (Debian's package chromium)")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        assert not ci, "CI needs the Python package playwright"
        pytest.skip("the Python package playwright is not installed")
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, *arguments])
        yield browser
        browser.close()


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a site as static hosts do: with its own page for what is not there."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def send_error(self, code: int, *args: Any, **named: Any) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            return super().send_error(code, *args, **named)
        self.send_response(404)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page.read_bytes())
        return None


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder on this machine alone and give its address."""
    handler = functools.partial(_Handler, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


class Watch:
    """Notes what a page asks for and what goes wrong on it."""

    def __init__(self, page: Any) -> None:
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("requestfailed", self._on_failure)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._on_console)
        page.on("dialog", lambda dialog: (self.errors.append(f"dialog: {dialog.message}"), dialog.dismiss()))

    def _on_console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def _on_failure(self, request: Any) -> None:
        if request.failure != "net::ERR_ABORTED":  # a favicon that was no longer wanted
            self.errors.append(f"failed: {request.url}")

    def foreign(self, address: str) -> list[str]:
        """Return the requests that went to another host than that of an address."""
        return [url for url in self.requests if urlsplit(url).netloc != urlsplit(address).netloc]
