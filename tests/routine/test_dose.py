"""Doses as people write them."""

import pytest

from voicecoach.routine.files.dose_words import EXPECTED, WrittenDose, parse_dose
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
}
NONE = (
    "|x|3 x x 3|a few|2 x 6-4-2|2 x 2 x 2|1 x 1 x 1 x 1s|8 side|-3|6--4|each side|10s x 3 x 2|3 sets|2-3 sets"
    f"|3 x -10s|3 x 0s|nan|inf|1e3|8 each side x 5s|45-30s|3 sets x 3 sets|{'9' * 61}"
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
