"""The help of every command and every page of the docs, in terminals of all widths."""

import re
from pathlib import Path

import pytest
from naming import naming

from voicecoach.cli import config, main, manual, plan
from voicecoach.paragraph import cells

ROOT = Path(__file__).parents[2]
WIDTHS = (40, 60, 80, 120, 200)


@pytest.fixture
def reading(run, monkeypatch):
    """What ``voicecoach`` prints in a terminal of so many columns; None is a pipe."""

    def read(columns, *words):
        monkeypatch.setattr("sys.stdout.isatty", lambda: columns is not None, raising=False)
        monkeypatch.setenv("COLUMNS", str(columns or 80))
        shown = run(*words)
        assert (shown.status, shown.err) == (0, ""), words
        return shown.out

    return read


def every_help():
    """The words after which each help is printed."""
    yield ("--help",)
    yield ("help",)
    for entry in main.COMMANDS:
        yield (entry.name, "--help")
    for entry in plan.COMMANDS:
        yield ("plan", entry.name, "--help")
    for command in config.app.registered_commands:
        yield ("config", command.name or command.callback.__name__, "--help")


def too_long(text, columns):
    """The lines beyond the edge that could have been broken."""
    return [line for line in text.splitlines() if cells(line) > columns and " " in line.strip()]


def test_no_help_is_cut_or_beyond_the_edge(reading):
    for words in every_help():
        whole = reading(None, *words)
        assert "..." not in re.sub(r"(\[ARGS\]|PATH|ROUTINE|TOPIC\])\.\.\.", "", whole)
        for columns in WIDTHS:
            shown = reading(columns, *words)
            with naming(f"{' '.join(words)} at {columns}"):
                assert too_long(shown, columns) == []
                assert shown.split() == whole.split()


def test_pages_keep_to_the_width(reading):
    for page in manual.topics():
        for columns in WIDTHS:
            with naming(f"{page.name} at {columns}"):
                assert too_long(reading(columns, "help", page.path.name), columns) == []


def test_a_page_says_what_its_file_says(reading):
    for page in manual.topics():
        source = re.sub(
            r"<br>|!\[[^]]*\]\([^)]*\)|\]\([^)]*\)|(?<=\n)\|[-|]+\|\n", " ", page.path.read_text()
        )
        wanted = re.findall(r"[^\W_]+", source.replace("```yaml", "").replace("```json", ""))
        shown = set(re.findall(r"[^\W_]+", reading(None, "help", page.path.name)))
        with naming(page.name):
            assert [word for word in wanted if word not in shown] == []
            assert len(wanted) > 50


def test_a_link_in_a_page_leads_to_what_it_names(reading):
    """The pictures of all figures are no page, and their README is not that of the program."""
    format_ = reading(None, "help", "figure-format")
    assert "contact sheets (figures/README.md)" in format_
    assert "routines folder (voicecoach help routine-format)" in format_
    assert "All docs (voicecoach help)" in reading(None, "help", "readme")
    for page in manual.topics():
        for pointer in re.findall(r"\(voicecoach help ([^)]*)\)", reading(None, "help", page.path.name)):
            assert pointer in {each.name for each in manual.topics()}, page.name


def test_every_page_is_listed_and_every_pointer_leads_to_one(reading):
    listed = reading(None, "help")
    names = {page.name for page in manual.topics()}
    assert names == {path.stem.lower() for path in (ROOT / "docs").glob("*.md")}
    for page in manual.topics():
        assert re.search(rf"^  {page.name} +\S", listed, re.MULTILINE)
    commands = {entry.name for entry in main.COMMANDS}
    for path in [*ROOT.glob("voicecoach/**/*.py"), *ROOT.glob("routines/**/*.*"), *ROOT.glob("docs/*.md")]:
        text = path.read_text(encoding="utf-8")
        for pointer in re.findall(r"voicecoach help ([a-z-]+)", text):
            with naming(f"{path}: {pointer}"):
                assert pointer in names | commands
        for pointer in re.findall(r"docs/([a-z-]+\.md)", text):
            with naming(f"{path}: {pointer}"):
                assert pointer.removesuffix(".md") in names
