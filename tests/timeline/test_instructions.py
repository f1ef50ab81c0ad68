"""What a clinician asks for, as the intro says it: all of it at first, then a reminder."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from fakes.speech import SOUNDS, LetterSpeech
from naming import for_each

from voicecoach.language import phrases
from voicecoach.routine.instructions import NO_INSTRUCTIONS, AgreedPain, Instructions
from voicecoach.routine.model import Caution, Do, Exercise, Routine
from voicecoach.routine.phase import Phase
from voicecoach.routine.suit import Swap
from voicecoach.timeline.compile import compile_all
from voicecoach.timeline.expand import Settings, expand
from voicecoach.timeline.instruction_words import box, pain_sentences, reminder
from voicecoach.timeline.segment import Speak
from voicecoach.timeline.speech_track import Kit

SAY = phrases.load()
HIP = Instructions(
    by="Anna Berg, physiotherapist",
    written=date(2026, 11, 20),
    patient="a patient of 68",
    precautions=("Do not bend the hip past 90 degrees.", "Do not cross your legs.", "Lie on your back."),
    until=date(2026, 12, 28),
    stop=("The calf is swollen, hot or painful: call the surgeon today.",),
    pain=AgreedPain(go=3, slow=5, stop=6, morning=True),
    supervision="Somebody is at home.",
    goal="Walk to the shop.",
)
IN_FULL = """Anna Berg wrote this for you on 20 November.
Somebody is at home.
Follow these three precautions.
Do not bend the hip past 90 degrees.
Do not cross your legs.
Lie on your back.
They apply until 28 December.
Pain up to three out of ten is fine, if tomorrow morning it is no worse than now.
Above that, and up to five, do less.
If your pain reaches six out of ten, stop.
Stop for today if you notice this.
The calf is swollen, hot or painful: call the surgeon today.
Your goal: Walk to the shop."""
SAFETY = "Move slowly, and keep breathing."


def intro(asked, swaps=(), **settings):
    """What the intro says before what everybody is told."""
    lift = Exercise(name="Lift", rep=(Phase(name="lift", seconds=2.0),))
    routine = Routine(id="hip", name="Hip", instructions=asked, steps=(Do(exercise=lift),), path=Path())
    score = compile_all(expand(routine, Settings(**settings), swaps), Kit(LetterSpeech(), SOUNDS, SAY))
    said = [each.text for each in score.segments[1].events if isinstance(each, Speak)]
    assert any(each.startswith(SAFETY) for each in said)
    return said[1 : next(n for n, each in enumerate(said) if each.startswith(SAFETY))]


def test_each_exercise_that_was_prescribed_and_is_not_done_is_told():
    swaps = tuple(Swap(f"Lift {n}", "March", (Caution.HIP_NEW,)) for n in range(1, 5))
    told = intro(Instructions(patient="a patient of 68"), swaps)
    assert told == [f"We do March instead of Lift {n}, because your hip is still new." for n in range(1, 5)]
    assert intro(NO_INSTRUCTIONS, swaps) == ["I have changed four exercises to suit you."]


def test_all_of_it_is_told_until_it_is_known():
    assert "\n".join(intro(HIP)) == IN_FULL
    assert "\n".join(intro(HIP, reminds=lambda asked: asked is not HIP)) == IN_FULL
    assert intro(NO_INSTRUCTIONS) == intro(Instructions(by="Anna Berg")) == []


STOP = "stop for today if you notice this: it swells"
REMINDERS = {
    "As Anna Berg asked: do not bend the hip past 90 degrees; there are two more precautions"
    " on your sheet.": HIP,
    "As Anna Berg asked: do not cross your legs; there is one more precaution on your sheet.": replace(
        HIP, precautions=HIP.precautions[1:]
    ),
    "As you were asked: lie on your back.": replace(HIP, by="", precautions=HIP.precautions[2:]),
    "As Anna Berg asked: pain up to three out of ten is fine, if tomorrow morning it is no worse than now.": (
        HIP.lifted
    ),
    "As Anna Berg asked, stop for today if you notice this: the calf is swollen, hot or painful: call the"
    " surgeon today.": replace(HIP.lifted, pain=AgreedPain()),
    f"As you were asked, {STOP}; there are two more signs on your sheet.": (
        Instructions(stop=("It swells.", "It locks.", "It gives way."))
    ),
    f"As Anna Berg asked, {STOP}; there is one more sign on your sheet.": (
        Instructions(by="Anna Berg", stop=("It swells.", "It locks."))
    ),
    "As you were asked: if your pain reaches six out of ten, stop.": Instructions(pain=AgreedPain(stop=6)),
}


@for_each(REMINDERS)
def test_then_one_sentence_has_what_matters_most(sentence):
    asked = replace(REMINDERS[sentence], supervision="")
    assert intro(asked, reminds=lambda _: True) == [sentence]


@for_each(REMINDERS)
def test_supervision_is_told_each_time_as_nothing_begins_without_it(sentence):
    asked = replace(REMINDERS[sentence], supervision="Somebody is at home.")
    assert intro(asked, reminds=lambda _: True) == ["Somebody is at home.", sentence]
    alone = Instructions(by="Anna Berg", supervision="Somebody is at home.")
    assert intro(alone, reminds=lambda _: True) == ["Somebody is at home."]


def test_of_who_wrote_it_nobody_is_reminded():
    assert [*reminder(Instructions(by="Anna Berg", goal="Walk."), SAY)] == []
    assert intro(Instructions(by="Anna Berg", goal="Walk."), reminds=lambda _: True) == []


def test_the_words_of_a_clinician_come_before_ours():
    said = "Up to three is fine. Above five, press x."
    assert [*pain_sentences(AgreedPain(go=3, stop=6, say=said), SAY)] == [said]
    assert [*pain_sentences(AgreedPain(morning=True), SAY)] == [
        "Your pain should be no worse tomorrow morning than it is now."
    ]


def test_one_of_each_is_told_as_one():
    asked = Instructions(
        precautions=("Lie on your back.",),
        until=date(2026, 12, 28),
        stop=("It swells.", "It locks."),
        pain=AgreedPain(slow=5, stop=6),
    )
    assert intro(asked) == [
        "Follow this precaution.",
        "Lie on your back.",
        "It applies until 28 December.",
        "With pain up to five out of ten, do less.",
        "If your pain reaches six out of ten, stop.",
        "Stop for today if you notice any of these.",
        "It swells.",
        "It locks.",
    ]


def test_a_box_has_all_of_it_with_its_figures():
    rows = box(HIP, SAY, date(2026, 12, 28))
    assert [each.title for each in rows] == [
        "From Anna Berg, physiotherapist, 20 November 2026, for a patient of 68",
        "Precautions until 28 December 2026",
        "Stop for today",
        "Agreed pain",
        "Supervision",
        "Goal",
    ]
    assert rows[3].texts == (
        "Up to 3 of 10: fine; up to 5: do less; 6 or more: stop; the next morning: no worse than before.",
    )
    assert box(HIP, SAY, date(2026, 12, 29))[1].title == "Precautions, which ran until 28 December 2026"
    assert box(NO_INSTRUCTIONS, SAY, date.max) == ()
