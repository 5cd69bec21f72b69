"""The one HTTP client: each request ends in time, in the whole answer or in one line that says why not.

urllib3 does addresses, connections, TLS, proxies, chunks and gzip. Here is what it has no setting for: a
deadline that name servers and dripping headers keep too, servers that must be public ones wherever a name or
a redirect leads, robots.txt, and downloads that go on where they broke off.
"""

from __future__ import annotations

import ipaddress
import queue
import re
import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin

from generator import __version__
from generator.model import DigestError

if TYPE_CHECKING:
    from urllib3 import PoolManager
    from urllib3.util import Url

PRODUCT = "multilingual-digest"
USER_AGENT = f"{PRODUCT}/{__version__}"
MOST_REDIRECTS = 5
REDIRECTS = (301, 302, 303, 307, 308)
CHUNK = 1 << 16
ATTEMPTS = 3
"""At a file whose connection breaks off; each goes on where the last ended, if the file is still the same."""
LONGEST_ROBOTS = 500 * 2**10
"""Bytes that are read of a robots.txt, as its standard (RFC 9309) asks for at least."""
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
LOCAL_NAT64 = ipaddress.IPv6Network("64:ff9b:1::/48")

Progress = Callable[[int, int | None], None]
"""Told after each chunk how many bytes are here, and of how many where the server says."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an answer may take and where it may come from."""

    most: int = 20 * 2**20
    """Bytes of a body, unpacked."""
    seconds: float = 30
    """From asking for the server's name to the last byte; with a `pace`, to the headers."""
    pace: float | None = None
    """Bytes a second, measured over `seconds`, below which a server is too slow to go on with."""
    private: frozenset[str] | None = frozenset()
    """Hosts that may have private addresses; all others must be public, so that no page and no redirect
    makes this machine ask its own network. None where the user trusts the address: then it may also hold a
    password, and be reached through a proxy."""


TRUSTED = Limits(seconds=20, pace=1024, private=None)
"""For files of any size from servers that the user trusts."""


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered."""

    url: str
    """After redirects."""
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    """Found whether their names are in capitals or not."""
    body: bytes = b""


def fetch_page(url: str, headers: Mapping[str, str], limits: Limits = Limits()) -> Response:
    """Get a page, following redirects; asks each site's robots.txt first.

    Raises `DigestError` for whatever does not end in status 200 or 304.
    """
    answer = _open(url, headers, limits, asks_robots=True)
    if answer.status not in (200, 304):
        raise answer.refused()
    body = answer.body(limits.most) if answer.status == 200 else b""
    if len(body) > limits.most:
        raise DigestError(f"{answer.url}: is larger than {limits.most / 2**20:.0f} MB; save its text by hand")
    return Response(answer.url, answer.status, answer.headers, body)


def download(url: str, file: IO[bytes], limits: Limits, progress: Progress | None = None) -> None:
    """Download from an address to a file; raises `DigestError` where it can't be had whole."""
    validator: str | None = None
    for _ in range(ATTEMPTS):
        start = file.tell() if validator else 0
        resumed = {"Range": f"bytes={start}-", "If-Range": validator} if start and validator else {}
        answer = _open(url, resumed, limits)
        is_rest = answer.headers.get("Content-Range", "").startswith(f"bytes {start}-")
        if answer.status != 200 and not (answer.status == 206 and is_rest):
            raise answer.refused()
        file.seek(start if answer.status == 206 else 0)
        file.truncate()
        length = answer.headers.get("Content-Length", "")
        total = int(length) + file.tell() if length.isdecimal() else None
        if (total or 0) > limits.most:
            raise DigestError(f"{answer.url}: refused, the server offers {total:,} bytes")
        while chunk := answer.chunk():
            file.write(chunk)
            if file.tell() > limits.most:
                raise DigestError(f"{answer.url}: refused, the server sends more than {limits.most:,} bytes")
            if progress:
                progress(file.tell(), total)
        if not answer.is_broken and total in (None, file.tell()):
            return
        # A weak tag promises the same meaning, not the same bytes.
        tag = answer.headers.get("ETag", "")
        validator = tag if tag.startswith('"') else answer.headers.get("Last-Modified")
    raise answer.broken_off()


def parse_address(url: str, *, may_have_password: bool = False) -> Url:
    """Take a web address apart, all of it in ASCII; raises `DigestError` for anything else."""
    from urllib3.exceptions import LocationParseError
    from urllib3.util import Url, parse_url

    try:
        parsed = parse_url(url)
    except LocationParseError:
        parsed = Url()
    if not parsed.host or parsed.scheme not in ("http", "https") or (parsed.auth and not may_have_password):
        shown = re.sub("[^/]*@", "", url[:200])  # without a password, that of a broken address too
        rest = "" if may_have_password else " and no password"
        raise DigestError(f"{shown!a}: is no web address; give one with http:// or https://{rest}")
    return parsed


def without_password(url: str) -> str:
    """Return an address without the name and password that may stand in it, as messages and records show it."""
    return parse_address(url, may_have_password=True)._replace(auth=None).url


def is_public(address: str) -> bool:
    """Return whether an IP address is public; one that carries an IPv4 address within counts as that one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in LOCAL_NAT64:
            return False
        mapped = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in NAT64 else None
        ip = mapped or ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else ip)
    return ip.is_global and not ip.is_multicast


def _open(url: str, headers: Mapping[str, str], limits: Limits, asks_robots: bool = False) -> _Answer:
    """Ask for an address, following redirects; the answer is one itself where there are too many."""
    is_trusted = limits.private is None
    parsed = parse_address(url, may_have_password=is_trusted)
    for hops_left in reversed(range(MOST_REDIRECTS + 1)):
        if asks_robots and not _robots_allow(parsed, limits):
            raise DigestError(f"{parsed}: its robots.txt does not allow fetching it; save the page by hand")
        answer = _Answer(parsed, headers, limits)
        location = answer.headers.get("Location")
        if answer.status not in REDIRECTS or location is None or not hops_left:
            break
        location = location.encode("latin-1", "replace").decode("utf-8", "replace")  # as servers mean it
        try:
            target = parse_address(urljoin(answer.url, location), may_have_password=is_trusted)
            if is_trusted and parsed.scheme == "https" != target.scheme:
                raise ValueError
        except (ValueError, DigestError) as error:
            raise DigestError(
                f"{answer.url}: redirects to an unsafe place ({location[:200]!a} is no web address, "
                "or without TLS); use another address"
            ) from error
        parsed = target
    return answer


def _robots_allow(page: Url, limits: Limits) -> bool:
    """Return whether a site's rules allow a page; without rules all is allowed, out of order nothing is."""
    from protego import Protego

    page = page._replace(fragment=None)
    answer = _open(page._replace(path="/robots.txt", query=None).url, {}, limits)
    if answer.status != 200:
        return answer.status < 500
    rules = answer.body(LONGEST_ROBOTS).decode("utf-8", "replace")
    return Protego.parse(rules).can_fetch(page.url, PRODUCT)


class _Answer:
    """A server's answer to one GET, read by a thread of its own that can be left behind.

    Time-outs of sockets alone bound neither name servers nor headers that drip byte by byte.
    """

    def __init__(self, url: Url, headers: Mapping[str, str], limits: Limits) -> None:
        self.url = without_password(url.url)
        self.is_broken = False
        self._limits = limits
        self._items: queue.Queue[Any] = queue.Queue(maxsize=16)
        self._since, self._bytes = time.monotonic(), 0
        threading.Thread(target=self._ask, args=(url, headers), daemon=True).start()
        first = self._next()
        if isinstance(first, Exception):
            raise first if isinstance(first, DigestError) else DigestError(f"{self.url}: {_reason(first)}")
        self.status: int = first[0]
        self.headers: Mapping[str, str] = first[1]

    def chunk(self) -> bytes:
        """Return the next bytes; none at the end, or where the connection broke off."""
        item = self._next()
        self.is_broken = isinstance(item, Exception)
        self._bytes += 0 if self.is_broken else len(item)
        return b"" if self.is_broken else item

    def body(self, most: int) -> bytes:
        """Return the body; of one that has more than `most` bytes, somewhat more than these."""
        encoding = self.headers.get("Content-Encoding", "")
        if encoding.lower() not in ("identity", "gzip", ""):
            raise DigestError(
                f"{self.url}: comes in an encoding not asked for ({encoding!a}); save the page by hand"
            )
        body = bytearray()
        while len(body) <= most and (chunk := self.chunk()):
            body += chunk
        if self.is_broken:
            raise self.broken_off()
        return bytes(body)

    def refused(self) -> DigestError:
        """Return the line for a status that gives no file."""
        said = f"answers {self.status}; check the address"
        if self.status in REDIRECTS:
            said = "redirects in a circle or nowhere, or too many redirects; give the address where they end"
        return DigestError(f"{self.url}: the server {said}")

    def broken_off(self) -> DigestError:
        """Return the line for a body of which the end is missing."""
        return DigestError(f"{self.url}: cannot be fetched, the connection breaks off; try again later")

    def _next(self) -> Any:
        """Return what the thread says next; raises `DigestError` where that takes too long."""
        seconds, pace = self._limits.seconds, self._limits.pace
        while True:
            elapsed = time.monotonic() - self._since
            if elapsed < seconds:
                with suppress(queue.Empty):
                    return self._items.get(timeout=seconds - elapsed)
            elif pace is None or self._bytes < elapsed * pace:
                raise DigestError(
                    f"{self.url}: the server is silent or too slow (no answer within {seconds:g} s, "
                    "or too little of it); try again later"
                )
            else:
                self._since, self._bytes = time.monotonic(), 0

    def _ask(self, url: Url, headers: Mapping[str, str]) -> None:
        """Run in the thread: put status and headers, then chunks, then an empty one; or what went wrong."""
        from urllib3.exceptions import HTTPError

        with suppress(queue.Full):  # nobody listens any more
            try:
                manager, where, extra = _way_to(url, self._limits.private)
                with (
                    manager,
                    manager.request(
                        "GET",
                        where,
                        headers={"User-Agent": USER_AGENT, "Accept-Encoding": "identity", **extra, **headers},
                        timeout=2 * self._limits.seconds,  # whoever waits gives up first; it ends the thread
                        redirect=False,
                        retries=False,
                        preload_content=False,
                        decode_content=self._limits.private is not None,
                    ) as response,
                ):
                    self._put((response.status, response.headers))
                    while chunk := response.read1(CHUNK):
                        self._put(chunk)
                self._put(b"")
            except (OSError, ValueError, HTTPError, DigestError) as error:
                self._put(error)

    def _put(self, item: object) -> None:
        self._items.put(item, timeout=60)


def _way_to(url: Url, private: frozenset[str] | None) -> tuple[PoolManager, str, Mapping[str, str]]:
    """Return what connects to a server, the address to ask it for, and headers of this address.

    The server of a page is connected to by an IP address that was checked, not by its name, which could mean
    another address a moment later; raises `DigestError` where one of its addresses is not public.
    """
    from urllib.request import getproxies, proxy_bypass

    from urllib3 import PoolManager, ProxyManager, make_headers
    from urllib3.util import parse_url

    host = str(url.host).strip("[]")
    if private is not None:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, url.port, type=socket.SOCK_STREAM)]
        if host not in private and not all(map(is_public, found)):
            raise DigestError(f"{host}: has a private address; allow it by name, or save the page by hand")
        where = url._replace(host=f"[{found[0]}]" if ":" in found[0] else found[0]).url
        return PoolManager(server_hostname=host), where, {"Host": str(url.netloc)}
    where = without_password(url.url)
    login = make_headers(basic_auth=unquote(url.auth, "latin-1")) if url.auth else {}
    proxy = getproxies().get(str(url.scheme))
    if not proxy or proxy_bypass(str(url.netloc)):
        return PoolManager(), where, login
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    auth = parse_url(proxy).auth
    proxy_login = make_headers(proxy_basic_auth=unquote(auth, "latin-1")) if auth else None
    return ProxyManager(proxy, proxy_headers=proxy_login), where, login


def _reason(error: Exception) -> str:
    """Say in words why a server could not be read."""
    from urllib3.exceptions import NewConnectionError, ProxyError, SSLError

    cause = error.__cause__ or next((each for each in error.args[::-1] if isinstance(each, Exception)), error)
    words = " ".join((getattr(cause, "strerror", None) or str(cause)).split()) or type(cause).__name__
    if isinstance(error, OSError | NewConnectionError | ProxyError | SSLError):
        return f"the server can't be reached ({words}); check the network"
    return f"no usable answer ({words}); check the address"
