"""Which words are taken for the opposite of what is done, and which only sound like it."""

from dataclasses import replace

import pytest

from voicecoach.routine.contradictions import contradictions, contradicts
from voicecoach.routine.model import Caution, Cue, Cues, Exercise, Fix, Remedy
from voicecoach.routine.phase import Phase, PhaseKind

LIFT = Exercise(
    name="Lift",
    rep=(
        Phase(name="lift", seconds=2.0, kind=PhaseKind.MOVE),
        Phase(name="lower", seconds=2.0, kind=PhaseKind.LOWER),
    ),
    words={"lift": "And up"},
    breathing=(Cue("Breathe out.", "lift"), Cue("Breathe in.", "lower")),
)


@pytest.mark.parametrize(
    ("cue", "word"),
    [
        ("Breathe in through your nose.", "And breathe out"),
        ("Let go, and breathe out.", "Breathe in"),
        ("Tuck your chin in, and lift your hips.", "lower"),
        ("Put your hips down softly.", "Hips up"),
        ("Let your arm sink.", "Raise your arm"),
        ("Push your hips forward.", "back"),
        ("Now lean forward.", "Shift back"),
        ("Let your weight shift back.", "Lean forward"),
        ("Roll to the left.", "And to the right"),
        ("Push your right knee out.", "Left knee out"),
    ],
)
def test_an_order_anywhere_in_a_text_is_the_opposite_of_its_phase(cue, word):
    assert contradicts(cue, word)
    assert contradicts(word, cue)


@pytest.mark.parametrize(
    ("cue", "word"),
    [
        ("Breathe in and out.", "Breathe out"),
        ("Breathe into your back.", "Breathe out"),
        ("Keep the other leg up.", "Lower slowly"),
        ("Both shoulders stay down.", "Lift your arm"),
        ("Ribs down.", "Hips up"),
        ("Tighten your belly before they go down.", "And back up"),
        ("Lower more slowly than you lift.", "Lower slowly"),
        ("Feel your lower back.", "Lift slowly"),
        ("Point your toes forward.", "Come back"),
        ("Lean with a long back.", "Lean forward"),
        ("Bring your back along.", "Lean forward"),
        ("Reach with your right arm.", "Left leg, reach"),
        ("Left foot first, up and down.", "Step up"),
    ],
)
def test_what_does_not_move_or_comes_at_another_time_is_no_order(cue, word):
    assert not contradicts(cue, word)


def found(**changes):
    return list(contradictions(replace(LIFT, **changes)))


def test_a_reminder_must_fit_the_words_and_the_breath_of_each_phase_in_which_it_may_come():
    assert found() == []
    assert found(cues=Cues(always=(Cue("Lift your hips.", "lift"), Cue("Breathe in slowly.", "lower")))) == []
    for cue in (Cue("Put it down.", "lift"), Cue("Breathe in deeply.", "lift"), Cue("Lift it.", "lower")):
        assert found(cues=Cues(always=(cue,))) == [
            f"'{cue.text}' is said in the phase '{cue.phase}', which says the opposite"
        ]
    may = "'Squeeze, and lift your hips.' may come in the phase 'lower', which says the opposite"
    assert found(cues=Cues(rotating=(Cue("Squeeze, and lift your hips."),))) == [may]


def test_what_tells_when_it_holds_is_true_in_any_phase_but_not_in_one_that_is_named():
    assert found(cues=Cues(always=(Cue("Squeeze as you lift."), Cue("Breathe out as you lift.")))) == []
    (wrong,) = found(cues=Cues(always=(Cue("Squeeze as you lift.", "lower"),)))
    assert wrong == "'Squeeze as you lift.' is said in the phase 'lower', which says the opposite"


@pytest.mark.parametrize(
    "changes",
    [
        {"feel": "You should feel it {} below your ribs."},
        {"errors": (Fix(when="Your knee is not {} above your foot.", fix=""),)},
        {"errors": (Fix(when="", fix="Keep your knee {} above your foot."),)},
        {"cautions": {Caution.KNEE: Remedy(advice="Stop {} before it hurts.")}},
        {"cautions": {Caution.KNEE: Remedy(advice="Bend your knee to a {} angle at most.")}},
        {"leaving": "Roll over {} now."},
    ],
)
def test_right_is_a_side_in_all_that_is_said(changes):
    def filled(value, word):
        match value:
            case str():
                return value.replace("{}", word)
            case tuple():
                return tuple(filled(each, word) for each in value)
            case dict():
                return {key: filled(each, word) for key, each in value.items()}
            case Fix():
                return Fix(when=filled(value.when, word), fix=filled(value.fix, word))
        return Remedy(advice=filled(value.advice, word))

    (wrong,) = found(**filled(changes, "right"))
    assert wrong.endswith("' sounds like a side")
    assert found(**filled(changes, "just")) == []


def test_a_side_that_is_a_noun_is_one():
    assert found(position=("Cross your left over your right.", "Lift the right over it.")) == []
