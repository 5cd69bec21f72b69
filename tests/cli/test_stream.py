"""The stages as filters: what goes in comes out in the same order, whatever is in it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SEED = (ROOT / "seeds/000_5eb26117233ace39.txt").read_text("utf-8")


def digest(tmp_path: Path, *arguments: str, given: str | bytes, code: int = 0) -> list[str]:
    """Run a filter without any model; give its lines, after looking at its exit code and standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=ROOT,
        env={**os.environ, "ARGOS_PACKAGES_DIR": str(tmp_path), "HOME": str(tmp_path)},
        input=given if isinstance(given, bytes) else given.encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == code, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    return done.stdout.decode().splitlines()


def objects(lines: list[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in lines]


def jsonl(*texts: str) -> str:
    return "".join(json.dumps({"id": number, "text": text}) + "\n" for number, text in enumerate(texts))


def test_identify(tmp_path: Path) -> None:
    assert digest(tmp_path, "identify", given=SEED) == ["ar"]
    found = objects(digest(tmp_path, "identify", "--jsonl", given=jsonl(SEED, "The cat sat on the mat.", "")))
    assert [(row["id"], row["language"]) for row in found] == [(0, "ar"), (1, "en"), (2, "unknown")]
    assert all(set(row) == {"id", "language", "confidence"} for row in found)


def test_split(tmp_path: Path) -> None:
    lines = digest(tmp_path, "split", given=SEED)
    assert len(lines) == 21
    assert "".join(lines).replace(" ", "") == SEED.replace(" ", "").replace("\n", "")
    (row,) = objects(digest(tmp_path, "split", "--jsonl", given=jsonl(SEED)))
    assert row == {"id": 0, "sentences": lines}


def test_summarize(tmp_path: Path) -> None:
    lines = digest(tmp_path, "summarize", "--sentences", "3", given=SEED)
    (row,) = objects(digest(tmp_path, "summarize", "--sentences", "3", "--jsonl", given=jsonl(SEED)))
    assert set(row) == {"id", "picked", "sentences"}
    assert [row["sentences"][index] for index in row["picked"]] == lines
    assert len(lines) == 3
    assert digest(tmp_path, "summarize", given=" \n") == []


def test_translate(tmp_path: Path) -> None:
    known = "وهذا ما يجعلنا نراقب الأمر عن كثب."
    given = f"{known}\nجملة لا يعرفها أحد.\n"
    arguments = ("translate", "--from", "ar", "--to", "en")
    english = "That is why we are watching the matter closely."
    assert digest(tmp_path, *arguments, given=given) == [english, ""]
    assert digest(tmp_path, *arguments, "--strict", given=given, code=1) == [english, ""]
    assert digest(tmp_path, *arguments, "--no-memory", given=given) == ["", ""]
    rows = objects(digest(tmp_path, *arguments, "--jsonl", given=jsonl(known, "جملة لا يعرفها أحد.")))
    assert rows[0] == {"id": 0, "target": english, "score": None, "origin": "reviewed", "findings": []}
    assert (rows[1]["target"], rows[1]["origin"]) == (None, "none")


def test_a_sentence_in_the_target_language_is_its_own_translation(tmp_path: Path) -> None:
    assert digest(tmp_path, "translate", "--from", "en", given="One.\nTwo.\n") == ["One.", "Two."]


@pytest.mark.parametrize("command", ["identify", "split", "summarize"])
def test_faulty_lines_are_named_and_the_others_go_on(tmp_path: Path, command: str) -> None:
    good = b'{"id": "x", "text": "One. Two."}\n'
    given = b'{"id": 1, "text": "One. Two."}\nnot JSON\n{"id": 3}\n\xff\xfe\n[]\n' + good
    rows = objects(digest(tmp_path, command, "--jsonl", given=given, code=1))
    assert [row["id"] for row in rows] == [1, None, 3, None, None, "x"]
    assert [("error" in row) for row in rows] == [False, True, True, True, True, False]


def test_any_text_passes(tmp_path: Path) -> None:
    texts = ["\x00\x07", '"', "a\u2028b\x85c", "𝒙" * 10, "<script>", "\n\n", "لا" * 5000]
    given = jsonl(*texts) + '{"id": 7, "text": "\\ud800 lone"}\n'
    rows = objects(digest(tmp_path, "split", "--jsonl", given=given))
    assert [row["id"] for row in rows] == list(range(8))
    for text, row in zip(texts, rows, strict=False):
        assert "".join("".join(row["sentences"]).split()) == "".join(text.split())


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells a process's peak memory")
def test_a_million_lines_need_no_more_memory_than_a_thousand(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from generator.cli import main\n"
        "try:\n    main(['translate', '--from', 'en'])\nexcept SystemExit:\n    pass\n"
        "peak = Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0]\n"
        "print(peak, file=sys.stderr)\n"
    )
    peaks = []
    for count in (1_000, 200_000):
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            input=b"".join(b"Sentence number %d stands here.\n" % number for number in range(count)),
            capture_output=True,
            check=True,
        )
        assert done.stdout.count(b"\n") == count
        peaks.append(int(done.stderr.split()[-1]))
    assert peaks[1] < peaks[0] + 8_192, "kilobytes"
