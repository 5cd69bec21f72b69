"""`add` against a real server on loopback, and against the addresses it must not ask."""

from __future__ import annotations

import gzip
import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from generator.download import USER_AGENT, Limits, is_public
from generator.ingest import list_seeds, read_seed
from generator.ingest.add import Adding, stem_of
from generator.model import DigestError
from tests.support.loopback import Site, serving

DATA = Path(__file__).parents[1] / "data" / "read"
HERE = Limits(private=frozenset({"127.0.0.1"}), most=100_000, seconds=5)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    folder.mkdir()
    return folder


PAGE = (DATA / "yemen.html").read_bytes()


def test_page_becomes_a_seed_with_its_metadata(site: Site, seeds: Path) -> None:
    url = site.put("/news/yemen.html", PAGE, "text/html; charset=utf-8", ETag='"1"', Last_Modified="then")
    added = Adding(seeds, HERE).add(url)
    assert (added.state, added.path.suffix, added.path.read_bytes()) == ("new", ".html", PAGE)
    sidecar = added.path.with_suffix(".yml").read_text("utf-8")
    assert "charset: utf-8" in sidecar and "etag: '\"1\"'" in sidecar and "last-modified: then" in sidecar
    (article,) = read_seed(added.path, seeds)
    assert article.title == "حرب اليمن" and article.url and article.url.startswith("http://ar.wikipedia.org/")
    assert list_seeds(seeds) == ((added.path,), ())
    assert {headers["User-Agent"] for _, headers in site.requests} == {USER_AGENT}


def test_page_without_an_address_of_its_own_gets_the_one_it_came_from(site: Site, seeds: Path) -> None:
    url = site.put("/a", "نص طويل بما يكفي.".encode("cp1256"), "text/plain; charset=windows-1256")
    added = Adding(seeds, HERE).add(url)
    (article,) = read_seed(added.path, seeds)
    assert (article.url, article.paragraphs) == (url, ("نص طويل بما يكفي.",))
    assert article.changes == ("decoded from windows-1256",)


def test_feed_becomes_one_seed_of_several_articles(site: Site, seeds: Path) -> None:
    url = site.put("/feed", (DATA / "yemen.rss").read_bytes(), "application/rss+xml")
    added = Adding(seeds, HERE).add(url)
    assert added.path.suffix == ".rss"
    assert [article.published for article in read_seed(added.path, seeds)] == ["2011-05-01T08:00:00+03:00"]


def test_page_is_fetched_once(site: Site, seeds: Path) -> None:
    url = site.put("/a", PAGE, ETag='"1"')
    first = Adding(seeds, HERE).add(url)
    again = Adding(seeds, HERE).add(url)
    assert (again.path, again.state) == (first.path, "unchanged")
    assert [headers.get("If-None-Match") for path, headers in site.requests if path == "/a"] == [None, '"1"']
    site.put("/a", PAGE.replace(b"1962", b"1963"), ETag='"2"')
    assert Adding(seeds, HERE).add(url).state == "updated"
    assert b"1963" in first.path.read_bytes()


DECLARED = "http://ar.wikipedia.org/wiki/%D8%AD%D8%B1%D8%A8_%D8%A7%D9%84%D9%8A%D9%85%D9%86"
"""What the page calls its own address."""


@pytest.mark.parametrize(
    ("name", "content", "title", "state"),
    [
        ("broken.json", "[", "حرب اليمن", "new"),
        ("other.txt", "كلمات أخرى تماما.", "شيء آخر كليا", "new"),
        ("war.txt", "كلمات أخرى تماما.", "حرب اليمن", "known"),
    ],
)
def test_a_seed_of_the_same_address_is_the_article_if_it_can_be_read_and_is_about_it(
    site: Site, seeds: Path, name: str, content: str, title: str, state: str
) -> None:
    (seeds / name).write_text(content, "utf-8")
    (seeds / name).with_suffix(".yml").write_text(f"url: {DECLARED}\ntitle: {title}\n", "utf-8")
    assert Adding(seeds, HERE).add(site.put("/other", PAGE)).state == state


def test_what_a_person_changed_stays(site: Site, seeds: Path) -> None:
    url = site.put("/a", PAGE)
    added = Adding(seeds, HERE).add(url)
    sidecar = added.path.with_suffix(".yml")
    sidecar.write_text(sidecar.read_text("utf-8") + "title: Mine\n", "utf-8")
    site.put("/a", PAGE.replace(b"1962", b"1963"))
    Adding(seeds, HERE).add(url)
    assert read_seed(added.path, seeds)[0].title == "Mine"
    added.path.write_bytes(PAGE.replace(b"1962", b"1964"))
    with pytest.raises(DigestError, match="was edited since it was fetched; delete it"):
        Adding(seeds, HERE).add(url)
    assert b"1964" in added.path.read_bytes()


def test_redirects_are_followed_and_counted(site: Site, seeds: Path) -> None:
    site.put("/end", PAGE)
    url = site.put("/start", status=302, Location="/end")
    assert Adding(seeds, HERE).add(url).state == "new"
    loop = site.put("/loop", status=302, Location="/loop")
    with pytest.raises(DigestError, match="too many redirects; give"):
        Adding(seeds, HERE).add(loop)


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("http://localhost:1/", "localhost: has a private address; allow it with --allow-private localhost"),
        ("http://127.0.0.2/latest/meta-data", "127.0.0.2: has a private address"),
        ("http://[::1]/", "::1: has a private address"),
        ("file:///etc/passwd", "is no web address"),
        ("ftp://127.0.0.1/", "is no web address"),
        ("http://[", "is no web address"),
    ],
)
def test_redirect_to_anywhere_else_is_refused(site: Site, seeds: Path, location: str, message: str) -> None:
    url = site.put("/start", status=302, Location=location)
    with pytest.raises(DigestError) as caught:
        Adding(seeds, HERE).add(url)
    assert message in str(caught.value)
    assert list(seeds.iterdir()) == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "127.1", "[::1]"])
def test_private_addresses_are_refused_unless_named(site: Site, seeds: Path, host: str) -> None:
    port = site.base.rpartition(":")[2]
    with pytest.raises(DigestError, match="has a private address; allow it with --allow-private "):
        Adding(seeds).add(f"http://{host}:{port}/a")
    assert site.requests == []


@pytest.mark.skipif(not shutil.which("openssl"), reason="making a certificate needs openssl")
def test_a_server_is_reached_by_address_and_held_to_the_certificate_of_its_name(
    site: Site, seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    name = "2130706433"  # of 127.0.0.1 everywhere; localhost may be ::1
    made = (
        f"openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN={name} -addext subjectAltName=DNS:{name}"
    )
    subprocess.run([*made.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    site.put("/a", PAGE)
    port = site.base.rpartition(":")[2]
    limits = Limits(private=frozenset({"127.0.0.1", name}), seconds=5)
    with pytest.raises(DigestError, match=r"can't be reached .*certificate verify failed"):
        Adding(seeds, limits).add(f"https://{name}:{port}/a")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert Adding(seeds, limits).add(f"https://{name}:{port}/a").state == "new"
    assert {headers["Host"] for _, headers in site.requests} == {f"{name}:{port}"}
    with pytest.raises(DigestError, match=r"can't be reached .*certificate verify failed"):
        Adding(seeds, limits).add(f"https://127.0.0.1:{port}/a")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("64:ff9b::5db8:d822", True),
        ("0.0.0.1", False),
        ("10.0.0.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b:1::1", False),
        ("2002:7f00:1::", False),
        ("fc00::1", False),
        ("fe80::1%eth0", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("file:///etc/passwd", "is no web address; give one"),
        ("ftp://example.org/a.txt", "is no web address; give one"),
        ("http://", "is no web address; give one"),
        ("http://name:word@127.0.0.1/", "is no web address; give one"),
        ("http://[", "is no web address; give one"),
        ("missing.txt", "is no file; check the name"),
    ],
)
def test_other_addresses_are_refused(seeds: Path, target: str, message: str) -> None:
    with pytest.raises(DigestError) as caught:
        Adding(seeds).add(target)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (lambda site: site.put("/a", b"x" * 100_001, "text/plain"), "is larger than 0 MB"),
        (
            lambda site: site.put("/a", gzip.compress(b"x" * 10**6), "text/plain", Content_Encoding="gzip"),
            "is larger",
        ),
        (lambda site: site.put("/a", PAGE, Content_Encoding="br"), "in an encoding not asked for"),
        (lambda site: site.put("/a", PAGE, Content_Length=str(len(PAGE) + 1)), "cannot be fetched"),
        (lambda site: site.put("/a", b"\x89PNG", "image/png"), "is image/png; give the address of a page"),
        (lambda site: site.put("/a", b"", "text/plain"), "is empty; write an article"),
        (lambda site: site.put("/a", b"gone", status=404), "the server answers 404; check"),
        (lambda site: site.put("/a", b"oops", status=503), "the server answers 503; check"),
    ],
)
def test_what_is_no_article_does_not_get_in(
    site: Site, seeds: Path, prepare: Callable[[Site], str], message: str
) -> None:
    url = prepare(site)
    with pytest.raises(DigestError) as caught:
        Adding(seeds, HERE).add(url)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert list(seeds.iterdir()) == []


def test_packed_pages_are_unpacked(site: Site, seeds: Path) -> None:
    url = site.put("/a", gzip.compress(PAGE), Content_Encoding="gzip")
    assert Adding(seeds, HERE).add(url).path.read_bytes() == PAGE


def test_server_that_drips_runs_out_of_time(site: Site, seeds: Path) -> None:
    site.put("/robots.txt", status=404)
    url = site.put("/a", PAGE)
    site.drip = 0.05
    with pytest.raises(DigestError, match=r"no answer within 0\.5 s"):
        Adding(seeds, Limits(private=HERE.private, seconds=0.5)).add(url)


@pytest.mark.parametrize(
    ("status", "rules", "fetched"),
    [
        (200, "User-agent: *\nDisallow: /private\n", True),
        (200, "User-agent: *\nDisallow: /\n", False),
        (200, "User-agent: multilingual-digest\nDisallow: /news\n", False),
        (404, "", True),
        (429, "", False),
        (500, "", False),
    ],
)
def test_robots_txt_is_respected(site: Site, seeds: Path, status: int, rules: str, fetched: bool) -> None:
    site.put("/robots.txt", rules.encode(), "text/plain", status)
    url = site.put("/news/a", PAGE)
    if fetched:
        Adding(seeds, HERE).add(url)
    else:
        with pytest.raises(DigestError, match=r"robots\.txt does not allow fetching it; save the page by hand"):
            Adding(seeds, HERE).add(url)
    assert ("/news/a" in [path for path, _ in site.requests]) is fetched


@pytest.mark.parametrize(
    ("robots", "target", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("\ufeffUser-agent: *\nDisallow: /a", "/a", False),
        ("User-agent: *\nDisallow: /a # all of it", "/abc", False),
        ("User-agent: *\nDisallow: /a\nAllow: /ab", "/abc", True),
        ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x", True),
        ("User-agent: *\nDisallow: /a*c*e", "/abcde", False),
        ("User-agent: *\nDisallow: /$", "/", False),
        ("User-agent: *\nDisallow: /$", "/a", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Multilingual-Digest\nDisallow:", "/a", True),
        ("User-agent: other\nUser-agent: multilingual-digest\nDisallow: /a", "/a", False),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("Disallow: /", "/a", True),
        ("User-agent: *\nDisallow: /" + "*a" * 5000 + "b", "/" + "a" * 5000, True),
    ],
)
def test_robots_rules(site: Site, seeds: Path, robots: str, target: str, allowed: bool) -> None:
    site.put("/robots.txt", robots.encode(), "text/plain")
    with suppress(DigestError):  # the site has no such page
        Adding(seeds, HERE).add(site.base + target)
    asked = [path for path, _ in site.requests]
    assert asked == ["/robots.txt", *([target] if allowed else [])]


def test_part_of_a_page_is_as_free_as_the_page(site: Site, seeds: Path) -> None:
    site.put("/robots.txt", b"User-agent: *\nDisallow: /a$\n", "text/plain")
    with pytest.raises(DigestError, match=r"robots\.txt does not allow"):
        Adding(seeds, HERE).add(site.put("/a", PAGE) + "#part")


def test_file_is_copied_once_with_its_sidecar(tmp_path: Path, seeds: Path) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    (tmp_path / "a.yml").write_text("title: Given\n")
    target = str(tmp_path / "a.txt")
    assert Adding(seeds).add(target).state == "new"
    assert read_seed(seeds / "a.txt", seeds)[0].title == "Given"
    assert Adding(seeds).add(target).state == "unchanged"
    (tmp_path / "a.txt").write_text("Other text.")
    with pytest.raises(DigestError, match="is there with other content; rename one"):
        Adding(seeds).add(target)
    assert (seeds / "a.txt").read_text() == "Text."


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", "is empty"),
        ("a.png", b"\x89PNG", "has no format known here"),
        ("a.txt", b"\x00" * 99, "is empty"),
    ],
)
def test_file_that_is_no_seed_is_not_copied(
    tmp_path: Path, seeds: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DigestError, match=message):
        Adding(seeds).add(str(tmp_path / name))
    assert list(seeds.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "stem"),
    [
        ("https://www.example.org/news/2016/nato.html", "example-org-news-2016-nato-"),
        ("https://example.org/", "example-org-"),
        ("https://example.org/../../etc/passwd", "example-org-etc-passwd-"),
        ("https://example.org/%D8%AE%D8%A8%D8%B1", "example-org-خبر-"),
        ("https://example.org/" + "x" * 500, "example-org-" + "x" * 48 + "-"),
    ],
)
def test_seed_is_named_after_its_address(url: str, stem: str) -> None:
    assert stem_of(url)[:-8] == stem
    assert stem_of(url) == stem_of(url + "#part") != stem_of(url + "?page=2")


def entry(number: int) -> str:
    return (
        f"<item><guid>id{number}</guid><title>T{number}</title><description>Text {number}.</description></item>"
    )


def window(first: int) -> bytes:
    return (
        f'<rss version="2.0"><channel>{"".join(map(entry, range(first, first + 3)))}</channel></rss>'.encode()
    )


def test_a_feed_that_rolls_on_keeps_what_it_once_brought(site: Site, seeds: Path) -> None:
    url = site.put("/feed", window(1), "application/rss+xml", ETag='"1"')
    seed = Adding(seeds, HERE).add(url).path
    site.put("/feed", window(2), "application/xml", ETag='"2"')
    added = Adding(seeds, HERE).add(url)
    assert (added.state, added.path) == ("updated", seed)
    assert {article.slug[-3:] for article in read_seed(seed, seeds)} == {"id1", "id2", "id3", "id4"}
    site.put("/feed", window(2), "application/xml", ETag='"3"')
    assert Adding(seeds, HERE).add(url).state == "unchanged"
    site.put("/feed", b"<p>Maintenance, back soon.</p>", "text/html")
    with pytest.raises(DigestError, match=r"is a feed, and the address gives \.html now"):
        Adding(seeds, HERE).add(url)
    assert [each.name for each in list_seeds(seeds)[0]] == [seed.name]
    seed.write_bytes(seed.read_bytes().replace(b"Text 1.", b"By hand."))
    site.put("/feed", window(3), "application/xml")
    with pytest.raises(DigestError, match=r"was edited since it was fetched; delete it .* or rename it"):
        Adding(seeds, HERE).add(url)
