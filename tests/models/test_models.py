"""Index and mirrors on a loopback server that misbehaves in every way we could think of."""

from __future__ import annotations

import io
import json
import socket
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from generator import models
from generator.download import TRUSTED, download
from generator.model import DigestError
from generator.models import index, lock, packages
from generator.models.install import install_archive, remove_packages

HASTE = replace(TRUSTED, seconds=0.5, pace=20_000)
"""Tests don't wait twenty seconds to see that a server is silent."""


def argosmodel(weights: bytes = b"weights") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        metadata = {"from_code": "xx", "to_code": "en", "package_version": "1.0"}
        archive.writestr("top/metadata.json", json.dumps(metadata))
        archive.writestr("top/README.md", "# XX\n\nThe model is licensed CC-BY 4.0\n")
        archive.writestr("top/sentencepiece.model", b"pieces")
        archive.writestr("top/model/model.bin", weights)
    return buffer.getvalue()


MODEL = argosmodel(bytes(range(256)) * 2000)


class Server(BaseHTTPRequestHandler):
    """Every path is a way of answering."""

    protocol_version = "HTTP/1.1"
    asked: list[str]
    """Paths and ranges that were asked for."""
    closing: threading.Event

    def do_GET(self) -> None:
        self.asked.append(f"{self.path} {self.headers.get('Range', '')}".strip())
        self.close_connection = True
        with suppress(BrokenPipeError, ConnectionResetError):  # the client had enough
            getattr(self, self.path.split("/")[1].replace("-", "_"))()

    def answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"Content_Length": str(len(body))} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/{path}"

    def good(self) -> None:
        entries = [
            {"from_code": "xx", "to_code": "en", "package_version": "0.9", "links": [self.address("old")]},
            {
                "from_code": "xx",
                "to_code": "en",
                "package_version": "1.0",
                "links": ["ipfs://nowhere", self.address("missing"), self.address("model")],
            },
            {"type": "sbd", "from_codes": ["xx"], "package_version": "1.0", "links": [self.address("x")]},
            {"from_code": "../../x", "to_code": "en", "package_version": "1", "links": [self.address("x")]},
            {"from_code": "yy", "to_code": "en", "package_version": "1.0", "links": "no list"},
            {"from_code": "zz", "to_code": "en", "package_version": "1.0"},
            "no entry",
        ]
        self.answer(json.dumps(entries).encode())

    def model(self) -> None:
        assert "Authorization" not in self.headers
        self.answer(MODEL)

    def private(self) -> None:
        """Send on, to a place that must not learn the password."""
        if self.headers["Authorization"] == "Basic dXNlcjpzZWNyZXQ=":
            self.answer(b"", 302, Location=self.address("model"))
        else:
            self.answer(b"", 401 if "Authorization" not in self.headers else 403)

    def breaking(self) -> None:
        """Break off in the middle once, then give the rest of the same file."""
        if "Range" not in self.headers:
            self.answer(MODEL[: len(MODEL) // 2], Content_Length=str(len(MODEL)), ETag='"one"')
            return
        start = int(self.headers["Range"].removeprefix("bytes=").removesuffix("-"))
        assert self.headers["If-Range"] == '"one"'
        rest = f"bytes {start}-{len(MODEL) - 1}/{len(MODEL)}"
        self.answer(MODEL[start:], 206, Content_Range=rest, ETag='"one"')

    def changing(self) -> None:
        """Break off in the middle of a file, then have another one."""
        if "Range" not in self.headers:
            self.answer(b"old" * 50_000, Content_Length="200000", ETag='"old"')
        else:
            self.answer(MODEL, ETag='"new"')

    def wrong_range(self) -> None:
        if "Range" not in self.headers:
            self.answer(MODEL[:5000], Content_Length=str(len(MODEL)), ETag='"one"')
        else:
            self.answer(MODEL[7:], 206, Content_Range=f"bytes 7-{len(MODEL) - 1}/{len(MODEL)}")

    def missing(self) -> None:
        self.answer(b"<html>no</html>", 404)

    def failing(self) -> None:
        self.answer(b"", 500)

    def malformed(self) -> None:
        self.answer(b'[{"from_code": "xx", ')

    def no_list(self) -> None:
        self.answer(b'{"from_code": "xx"}')

    def deep(self) -> None:
        self.answer(b"[" * 200_000)

    def page(self) -> None:
        self.answer(b"<html>Sign in to this network</html>")

    def truncated(self) -> None:
        self.answer(b"[]", Content_Length="2000")

    def too_long(self) -> None:
        """Say less than is sent: the rest is not part of the answer."""
        self.answer(MODEL, Content_Length=str(len(MODEL) - 100))

    def huge(self) -> None:
        self.answer(b"[", Content_Length=str(1 << 40))

    def endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        while not self.closing.is_set():
            self.wfile.write(bytes(1 << 20))

    def silent(self) -> None:
        self.closing.wait()

    def silent_body(self) -> None:
        self.answer(b"[", Content_Length="1000")
        self.closing.wait()

    def dripping(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        while not self.closing.wait(0.1):
            self.wfile.write(b" ")

    def dripping_headers(self) -> None:
        self.send_response(200)
        self.flush_headers()
        self.wfile.write(b"X-Drip: ")
        while not self.closing.wait(0.1):
            self.wfile.write(b"x")

    def no_http(self) -> None:
        self.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")

    def circle(self) -> None:
        self.answer(b"", 302, Location=self.address("circle/index.json"))

    def long_way(self) -> None:
        self.answer(b"", 302, Location=self.address(f"long-way/{self.path.count('/') * 'x/'}index.json"))

    def to_file(self) -> None:
        self.answer(b"", 302, Location="file:///etc/passwd")

    def to_ftp(self) -> None:
        self.answer(b"", 302, Location="ftp://127.0.0.1/index.json")

    def nowhere(self) -> None:
        self.answer(b"", 302)

    def empty(self) -> None:
        self.answer(b"", 204)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    handler = type("Handler", (Server,), {"asked": [], "closing": threading.Event()})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        running.daemon_threads = True
        running.block_on_close = False
        threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        url = f"http://127.0.0.1:{running.server_address[1]}"
        monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "models" / "packages"))
        monkeypatch.setenv("ARGOS_PACKAGE_INDEX", f"{url}/good/")
        monkeypatch.setenv("no_proxy", "*")
        server_asked[url] = handler.asked
        yield url
        handler.closing.set()
        running.shutdown()


server_asked: dict[str, list[str]] = {}

BAD_INDEX = {
    "missing": "answers 404",
    "failing": "answers 500",
    "malformed": "not an index",
    "no-list": "not an index",
    "deep": "not an index",
    "page": "not an index",
    "truncated": "breaks off",
    "huge": "refused, the server offers 1,099,511,627,776 bytes",
    "endless": "refused, the server sends more than",
    "silent": "silent or too slow",
    "silent-body": "silent or too slow",
    "dripping": "silent or too slow",
    "dripping-headers": "silent or too slow",
    "no-http": "no usable answer",
    "circle": "redirects in a circle",
    "long-way": "redirects in a circle",
    "to-file": "redirects to an unsafe place",
    "to-ftp": "redirects to an unsafe place",
    "nowhere": "redirects in a circle or nowhere",
    "empty": "answers 204",
}


@pytest.mark.parametrize("path", BAD_INDEX)
def test_a_misbehaving_index_ends_in_one_line(path: str, server: str) -> None:
    with pytest.raises(DigestError) as caught:
        index.available(f"{server}/{path}/index.json", limits=HASTE)
    assert BAD_INDEX[path] in str(caught.value)
    assert server in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


UNREACHABLE: dict[str, tuple[Callable[[int], str], str]] = {
    "closed port": (lambda port: f"http://127.0.0.1:{port}/index.json", "can't be reached"),
    "file": (lambda _: "file:///etc/passwd", "is no web address; give one with http"),
    "ftp": (lambda _: "ftp://127.0.0.1/index.json", "is no web address; give one with http"),
    "no address": (lambda _: "index.json", "is no web address; give one with http"),
    "no host": (lambda _: "http:///index.json", "is no web address; give one with http"),
    "port that is none": (lambda _: "http://127.0.0.1:x/index.json", "is no web address; give one with http"),
}


@pytest.mark.parametrize("name", UNREACHABLE)
def test_an_unusable_address_ends_in_one_line(name: str) -> None:
    with socket.socket() as taken:  # bound but not listening: connections are refused
        taken.bind(("127.0.0.1", 0))
        make, says = UNREACHABLE[name]
        with pytest.raises(DigestError) as caught:
            index.available(make(taken.getsockname()[1]), limits=HASTE)
    assert says in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_the_index_lists_usable_packages_newest_first(server: str) -> None:
    assert [(each.pair, each.version) for each in index.available()] == [("xx-en", "1.0"), ("xx-en", "0.9")]
    assert index.available()[0].links == (f"{server}/missing", f"{server}/model")


def test_a_blank_in_an_address_is_quoted(server: str) -> None:
    download(f"{server}/model/x y", io.BytesIO(), HASTE)
    assert server_asked[server] == ["/model/x%20y"]


@pytest.mark.parametrize("path", ["model", "breaking", "changing"])
def test_a_download_is_whole_and_resumes_where_it_can(path: str, server: str) -> None:
    file = io.BytesIO()
    steps: list[tuple[int, int | None]] = []
    download(f"{server}/{path}", file, HASTE, lambda *step: steps.append(step))
    assert file.getvalue() == MODEL
    assert steps[-1] == (len(MODEL), len(MODEL))
    ranges = {"model": [], "breaking": [f"bytes={len(MODEL) // 2}-"], "changing": ["bytes=150000-"]}
    assert server_asked[server] == [f"/{path}", *(f"/{path} {given}" for given in ranges[path])]


BAD_MODEL = {
    "missing": "answers 404",
    "page": "damaged or no .argosmodel archive",
    "too-long": "damaged or no .argosmodel archive",
    "truncated": "breaks off",
    "wrong-range": "answers 206",
    "silent": "silent or too slow",
    "to-file": "redirects to an unsafe place",
}


@pytest.mark.parametrize("path", BAD_MODEL)
def test_a_bad_mirror_leaves_nothing(path: str, server: str, tmp_path: Path) -> None:
    with pytest.raises(DigestError) as caught:
        models.install_model(f"{server}/{path}", tmp_path / "models.lock", limits=HASTE)
    assert f"{server}/{path}: " in str(caught.value)
    assert BAD_MODEL[path] in str(caught.value)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_install_from_the_index_tries_each_mirror_and_locks(server: str, tmp_path: Path) -> None:
    locked = tmp_path / "models.lock"
    package = models.install_model("xx-en", locked, limits=HASTE)
    assert package.name == "xx-en 1.0"
    trusted = lock.read_lock(locked)["xx-en"]
    assert trusted.version == "1.0"
    assert trusted.source == f"{server}/model"
    assert trusted.licence == "The model is licensed CC-BY 4.0"
    assert trusted.files == lock.file_hashes(package)
    assert set(trusted.files) == {"metadata.json", "sentencepiece.model", "model/model.bin"}
    with pytest.raises(DigestError, match=r"qq-en: the Argos index has no such package; .* list --available$"):
        models.install_model("qq-en", locked, limits=HASTE)


def test_another_model_under_a_trusted_name_needs_consent(server: str, tmp_path: Path) -> None:
    locked = tmp_path / "models.lock"
    models.install_model(f"{server}/model", locked, limits=HASTE)
    other = tmp_path / "other.argosmodel"
    other.write_bytes(argosmodel(b"other"))
    with pytest.raises(DigestError, match=r"model/model.bin differs.*--accept"):
        models.install_model(str(other), locked)
    assert [each.state for each in models.verify_models(locked)] == ["trusted"]
    models.install_model(str(other), locked, accept=True)
    assert lock.read_lock(locked)["xx-en"].source == "other.argosmodel"
    assert [each.state for each in models.verify_models(locked)] == ["trusted"]


def test_a_mirror_may_want_a_password_which_nobody_else_learns(server: str, tmp_path: Path) -> None:
    locked = tmp_path / "models.lock"
    models.install_model(f"{server.replace('//', '//user:secret@')}/private", locked, limits=HASTE)
    assert lock.read_lock(locked)["xx-en"].source == f"{server}/private"
    assert "secret" not in locked.read_text()
    with pytest.raises(DigestError, match="answers 403") as caught:
        models.install_model(f"{server.replace('//', '//user:wrong@')}/private", locked, limits=HASTE)
    assert "wrong" not in str(caught.value)
    with pytest.raises(DigestError, match=r"'http://127\.0\.0\.1:x/': is no web address"):
        models.install_model("http://user:secret@127.0.0.1:x/", locked, limits=HASTE)


def test_verify_sees_every_changed_added_and_missing_file(server: str, tmp_path: Path) -> None:
    locked = tmp_path / "models.lock"
    package = models.install_model(f"{server}/model", locked, limits=HASTE)
    weights = package.path / "model" / "model.bin"
    kept = weights.read_bytes()
    for name, damage in {
        "model/model.bin differs": lambda: weights.write_bytes(kept[:-1] + b"!"),
        "model/config.json is new": lambda: (weights.parent / "config.json").write_text("{}"),
        "model/config.json differs": lambda: (weights.parent / "config.json").write_text("{ }"),
        "model/config.json is missing": (weights.parent / "config.json").unlink,
    }.items():
        damage()
        (verified,) = models.verify_models(locked)
        assert verified.state == "wrong"
        assert name in verified.detail
        models.verify_models(locked, accept=True)
        assert [each.state for each in models.verify_models(locked)] == ["trusted"]
    remove_packages("xx-en")
    assert [(each.pair, each.version, each.state) for each in models.verify_models(locked)] == [
        ("xx-en", "1.0", "missing")
    ]


def test_verify_names_packages_that_nobody_trusted_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packages"))
    archive = tmp_path / "it.argosmodel"
    archive.write_bytes(MODEL)
    install_archive(archive, packages.packages_dir())
    (verified,) = models.verify_models(tmp_path / "models.lock")
    assert verified.state == "unknown"
    assert "digest models verify xx-en --accept" in verified.detail


def test_the_list_joins_installed_offered_trusted_and_needed(server: str, tmp_path: Path) -> None:
    locked = tmp_path / "models.lock"
    models.install_model("xx-en", locked, limits=HASTE)
    assert models.list_models(locked, needed=["ar-en"], offered=index.available()) == [
        models.Listed("ar-en", None, None, None, True),
        models.Listed("xx-en", "1.0", "1.0", "1.0", False, 512106, "The model is licensed CC-BY 4.0"),
    ]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"models": []}', '{"models": {"xx-en": {"version": 1}}}'])
def test_a_damaged_lock_is_one_line(content: str, tmp_path: Path) -> None:
    locked = tmp_path / "models.lock"
    locked.write_text(content)
    with pytest.raises(DigestError, match="not a lock of models; restore it"):
        lock.read_lock(locked)
