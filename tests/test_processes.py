"""Many articles on many cores: the same bytes as in one process, and nobody left behind."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from multiprocessing import active_children
from pathlib import Path

import pytest

from generator import build, config
from generator.model import DigestError
from generator.processes import FEW, Processes
from tests.support import corpus
from tests.support.offline import ROOT

WAIT = """
import sys, time
from generator.processes import FEW, Processes
if __name__ == "__main__":
    with Processes(2) as processes:
        print(next(processes.map(time.sleep, [0.01] * (FEW + 1))), flush=True)
        time.sleep(600)
"""


def halve(number: int) -> int:
    if number % 2:
        raise DigestError(f"{number}: is odd")
    return number // 2


def die(number: int) -> int:
    os._exit(number)


def sums(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def how_begun(number: int) -> str | None:
    return multiprocessing.get_start_method(allow_none=True)


def test_no_process_is_forked_since_an_engine_may_hold_a_gpu_and_has_threads() -> None:
    with Processes(2) as processes:
        assert set(processes.map(how_begun, range(FEW + 1))) == {"spawn"}


@pytest.mark.parametrize("count", [0, 1, FEW, FEW + 1, 3 * FEW + 5])
def test_results_come_in_the_order_of_the_items(count: int) -> None:
    with Processes(2) as processes:
        items = list(range(0, 2 * count, 2))
        assert list(processes.map(halve, iter(items))) == list(range(count))


def test_they_start_ahead_of_their_work_where_much_may_come() -> None:
    with Processes(2) as processes:
        processes.begin(FEW)
        assert not active_children()
        processes.begin(FEW + 1)
        assert active_children()


def test_what_a_function_raises_is_raised_and_a_killed_process_is_one_line() -> None:
    with Processes(2) as processes, pytest.raises(DigestError, match="5: is odd"):
        list(processes.map(halve, [2, 4, 5] + [6] * FEW))
    with Processes(2) as processes, pytest.raises(DigestError, match=r"killed.*extra\.digest\.processes to 1"):
        list(processes.map(die, [9] * (FEW + 1)))


def test_two_processes_make_the_bytes_of_one(tmp_path: Path) -> None:
    made, reports = [], []
    for count in (1, 2):
        folder = tmp_path / str(count)
        folder.mkdir()
        settings = (ROOT / "mkdocs.yml").read_text("utf-8")
        assert settings.count("\n  digest:\n") == 1
        chosen = settings.replace("\n  digest:\n", f"\n  digest:\n    processes: {count}\n")
        (folder / "mkdocs.yml").write_text(chosen, "utf-8")
        corpus.write(folder, FEW + 20)
        (folder / "seeds/a-broken.json").write_text("{", "utf-8")
        (folder / "seeds/z-empty.txt").write_text("", "utf-8")
        report = build.generate(config.load(folder / "mkdocs.yml"))
        assert report.articles == FEW + 20
        made.append(sums(folder / "docs"))
        reports.append([line.replace(str(folder), "") for line in report.problems])
    assert made[0] == made[1] and len(made[0]) > FEW
    assert reports[0] == reports[1] and len(reports[0]) == 2


def test_processes_end_with_a_run_that_is_killed() -> None:
    run = subprocess.Popen([sys.executable, "-c", WAIT], stdout=subprocess.PIPE, cwd=ROOT)
    assert run.stdout and run.stdout.readline() == b"None\n"
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children")
    if not children.exists():
        pytest.skip("this system does not tell a process's children")
    helpers = [int(child) for child in children.read_text("ascii").split()]
    assert len(helpers) >= 2
    run.send_signal(signal.SIGKILL)
    run.wait()
    while any(Path(f"/proc/{helper}").exists() and not is_zombie(helper) for helper in helpers):
        time.sleep(0.05)


def is_zombie(process: int) -> bool:
    try:
        return ") Z " in Path(f"/proc/{process}/stat").read_text("ascii")
    except OSError:
        return True
