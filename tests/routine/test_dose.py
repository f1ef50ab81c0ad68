"""Doses as people write them."""

import pytest

from voicecoach.routine.files.dose_words import EXPECTED, WrittenDose, parse_dose
from voicecoach.routine.files.located_yaml import Mistakes
from voicecoach.units import POUND

DOSES = {
    WrittenDose((12,)): "12|12 reps|1 set of 12 reps",
    WrittenDose((12, 12)): "2 x 12|2x12|2 X 12|2 × 12|2 sets of 12|2 times 12|  2  x  12  ",  # noqa: RUF001 - the sign
    WrittenDose((100,) * 20): "20 x 100",
    WrittenDose((3,), 10.0): "3 x 10s|3 holds x 10s",
    WrittenDose((6, 6), 10.0): "2 x 6 x 10s",
    WrittenDose((6, 4, 2)): "6-4-2|6–4–2|6, 4, 2",  # noqa: RUF001 - as some keyboards write it
    WrittenDose((6, 4, 2), 8.0): "6-4-2 x 8s",
    WrittenDose((8,), None, "each"): "8 each side|8/side|8 per leg|8 each",
    WrittenDose((8, 8), None, "each"): "2 x 8 each side",
    WrittenDose((3,), 5.0, "each"): "3 x 5s each side",
    WrittenDose((10,), None, "alternate"): "10 alternating",
    WrittenDose(None, 60.0): "60s",
    WrittenDose(None, 90.0): "1m30s|1:30",
    WrittenDose((8, 8), load=2.0): "2 x 8 with 2 kg|2 x 8 with 2kg|2x8 with 2 kilos|2 sets of 8 with 2.0 KG",
    WrittenDose((8,), None, "each", 2.5): "8 each side with 2.5 kg|8 with 2,5 kg each side",
    WrittenDose((8,), load=5 * POUND): "8 with 5 lb|8 with 5 lbs|8 with 5 pounds",
    WrittenDose((6, 4, 2), 8.0, load=1.25): "6-4-2 x 8s with 1.25 kg",
    WrittenDose((8,), load=0.0): "8 with 0 kg",
    WrittenDose(load=2.0): "with 2 kg",
    WrittenDose((8,), load=100.0): "8 with 100 kg",
}
NONE = (
    "|x|x 3|3 x|3 x x 3|a few|10s x 3|2 x 6-4-2|2 x 2 x 2|1 x 1 x 1 x 1s|8 side|-3|6--4|each side"
    f"|3 x -10s|3 x 0s|nan|inf|1e3|8 each side x 5s|{'9' * 61}"
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
