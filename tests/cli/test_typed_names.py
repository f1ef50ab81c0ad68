"""Whatever name a command or the screen shows can be typed where a name is asked for."""

import re
from dataclasses import replace

import pytest
from fakes.journal import session_on, sets_of
from naming import naming

from voicecoach.cli import vocabulary
from voicecoach.routine.files.library import Library

OWN = """\
name: From Ms. Weber, mornings
steps:
  - exercise: Bird dog, her way
    rep: reach 1s, back 1s
    reps: 2
  - cat_camel: 2
"""


@pytest.fixture
def evening(home, run, journal):
    """Commands that go well, of somebody with a plan, a routine of their own and a session done."""
    folder = home / "data" / "routines"
    folder.mkdir(parents=True)
    (folder / "my-physio.yaml").write_text(OWN)
    done = [each for exercise in Library.default().load("calm-start").exercises for each in sets_of(exercise)]
    journal.begin(replace(session_on(0, done), routine="calm-start"))

    def command(*words):
        ran = run(*words)
        with naming(" ".join(map(str, words))):
            assert (ran.status, ran.err) == (0, "")
        return ran.out

    command("plan", "new", "--phase", "calm")
    return command


def test_routines(evening):
    shelf = vocabulary.library()
    listed = [line.split()[0] for line in evening("list").splitlines()]
    assert set(listed) == set(shelf.routines())
    for each in listed:
        titles = [each, shelf.load(each).name]
        for typed in (*titles, *map(str.upper, titles), each.replace("-", " "), each.replace("-", "_")):
            with naming(typed):
                assert vocabulary.routine(typed) == each
    today = re.findall(
        r"(?:^Today: |^Next: | and |, then )([^(,.]+) \(\d+ min\)", evening("today"), re.MULTILINE
    )
    history = re.findall(r"\d  \d\d:\d\d  (.+?) +\d+  ", evening("history"))
    planned = re.findall(r"^  (\S.*?)  ", evening("plan"), re.MULTILINE)
    assert (today, history) == (["Easy walk"], ["calm-start"])
    assert planned == ["Calm start", "Easy walk"]
    for typed in (*today, *history, *planned):
        evening("show", typed)
        evening("plan", "days", typed, "2")


def test_exercises(evening):
    shelf = vocabulary.library()
    ids, titles = re.findall(r"^(\w+) .*  (.+)$", evening("exercises"), re.MULTILINE)[1:], {}
    assert [each for each, _ in ids] == [each.id for each in shelf.browse()]
    for each, title in ids:
        titles.setdefault(title, []).append(each)
    assert max(map(len, titles.values())) == 1, "a title that two exercises share says neither"
    for title, [each] in titles.items():
        for typed in (each, title):
            with naming(typed):
                assert shelf.exercise_meant(typed) == each
    sheet = re.findall(r"^\d+\. (.+): ", evening("show", "my-physio"), re.MULTILINE)
    assert sheet == ["Bird dog, her way", "Cat-camel"]
    for typed in sheet:
        evening("timeline", "my-physio", "--from", typed, "--voice", "silent")
    done = re.findall(r"^  (.+?) +1 of 1 ", evening("history", "last"), re.MULTILINE)
    explained = re.findall(r"^  (\S.+): ", evening("plan", "explain", "Calm start"), re.MULTILINE)
    assert set(done) == set(explained)
    assert len(explained) == 6
    for typed in explained:
        evening("exercises", typed)
        evening("timeline", "calm-start", "--only", typed, "--voice", "silent")
        evening("log", "--session", "last", "--named", typed)


def test_settings_voices_and_phases(evening):
    keys = re.findall(r"^([\w-]+) = ", evening("config"), re.MULTILINE)
    assert "voice-volume" in keys
    for key in keys:
        evening("config", "get", key.replace("-", " ").title())
    voices = re.findall(r"^(\S+) ", evening("voices"), re.MULTILINE)
    assert {"natural", "silent"} < {*voices}
    for voice in voices:
        evening("config", "set", "voice", voice.upper())
    [coming] = re.findall(r"Until (the [\w ]+):", evening("plan"))
    assert f": {coming}, since" in evening("plan", "phase", coming.title())
