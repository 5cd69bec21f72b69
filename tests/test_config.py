"""Settings: defaults, every mistake reported, and no Python run by a configuration."""

from pathlib import Path

import pytest

from generator import config
from generator.model import DigestError


def load(folder: Path, text: str) -> config.Settings:
    file = folder / "mkdocs.yml"
    file.write_text(text, "utf-8")
    return config.load(file)


def test_defaults(tmp_path: Path) -> None:
    settings = load(tmp_path, "site_name: x\n")
    assert (settings.target, settings.quality, settings.model) == ("en", "balanced", None)
    assert (settings.docs, settings.seeds) == (tmp_path / "docs", tmp_path / "seeds")


def test_everything_can_be_chosen(tmp_path: Path) -> None:
    settings = load(
        tmp_path,
        "docs_dir: pages\nextra:\n  digest:\n    target: fr\n    seeds: in\n    memory: m\n    quality: best\n"
        "    summary: {share: 0.5, least: 1, most: 2}\n    headline: {length: 60}\n"
        "    engine: {type: ctranslate2, path: model}\n",
    )
    assert settings.docs == tmp_path / "pages"
    assert (settings.summary_share, settings.summary_least, settings.summary_most) == (0.5, 1, 2)
    assert (settings.target, settings.quality) == ("fr", "best")
    assert (settings.seeds, settings.memory) == (tmp_path / "in", tmp_path / "m")
    assert (settings.model, settings.headline_length) == (tmp_path / "model", 60)


@pytest.mark.parametrize(
    "report",
    ["mailto:desk@example.org", "mailto:a@b.org?cc=c@d.org", "https://b.org", "https://b.org/{sentence}?a"],
)
def test_reports_go_to_a_mail_or_web_address(tmp_path: Path, report: str) -> None:
    settings = load(tmp_path, f"extra: {{digest: {{report: '{report}'}}}}\n")
    assert settings.report == report
    assert repr(settings) == repr(load(tmp_path, "docs_dir: docs\n"))  # no page is made anew for it


@pytest.mark.parametrize(
    "report",
    [
        "desk@example.org",
        "mailto:desk",
        "http://b.org/",
        "javascript:alert(1)",
        "https:///a",
        "https://b.org/a b",
        "",
    ],
)
def test_other_addresses_for_reports_are_refused_in_one_line(tmp_path: Path, report: str) -> None:
    with pytest.raises(
        DigestError, match=r"extra\.digest\.report is .* must be an address such as mailto:"
    ) as raised:
        load(tmp_path, f"extra: {{digest: {{report: '{report}'}}}}\n")
    assert len(str(raised.value).splitlines()) == 1


def test_argos_packages_need_no_folder(tmp_path: Path) -> None:
    text = "extra:\n  digest:\n    engine: {type: argos, path: model}\n"
    assert load(tmp_path, text).model is None


def test_a_digest_that_chooses_nothing_has_the_defaults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert config.Settings.default() == load(tmp_path, "docs_dir: docs\n")
    assert config.Settings() == config.DEFAULTS


def test_all_mistakes_are_reported_together(tmp_path: Path) -> None:
    with pytest.raises(DigestError) as raised:
        load(tmp_path, "extra: {digest: {target: klingon, summary: {share: 2, least: []}, colour: red}}\n")
    lines = str(raised.value).splitlines()
    assert len(lines) == 4
    for line, name in zip(lines, ("target", "summary.share", "summary.least", "colour"), strict=True):
        assert f"mkdocs.yml: extra.digest.{name} is " in line


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("extra: {digest: {summary: {least: 9}}}", "greater than"),
        ("extra: {digest: {engine: {type: ctranslate2}}}", "path is missing"),
        ("extra: {digest: [a]}", "must be a mapping"),
        (
            "extra: {digest: {summary: 3}}",
            "summary is 3 but must be a mapping; in it may be share, least, most$",
        ),
        ("extra: {digest: {pages: }}", "pages is None but must be a mapping; in it may be names, "),
        ("extra: {digest: {pages: {name: no}}}", r"pages\.name is no setting; there are pages\.names, "),
        ("extra: [digest]", "extra is .* but must be a mapping"),
        ("extra: {names: [ar]}", r"extra\.names is .* but must be a mapping, such as {ar: NAME}"),
        (
            "extra: {names: {arabic: x}}",
            r"extra\.names\.arabic is 'x' but must be a name, under a language code",
        ),
        ("extra: {digest: {target: [en]}}", "language code"),
        ("- a\n- b\n", "holds no settings"),
        (
            "x: y\na: [b\n",
            r"mkdocs\.yml: is not valid YAML in line 3 \(while parsing .+, expected .+\); mend it$",
        ),
        ("a: \0", r"mkdocs\.yml: is not valid YAML \(.+\); mend it$"),
        (
            "extra:\n  from: 2026-13-01",
            r"mkdocs\.yml: is not valid YAML \(month must be in 1\.\.12\); mend it$",
        ),
        ("[" * 3000, r"mkdocs\.yml: is not valid YAML \(.+\); mend it$"),
    ],
)
def test_a_wrong_setting_gets_a_clear_line(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(DigestError, match=complaint):
        load(tmp_path, text)


def test_no_configuration(tmp_path: Path) -> None:
    with pytest.raises(DigestError, match="cannot be read"):
        config.load(tmp_path / "mkdocs.yml")


def test_tags_of_mkdocs_are_passed_over_and_never_run(tmp_path: Path) -> None:
    settings = load(
        tmp_path,
        "site_name: !ENV [NAME, x]\nx: !!python/object/apply:os.mkdir ['ran']\nextra: {digest: {target: en}}\n",
    )
    assert settings.target == "en"
    assert not (tmp_path / "ran").exists()


def test_what_runs_the_models_can_be_chosen_here_or_where_argos_users_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = "extra: {digest: {engine: {device: cpu, compute_type: int16, threads: 3}}}\n"
    assert load(tmp_path, "site_name: x\n").hardware == config.Hardware("auto", "default", None)
    assert load(tmp_path, chosen).hardware == config.Hardware("cpu", "int16", 3)
    for variable, value in {
        "ARGOS_DEVICE_TYPE": "cuda",
        "ARGOS_COMPUTE_TYPE": "float32",
        "ARGOS_INTER_THREADS": "4",
        "ARGOS_INTRA_THREADS": "2",
    }.items():
        monkeypatch.setenv(variable, value)
    assert load(tmp_path, "site_name: x\n").hardware == config.Hardware("cuda", "float32", 8)
    assert load(tmp_path, chosen).hardware == config.Hardware("cpu", "int16", 3)
    assert config.Settings.default().hardware.device == "cuda"
    monkeypatch.setenv("ARGOS_INTRA_THREADS", "0")  # as many as CTranslate2 likes
    assert load(tmp_path, "site_name: x\n").hardware.threads == 4
    monkeypatch.setenv("ARGOS_DEVICE_TYPE", " CUDA ")  # as CTranslate2 takes it
    monkeypatch.setenv("ARGOS_INTER_THREADS", "2 ")
    assert load(tmp_path, "site_name: x\n").hardware == config.Hardware("cuda", "float32", 2)


def test_a_variable_that_cannot_be_used_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGOS_DEVICE_TYPE", "tpu")
    monkeypatch.setenv("ARGOS_INTER_THREADS", "many")
    with pytest.raises(DigestError) as raised:
        load(tmp_path, "extra: {digest: {engine: {device: gpu, threads: 0}}}\n")
    device, threads, *own = str(raised.value).splitlines()
    assert device == "ARGOS_DEVICE_TYPE: is 'tpu' but must be auto, cpu or cuda"
    assert threads == "ARGOS_INTER_THREADS: is 'many' but must be a whole number"
    assert [line.partition(": extra.digest.")[2].partition(" is ")[0] for line in own] == [
        "engine.device",
        "engine.threads",
    ]
    with pytest.raises(DigestError, match="ARGOS_DEVICE_TYPE"):
        config.Settings.default()


def test_the_table_of_settings_says_what_holds_where_nothing_is_said(tmp_path: Path) -> None:
    plain = load(tmp_path, "site_name: x\n")
    for name, setting in config.SETTINGS.items():
        assert setting.tells.endswith("."), name
        if not setting.default.startswith("("):
            *groups, last = name.split(".")
            text = f"{{{last}: {setting.default}}}"
            for group in reversed(groups):
                text = f"{{{group}: {text}}}"
            assert load(tmp_path, f"site_name: x\nextra: {{digest: {text}}}\n") == plain, name
    source = config.Source("https://example.org/")
    for name, setting in config.SOURCE_SETTINGS.items():
        if not setting.default.startswith("("):
            given = f"[{{url: 'https://example.org/', {name}: {setting.default}}}]"
            settings = load(tmp_path, f"extra: {{digest: {{sources: {given}}}}}\n")
            assert settings.sources == (source,), name


def test_the_table_of_settings_is_that_of_the_program() -> None:
    fields = set(config.Settings.__slots__) - {"root", "docs", "model", "hardware", "sources"}
    named = {name.replace(".", "_") for name in config.SETTINGS if not name.startswith("engine.")}
    assert fields - named == {"site_url", "site_name", "site_names"}  # MkDocs' own, and extra.names
    assert set(config.SOURCE_SETTINGS) == set(config.Source.__slots__)
