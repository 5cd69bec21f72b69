"""`digest serve`, as a process of its own: it follows changes, survives bad input, and ends when told to."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.cli import init, serve
from tests.support.browser import Watch, chromium
from tests.support.samples import ROOT

PATIENCE = 60
"""Seconds after which a test gives up; it waits no longer than needed."""


def put(file: Path, text: str) -> None:
    """Write a file as good editors do: at once, so that no half of it is ever seen."""
    other = file.parent.parent / "being-written"
    other.write_text(text, "utf-8")
    other.replace(file)


class Process:
    """A running `digest serve`, what it says, and what it shows."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as found:
            self.port = found.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}/"
        self.said: list[str] = []
        # What a shell starts in the background ignores interrupts, and would hand that on.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "generator", "serve", "--port", str(self.port)],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "ARGOS_PACKAGES_DIR": str(folder / "none")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.reader = threading.Thread(target=self.listen, daemon=True)
        self.reader.start()

    def listen(self) -> None:
        assert self.process.stdout
        self.said.extend(self.process.stdout)

    def output(self) -> str:
        return "".join(self.said)

    def wait(self, what: str, is_so: Callable[[], object]) -> None:
        """Wait until something is so; fail with all that was said where it never is."""
        until = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < until, f"{what}: {self.output()}"
            assert self.process.poll() is None, f"ended before {what}: {self.output()}"
            time.sleep(0.1)

    def wait_for_line(self, line: str) -> None:
        self.wait(line, lambda: line in self.output())

    def get(self, path: str) -> str:
        """Return a page, or nothing where there is none."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:  # noqa: S310
                return str(answer.read().decode())
        except urllib.error.URLError:
            return ""

    def end(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        try:
            code = self.process.wait(PATIENCE)
        finally:
            self.process.kill()
        self.reader.join(PATIENCE)
        return code


@pytest.fixture
def digest(tmp_path: Path) -> Path:
    init.lay_out(tmp_path / "digest")
    return tmp_path / "digest"


@pytest.fixture
def serving(digest: Path) -> Iterator[Process]:
    process = Process(digest)
    try:
        process.wait_for_line("Ctrl-C ends it")
        process.wait("an answer", lambda: process.get("en/"))
        yield process
    finally:
        process.process.kill()


def test_it_follows_articles_corrections_and_settings_and_survives_bad_ones(
    digest: Path, serving: Process
) -> None:
    assert serving.address in serving.output()
    assert "Welcome to the digest" in serving.get("en/articles/welcome/")

    shutil.copy(ROOT / "seeds/003_3833091f4ec1012b.txt", digest / "seeds/nato.txt")
    serving.wait("the new article", lambda: "راسموسن" in serving.get("ar/articles/nato/"))
    serving.wait_for_line("digest: no model is installed for ar-en; install with: digest models install ar-en")

    (digest / "seeds/empty.txt").write_text("")
    serving.wait_for_line("digest: seeds/empty.txt: is empty; write an article into it or delete it")
    (digest / "seeds/empty.txt").unlink()

    page = digest / "docs/en/articles/welcome/index.md"
    put(page, page.read_text("utf-8").replace("Delete this article whenever", "Remove this article when"))
    serving.wait("the correction", lambda: "Remove this article when" in serving.get("en/articles/welcome/"))
    serving.wait("it in the memory", lambda: b"Remove this" in (digest / "memory/ar-en.tmx").read_bytes())
    serving.wait_for_line("docs/en/articles/welcome/index.md: 1 corrected sentence is now in memory/")
    put(page, page.read_text("utf-8").replace("</h2>", " and more</h2>"))
    serving.wait_for_line("your other changes are in memory/kept/en-articles-welcome-index.1.md")

    settings = digest / "mkdocs.yml"
    good = settings.read_text("utf-8")
    put(settings, good.replace("target: en", "target: xx"))
    serving.wait_for_line("digest: mkdocs.yml: extra.digest.target is 'xx' but must be a language code")
    put(settings, "theme: [")
    serving.wait_for_line("digest: mkdocs.yml: is not valid YAML")
    put(settings, good.replace("theme: digest", "theme: nonsense"))
    serving.wait_for_line("digest: mkdocs.yml: MkDocs cannot build the site")
    put(settings, good.replace("Our Digest", "The Evening Digest"))
    serving.wait("the new name", lambda: "The Evening Digest" in serving.get("en/"))

    assert serving.get("en/articles/none/") == ""
    assert "Traceback" not in serving.output()
    assert serving.end() == 0


def test_nothing_is_built_again_because_of_what_it_wrote_itself(digest: Path, serving: Process) -> None:
    put(digest / "seeds/welcome.yml", "title: مرحبًا بكم\nlanguage: ar\n")
    serving.wait("the new title", lambda: "مرحبًا بكم</h1>" in serving.get("ar/articles/welcome/"))
    time.sleep(2 + serve.QUIET)  # much longer than the server takes to see a change and to act on it
    assert serving.output().count("files written") == 2
    assert serving.end(signal.SIGTERM) == 0


def test_a_page_that_an_editor_saves_several_times_is_taken_over_once(digest: Path, serving: Process) -> None:
    page = digest / "docs/en/articles/welcome/index.md"
    made = page.read_text("utf-8")
    for text in ("Remove", "Remove this", "Remove this article when"):
        put(page, made.replace("Delete this article whenever", text))
        time.sleep(0.3)
    serving.wait_for_line("corrected sentence is now in memory/")
    assert serving.output().count("in memory/") == 1
    assert "Remove this article when" in page.read_text("utf-8")
    assert serving.end() == 0


def test_a_browser_reloads_searches_and_obeys_the_policy(digest: Path, serving: Process) -> None:
    with chromium() as browser:
        page = browser.new_page()
        watch = Watch(page)
        page.goto(f"{serving.address}en/search/?q=sample")
        page.wait_for_selector("[data-search-results] li", timeout=PATIENCE * 1000)
        assert "Welcome to the digest" in page.content()
        page.goto(f"{serving.address}en/articles/welcome/")
        text = (digest / "seeds/welcome.txt").read_text("utf-8")
        put(digest / "seeds/welcome.txt", f"{text}\n\nهذه جملة جديدة لم يترجمها أحد بعد.\n")
        page.wait_for_selector("#s9", timeout=PATIENCE * 1000)
        assert [said for said in watch.errors if "livereload" not in said] == []
        assert watch.foreign(serving.address) == []
    assert serving.end() == 0


def test_only_this_machine_is_answered(serving: Process) -> None:
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:] if Path("/proc/net/tcp").exists() else []
    local = [line.split()[1] for line in lines if re.search(rf":{serving.port:04X} .* 0A ", line)]
    assert all(address.startswith("0100007F:") for address in local)
    assert serving.end() == 0


def test_a_taken_port_and_a_folder_without_digest_are_said_in_one_line(digest: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for folder, line in (
            (digest, f"digest: port {port}: Address already in use; name another with --port\n"),
            (tmp_path, "digest: mkdocs.yml: cannot be read (No such file or directory); run in the"),
        ):
            chosen = port if folder == digest else _free()
            done = subprocess.run(
                [sys.executable, "-m", "generator", "serve", "--port", str(chosen)],
                cwd=folder,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                capture_output=True,
                text=True,
                timeout=PATIENCE,
                check=False,
            )
            assert (done.returncode, done.stdout) == (1, "")
            assert done.stderr.startswith(line) and done.stderr.count("\n") == 1


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])
