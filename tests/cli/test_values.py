"""What every option of every command makes of values that are no values, found by asking the commands."""

import pytest
import typer
from typer.core import TyperGroup

from voicecoach.cli.main import app

NUMBERS = ("inf", "-inf", "1e400", f"1{'0' * 40}", "9" * 5000, "-1", "٣")
"""None of them is in the limits of any option."""
TEXT = {"--comment", "--microphone", "--name", "--patient"}
"""Options that take any text."""
PLACES = {"FILE", "FILE_OR_FOLDER", "FILE.wav", "FILE.ics", "FILE.svg"}
"""The values that are names of files, which may be called anything."""
NUMERIC = {"PERCENT", "TIME", "MINUTES", "N", "WORDS_A_MINUTE", "0-10", "LOAD"}
"""The values that are numbers."""
INSTANT = "--voice silent --output instant --yes --no-journal"
COMPLETE = {
    "play": f"quick {INSTANT}",
    "resume": "--voice silent --output instant --yes",
    "demo": "--voice silent --output instant",
    "show": "quick",
    "sheet": "quick",
    "share": "quick --voice silent --for 0.01s",
    "figure": "bird_dog",
    "timeline": "quick --voice silent",
    "render": "quick --out x.wav --voice silent",
    "pack": "packed quick --patient Anna --voice silent",
    "plan days": "core 2",
    "plan dose": "glute_bridge 5",
    "plan keep": "glute_bridge",
    "plan clear": "glute_bridge",
    "plan allow": "glute_bridge",
    "plan calendar": "--out x.ics",
    "log": "quick",
    "new": "mine",
    "check": "quick",
    "say": "Hello. --voice silent --output instant",
}
"""What a command needs besides."""


def commands(command, path=()):
    """Every command with its path."""
    for name in getattr(command, "commands", ()):
        yield from commands(command.resolve_command(typer.Context(command), [name])[1], (*path, name))
    if not isinstance(command, TyperGroup) or command.params:
        yield " ".join(path), command


def options():
    """Every option that takes a value: its command, its longest flag, all its flags, and what it takes."""
    for path, command in commands(typer.main.get_command(app)):
        for each in command.params:
            if each.param_type_name == "option" and not each.is_flag:
                yield path, max(each.opts, key=len), each.opts, each.metavar


@pytest.fixture
def given(run, monkeypatch, tmp_path):
    """Run a command with a value for one option; its status and what it printed."""
    monkeypatch.chdir(tmp_path)

    def run_with(path, flag, flags, value):
        words, besides = COMPLETE.get(path, "").split(), []
        while words:
            word = words.pop(0)
            if word in flags:
                words.pop(0)
            else:
                besides.append(word)
        return run(*path.split(), *besides, f"{flag}={value}")

    return run_with


def test_there_are_many():
    assert len({flag for _, flag, *_ in options()}) > 40


def test_what_is_no_number_is_refused_in_a_line(given):
    seen = set()
    for path, flag, flags, takes in options():
        if flag in TEXT or takes in PLACES:
            continue
        for value in ("nan",) if (flag, takes) in seen else ("nan", *NUMBERS):
            refused = given(path, flag, flags, value)
            what = f"{path} {flag}={value[:50]}: {refused}"
            assert (refused.status, refused.err.count("\n")) == (2, 1), what
            if takes in NUMERIC:
                assert value[:30] in refused.err or flag.strip("-") in refused.err, what
        seen.add((flag, takes))


LIMITS = """
play --rate 5: rate: '5' is too small; a whole number from 110 to 320, in words a minute.
play --sets 0: Invalid value for '--sets': '0' is not a whole number from 1 to 20.
say --voice-volume 151: voice-volume: '151' is too large; a whole number from 0 to 150, in percent.
stats --weeks 105: Invalid value for '--weeks': '105' is not a whole number from 1 to 104.
history --limit -1: Invalid value for '--limit': '-1' is not a whole number from 0 to 1000000.
play --delay 11m: delay: '11m' is not such a time; a time from 0s to 10m, where a bare number is seconds.
play --minutes 25h: Invalid value for '--minutes': '25h' is not a time up to 24h such as 12m30s, 12:30 or 12.
"""


def test_a_number_out_of_its_limits_is_told_them(given):
    for line in LIMITS.strip().splitlines():
        typed, _, told = line.partition(": ")
        assert given(*typed.split()[:2], (), typed.split()[2]).err == f"{told}\n"


def test_an_option_that_is_given_with_nothing_in_it_is_refused(given, tmp_path):
    for path, flag, flags, _ in options():
        for value in ("", " "):
            refused = given(path, flag, flags, value)
            if flag != "--comment":
                named = " / ".join(f"'{each}'" for each in flags)
                told = f"Invalid value for {named}: it is empty. Leave it out, or give it a value.\n"
                assert (refused.status, refused.err) == (2, told), path
    assert {each.name for each in tmp_path.iterdir()} <= {"home"}


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_file_without_a_name_is_refused(run, command):
    refused = run(command, "")
    assert (refused.status, refused.err.count("\n")) == (2, 1)
