"""Readers' three browser engines behind one small interface: Chromium, Firefox and WebKit as Debian has them.

Playwright drives Chromium. It would bring patched copies of the other two; these are driven by the protocols
that they have themselves: Firefox by WebDriver BiDi, WebKit by W3C WebDriver.
"""

from __future__ import annotations

import base64
import json
import math
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import Any, NoReturn, Protocol

import pytest
import urllib3
from websockets.sync.client import ClientConnection, connect

from tests.support.browser import chromium

LIMIT = 120
"""Seconds that anything may take; machines may be busy."""
HEIGHT = 800
MINI_BROWSERS = "/usr/lib/*/webkit2gtk-4.*/MiniBrowser"
_NARROW = "* { min-width: 0; min-height: 0; padding: 0; margin: 0; border-width: 0; font-size: 1px; }"
"""How MiniBrowser's bars must look to let its window become as narrow as a phone."""
_FIREFOX_ASKS_NOBODY = (
    'user_pref("network.proxy.type", 1);',
    *(f'user_pref("network.proxy.{kind}", "127.0.0.1");' for kind in ("http", "ssl")),
    *(f'user_pref("network.proxy.{kind}_port", 9);' for kind in ("http", "ssl")),
)
"""What it would ask its makers goes to a port where nobody listens; this machine it asks without a proxy."""
_BLANK = "about:blank"
_PATIENCE = 20
"""Seconds after which a page is asked for again."""
_KEYS = {"ArrowDown": "\ue015", "ArrowUp": "\ue013", "Escape": "\ue00c", "Tab": "\ue004", "Enter": "\ue006"}


class Engine(Protocol):
    """What tests do in a browser; each engine does it in its own words."""

    def open(self, address: str, width: int) -> None:
        """Load a page in a window of a width and wait until it is complete."""

    def resize(self, width: int) -> None:
        """Give the window of the page that is loaded another width."""

    def evaluate(self, function: str, *values: object) -> Any:
        """Call a JavaScript function in the page, wait for what it promises, and return that."""

    def click_at(self, x: float, y: float, times: int) -> None:
        """Press and release the mouse at a place in the window."""

    def press(self, key: str) -> None:
        """Press and release a key."""

    def screenshot(self, file: Path) -> None:
        """Save what the window shows."""


def click(engine: Engine, selector: str, times: int = 1) -> None:
    """Click into the middle of the first line of an element that is in view, or comes into view for it."""
    engine.click_at(*engine.evaluate(_MIDDLE, selector), times)


_MIDDLE = """(selector) => {
  const element = document.querySelector(selector);
  const place = () => element.getClientRects()[0];
  if (place().top < 0 || place().bottom > innerHeight) element.scrollIntoView({ block: "center", behavior: "instant" });
  return [Math.round(place().left + Math.min(place().width, 60) / 2), Math.round(place().top + place().height / 2)];
}"""


def _missing(what: str) -> NoReturn:
    assert os.environ.get("CI") != "true", f"CI needs {what}"
    pytest.skip(f"no {what} here")


class _Chromium:
    def __init__(self, browser: Any) -> None:
        self._page = browser.new_context().new_page()

    def open(self, address: str, width: int) -> None:
        self.resize(width)
        self._page.goto(address, timeout=LIMIT * 1000)

    def resize(self, width: int) -> None:
        self._page.set_viewport_size({"width": width, "height": HEIGHT})
        wait_until(lambda: self.evaluate("() => innerWidth") == width)

    def evaluate(self, function: str, *values: object) -> Any:
        return self._page.evaluate(f"(values) => ({function})(...values)", list(values))

    def click_at(self, x: float, y: float, times: int) -> None:
        self._page.mouse.click(x, y, click_count=times)

    def press(self, key: str) -> None:
        self._page.keyboard.press(key)

    def screenshot(self, file: Path) -> None:
        self._page.screenshot(path=file)


def _key_actions(key: str) -> list[dict[str, Any]]:
    value = _KEYS.get(key, key)
    steps = [{"type": kind, "value": value} for kind in ("keyDown", "keyUp")]
    return [{"type": "key", "id": "keyboard", "actions": steps}]


def _click_actions(x: float, y: float, times: int) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = [{"type": "pointerMove", "x": x, "y": y}]
    steps += [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")] * times
    return [{"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": steps}]


class _Firefox:
    def __init__(self, line: ClientConnection) -> None:
        self._line, self._numbers = line, count(1)
        self._ask("session.new", capabilities={})
        self._context = self._ask("browsingContext.getTree")["contexts"][0]["context"]

    def _ask(self, method: str, **params: Any) -> Any:
        number = next(self._numbers)
        self._line.send(json.dumps({"id": number, "method": method, "params": params}))
        while (answer := json.loads(self._line.recv(LIMIT))).get("id") != number:
            pass  # an event
        assert answer["type"] == "success", answer
        return answer["result"]

    def open(self, address: str, width: int) -> None:
        self.resize(width)
        self._ask("browsingContext.navigate", context=self._context, url=address, wait="complete")

    def resize(self, width: int) -> None:
        viewport = {"width": width, "height": HEIGHT}
        self._ask("browsingContext.setViewport", context=self._context, viewport=viewport)
        wait_until(lambda: self.evaluate("() => innerWidth") == width)

    def evaluate(self, function: str, *values: object) -> Any:
        called = f"async (values) => JSON.stringify(await ({function})(...JSON.parse(values)) ?? null)"
        answer = self._ask(
            "script.callFunction",
            functionDeclaration=called,
            arguments=[{"type": "string", "value": json.dumps(values)}],
            target={"context": self._context},
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer
        return json.loads(answer["result"]["value"])

    def click_at(self, x: float, y: float, times: int) -> None:
        self._ask("input.performActions", context=self._context, actions=_click_actions(x, y, times))

    def press(self, key: str) -> None:
        self._ask("input.performActions", context=self._context, actions=_key_actions(key))

    def screenshot(self, file: Path) -> None:
        shot = self._ask("browsingContext.captureScreenshot", context=self._context)
        file.write_bytes(base64.b64decode(shot["data"]))


class _WebKit:
    def __init__(self, driver: str, browser: str) -> None:
        self._driver, self._http = driver, urllib3.PoolManager()
        options = {"binary": browser, "args": ["--automation"]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options, "pageLoadStrategy": "none"}}
        session = self._ask("", capabilities=wanted)["sessionId"]
        self._driver += f"/{session}"

    def _ask(self, path: str, method: str = "POST", **params: Any) -> Any:
        body = json.dumps(params) if method == "POST" else None
        answer = self._http.request(method, self._driver + path, body=body, timeout=LIMIT, retries=False)
        value = answer.json()["value"]
        assert answer.status == 200, value
        return value

    def open(self, address: str, width: int) -> None:
        self.resize(width)
        for place in (_BLANK, address):
            self._go(place)

    def resize(self, width: int) -> None:
        inside, bars = self.evaluate("() => [innerWidth, outerHeight - innerHeight]")
        if inside != width:
            self._ask("/window/rect", width=width, height=HEIGHT + bars)
            wait_until(lambda: self.evaluate("() => innerWidth") == width)

    def _go(self, address: str) -> None:
        """Load a page; asked again where nothing comes, for now and then MiniBrowser misses that one has come.

        Its driver, if it waited itself, would do so for ever.
        """
        ends = time.monotonic() + LIMIT
        asked = -math.inf
        while not self._is_at(address):
            now = time.monotonic()
            assert now < ends, f"waited in vain for {address}"
            if now > asked + _PATIENCE:
                self._ask("/url", url=address)
                asked = time.monotonic()
            time.sleep(0.01)

    def _is_at(self, address: str) -> bool:
        try:
            place, state = self.evaluate("() => [location.href, document.readyState]")
        except AssertionError:  # the page was left meanwhile
            return False
        return state == "complete" and (place == _BLANK) == (address == _BLANK)

    def evaluate(self, function: str, *values: object) -> Any:
        called = f"(async () => ({function})(...{json.dumps(values)}))()"
        script = f"const done = arguments[0]; {called}.then((it) => done([it]), (error) => done(String(error)))"
        answer = self._ask("/execute/async", script=script, args=[])
        assert isinstance(answer, list), answer
        return answer[0]

    def click_at(self, x: float, y: float, times: int) -> None:
        self._ask("/actions", actions=_click_actions(x, y, times))

    def press(self, key: str) -> None:
        self._ask("/actions", actions=_key_actions(key))

    def screenshot(self, file: Path) -> None:
        file.write_bytes(base64.b64decode(self._ask("/screenshot", "GET")))

    def close(self) -> None:
        self._ask("", "DELETE")


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so, for as long as a busy machine may need for it."""
    ends = time.monotonic() + LIMIT
    while not is_so():
        assert time.monotonic() < ends, "waited in vain"
        time.sleep(0.01)


def _is_listening(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def _running(command: list[str], **more: Any) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(command, text=True, **more)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(LIMIT)


@contextmanager
def _chromium() -> Iterator[Engine]:
    with chromium() as browser:
        yield _Chromium(browser)


@contextmanager
def _firefox() -> Iterator[Engine]:
    program = shutil.which("firefox-esr") or shutil.which("firefox") or _missing("Debian's package firefox-esr")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        Path(profile, "user.js").write_text("\n".join(_FIREFOX_ASKS_NOBODY), "utf-8")
        command = [program, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"]
        environment = {**os.environ, "HOME": profile}
        told = Path(profile, "WebDriverBiDiServer.json")
        with _running(command, stderr=subprocess.DEVNULL, env=environment):
            wait_until(lambda: told.is_file() and told.read_text("utf-8").endswith("}"))
            port = json.loads(told.read_text("utf-8"))["ws_port"]
            address = f"ws://127.0.0.1:{port}/session"
            with connect(address, open_timeout=LIMIT, max_size=None, proxy=None) as line:
                yield _Firefox(line)


@contextmanager
def _webkit() -> Iterator[Engine]:
    browser = next((str(file) for file in Path("/").glob(MINI_BROWSERS[1:])), None)
    driver = shutil.which("WebKitWebDriver")
    if not browser or not driver:
        _missing("Debian's package webkit2gtk-driver")
    if not shutil.which("Xvfb"):
        _missing("Debian's package xvfb")
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        display = stack.enter_context(
            _running(
                ["Xvfb", "-displayfd", "1", "-screen", "0", "1400x1200x24", "-nolisten", "tcp"],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        )
        assert display.stdout
        styles = Path(home, ".config/gtk-3.0/gtk.css")
        styles.parent.mkdir(parents=True)
        styles.write_text(_NARROW, "utf-8")
        environment = {
            **os.environ,
            "DISPLAY": ":" + display.stdout.readline().strip(),
            "GDK_BACKEND": "x11",
            "HOME": home,
            "XDG_CONFIG_HOME": f"{home}/.config",
            "XDG_RUNTIME_DIR": home,
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",  # only our own pages; root has no sandbox
        }
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        stack.enter_context(_running([driver, f"--port={port}", "--host=127.0.0.1"], env=environment))
        wait_until(lambda: _is_listening(port))
        engine = _WebKit(f"http://127.0.0.1:{port}/session", browser)
        stack.callback(engine.close)
        yield engine


STARTERS = {"chromium": _chromium, "firefox": _firefox, "webkit": _webkit}
