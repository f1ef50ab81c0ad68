import pytest

from voicecoach.routine.files.dose_words import EXPECTED, WrittenDose, parse_dose
from voicecoach.routine.files.located_yaml import Mistakes


@pytest.mark.parametrize(
    ("text", "dose"),
    [
        ("12", WrittenDose((12,))),
        ("12 reps", WrittenDose((12,))),
        ("2 x 12", WrittenDose((12, 12))),
        ("2x12", WrittenDose((12, 12))),
        ("2 X 12", WrittenDose((12, 12))),
        ("2 × 12", WrittenDose((12, 12))),  # noqa: RUF001 - the sign itself
        ("2 sets of 12", WrittenDose((12, 12))),
        ("1 set of 12 reps", WrittenDose((12,))),
        ("2 times 12", WrittenDose((12, 12))),
        ("3 x 10s", WrittenDose((3,), 10.0)),
        ("3 holds x 10s", WrittenDose((3,), 10.0)),
        ("2 x 6 x 10s", WrittenDose((6, 6), 10.0)),
        ("6-4-2", WrittenDose((6, 4, 2))),
        ("6–4–2", WrittenDose((6, 4, 2))),  # noqa: RUF001 - as some keyboards write it
        ("6, 4, 2", WrittenDose((6, 4, 2))),
        ("6-4-2 x 8s", WrittenDose((6, 4, 2), 8.0)),
        ("8 each side", WrittenDose((8,), None, "each")),
        ("8/side", WrittenDose((8,), None, "each")),
        ("8 per leg", WrittenDose((8,), None, "each")),
        ("8 each", WrittenDose((8,), None, "each")),
        ("2 x 8 each side", WrittenDose((8, 8), None, "each")),
        ("3 x 5s each side", WrittenDose((3,), 5.0, "each")),
        ("10 alternating", WrittenDose((10,), None, "alternate")),
        ("60s", WrittenDose(None, 60.0)),
        ("1m30s", WrittenDose(None, 90.0)),
        ("1:30", WrittenDose(None, 90.0)),
        ("  2  x  12  ", WrittenDose((12, 12))),
    ],
)
def test_a_dose(text, dose):
    assert parse_dose(text) == dose


@pytest.mark.parametrize(
    "text",
    [
        *("", "x", "x 3", "3 x", "3 x x 3", "a few", "10s x 3", "2 x 6-4-2", "2 x 2 x 2", "1 x 1 x 1 x 1s"),
        *("8 side", "-3", "6--4", "each side", "3 x -10s", "3 x 0s", "nan", "inf", "1e3", "8 each side x 5s"),
        "9" * 61,
    ],
)
def test_not_a_dose(text):
    with pytest.raises(Mistakes) as caught:
        parse_dose(text)
    [mistake] = caught.value.mistakes
    assert mistake.expected == EXPECTED


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("0", "0 reps"),
        ("0 x 3", "0 sets"),
        ("6-4-0", "0 reps"),
        ("101", "101 reps are too many"),
        ("21 x 3", "21 sets are too many"),
        ("3 x 2h", "7200 seconds are too long"),
        ("-".join("1" * 21), "21 sets are too many"),
    ],
)
def test_an_absurd_dose(text, wrong):
    with pytest.raises(Mistakes) as caught:
        parse_dose(text)
    [mistake] = caught.value.mistakes
    assert mistake.wrong == wrong
