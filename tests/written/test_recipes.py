"""The recipes in the documents do what stands above them."""

import re
from itertools import pairwise

import documents
import pytest

from voicecoach.app import estimates
from voicecoach.routine.files.library import Library
from voicecoach.routine.files.routine import read_routine
from voicecoach.timeline.expand import Settings, expand
from voicecoach.timeline.segment import Play, Role, Sound, Speak
from voicecoach.timeline.steps import works
from voicecoach.units import frames

SHIPPED = Library.default()
RECIPES = {
    found[1]: each.text
    for each in documents.BLOCKS
    if each.document == "docs/recipes.md" and (found := re.search("^name: (.*)$", each.text, re.MULTILINE))
}


def played(name):
    """The steps of a recipe, and its score."""
    steps = expand(read_routine(RECIPES[name].encode(), documents.ROOT / "x.yaml", "x", SHIPPED), Settings())
    return steps, estimates.estimate(steps)


def goes(score, title):
    """The frames of the session at which the sets of an exercise begin."""
    return [
        frame
        for frame, segment, event in score.events()
        if segment.title == title and isinstance(event, Play) and event.sound is Sound.GO
    ]


def said(score, role=None):
    return [
        each.text for _, _, each in score.events() if isinstance(each, Speak) and role in {None, each.role}
    ]


@pytest.mark.parametrize(
    ("name", "title", "apart"),
    [
        ("Circuit", "Squats", [30 + 20 + 30 + 20 + 30 + 60] * 2),
        ("Tabata", "High knees", [30] * 7),
        ("Ten minutes", "Sit to stand with a jump", [60] * 9),
        ("Walk and run", "Run", [150] * 7),
    ],
)
def test_sets_begin_when_the_recipe_says(name, title, apart):
    _, score = played(name)
    assert [after - before for before, after in pairwise(goes(score, title))] == [
        frames(each) for each in apart
    ]


def test_the_first_week_of_running_takes_half_an_hour_and_warns_before_each_change():
    _, score = played("Walk and run")
    first, last = goes(score, "Brisk walk")[0], goes(score, "Walk slowly")[0]
    assert last + frames(300) - first == frames(1800)
    warned = [text for text in said(score) if "Next: " in text]
    assert [text.rpartition("Next: ")[2] for text in warned] == [*["Run.", "Walk."] * 8, "Walk slowly."]


def test_sets_have_the_reps_sides_and_rests_of_the_recipe():
    steps, _ = played("Pyramid")
    assert [work.reps for work in works(steps) if work.exercise.id == "mcgill_curl_up"][-1] == 2
    steps, score = played("Superset")
    assert [work.title for work in works(steps)][1:] == ["Glute bridge", "Dead bug"] * 2
    assert [text for text in said(score) if "round" in text.casefold()]
    steps, _ = played("Ladder")
    assert [work.reps for work in works(steps)][1:] == [4, 6, 8]
    steps, _ = played("Right leg")
    assert [work.side for work in works(steps)][1:] == ["right", "right", "left"]
    steps, _ = played("From my physiotherapist")
    assert [work.reps for work in works(steps)][:4] == [8, 8, 8, 8]


def test_holds_are_counted_from_five_seconds_on():
    _, score = played("Box breathing")
    box = [segment for segment in score.segments if segment.title == "Box breathing" and segment.beats]
    counts = [each.frame for each in box[0].events if isinstance(each, Speak) and each.role is Role.COUNT]
    in_reps = [frame for frame in counts if frame >= box[0].begins]
    assert in_reps
    assert all(later - earlier > frames(2) for earlier, later in pairwise(in_reps))
    _, score = played("Contract and relax")
    assert "Three holds of twenty seconds." in said(score)
    assert said(score).count("Three.") == 4 + 2 * 3  # three count-ins, the march, and each stretch
