"""What a run must write, and what it leaves to the next one."""

from dataclasses import replace
from pathlib import Path

from generator import config
from generator.processes import Processes
from generator.publish import Publisher
from generator.storage.docs_folder import DocsFolder
from generator.storage.run_state import RunState


def test_a_list_that_was_edited_during_a_run_is_no_articles_page(tmp_path: Path) -> None:
    settings = replace(config.Settings(), root=tmp_path, docs=tmp_path / "docs")
    with Processes(1) as processes:
        publisher = Publisher(settings, DocsFolder(tmp_path / "docs"), RunState(), "", processes)
        publisher.docs.skipped += ["index.md", "en/articles/a/index.md"]
        assert publisher.outdated_pages() == []
