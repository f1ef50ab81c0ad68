"""Doses as people write them."""

import re

import pytest

from voicecoach.routine.dose import Dose
from voicecoach.routine.doses import at_dose, dose_of, work_at, work_seconds
from voicecoach.routine.files.dose_words import EXPECTED, WrittenDose, parse_dose
from voicecoach.routine.files.library import Library
from voicecoach.routine.files.located_yaml import Mistakes
from voicecoach.routine.files.side_words import WrittenSides
from voicecoach.routine.model import Sides
from voicecoach.units import POUND

EACH, ALTERNATE, LEFT_ONLY = (
    WrittenSides(Sides.EACH),
    WrittenSides(Sides.ALTERNATE),
    WrittenSides(None, ("left",)),
)
DOSES = {
    WrittenDose((12,)): "12|12 reps|1 set of 12 reps|12x|x12|12 X|12 times",
    WrittenDose(
        (12, 12)
    ): "2 x 12|2x12|2 X 12|2 × 12|2 sets of 12|2 times 12|  2  x  12  |2 sets x 12|12 x 2 sets",  # noqa: RUF001 - the sign
    WrittenDose((100,) * 20): "20 x 100",
    WrittenDose((3,), 10.0): '3 x 10s|3 holds x 10s|10s x 3|3 x 10 secs.|3x 10"|3 sets of 10 sec|3 x 1/6 min',
    WrittenDose((6, 6), 10.0): "2 x 6 x 10s",
    WrittenDose((6, 4, 2)): "6-4-2|6–4–2|6, 4, 2",  # noqa: RUF001 - as some keyboards write it
    WrittenDose((6, 4, 2), 8.0): "6-4-2 x 8s",
    WrittenDose((12, 8)): "12-8|12, 8",
    WrittenDose((8, 8)): "8-8|2 x 8",
    WrittenDose((8, 12)): "8, 12",
    WrittenDose((6, 8, 10)): "6-8-10",
    WrittenDose(
        (8,), None, EACH
    ): "8 each side|8/side|8 per leg|8 each|8 ea.|8 (each side)|8 on both sides|8 every way",
    WrittenDose((8, 8), None, EACH): "2 x 8 each side|2x8/side",
    WrittenDose((3,), 5.0, EACH): "3 x 5s each side|3 x 5 sec / side",
    WrittenDose((10,), None, ALTERNATE): "10 alternating|10 alternating legs",
    WrittenDose(None, 60.0): "60s|60 S|1'|1 min.|1:00 min",
    WrittenDose(None, 90.0): "1m30s|1:30|1.5 min|1,5 min|1½ min|1 1/2 min|1'30\"",
    WrittenDose(
        (8, 8), load=2.0
    ): "2 x 8 with 2 kg|2 x 8 with 2kg|2x8 with 2 kilos|2 sets of 8 with 2.0 KG|2x8 @ 2 kg",
    WrittenDose((8,), None, EACH, 2.5): "8 each side with 2.5 kg|8 with 2,5 kg each side",
    WrittenDose((8,), load=5 * POUND): "8 with 5 lb|8 with 5 lbs|8 with 5 pounds",
    WrittenDose((6, 4, 2), 8.0, load=1.25): "6-4-2 x 8s with 1.25 kg",
    WrittenDose((8,), load=0.0): "8 with 0 kg",
    WrittenDose(load=2.0): "with 2 kg",
    WrittenDose((8,), load=100.0): "8 with 100 kg",
    # ranges: what to begin with, and what to work up to
    WrittenDose((8,), most_reps=(12,)): "8-12|8 to 12|8–12|8 - 12 reps|8-12x|1 set of 8-12",  # noqa: RUF001 - as some keyboards write it
    WrittenDose(
        (8,) * 3, most_reps=(12,) * 3
    ): "3 x 8-12|3 sets of 8–12|3 sets of 8 to 12 reps|8-12 x 3 sets",  # noqa: RUF001
    WrittenDose((8, 8), None, EACH, most_reps=(10,) * 3): "2-3 x 8-10 each side|2 to 3 sets of 8-10 per leg",
    WrittenDose((8, 8), most_reps=(8,) * 3): "2-3 x 8",
    WrittenDose(None, 30.0, most_seconds=45.0): "30-45s|30s-45s|30 to 45 sec|0.5-0.75 min",
    WrittenDose((5,), 30.0, most_seconds=45.0): "5 x 30-45s|5 sets of 30 to 45 seconds",
    # one side, or one before the other
    WrittenDose(
        (10,), None, LEFT_ONLY
    ): "10 left|10 left only|10 on the left|10 left leg|10, only on the left side",
    WrittenDose(
        (2,), 30.0, WrittenSides(None, ("right", "left"))
    ): "2 x 30s right first|2 x 30s, right leg first",
    WrittenDose((8,), None, WrittenSides(Sides.EACH, ("right", "left"))): (
        "8 each side, right first|8/leg starting with the right leg first"
    ),
    WrittenDose((12,), None, WrittenSides(None, ("right",)), most_reps=(15,)): "12-15, right only",
    WrittenDose(sides=LEFT_ONLY): "left|left only|only the left leg",
    # as leaflets have them
    WrittenDose((10, 10, 10)): (
        "3 sets, 10 reps|10 reps, 3 sets|3 sets 10 reps|10 reps (3 sets)|3 sets: 10 reps|3 series of 10"
        "|10 reps x 3|10 reps by 3|[3 x 10]|3 x 10.|three sets of ten"
    ),
    WrittenDose((10,)): "about 10|approx. 10|~10|10.|10 reps*|10 circles|10 steps|ten times",
    WrittenDose((10,) * 3, None, EACH): (
        "10/side x 3|10 each x 3|3 sets of 10 each leg|3 x 10 ea. leg|3x10 L+R"
    ),
    WrittenDose((10,), None, EACH): (
        "10ea|10 ea side|10 e/s|10 ES|10L/10R|10 L / 10 R|10 R/L"
        "|10 left and right|10 [each side]|10 circles each way"
    ),
    WrittenDose((10,), None, ALTERNATE): "10 alt|10 alternating legs",
    WrittenDose((10,), None, WrittenSides(None, ("right",))): (
        "10R|10 R|10 (R)|10 R only|right 10|right leg: 10"
    ),
    WrittenDose((12,), None, WrittenSides(None, ("left", "right"))): "12 left then right|12 L first",
    WrittenDose((10,), 5.0): (
        "10 x 5 sec hold|10 x hold 5s|10 reps, hold 5 s|10 reps (hold 5s)|10 (5s hold)"
        "|10 (5 s)|10 holds of 5 seconds|10 reps with a 5 second hold|10 reps w/ 5-sec hold"
        "|10 reps held for five seconds|10 times, 5s hold"
    ),
    WrittenDose((10, 10), 5.0): (
        "2 sets of 10 reps of 5s|2 sets of 10 reps, 5 s hold|2 sets, 10 reps, hold 5s"
    ),
    WrittenDose((10, 10), 5.0, EACH): "2 x 10 each side hold 5s|2 x 10 each side x 5s",
    WrittenDose((3,), 30.0): "hold 30 sec x 3|30-second hold x 3|3x:30|3 x half a minute",
    WrittenDose((2,), 30.0, EACH): "30s each side x 2|30 sec ea leg x 2|hold 30s x 2 each side",
    WrittenDose(None, 30.0): "hold 30s|hold for 30 seconds|:30|half a minute",
    WrittenDose(None, 60.0, EACH): "one minute each side|a minute/side|1 min ea.",
    WrittenDose(None, 100.0): "1 min 40|1m40|1'40",
    WrittenDose((12, 10, 8)): "12/10/8|12 / 10 / 8|12, 10, 8 reps",
    WrittenDose((10,) * 3, most_reps=(12,) * 3): "10-12 x 3|10-12 reps, 3 sets|10\N{EM DASH}12 x 3",
    WrittenDose((8, 8), load=2.0): "2 x 8 (2 kg)|2 x 8 2kg|2 x 8 + 2 kg|2kg x 2 x 8|2 x 8 x 2 kg",
}
NONE = (
    "|x|3 x x 3|a few|2 x 6-4-2|2 x 2 x 2|1 x 1 x 1 x 1s|8 side|-3|6--4|each side|10s x 3 x 2|3 sets|2-3 sets"
    f"|3 x -10s|3 x 0s|nan|inf|1e3|45-30s|2 reps x 3 reps|8 each side x 5s each side|3/10|2.5|1/2"
    f"|10 slow|3 sets x 3 sets|{'9' * 61}"
    "|1/2 reps|1,5 x 3|\u00bd|2 x \u00bd|2.5-3.5|\u00bd-\u00be"
)
ABSURD = {
    "8 with 2": "'2' has no unit",
    "8 with -2 kg": "'-2 kg' is less than no load",
    "8 with 500 kg": "500 kg is too heavy to exercise with",
    "8 with 221 lb": "221 lb is too heavy to exercise with",
    "8 with 1.23 kg": "'1.23 kg' is finer than can be said",
    "8 with 2 stone": "'2 stone' is not a load",
    "8 with 2 each side": "'2 each' is not a load",
    "8 with a backpack": "'a' is not a load",
    "8 with": "'' is not a load",
    "8 with nan kg": "'nan' is not a load",
    "8 with 1e9 kg": "'1e' is not a load",
    "0": "0 reps",
    "0 x 3": "0 sets",
    "6-4-0": "0 reps",
    "101": "101 reps are too many",
    "21 x 3": "21 sets are too many",
    "3 x 2h": "7200 seconds are too long",
    "-".join("1" * 21): "21 sets are too many",
}
OTHERWISE = {
    "AMRAP 12m|12 min AMRAP": "'duration: 12m' and 'amrap: reps'",
    "AMRAP|to failure|3 x max|as many as possible": "'duration: 10m' and 'amrap: reps'",
    "EMOM 10|10 min EMOM": "'repeat: 10' and 'every: 1m'",
    "E2MOM 12": "'repeat: 6' and 'every: 2m'",
    "EMOM 45": "'repeat: 20' and 'every: 1m'",
    "E0MOM 10": "'repeat: 10' and 'every: 1m'",
    "E90MOM": "'repeat: 1' and 'every: 60m'",
    "tabata|20s on/10s off|20 on, 10 off x 8|20/10 x 8|8 x 20s/10s": "'reps: 8 x 20s' and 'rest: 10s'",
    "40/20 x 6": "'reps: 6 x 40s' and 'rest: 20s'",
    "3 x 10, 30s rest|3 x 10 rest 30s": "'rest: 30s'",
    "3x/week|10 reps 3x/day|10, twice a day|3 x 10 daily|10 every other day": "'days: 3 a week'",
    "10 @ RPE 7|10 @ 70%": "'cues: [Not too hard.]'",
    "up to 12|at least 8|10+|max 12": "8-12",
    "10 metres|2 miles|3 laps": "5m",
}
"""What asks for more than a dose says, and the keys and doses that do as much today."""


@pytest.mark.parametrize("dose", DOSES, ids=str)
def test_a_dose_is_read_in_every_form(dose):
    for text in DOSES[dose].split("|"):
        assert parse_dose(text) == dose, text


@pytest.mark.parametrize("text", [*NONE.split("|"), *ABSURD])
def test_what_is_no_dose_says_why(text):
    with pytest.raises(Mistakes) as caught:
        parse_dose(text)
    [mistake] = caught.value.mistakes
    assert mistake.wrong == ABSURD[text] if text in ABSURD else mistake.expected == EXPECTED


@pytest.mark.parametrize("written", OTHERWISE)
def test_what_asks_for_more_than_a_dose_is_refused_with_what_works(written, tmp_path):
    for text in written.split("|"):
        with pytest.raises(Mistakes) as caught:
            parse_dose(text)
        [mistake] = caught.value.mistakes
        assert OTHERWISE[written] in mistake.expected, text
        assert mistake.expected != EXPECTED
    keys = re.findall(r"'(\w+: [^']+)'", OTHERWISE[written]) or [f"reps: {OTHERWISE[written]}"]
    days = [key for key in keys if key.startswith("days")]
    step = [key for key in keys if key not in days]
    timed = "duration: 20s" if step and re.search(r"reps: .*[sm]$", step[0]) else "rep: up 2s, down 2s"
    file = tmp_path / "works.yaml"
    if step and step[0].startswith("repeat"):
        inside = "    steps: [{exercise: Step on and off, rep: up 2s, reps: 8}]"
        lines = ["name: X", "steps:", f"  - {step[0]}", f"    {step[1]}", inside]
    else:
        given = any(key.startswith("duration") for key in step)
        step = [f"    {key}" for key in ("exercise: Step on and off", *([] if given else [timed]), *step)]
        lines = ["name: X", *days, "steps:", "  -", *step]
    file.write_text("\n".join(lines))
    assert Library((tmp_path,)).check([file]) == []


@pytest.mark.parametrize("name", ["glute_bridge", "plank_front", "brisk_walk", "bird_dog", "hamstring_strap"])
def test_the_work_at_a_dose_is_that_of_the_exercise_at_it(name):
    exercise = Library.default().exercise(name)
    for dose in (
        dose_of(exercise),
        Dose(reps=(3, 2, 1), hold=7.0),
        Dose(reps=(4,), lowering=5.0),
        Dose(reps=(1, 1), duration=33.3),
    ):
        assert work_at(exercise, dose) == work_seconds(at_dose(exercise, dose))
