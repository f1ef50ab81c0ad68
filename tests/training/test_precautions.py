"""Which instructions of a clinician are in force, and which are known by now."""

from dataclasses import replace
from datetime import UTC, date, datetime

from fakes.journal import session_on

from voicecoach.journal.records import Lifted
from voicecoach.routine.instructions import Instructions
from voicecoach.training import limits
from voicecoach.training.precautions import are_known, in_force

END = date(2026, 12, 28)
HIP = Instructions(
    source="hip", precautions=("Do not cross your legs.", "Lie on your back."), until=END, stop=("Fever.",)
)


def answer(source="hip", until=END, *, lifted=True):
    return Lifted(at=datetime(2026, 12, 29, 8, tzinfo=UTC), source=source, until=until, lifted=lifted)


def test_precautions_hold_until_they_are_lifted():
    no, yes = answer(lifted=False), answer()
    assert in_force(HIP, ()) == in_force(HIP, (no,)) == in_force(HIP, (yes, no)) == HIP
    assert in_force(HIP, (no, yes)) == HIP.lifted == replace(HIP, precautions=(), until=None)


def test_those_of_another_routine_or_another_end_hold_on():
    assert in_force(HIP, (answer("knee"), answer(until=date(2026, 11, 30)))) == HIP
    endless = replace(HIP, until=None)
    assert in_force(endless, (answer(),)) == endless


def told(*asked, by_hand=False):
    return [replace(session_on(day), instructions=each, by_hand=by_hand) for day, each in enumerate(asked)]


def test_what_was_told_in_three_sessions_is_known():
    assert limits.TOLD_IN_FULL == 3
    assert not are_known(HIP, told(HIP, HIP))
    assert are_known(HIP, told(HIP, HIP, HIP))
    assert not are_known(HIP, told(HIP, HIP, HIP, by_hand=True))
    assert are_known(HIP.lifted, told(HIP, HIP, HIP))
    assert are_known(replace(HIP, goal="Walk."), told(HIP, HIP, HIP))


def test_what_has_changed_is_told_anew():
    more = replace(HIP, precautions=(*HIP.precautions, "No stairs."))
    for changed in (more, replace(HIP, stop=("Fever.", "A swollen calf."))):
        assert not are_known(changed, told(HIP, HIP, HIP))
