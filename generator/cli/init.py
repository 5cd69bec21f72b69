"""`digest init`: a new digest with a sample article, so that a page can be seen before anything is set up."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click

from generator import __version__, config
from generator.cli.shared import Command, quiet_option
from generator.languages import LANGUAGES, code_of
from generator.model import DigestError
from generator.storage.files import unwritable, write_file

STARTER = Path(__file__).parent.parent / "data" / "starter"
PLACES = {
    "README.md": "README.md",
    "ar-en.tmx": "memory/ar-en.tmx",
    "gitattributes": ".gitattributes",
    "gitignore": ".gitignore",
    "mkdocs.yml": "mkdocs.yml",
    "welcome.txt": "seeds/welcome.txt",
    "welcome.yml": "seeds/welcome.yml",
}
"""Where the starter's files belong in a digest. No dot begins a name here: packages leave such files out."""
SAMPLE_IN_ENGLISH = "ar-en.tmx"
"""What the sample article reads like in English; other targets begin with it in Arabic."""
PUBLISHERS = {"github": ".github/workflows/digest.yml", "gitlab": ".gitlab-ci.yml"}
"""Who can fetch, translate and publish on a schedule, and where they look for what to do."""
PACKAGE = "multilingual-digest"


@click.command(
    "init",
    cls=Command,
    epilog="""Examples:
  digest init our-digest && cd our-digest && mkdocs build
  digest init notre-revue --target fr          everything is translated into French
  digest init our-digest --publish github     with a workflow that runs every morning
  digest init . --publish github              adds the workflow to a digest that is there""",
)
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--publish", type=click.Choice(list(PUBLISHERS)), help="Write what publishes it every day with Pages."
)
@click.option("--target", default="en", metavar="LANG", help="Language to translate into; en if not given.")
@quiet_option
def init_command(folder: Path, publish: str | None, target: str, quiet: bool) -> None:
    """Start a new digest in DIR, a new or an empty folder, with a sample article and its pages.

    With --publish, DIR may be a digest already: what publishes it is added.
    """
    from generator import build

    if not (publish and (folder / "mkdocs.yml").is_file()):
        lay_out(folder, target)
        build.generate(config.load(folder / "mkdocs.yml"))
        if not quiet:
            click.echo(f"{folder}: a digest with a sample article; go there and run: digest serve")
    for line in lay_out_publishing(folder, publish) if publish else ():
        if not quiet:
            click.echo(line)


def lay_out(folder: Path, target: str = "en") -> None:
    """Put the starter's files into a folder, ready to be generated.

    Raises `DigestError` where `folder` is a file, holds anything already, or cannot be written, and for a
    `target` that is no language known here.
    """
    language = code_of(target)
    if language not in LANGUAGES:
        raise DigestError(f"{target}: is no language known here; name its code, such as fr")
    try:
        if folder.exists() and not folder.is_dir():
            raise DigestError(f"{folder}: is a file; name a new or an empty folder")
        if folder.is_dir() and any(folder.iterdir()):
            raise DigestError(f"{folder}: is not empty; name a new or an empty folder")
    except OSError as error:
        raise unwritable(folder, error) from error
    for name, place in PLACES.items():
        content = (STARTER / name).read_bytes()
        if name == "mkdocs.yml":
            content = content.replace(b"    target: en ", f"    target: {language} ".encode())
            if language != "en":  # what a digest may be called in each language is its founder's to say
                called = re.sub(r"[\W_]+", " ", folder.resolve().name).strip() or "Digest"
                content = content.replace(b"Our Digest", f'"{called[0].upper()}{called[1:]}"'.encode())
        if language == "en" or name != SAMPLE_IN_ENGLISH:
            write_file(folder / place, content)


def lay_out_publishing(folder: Path, publisher: str) -> list[str]:
    """Write what a publisher runs, and what it installs; return lines on what is left to do.

    Raises `DigestError` where either is there with other content.
    """
    place, requirement = PUBLISHERS[publisher], _requirement()
    contents = {place: (STARTER.with_name("publish") / f"{publisher}.yml").read_bytes()}
    if not (folder / "requirements.txt").exists():
        unknown = "# Where can the machine that publishes get the program? For instance:\n# "
        line = requirement or f"{unknown}{PACKAGE} @ git+https://git.example/{PACKAGE}.git@v{__version__}"
        contents["requirements.txt"] = f"{line}\n".encode()
    for name, content in contents.items():
        file = folder / name
        if file.exists() and file.read_bytes() != content:
            raise DigestError(f"{file}: is there with other content; delete it to have it written anew")
        write_file(file, content)
    left = [] if requirement else [f"{folder / 'requirements.txt'}: say there where to get the program from"]
    return [f"{folder / place}: runs every day; the beginning of it says what {publisher} must allow", *left]


def _requirement() -> str:
    """Return how pip gets this program once more; nothing where it came from a folder of this machine."""
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        said = distribution(PACKAGE).read_text("direct_url.json")
    except PackageNotFoundError:
        return ""
    if not said:
        return f"{PACKAGE}=={__version__}"
    origin = json.loads(said)
    url, git = str(origin.get("url")), origin.get("vcs_info", {})
    if not url.startswith("https://"):
        return ""
    return f"{PACKAGE} @ git+{url}@{git['commit_id']}" if git else f"{PACKAGE} @ {url}"
