"""Runs the program where no network is: in an empty network namespace, or else with a guard on sockets."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]

_GUARD = """
import runpy, socket, sys
def refuse(self, address):
    raise AssertionError(f"the program reached for the network: {address}")
socket.socket.connect = socket.socket.connect_ex = refuse
socket.getaddrinfo = lambda *arguments: refuse(None, arguments)
sys.argv = ["digest", *sys.argv[1:]]
runpy.run_module("generator", run_name="__main__")
"""


@cache
def _namespace() -> list[str]:
    """Return the command that cuts a program off the network; empty where the system does not let us."""
    for command in (["unshare", "--net"], ["unshare", "--map-root-user", "--net"]):
        if (
            shutil.which("unshare")
            and subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0
        ):
            return command
    return []


def run(folder: Path, *arguments: str, given: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `digest` in a folder, without network."""
    return subprocess.run(
        [*_namespace(), sys.executable, "-c", _GUARD, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
