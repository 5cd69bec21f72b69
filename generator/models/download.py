"""Downloads over HTTP that always end: in the whole file, or in one line that says why not."""

from __future__ import annotations

import base64
import http.client
import io
import queue
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import unquote, urlsplit

from generator.model import DigestError

Progress = Callable[[int, int | None], None]
"""Told after each chunk how many bytes are here, and of how many where the server says."""

CHUNK = 1 << 16
ATTEMPTS = 3
"""At a file whose connection breaks off; each goes on where the last ended, if the file is still the same."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for a server; nothing waits longer, whatever it does."""

    seconds: float = 20.0
    """For its name, connection, redirects and headers together, and then between two chunks."""
    pace: float = 1024.0
    """Bytes a second, measured over `seconds`, below which a server is too slow to go on with."""


PATIENCE = Patience()


def fetch(
    url: str,
    file: IO[bytes],
    *,
    most: int,
    patience: Patience = PATIENCE,
    progress: Progress | None = None,
) -> None:
    """Download `url`, of at most `most` bytes, to a file; DigestError where it can't be had whole."""
    validator: str | None = None
    for _ in range(ATTEMPTS):
        answer = _Answer(url, file.tell() if validator else 0, validator, patience)
        file.seek(answer.start)
        file.truncate()
        if (answer.total or 0) > most:
            raise DigestError(f"{answer.url}: refused, the server offers {answer.total:,} bytes")
        while chunk := answer.chunk():
            file.write(chunk)
            if file.tell() > most:
                raise DigestError(f"{answer.url}: refused, the server sends more than {most:,} bytes")
            if progress:
                progress(file.tell(), answer.total)
        if not answer.broken and answer.total in (None, file.tell()):
            return
        validator = answer.validator
    raise DigestError(f"{public(url)}: the connection breaks off before the end of the file; try again later")


def fetch_bytes(url: str, *, most: int, patience: Patience = PATIENCE) -> bytes:
    """Download a small file into memory; DigestError where it can't be had whole."""
    buffer = io.BytesIO()
    fetch(url, buffer, most=most, patience=patience)
    return buffer.getvalue()


def public(url: str) -> str:
    """Return an address without the name and password that may stand in it, as messages and records show it."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


class _Answer:
    """A server's answer, read by a thread of its own that can be left behind.

    Socket time-outs alone bound neither name servers nor headers that drip byte by byte.
    """

    def __init__(self, url: str, start: int, validator: str | None, patience: Patience) -> None:
        self._address = url
        self.url = public(url)
        self._patience = patience
        self._items: queue.Queue[Any] = queue.Queue(maxsize=16)
        self._since, self._bytes = time.monotonic(), 0
        self.broken = False
        threading.Thread(target=self._read, args=(start, validator), daemon=True).start()
        status, headers = self._next()
        continued = headers.get("Content-Range", "").startswith(f"bytes {start}-")
        if status != 200 and not (status == 206 and continued):
            raise DigestError(f"{self.url}: the server answers {status}, which is no file; check the address")
        self.start = start if status == 206 else 0
        length = headers.get("Content-Length", "")
        self.total: int | None = int(length) + self.start if length.isdecimal() else None
        # A weak tag promises the same meaning, not the same bytes.
        tag = headers.get("ETag", "")
        self.validator: str | None = tag if tag.startswith('"') else headers.get("Last-Modified")

    def chunk(self) -> bytes:
        """Return the next bytes; none at the end, or where the connection broke off."""
        chunk: bytes = self._next()
        self._bytes += len(chunk)
        if (elapsed := time.monotonic() - self._since) > self._patience.seconds:
            if self._bytes < elapsed * self._patience.pace and chunk:
                raise self._too_slow()
            self._since, self._bytes = time.monotonic(), 0
        return chunk

    def _next(self) -> Any:
        try:
            item = self._items.get(timeout=self._patience.seconds)
        except queue.Empty:
            raise self._too_slow() from None
        if isinstance(item, Exception):
            raise DigestError(f"{self.url}: {_reason(item)}") from item
        return item

    def _too_slow(self) -> DigestError:
        return DigestError(f"{self.url}: the server is silent or too slow; try again later")

    def _read(self, start: int, validator: str | None) -> None:
        """Run in the thread: put status and headers, then chunks, then an empty one."""
        with suppress(queue.Full):  # nobody listens any more
            try:
                request = self._request(start, validator)
                # The listener gives up first; this only ends a thread that was left behind.
                with _opener().open(request, timeout=2 * self._patience.seconds) as answer:
                    self._put((answer.status, answer.headers))
                    self._read_body(answer)
            except (OSError, http.client.HTTPException, ValueError) as error:
                self._put(error)

    def _read_body(self, answer: http.client.HTTPResponse) -> None:
        try:
            while chunk := answer.read1(CHUNK):
                self._put(chunk)
        except (OSError, http.client.HTTPException):
            self.broken = True
        self._put(b"")

    def _put(self, item: object) -> None:
        self._items.put(item, timeout=60)

    def _request(self, start: int, validator: str | None) -> urllib.request.Request:
        if urlsplit(self.url).scheme not in ("http", "https"):
            raise ValueError("not an address that starts with http:// or https://")
        headers = {"User-Agent": "digest", "Accept-Encoding": "identity"}
        if start and validator:
            headers |= {"Range": f"bytes={start}-", "If-Range": validator}
        request = urllib.request.Request(public(self._address), headers=headers)  # noqa: S310  checked above
        if name := urlsplit(self._address).netloc.rpartition("@")[0]:
            credentials = base64.b64encode(unquote(name).encode()).decode()
            request.add_unredirected_header("Authorization", f"Basic {credentials}")
        return request


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a few redirects, never from HTTPS to something less."""

    max_redirections = 5

    def redirect_request(self, req: urllib.request.Request, *answer: Any) -> urllib.request.Request | None:
        """Refuse to leave HTTPS; the base class refuses all but HTTP, HTTPS and FTP, the opener FTP."""
        body, code, _, headers, url = answer
        if urlsplit(req.full_url).scheme == "https" and urlsplit(url).scheme != "https":
            raise urllib.error.HTTPError(url, code, "not allowed", headers, body)
        return super().redirect_request(req, *answer)


def _opener() -> urllib.request.OpenerDirector:
    """Make an opener that knows HTTP and HTTPS and nothing else, above all no files."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
        _Redirects(),
    ):
        opener.add_handler(handler)
    return opener


def _reason(error: Exception) -> str:
    """Say in words why a server could not be read."""
    if isinstance(error, urllib.error.HTTPError):
        if 300 <= error.code < 400:
            where = "to an unsafe place" if "not allowed" in str(error.reason) else "in a circle or nowhere"
            return f"the server redirects {where}; use another address"
        return f"the server answers {error.code} {error.reason}; check the address"
    if isinstance(error, TimeoutError) or isinstance(getattr(error, "reason", None), TimeoutError):
        return "the server is silent or too slow; try again later"
    if isinstance(error, urllib.error.URLError):
        return f"the server can't be reached ({' '.join(str(error.reason).split())}); check the network"
    return f"no usable answer ({' '.join(str(error).split()) or type(error).__name__}); check the address"
