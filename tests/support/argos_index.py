"""The Argos index in the shape that the real one has, and a server of packages, on loopback."""

from __future__ import annotations

import json
import shutil
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.support.tiny_model import copying_package

_BOTH = {
    "1.0": "ar de it",
    "1.1": "ga hi ja ko",
    "1.5": "az eo fa he sv tr ky",
    "1.8": "nl",
    "1.9": "zh zt pb pt fr ru uk nb sq bg bn cs da el et eu fi gl hu id lt lv ms pl ro sk sl th ur vi",
}
"""Languages with a package to English and from it, by version, as far as publicly known; else the shape is."""
_SINGLE = {"en-es": "1.0", "es-pt": "1.0", "pt-es": "1.0", "ca-en": "1.7", "es-en": "1.9", "en-ca": "1.9"}
PAIRS = {
    pair: version
    for version, languages in _BOTH.items()
    for language in languages.split()
    for pair in (f"{language}-en", f"en-{language}")
} | _SINGLE


def entries(address: str) -> list[dict[str, object]]:
    """Return entries of eight fields each; every fourth has a link of another net first."""
    found: list[dict[str, object]] = []
    for number, (pair, version) in enumerate(sorted(PAIRS.items())):
        source, target = pair.split("-")
        code = f"translate-{source}_{target}"
        link = f"{address}/v1/{code}-{version.replace('.', '_')}.argosmodel"
        found.append(
            {
                "package_version": version,
                "argos_version": "1.5",
                "from_code": source,
                "from_name": source.upper(),
                "to_code": target,
                "to_name": target.upper(),
                "code": code,
                "links": [f"ipfs://Qm{number:044}", link] if number % 4 == 0 or number == 1 else [link],
            }
        )
    return found


def copying_archive(place: Path, source: str, target: str, version: str = "1.0") -> bytes:
    """Return an archive around a model that copies its source."""
    folder = copying_package(place, source, target, package_version=version)
    (folder / "README.md").write_text("# A model that copies\n\nLicensed under CC0.\n")
    archive = place / f"{source}_{target}.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        for path in sorted(folder.rglob("*")):
            zipped.write(path, Path(folder.name, path.relative_to(folder)))
    shutil.rmtree(folder)
    return archive.read_bytes()


@contextmanager
def argos_index(archives: dict[str, bytes]) -> Iterator[tuple[str, list[str]]]:
    """Serve the index, and archives by the names that links end with; return the address and what is asked.

    Python's own agent is refused, as the real host of packages does.
    """
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            body = archives.get(self.path.rpartition("/")[2])
            if self.path == "/index.json":
                body = json.dumps(entries(address)).encode()
            elif self.headers.get("User-Agent", "").lower().startswith("python"):
                body = None
            self.send_response(403 if body is None else 200)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        address = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield address, asked
        finally:
            server.shutdown()
