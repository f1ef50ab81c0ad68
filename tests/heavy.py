"""More than anybody does or writes: what a report must still have room for."""

from __future__ import annotations

from dataclasses import replace

from fakes.journal import session_on, sets_of

from voicecoach.journal.records import Decision, DoseChange, Leg, Session
from voicecoach.language.phrases import Message
from voicecoach.routine.files.library import Library
from voicecoach.session.listener import Ending

CAT = replace(Library.default().exercise("cat_camel"), reps=(6,))


def heavy(weeks: int = 104) -> list[Session]:
    """Two years of long words: 25 exercises a day, all of them changed, and something said each time."""
    name = "An exercise whose name is much longer than that of any other in the library of them all"
    sets = [
        replace(each, exercise=f"{name} {number}", ending=Ending.HURT if number % 5 == 0 else Ending.DONE)
        for number in range(25)
        for each in sets_of(CAT)
    ]
    return [
        replace(
            session_on(
                day,
                sets,
                decisions=[
                    Decision(
                        written=f"{name} {number}",
                        exercise=f"{name} {number}",
                        dose=None,
                        change=(DoseChange.ADVANCE, DoseChange.REGRESS)[day % 2],
                        reason=Message.verbatim(f"On day {day} this is a reason. " * 10),
                    )
                    for number in range(25)
                ],
                pain=day % 11,
                morning=day % 7,
                leg=Leg.THIGH,
                after_leg=Leg.FOOT,
            ),
            comment="A comment without an end, as some people write them. " * 20,
        )
        for day in range(7 * weeks)
    ]
