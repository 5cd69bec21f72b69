"""Downloads through a proxy; what servers do wrong is tested with the models and pages that they serve."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from generator.download import TRUSTED, download


@pytest.fixture
def proxy() -> Iterator[tuple[str, list[tuple[str, dict[str, str]]]]]:
    """Start a proxy that answers itself; its address, and what it is asked."""
    asked: list[tuple[str, dict[str, str]]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"model")

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"127.0.0.1:{server.server_port}", asked
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("scheme", ["", "http://"])
def test_models_come_through_the_proxy_of_the_environment(
    scheme: str, proxy: tuple[str, list[tuple[str, dict[str, str]]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, asked = proxy
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", f"{scheme}me:p%40ss@{address}")
    file = io.BytesIO()
    download("http://user:s%C3%A9cret@models.invalid/a", file, TRUSTED)
    assert file.getvalue() == b"model"
    ((path, headers),) = asked
    assert path == "http://models.invalid/a"
    assert headers["proxy-authorization"] == "Basic bWU6cEBzcw=="
    assert headers["authorization"] == "Basic dXNlcjpzw6ljcmV0"
