"""Asking many servers: several hosts side by side, the pages of one host one after the other."""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urljoin

from generator.download import Limits, Manners, Response, RestingHostError, fetch_page, parse_address
from generator.ingest.raw_article import Unreadable
from generator.ingest.sources.entries import feed_suffix
from generator.model import DigestError

HOSTS_AT_ONCE = 6
FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_Asked = TypeVar("_Asked")


@dataclass(frozen=True, slots=True)
class Answered(Generic[_Asked]):
    """What came of asking for something."""

    asked: _Asked
    response: Response | None
    fault: DigestError | None = None


def _host_of(url: str) -> str:
    """Return an address's host; of what is no address itself, since asking for it says what is wrong."""
    try:
        return str(parse_address(url, may_have_password=True).netloc).lower()
    except DigestError:
        return url


def ask_hosts(
    wanted: Sequence[_Asked], url_of: Callable[[_Asked], str], ask: Callable[[_Asked], Response]
) -> Iterator[Answered[_Asked]]:
    """Ask for all that is wanted, and return what came as it comes.

    An error that no user can cause is raised here, too.
    """
    by_host: dict[str, list[_Asked]] = {}
    for each in wanted:
        by_host.setdefault(_host_of(url_of(each)), []).append(each)
    hosts = deque(by_host.values())
    came: queue.Queue[Answered[_Asked] | BaseException] = queue.Queue(maxsize=8)

    def work() -> None:
        with suppress(IndexError):  # all hosts are taken
            while host := hosts.popleft():
                try:
                    for each in host:
                        came.put(_answered(each, ask))
                except BaseException as bug:  # whoever waits must learn of it
                    came.put(bug)
                    return

    for _ in range(min(HOSTS_AT_ONCE, len(hosts))):
        threading.Thread(target=work, daemon=True).start()
    for _ in wanted:
        answer = came.get()
        if isinstance(answer, BaseException):
            raise answer
        yield answer


def _answered(each: _Asked, ask: Callable[[_Asked], Response]) -> Answered[_Asked]:
    try:
        return Answered(each, ask(each))
    except DigestError as fault:
        return Answered(each, None, fault)


def fetch_feed(
    url: str, last: str, conditions: Mapping[str, str], limits: Limits, manners: Manners
) -> tuple[str, Response]:
    """Get the feed at an address, or the one that the page there names, and which address to ask.

    `last` is that of the last time; where a feed redirects to is asked anew each time.

    Raises `DigestError` where there is none.
    """
    asked = last or url
    try:
        response = fetch_page(asked, conditions, limits, manners)
    except RestingHostError:
        raise
    except DigestError:
        if asked == url:
            raise
        asked = url
        response = fetch_page(url, {}, limits, manners)
    if response.status == 304 or feed_suffix(response.body):
        return asked, response
    for address in feed_links(response):
        with suppress(DigestError):  # of one that is gone; the next may be there
            found = fetch_page(address, {}, limits, manners)
            if feed_suffix(found.body):
                return address, found
    raise DigestError(f"{response.url}: is no feed, and names none; give the address of its feed")


def feed_links(page: Response) -> list[str]:
    """Return the addresses of the feeds that a page names, those of comments last, at most three."""
    from generator.ingest.readers.html import parse

    try:
        root = parse(page.body[: 1 << 20].decode("utf-8", "replace"))
    except Unreadable:
        return []
    base = next(iter(root.xpath("//base/@href")), "")
    found: dict[str, str] = {}
    for link in root.xpath("//link[@href and @type]"):
        if (
            "alternate" in link.get("rel", "").lower().split()
            and link.get("type").strip().lower() in FEED_TYPES
        ):
            try:
                address = urljoin(urljoin(page.url, base), link.get("href").strip())
            except ValueError:
                continue
            found.setdefault(address, f"{address} {link.get('title')}".lower())
    return sorted(found, key=lambda address: "comment" in found[address])[:3]
