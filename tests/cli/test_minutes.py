"""One routine is told alike by everything that tells it: its doses and how long it takes today."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from fakes.journal import session_on, sets_of

from voicecoach import paths
from voicecoach.app.shelf import Shelf, own_shelf
from voicecoach.journal import store
from voicecoach.journal.records import Session
from voicecoach.journal.store import Journal
from voicecoach.language import phrases
from voicecoach.language.speech_length import estimate
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Sides
from voicecoach.session.listener import Ending
from voicecoach.voices import narrator

ROUTINE = "core-three-start"
OWN = """\
name: Mine
steps:
  - glute_bridge: 3 x 8
  - exercise: Heel slide
    rep: slide 1s, back 1s
    reps: 12
"""
GOOD = {"pain": 2, "worst": 2, "effort": 4}

PRAISE = 0.25
"""Minutes at most by which a session is longer than its list says, for a word on what was done in it."""


def done(day, routine=ROUTINE, hurt="", **said) -> Session:
    sets = [
        each
        for exercise in Library.default().load(routine).exercises
        for each in sets_of(exercise, ending=Ending.HURT if exercise.key == hurt else Ending.DONE)
    ]
    return replace(session_on(day, sets, **GOOD | said), routine=routine)


LIVES = {
    "fresh": (0, ROUTINE, ()),
    "after good sessions": (8, ROUTINE, [done(day) for day in (0, 2, 4, 6)]),
    "after pain": (3, ROUTINE, [done(0), done(2, hurt="bird_dog", worst=6)]),
    "left out": (5, ROUTINE, [done(day, hurt="bird_dog", worst=6) for day in (2, 4)]),
    "after a gap": (40, ROUTINE, [done(day) for day in (0, 2, 4, 6)]),
    "in a flare": (11, "calm-mini", [*(done(day) for day in (0, 2, 4, 6)), done(10, pain=7, worst=7)]),
    "climbing out of a flare": (14, ROUTINE, [*map(done, (0, 2, 4, 6)), done(10, pain=7, worst=7)]),
    "another routine": (8, "core", [done(day) for day in (0, 2, 4, 6)]),
    "a routine of their own": (3, "mine", [done(2, "core", hurt="glute_bridge", worst=6)]),
}

LISTED = ("aerobics", "calm-mini", "core", ROUTINE, "daily-stretch", "mine", "second-stretch", "walk")


@pytest.fixture
def live(accepted, at, run, monkeypatch):
    """Somebody with a plan and a routine of their own, who did all this until a day."""
    monkeypatch.setattr(Shelf, "names", lambda *_: LISTED)  # those of the plan are enough

    def until(day, sessions):
        paths.user_routines().mkdir(parents=True, exist_ok=True)
        (paths.user_routines() / "mine.yaml").write_text(OWN)
        assert run("plan", "new", "--phase", "restore").status == 0
        with Journal.open(store.file(), pytest.fail) as journal:
            for each in sessions:
                journal.begin(each)
        at(day)

    return until


def minutes_in(run):
    """The minutes of each routine in ``list``, by its id, and of those in ``today``, by their titles."""
    listed = dict(re.findall(r"^(\S+) +(\d+) min", run("list").out, re.MULTILINE))
    due = dict(re.findall(r"(?:: |and )([^:(]+) \((\d+) min\)", run("today").out))
    return listed, due


def shown(run, name):
    """The minutes on the sheet, and the reps of each set of each exercise."""
    text = " ".join(run("show", name).out.split())
    doses = re.findall(r" \d+\. ([^.:]+?): (?:(\d+) sets of )?([\d, and]+) reps?", text)
    reps = {}
    for exercise, sets, each in doses:
        found = re.findall(r"\d+", each)
        reps[exercise] = [int(number) for number in found] * (int(sets) if sets and len(found) == 1 else 1)
    return int(re.search(r"About (\d+) minute", text)[1]), reps


def on_timeline(run, name):
    """The length in minutes, and the title and the reps of each set, or side of one."""
    score = json.loads(run("timeline", name, "--voice", "silent", "--json").out)
    titles = {each["index"]: each["title"] for each in score["segments"] if each["kind"] == "work"}
    reps = dict.fromkeys(titles, 0)
    for beat in score["beats"]:
        if beat["segment"] in reps:
            reps[beat["segment"]] = max(reps[beat["segment"]], beat["rep"])
    return score["frames"] / score["rate"] / 60, [(titles[index], count) for index, count in reps.items()]


def played(run, name):
    """The same of a session that is played."""
    out = run("play", name, "--voice", "silent", "--output", "instant", "--yes", "--journal").out
    (session,) = json.loads(run("history", "--limit", "1", "--json").out)["sessions"]
    sets = [(each["exercise"], each["set"], each["reps_planned"]) for each in session["sets"]]
    assert f"Done after {phrases.load().minutes(session['seconds'])}: " in out  # and history rounds as that
    return session["seconds"] / 60, sets


@pytest.mark.parametrize("life", LIVES)
def test_the_minutes_and_the_doses_are_those_that_are_played(life, live, run, clock):
    day, name, sessions = LIVES[life]
    live(day, sessions)
    listed, due = minutes_in(run)
    shelf = own_shelf(pytest.fail, clock.moment())
    titles = {shelf.find(each).routine.name: each for each in listed}
    length, sets = on_timeline(run, name)
    minutes, reps = shown(run, name)
    assert (
        minutes
        == int(listed[name])
        == shelf.minutes(shelf.find(name))
        == pytest.approx(length, abs=0.5 + PRAISE)
    )
    assert {title: listed[titles[title]] for title in due} == due
    assert due
    took, done_sets = played(run, name)
    assert took == pytest.approx(length, abs=0.1)
    exercises = {each.key: each for each in shelf.find(name).routine.exercises}
    assert [(exercises[key].name, count) for key, _, count in done_sets] == sets
    by_set: dict[str, dict[int, int]] = {}
    for key, number, count in done_sets:
        exercise = exercises[key]
        of = by_set.setdefault(exercise.name, {})
        of[number] = of.get(number, 0) + count if exercise.sides is Sides.SWAP else count
    assert {title: list(each.values()) for title, each in by_set.items() if title in reps} == reps
    assert reps


def test_a_file_is_nearly_as_long_as_the_timeline_tells(live, run, tmp_path):
    day, name, sessions = LIVES["after good sessions"]
    live(day, sessions)
    part = (name, "--only", "cat_camel", "--voice", "silent")
    minutes, seconds = re.search(
        r"^ *(\d+):(\d+)\.\d+  end", run("timeline", *part).out, re.MULTILINE
    ).groups()
    out = run("render", *part, "-o", tmp_path / "part.wav").out
    in_file = re.search(r": (\d+):(\d+), ", out).groups()
    # What is said of keys is left out, and how long it was is said in the file itself.
    assert abs(60 * int(minutes) + int(seconds) - 60 * int(in_file[0]) - int(in_file[1])) <= 15


@pytest.mark.parametrize("slower", [1.0, 1.25])
@pytest.mark.parametrize(
    ("name", "minutes"),
    [("core-three", 9), ("core-three", 11), ("core", 12), ("daily-stretch", 11), ("walk", 12.5)],
)
def test_a_part_of_so_many_minutes_is_never_longer(name, minutes, slower, accepted, run, monkeypatch):
    """Whatever the voice: what it takes to say is measured, not guessed."""
    monkeypatch.setattr(narrator, "estimate", lambda text, wpm: int(slower * estimate(text, wpm)))
    score = json.loads(run("timeline", name, "--minutes", minutes, "--voice", "silent", "--json").out)
    assert 0.75 * minutes < score["frames"] / score["rate"] / 60 <= minutes
