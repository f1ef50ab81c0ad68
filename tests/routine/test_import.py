"""What people bring from elsewhere becomes a routine without mistakes, which names what is lost.

``imports/*.yaml`` are the routines that the files beside them become. After a wanted change run
``VOICECOACH_GOLDEN=write pytest -n 0 tests/routine/test_import.py``, and read what changed.
"""

import csv
import io
import json
import os
import re
from pathlib import Path

import documents
import pytest
from hypothesis import given
from hypothesis import strategies as st
from naming import for_each

from voicecoach import paths, safefiles
from voicecoach.errors import FileError, RoutineError
from voicecoach.routine.files import (
    day_words,
    described,
    dose_words,
    import_csv,
    import_file,
    outline,
    starter,
)
from voicecoach.routine.files.library import Library
from voicecoach.routine.files.routine import read_routine
from voicecoach.routine.model import Do, Rest, Sides
from voicecoach.units import format_duration, format_load

SHIPPED = Library((paths.shipped("routines"),))
SHELF = described.NamedExercises(SHIPPED)
CASES = Path(__file__).parent / "imports"
WRITE = os.environ.get("VOICECOACH_GOLDEN") == "write"


def imported(text, name="leaflet.txt"):
    """The routine in a text, after it was written and read again, and the outline of it."""
    path = Path(name)
    found = import_file.outline(text, path, SHELF)
    routine = outline.read(found, path, "mine", SHIPPED)
    assert read_routine(outline.write(found, "mine").encode(), path, "mine", SHIPPED) == routine
    return routine, found


def one(line):
    """The only exercise of a leaflet."""
    (step, *_), _ = imported(line)[0].steps, None
    return step.exercise


@for_each(sorted(each for each in CASES.iterdir() if each.suffix != ".yaml"), lambda path: path.name)
def test_a_file_becomes_a_routine(path):
    found = import_file.outline(import_file.text_of(path), path, SHELF)
    routine = outline.read(found, path, "mine", SHIPPED)
    text = outline.write(found, "mine")
    assert read_routine(text.encode(), path, "mine", SHIPPED) == routine
    golden, text = path.with_suffix(".yaml"), text.partition(f"\n\n{starter.GUIDE}")[0] + "\n"
    if WRITE:
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_the_example_of_the_document_is_what_is_made_of_it():
    leaflet, wanted = re.findall(
        "^```(?:text|yaml)\n(.*?)^```",
        documents.TEXTS["docs/routine-format.md"].partition("## From a leaflet")[2],
        re.MULTILINE | re.DOTALL,
    )[:2]
    text = outline.write(imported(leaflet)[1], "mine")
    assert text.partition("\n\n")[2].partition(f"\n\n{starter.GUIDE}")[0] + "\n" == wanted


LINES = {
    "Bridge 3 x 10": "glute_bridge 3 x 10 held 2s",
    "3 x 10 lunges": "Lunges 3 x 10",
    "10 lunges each leg": "Lunges 10 each",
    "30 sec. squat": "Squat 30s",
    "Plank 30 s each side": "Plank 30s each",
    "1. Cat-camel: 8-12 times": "cat_camel 8 to 12",
    "• Heel slides \u2013 2 sets of 8 reps (L/R)": "heel_slide 2 x 8 each",
    "[ ] Glute bridge 3x10": "glute_bridge 3 x 10 held 2s",
    "90/90 hip switch 5 each side": "90/90 hip switch 5 each",
    "Figure 4 stretch 30 s": "Figure 4 stretch 30s",
    "Side plank: 3 \u00d7 10 s": "side_plank 3 held 10s each",
    "Clam, 3 sets x 12 reps, R only": "Clam 3 x 12 right",
    "Lunge: 10 reps, hold for five seconds, 3 sets": "Lunge 3 x 10 held 5s",
    "Quad sets: 10 reps of 5 second holds": "Quad sets 10 held 5s",
    "Calf stretch: hold 30 sec x 3": "calf_stretch 3 held 30s each",
    "Hip stretch, hold 30 seconds, repeat 3 times each leg": "Hip stretch 3 held 30s each",
    "Toe raises 20 - 30 seconds, 2 sets": "Toe raises 2 x 20s to 30s",
    "Biceps curl 12-10-8 with 2,5 kg": "Biceps curl [12, 10, 8] 2.5 kg",
    "Dead bug, 2 x 8 alternating, right first": "dead_bug 2 x 8 right alternate",
    "Squat ten times": "Squat 10",
    "A1) Goblet squat 3x12 @ 10 kg": "Goblet squat 3 x 12 10 kg",
    "T/S ext. over 1/2 foam roll 10": "T/S ext. over 1/2 foam roll 10",
    "Glute bridge - 10 times.": "glute_bridge 10 held 2s",
    "Heel slides\nLie on your back.\nRepeat 8 to 10 times, each side.": "heel_slide 8 to 10 each",
    "SLR 3x10 @ 2 kg (twice a day)": "SLR 3 x 10 2 kg",
    "Wall plank 1:30": "Wall plank 1m30s",
    'Squat 3 x 30"': "Squat 3 x 30s",
    "Lunge 10, rest 41 s": "Lunge 10 rest 41s",
    "Lunge\n3 sets of 10\nRest 41 s between sets": "Lunge 3 x 10 rest 41s",
}

LOST = {
    f"Lunge 10\n  {'Slowly. ' * 40}\n  {'Keep quite still. ' * 12}": "a text has at most 500",
    "Do these twice a day, 5x/week.\nLunge 10": "'5x/week'",
    "Lunge 10; \u2b50": "'\u2b50': it cannot be said as it stands",
    "Lunge 2 x 10, rest 20 s, rest 30 s": "'rest 30 s': another rest stands before it",
    f"{'All of my exercises ' * 5}\nLunge 10": "it cannot be a name in full",
    "Lunge 10, 12 reps": "'12 reps': another dose stands before it",
    "Lunge 10; {left}": "it cannot be said as it stands",
    "Lunge {left} 10": "a name has at most 60 characters and no braces",
    "Lunge 10\nRest 20 s between exercises": "a rest is written where it comes",
    "Lunge 10\n2 rounds of:\nEMOM 10\n": "write 'repeat: 10' and 'every: 1m'",
    "Lunge 2-3 sets, 10 reps": "'2-3 sets': it begins with 2 sets",
    "Bird dog 8\n  Reach far.": "'Reach far.': the library's bird_dog is taught in its own words",
    f"Lunge 10\n{'x' * 401}": "it is too long for a line about one exercise",
}


@for_each(LOST)
def test_what_is_lost_is_named(text):
    assert LOST[text] in " ".join(map(str, imported(text)[1].all_losses()))


def shown(exercise):
    """An exercise as a line: its key, dose, sides, load, and a rest other than the usual."""
    words = [exercise.key]
    if len(set(exercise.reps)) > 1:
        words.append(str([*exercise.reps]))
    else:
        sets, goal = len(exercise.reps), exercise.goal if exercise.dose_range else None
        least = exercise.reps[0] if exercise.duration is None else format_duration(exercise.duration)
        most = goal and (goal.reps[0] if goal.duration is None else format_duration(goal.duration))
        words.append((f"{sets} x " if sets > 1 else "") + (f"{least} to {most}" if most else f"{least}"))
    words += [f"held {each.seconds:g}s" for each in exercise.rep if each.is_hold]
    words += exercise.order[:1]
    words += [exercise.sides] if exercise.sides is not Sides.BOTH and len(exercise.order) != 1 else []
    words += [format_load(exercise.load)] if exercise.load else []
    words += [f"rest {exercise.rest:g}s"] if exercise.rest == 41 else []
    return " ".join(words)


@for_each(LINES)
def test_a_line_means_what_its_writer_means(line):
    assert shown(one(line)) == LINES[line]


REFUSED = {
    "Lunge 3 x 500": "500 reps are too many; at most 100 reps a set",
    "Squat 2 hours": "7200 seconds are too long; at most an hour for one thing",
    "Lunge 99 sets of 3": "99 sets are too many; at most 20 sets",
    "Lunge 3 x 1o": "'Lunge 3 x 1o'; it has no dose",
    "Lunge 10 with 900 kg": "900 kg is too heavy to exercise with; at most 100 kg",
    "Farmer's carry 4 x 30m": "these look like metres",
    "Rest when tired": "a rest needs a time, as in 'Rest 30 s'",
    "Tabata 8 rounds": "write the two apart, as with 'reps: 8 x 20s' and 'rest: 10s'",
    "99 rounds of:": "'repeat' takes a number from 1 to 30",
}


@for_each(["Rest 30 s between sets", "Rest as needed", "Rest 1 min", "Twice a day\nEvery day"])
def test_a_line_about_all_exercises_leaves_the_title_a_title(line):
    routine, found = imported(f"My back plan\n{line}\nBridge 3 x 10")
    assert (routine.name, [each.id for each in routine.exercises]) == ("My back plan", ["glute_bridge"])
    assert not [each for item in found.items for each in item.losses if "My back plan" in each.what]


@for_each(["Three times a week, with a day between.", "daily, twice a day", "3-4 a week, a day between"])
def test_how_often_in_several_clauses_is_kept_in_its_words(line):
    routine, found = imported(f"Runner's knee\n{line}\nBridge 3 x 10")
    assert routine.name == "Runner's knee"
    assert not [each for item in found.items for each in item.losses]
    assert day_words.meant(routine.days) == day_words.meant(line.strip("."))


@for_each(REFUSED)
def test_a_line_that_nobody_can_do_says_so_with_its_place(line):
    with pytest.raises(RoutineError) as refused:
        imported(f"\n{line}\n")
    problems = refused.value.problems
    assert any(REFUSED[line] in str(each) and each.line == 2 for each in problems), str(refused.value)
    assert "no exercise can be found here" in str(problems[0])


def test_all_steps_together_have_their_limits():
    with pytest.raises(RoutineError, match=r"leaflet.txt:1:1: 301 steps; at most 300"):
        imported("Bridge 3 x 10\n" * 301)
    with pytest.raises(RoutineError, match="the session is longer than three hours"):
        imported("Walk 1 h\n" * 4)
    with pytest.raises(RoutineError, match=r"leaflet.txt:1:1: 600 steps, repeats included; at most 300"):
        imported("30 rounds of:\n" + "Bridge 3 x 10\n" * 20)


def holds(text, name):
    """The routine in ``text`` reads back as it was written, or each problem has its place and a way out."""
    try:
        return imported(text, name)[0]
    except RoutineError as error:
        for problem in error.problems:
            assert 1 <= problem.line <= text.count("\n") + text.count("\r") + 2
            assert problem.column >= 1
            assert problem.wrong
            assert problem.expected
            assert str(problem).isprintable()
    return None


words = st.text(max_size=12) | st.sampled_from(
    [*" ".join(LINES).split(), "{side}", "#", "'", '"', ":", "\u2028"]
)
lines = st.lists(words, max_size=12).map(" ".join) | st.sampled_from([*LINES, *REFUSED])
cells = st.text(max_size=12) | st.sampled_from(
    [
        "3",
        "10",
        "8-12",
        "30",
        "0:30",
        "1,5",
        "2 kg",
        "each",
        "left",
        "L/R",
        "Rest",
        "supine",
        "Bridge",
        "bird dog",
    ]
)
columns = st.lists(st.sampled_from(["Name", *import_csv.COLUMNS, "x"]), min_size=1, max_size=9)


@given(st.lists(lines, max_size=8).map("\n".join) | st.text(max_size=200))
def test_any_leaflet(text):
    holds(text, "leaflet.txt")


@given(columns, st.lists(st.lists(cells, max_size=9), max_size=6), st.sampled_from(",;\t"))
def test_any_table(names, rows, separator):
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([names, *rows])
    holds(text.getvalue(), "table.csv")


@given(st.text(max_size=200))
def test_any_text_as_a_table_or_a_workout(text):
    holds(text, "table.csv")
    holds(text, "workout.json")


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
workouts = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["title", "version", "sets", "name", "repetitions", "exercises", "duration"]),
            inner,
        )
    ),
    max_leaves=20,
)


@given(workouts)
def test_any_json(data):
    holds(json.dumps(data), "workout.json")


exercises = st.fixed_dictionaries(
    {
        "name": st.sampled_from(
            ["Plank", "Rest", "Jumping jacks", "Dead bug", "Marching in place", "7/8 turn"]
        ),
        "duration": st.integers(1, 90),
    }
)
sets = st.fixed_dictionaries(
    {
        "name": st.just("A"),
        "repetitions": st.integers(1, 4),
        "exercises": st.lists(exercises, min_size=1, max_size=4),
    }
)


@given(st.lists(sets, min_size=1, max_size=4))
def test_a_workout_keeps_its_exercises_and_all_their_seconds(sets):
    data = {"title": "Mine: one", "version": 2, "sets": sets}
    wanted = [each for one in sets for each in one["exercises"] * one["repetitions"]]
    if all(each["name"] == "Rest" for each in wanted):
        return
    routine, found = imported(json.dumps(data), "workout.json")
    assert routine.name == "Mine: one"
    assert {loss.where for loss in found.all_losses()} <= {"where there is no rest"}
    done = [step for step in routine.steps if isinstance(step, Do)]
    worked = [each for each in wanted if each["name"] != "Rest"]
    assert [step.exercise.duration for step in done] == [each["duration"] for each in worked]
    assert [step.exercise.name for step in done] == [each["name"] for each in worked]
    resting = [
        step.seconds
        for step in routine.steps[: max(n for n, each in enumerate(routine.steps) if isinstance(each, Do))]
        if isinstance(step, Rest)
    ]
    last = max(number for number, each in enumerate(wanted) if each["name"] != "Rest")
    assert resting == [each["duration"] for each in wanted[:last] if each["name"] == "Rest"]


numbers = st.integers(1, 20)


@given(
    st.lists(st.tuples(numbers, st.integers(1, 5), st.none() | st.integers(1, 15)), min_size=1, max_size=4)
)
def test_a_table_keeps_its_numbers(rows):
    text = "reps;name;sets;seconds\n" + "".join(
        f"{reps};Thing;{sets};{hold or ''}\n" for reps, sets, hold in rows
    )
    routine, found = imported(text, "table.csv")
    assert found.all_losses() == []
    for exercise, (reps, sets, hold) in zip(routine.exercises, rows, strict=True):
        assert exercise.reps == (reps,) * sets
        assert [phase.seconds for phase in exercise.rep if phase.is_hold] == ([hold] if hold else [])


counts = st.integers(1, dose_words.MAX_REPS)


@given(
    st.lists(counts, max_size=4).map(tuple) | st.tuples(counts, numbers).map(lambda both: both[:1] * both[1]),
    st.none() | st.integers(1, 36000).map(lambda tenths: tenths / 10),
    st.booleans(),
)
def test_a_dose_that_is_written_reads_back_as_it_was(reps, seconds, ranged):
    even = len(set(reps)) == 1
    dose = dose_words.WrittenDose(
        reps=reps or None,
        seconds=seconds,
        most_reps=tuple(min(100, each + 3) for each in reps) if ranged and even and reps[0] <= 97 else None,
        most_seconds=seconds + 5 if seconds and ranged and seconds < 3590 else None,
    )
    if dose == dose_words.WrittenDose():
        return
    read = dose_words.parse_dose(described.dose_text(dose))
    alone = not even and len(reps) > 1 and seconds is None and max(len(reps) - 2, 0) == 0
    assert read == dose or (alone and described._reps(dose) == list(reps))


@for_each(
    {
        b"%PDF-1.7": "is a PDF, which cannot be read here. Copy its text into a plain text file",
        b"PK\x03\x04\x14\x00": "is a document or an archive (Word, Excel, LibreOffice or zip)",
        b"\xd0\xcf\x11\xe0\xa1": "is an old document of Word or Excel",
        b"{\\rtf1\\ansi": "is a document with formatting (RTF)",
        b"\x89PNG\r\n": "is a picture",
        b"<!DOCTYPE html><html>": "is a web page or other markup",
        b"BEGIN:VCALENDAR": "is a calendar or an address book",
        b"\x7fELF\x02\x01\x01\x00": "is not a text. What can be read:",
        b"": "is empty. What can be read:",
        b" \n\n": "is empty",
        b"Bridge 3 x 10\n" * 20_000: "it has more than 200000 bytes. Name a file with one routine",
    }.items()
)
def test_a_file_that_is_none_of_these_says_what_it_is(case):
    content, said = case
    path = Path("leaflet.txt")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(safefiles, "opened", lambda _: io.BytesIO(content))
        with pytest.raises(FileError) as refused:
            import_file.text_of(path)
    assert said in str(refused.value)
