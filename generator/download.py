"""The one HTTP client: each request ends in time, in the whole answer or in one line that says why not.

urllib3 does addresses, connections, TLS, proxies, chunks and gzip. Here is what it has no setting for: a
deadline that name servers and dripping headers keep too, servers that must be public ones wherever a name or
a redirect leads, manners (robots.txt, pauses, hosts that ask to be left alone), and downloads that go on where
they broke off.
"""

from __future__ import annotations

import ipaddress
import queue
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin

from generator import __version__
from generator.model import DigestError

if TYPE_CHECKING:
    from protego import Protego
    from urllib3 import PoolManager
    from urllib3.util import Url

PRODUCT = "multilingual-digest"
USER_AGENT = f"{PRODUCT}/{__version__}"
MOST_REDIRECTS = 5
REDIRECTS = (301, 302, 303, 307, 308)
ATTEMPTS = 3
"""At a file whose connection breaks off; each goes on where the last ended, if the file is still the same."""
LONGEST_ROBOTS = 500 * 2**10
"""Bytes that are read of a robots.txt, as its standard (RFC 9309) asks for at least."""
BUSY = (429, 503)
"""Statuses by which a server asks to be left alone for a while, as `Retry-After` says (RFC 9110, 10.2.3)."""
PATIENCE = 60
"""Seconds that are waited for a host within a run; who asks for more is asked in a later one."""
USUAL_REST = 15 * 60
"""Seconds that a host is left alone that says too many requests and not for how long."""
LONGEST_REST = 7 * 24 * 60 * 60
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


@dataclass(slots=True)
class _Host:
    """What a run knows of one host."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    asked: float | None = None
    """When the last answer of it was read."""
    rules: dict[str, Protego | DigestError | None] = field(default_factory=dict)
    """Its robots.txt by scheme and port: None where all is allowed, an error where nothing is."""


@dataclass(slots=True)
class Manners:
    """How a run treats the hosts that it asks: one request at a time, none too soon, none that they forbid.

    One may serve many threads. The clock may be another than the real one.
    """

    pause: float = 0
    """Seconds between two requests to a host that asks for no `Crawl-delay`."""
    rests: dict[str, float] = field(default_factory=dict)
    """Hosts that asked to be left alone, and until when, in seconds since 1970."""
    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    _hosts: dict[str, _Host] = field(default_factory=dict)

    @contextmanager
    def turn(self, page: Url, limits: Limits) -> Iterator[None]:
        """Wait until a page's host may be asked, and keep others from asking it until the block ends.

        Raises `DigestError` where the host does not allow the page, or not now.
        """
        name = str(page.host)
        host = self._hosts.setdefault(name, _Host())
        with host.lock:
            until = self.rests.get(name, 0)
            if until - self.now() > PATIENCE:
                raise RestingHostError(f"{page}: its server asked to be left alone until {_moment(until)}")
            self._wait_until(until)
            rules = self._rules(host, page, limits)
            if rules and not rules.can_fetch(page._replace(fragment=None).url, PRODUCT):
                raise DigestError(f"{page}: its robots.txt does not allow fetching it; save the page by hand")
            pause = (rules.crawl_delay(PRODUCT) if rules else None) or self.pause
            if pause > PATIENCE and host.asked is not None:
                raise RestingHostError(
                    f"{page}: its robots.txt asks for {pause:g} s between pages; try again later"
                )
            self._wait_until((host.asked or 0) + pause)
            try:
                yield
            finally:
                host.asked = self.now()

    def rest(self, answer: _Answer) -> float:
        """Return for how many seconds an answer asks to be left alone, and note it; nothing if it does not."""
        if answer.status not in BUSY:
            return 0
        said = answer.headers.get("Retry-After", "").strip()
        seconds = float(USUAL_REST if answer.status == 429 else 0)
        if said.isascii() and said.isdecimal():
            seconds = float(said[:9])
        else:
            with suppress(ValueError, TypeError, IndexError, OverflowError):
                moment = parsedate_to_datetime(said)  # two of its three forms name no zone
                seconds = moment.replace(tzinfo=moment.tzinfo or UTC).timestamp() - self.now()
        seconds = min(max(seconds, 0.0), LONGEST_REST)
        if seconds:
            self.rests[answer.host] = self.now() + seconds
        return seconds

    def _wait_until(self, moment: float) -> None:
        if (left := moment - self.now()) > 0:
            self.sleep(left)

    def _rules(self, host: _Host, page: Url, limits: Limits) -> Protego | None:
        """Return a site's rules, asked for once; without rules all is allowed, out of order nothing is."""
        site = page._replace(auth=None, path="/robots.txt", query=None, fragment=None).url
        if site not in host.rules:
            try:
                host.rules[site] = _robots(site, limits)
            except DigestError as error:
                host.rules[site] = error
        rules = host.rules[site]
        if isinstance(rules, DigestError):
            raise rules
        return rules


class RestingHostError(DigestError):
    """A host is not asked now, since it wants to be left alone for a while."""


def fetch_page(
    url: str, headers: Mapping[str, str], limits: Limits = Limits(), manners: Manners | None = None
) -> Response:
    """Get a page, following redirects, each step with manners; a short rest that its server asks for is waited.

    Raises `DigestError` for whatever does not end in status 200 or 304.
    """
    manners = manners or Manners()
    for is_last in (False, True):
        with ExitStack() as turns:
            answer = _open(url, headers, limits, partial(_take_turn, turns, manners, limits))
            seconds = manners.rest(answer)
            if answer.status in (200, 304):
                body = answer.body(limits.most) if answer.status == 200 else b""
                break
            if is_last or not 0 < seconds <= PATIENCE:
                raise answer.refused(manners.rests.get(answer.host, 0) if seconds else 0)
    if len(body) > limits.most:
        raise DigestError(f"{answer.url}: is larger than {limits.most / 2**20:.0f} MB; save its text by hand")
    return Response(answer.url, answer.status, answer.headers, body)


def _take_turn(turns: ExitStack, manners: Manners, limits: Limits, page: Url) -> None:
    """Leave the host that was asked last, and take a turn at the one of this page."""
    turns.close()
    turns.enter_context(manners.turn(page, limits))


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


def _open(
    url: str, headers: Mapping[str, str], limits: Limits, enter: Callable[[Url], None] = lambda page: None
) -> _Answer:
    """Ask for an address, following redirects; the answer is one itself where there are too many.

    `enter` is told each address before it is asked for.
    """
    is_trusted = limits.private is None
    parsed = parse_address(url, may_have_password=is_trusted)
    for hops_left in reversed(range(MOST_REDIRECTS + 1)):
        enter(parsed)
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


def _robots(site: str, limits: Limits) -> Protego | None:
    """Return the rules in a robots.txt; raises `DigestError` where its server is out of order."""
    from protego import Protego

    answer = _open(site, {}, limits)
    if answer.status >= 500 or answer.status in BUSY:
        raise DigestError(
            f"{site}: the server answers {answer.status}, and without robots.txt does not allow fetching it; "
            "save the page by hand"
        )
    if answer.status != 200:
        return None
    return Protego.parse(answer.body(LONGEST_ROBOTS).decode("utf-8-sig", "replace"))


def _moment(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"


class _Answer:
    """A server's answer to one GET, read by a thread of its own that can be left behind.

    Time-outs of sockets alone bound neither name servers nor headers that drip byte by byte.
    """

    def __init__(self, url: Url, headers: Mapping[str, str], limits: Limits) -> None:
        self.url = without_password(url.url)
        self.host = str(url.host)
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

    def refused(self, until: float = 0) -> DigestError:
        """Return the line for a status that gives no file; `until` then nobody is to ask again."""
        said = f"answers {self.status}; check the address"
        if self.status in REDIRECTS:
            said = "redirects in a circle or nowhere, or too many redirects; give the address where they end"
        elif until:
            said = f"answers {self.status} and asks to be left alone; try again after {_moment(until)}"
        elif self.status in (401, 402, 403):
            said = f"answers {self.status}; check the address, or save the page by hand"
        elif self.status >= 500 or self.status == 429:
            said = f"answers {self.status}; check whether it is at fault, and try again later"
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

        put = partial(self._items.put, timeout=60)
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
                    put((response.status, response.headers))
                    while chunk := response.read1(1 << 16):
                        put(chunk)
                put(b"")
            except (OSError, ValueError, HTTPError, DigestError) as error:
                put(error)


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
            way_out = f"allow it with --allow-private {host}, or save the page by hand"
            raise DigestError(f"{host}: has a private address; {way_out}")
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
