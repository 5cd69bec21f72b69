"""A real HTTP server on loopback whose pages a test writes: it rolls on, redirects, fails, limits and lies."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Site:
    """A server whose pages a test writes, and the requests that it got."""

    base: str
    server: ThreadingHTTPServer
    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    drip: float = 0
    """Seconds between two bytes of a body."""
    first: dict[str, list[tuple[int, dict[str, str]]]] = field(default_factory=dict)
    """Statuses and headers that are answered, one a request, before the page of a path is."""
    endless: set[str] = field(default_factory=set)
    """Paths whose bodies never end."""
    barrier: threading.Barrier | None = None
    """Where each request for a page waits for the others."""
    at_once: int = 0
    """The most requests that were under way at one time."""
    _under_way: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def put(self, path: str, body: bytes = b"", kind: str = "text/html", status: int = 200, **more: str) -> str:
        headers = {"Content-Type": kind} | {name.replace("_", "-"): value for name, value in more.items()}
        self.pages[path] = (status, headers, body)
        return self.base + path

    def asked(self, path: str) -> int:
        """Return how often a path was asked for."""
        return sum(each == path for each, _ in self.requests)

    @contextmanager
    def counted(self) -> Iterator[None]:
        with self._lock:
            self._under_way += 1
            self.at_once = max(self.at_once, self._under_way)
        try:
            yield
        finally:
            with self._lock:
                self._under_way -= 1


@contextmanager
def serving(host: str = "127.0.0.1") -> Iterator[Site]:
    """Serve what a test puts there, on loopback, until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with served.counted():  # ends before the client can know the answer, and ask for more
                time.sleep(0.002)
            served.requests.append((self.path, dict(self.headers)))
            status, headers, body = served.pages.get(self.path, (404, {}, b""))
            if served.first.get(self.path):
                (status, headers), body = served.first[self.path].pop(0), b""
            if served.barrier and self.path != "/robots.txt":
                served.barrier.wait(60)
            if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, b""
            self.send_response(status)
            for name, value in (
                ({} if self.path in served.endless else {"Content-Length": str(len(body))}) | headers
            ).items():
                self.send_header(name, value)
            self.end_headers()
            while self.path in served.endless:
                try:
                    self.wfile.write(b"<item>" * 4096)
                except OSError:
                    return
            for byte in body if served.drip else ():
                try:
                    self.wfile.write(bytes([byte]))
                except OSError:
                    return
                time.sleep(served.drip)
            self.wfile.write(b"" if served.drip else body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer((host, 0), Handler)
    server.daemon_threads = True
    served = Site(f"http://{host}:{server.server_port}", server)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
