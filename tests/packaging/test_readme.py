"""The README tells the truth."""

import re
import tomllib
from pathlib import Path

from voicecoach.cli.check import check_files
from voicecoach.cli.main import COMMANDS
from voicecoach.language import phrases
from voicecoach.routine.files.library import Library
from voicecoach.session.commands import help_rows

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_its_routine_has_no_mistakes_and_needs_no_advice(tmp_path):
    (example,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    path = tmp_path / "morning.yaml"
    path.write_text(example, encoding="utf-8")
    assert next(line.text for line in check_files(Library.default(), [str(path)])) == f"{path}: good"


def test_its_commands_are_all_there_are():
    named = set(re.findall(r"`voicecoach ([a-z-]+)", README))
    assert named == {entry.name for entry in COMMANDS}


def test_its_options_exist():
    declared = {"--version", *(option for entry in COMMANDS for option in options(entry.load()))}
    for option in re.findall(r"`(--[a-z-]+)", README):
        assert option in declared, f"{option} is not an option"


def test_its_keys_are_those_of_the_help():
    table = README.partition("| key | does |\n|---|---|\n")[2].partition("\n\n")[0]
    assert table.splitlines() == [f"| {keys} | {meaning} |" for keys, meaning in help_rows(phrases.load())]


def options(command):
    yield "--help"
    for parameter in command.params:
        yield from (*parameter.opts, *parameter.secondary_opts)
    for each in getattr(command, "commands", {}).values():
        yield from options(each)


def test_its_extras_and_commands_for_set_up_are_those_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for extra in re.findall(r'pip install [^`\n]*?"?\.\[(\w+)\]', README):
        assert extra in project["optional-dependencies"]
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    pattern = re.search(r"sed -n 's/(\^.*?)/\\1/p' README\.md", ci)
    assert pattern, "CI runs the README's own test command"
    posix = pattern[1].replace(r"\(", "(").replace(r"\)", ")")
    assert len(re.findall(posix, README, re.MULTILINE)) == 1
