"""One polite and careful GET: what robots.txt allows, from public addresses only, within size and time."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from generator import __version__
from generator.ingest import robots
from generator.model import DigestError

PRODUCT = "multilingual-digest"
USER_AGENT = f"{PRODUCT}/{__version__}"
MOST_REDIRECTS = 5
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
LOCAL_NAT64 = ipaddress.IPv6Network("64:ff9b:1::/48")
REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a fetch may take and where it may go."""

    most: int = 20 * 2**20
    """Bytes of a body, unpacked."""
    seconds: float = 30
    """For one request from connecting to the last byte."""
    private: frozenset[str] = frozenset()
    """Hosts that may have private addresses; all others must be public, so that no page and no redirect
    makes this machine ask its own network."""


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered."""

    url: str
    """After redirects."""
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case."""
    body: bytes = b""


def fetch(url: str, headers: Mapping[str, str], limits: Limits = Limits()) -> Response:
    """Get a page, following redirects; asks each site's robots.txt first.

    Raises `DigestError` for whatever does not end in status 200 or 304. Proxies are not used.
    """
    for _ in range(MOST_REDIRECTS + 1):
        parts = parts_of(url)
        if not robots.allows(_robots(parts, limits), PRODUCT, _target(parts)):
            raise DigestError(f"{url}: its robots.txt does not allow fetching it; save the page by hand")
        response = _get(url, headers, limits)
        if response.status in (200, 304):
            return response
        if response.status not in REDIRECTS or "location" not in response.headers:
            raise DigestError(f"{url}: the server answers {response.status}; check the address")
        url = _redirected(url, response)
    raise DigestError(f"{url}: too many redirects; give the address where they end")


def _robots(site: SplitResult, limits: Limits) -> str:
    """Return a site's rules: none where it has no such file; all is forbidden where it cannot be asked."""
    url = urlunsplit((site.scheme, site.netloc, "/robots.txt", "", ""))
    for _ in range(MOST_REDIRECTS + 1):
        response = _get(url, {}, limits, cut=robots.LONGEST)
        if response.status in REDIRECTS and "location" in response.headers:
            url = _redirected(url, response)
            continue
        if response.status >= 500:
            return "User-agent: *\nDisallow: /"
        return response.body.decode("utf-8", "replace") if response.status == 200 else ""
    return ""


def _redirected(url: str, response: Response) -> str:
    """Return where a response sends us; addresses in UTF-8 arrive as Latin-1."""
    location = response.headers["location"].encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise DigestError(f"{url}: redirects to no web address; check the address") from error


def _get(url: str, headers: Mapping[str, str], limits: Limits, cut: int = 0) -> Response:
    """Ask once; gives the body of status 200 only. `cut` bytes of a larger one are enough, if given."""
    parts = parts_of(url)
    sent = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity", "Connection": "close", **headers}
    try:
        with _connected(parts, limits) as connection:
            connection.request("GET", _target(parts), headers=sent)
            answer = connection.getresponse()
            received = {name.lower(): value for name, value in answer.getheaders()}
            body = _body(url, answer, limits.most, cut) if answer.status == 200 else b""
    except (OSError, ValueError, http.client.HTTPException, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise DigestError(f"{url}: cannot be fetched ({' '.join(reason.split())}); try again later") from error
    return Response(url, answer.status, received, body)


def _body(url: str, answer: http.client.HTTPResponse, most: int, cut: int) -> bytes:
    """Read and unpack a body, never more than allowed."""
    encoding = answer.getheader("Content-Encoding", "identity").lower()
    if encoding not in ("identity", "gzip", ""):
        raise DigestError(f"{url}: comes in an encoding not asked for ({encoding!a}); save the page by hand")
    unpacker = zlib.decompressobj(wbits=31) if encoding == "gzip" else None
    body = bytearray()
    while chunk := answer.read1(2**16):
        body += unpacker.decompress(chunk, most + 1 - len(body)) if unpacker else chunk
        if cut and len(body) >= cut:
            return bytes(body[:cut])
        if len(body) > most:
            raise DigestError(f"{url}: is larger than {most / 2**20:.0f} MB; save its text by hand")
    if answer.length or (unpacker and not unpacker.eof):
        raise http.client.IncompleteRead(bytes(body))
    return bytes(body)


@contextmanager
def _connected(parts: SplitResult, limits: Limits) -> Iterator[http.client.HTTPConnection]:
    """Connect to an address that was checked, not to a name that could mean another one a moment later.

    A timer ends the connection when time is up, however slowly the server drips.
    """
    host, port = str(parts.hostname), parts.port or (443 if parts.scheme == "https" else 80)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(host, port)
    expired = threading.Event()
    sockets: list[socket.socket] = []

    def expire() -> None:
        expired.set()
        for opened in sockets:
            with suppress(OSError):
                socket.socket.shutdown(opened, socket.SHUT_RDWR)

    timer = threading.Timer(limits.seconds, expire)
    timer.daemon = True
    with closing(connection):
        sockets.append(socket.create_connection((_address(parts, port, limits), port), limits.seconds))
        timer.start()
        try:
            if parts.scheme == "https":
                context = ssl.create_default_context()
                secure = context.wrap_socket(sockets[0], server_hostname=host, do_handshake_on_connect=False)
                sockets.append(secure)
                secure.do_handshake()
            connection.sock = sockets[-1]
            yield connection
        finally:
            timer.cancel()
            if expired.is_set():
                raise TimeoutError(f"no answer within {limits.seconds:g} s")


def _address(parts: SplitResult, port: int, limits: Limits) -> str:
    """Return an address of a host; raises `DigestError` if any of them is not public."""
    host = str(parts.hostname)
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if host not in limits.private and not all(map(is_public, found)):
        raise DigestError(f"{host}: has a private address; allow it by name, or save the page by hand")
    return found[0]


def is_public(address: str) -> bool:
    """Tell a public IP address; one that carries an IPv4 address within counts as that one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in LOCAL_NAT64:
            return False
        mapped = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in NAT64 else None
        ip = mapped or ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else ip)
    return ip.is_global and not ip.is_multicast


def parts_of(url: str) -> SplitResult:
    """Take a web address apart; raises `DigestError` for anything else."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        host, port = "", ""
    if not host or parts.scheme not in ("http", "https") or parts.username is not None:
        raise DigestError(
            f"{url[:200]!a}: is no web address; give one with http:// or https:// and no password"
        )
    netloc = f"[{host}]{port}" if ":" in host else host + port
    return parts._replace(netloc=netloc)


def _target(parts: SplitResult) -> str:
    """Return path and query as they are sent, in ASCII."""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    return f"{path}?{quote(parts.query, safe='/%:@!$&()*+,;=~?')}" if parts.query else path
