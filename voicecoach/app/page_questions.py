"""The questions of a page: what the coach asks live, explored ahead as a graph that a script only follows.

A page knows no journal, so it asks what can be known without one: how it is now, and how it was. It knows one
thing from the last time that it was played, if its record is still there: how far down a leg or an arm
something was felt at the end. What depends on earlier sessions otherwise is not asked: the morning after, the
usual pain, an agreed pace, precautions that have ended. Where live an answer holds on until it is taken back,
a page asks each time, also about what began earlier and nobody has looked at; the question about new weakness
or a warning sign cannot be skipped. As the usual pain is not known, the patient is asked from the least pain
that can be a flare.

On a red day nothing begins, as a page cannot do less of its routine; live the doses would be lower. A calm
routine is what such a day is for, so it begins all the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from voicecoach.app.questions import FELT, Past, Red, answers_before
from voicecoach.journal.records import Arm, Before, Felt, Leg, Session
from voicecoach.language.phrases import Message, Phrases
from voicecoach.plain import plain
from voicecoach.routine.region import Region
from voicecoach.training import limits
from voicecoach.training.debrief import Aftermath, debrief
from voicecoach.training.leg import is_further, place
from voicecoach.training.next_question import next_question
from voicecoach.training.questions import (
    ARM,
    ARM_AFTER,
    EFFORT,
    FLARE,
    FORM,
    LEG,
    LEG_AFTER,
    NAMED,
    PAIN,
    SCALE,
    SIGN,
    SIGN_AFTER,
    WEAK,
    WELCOME,
    WORST_PAIN,
    AskedWhen,
    Known,
    Question,
)
from voicecoach.training.readiness import is_sore

Json = dict[str, Any]

HURT: Final = "hurt"
"""Stands for any exercise of the routine that hurt."""
_FIELDS: Final = {
    **{each.id: f"before.{each.id}" for each in (PAIN, LEG, ARM, FLARE, WEAK, SIGN)},
    **{name: f"after.{field}" for name, field in FELT.items()},
    NAMED.id: "named",
}
"""The field of the record for each question."""
_REQUIRED: Final = frozenset({WEAK.id, SIGN.id})
_YES_OR_NO: Final = frozenset({FLARE.id, WEAK.id, SIGN.id, SIGN_AFTER.id, FORM.id})
_OF_REGION: Final = {WEAK.id: "ask", SIGN.id: "ask", SIGN_AFTER.id: "ask_after"}
"""The questions that have other words for each region."""
_UNSEEN: Final = frozenset({WEAK.id, SIGN.id})
"""Those of them to which a yes is not kept, as no session follows."""


def questions(session: Session, names: dict[str, str], calm: str, say: Phrases) -> Json:
    """Return what is asked before and after ``session``, and what the answers mean.

    ``names`` are those of its exercises by their keys in the routine, and ``calm`` is the routine for a red
    day. A graph has ``nodes``, and ``start`` leads to the number of the first. A node asks the question
    ``ask``; ``next`` has the node after each answer, and then that after a skipped question, or is one number
    where all lead there. A node without a question is an end: ``say`` is what is told, ``starts`` whether the
    session begins, and ``signs`` whether all signs of an emergency are listed.
    """
    before, after = BeforeSession(session, calm, say), AfterSession(session, names, say)
    starts = before.starts(), after.starts()
    asked = [*before.graph.asked.values(), *after.graph.asked.values()]
    return {
        "asked": {each.id: _asked(each, session.region, names, say) for each in asked},
        "before": {"start": starts[0], "nodes": before.graph.nodes},
        "after": {"start": starts[1], "nodes": after.graph.nodes},
    }


def _asked(question: Question, region: Region, names: dict[str, str], say: Phrases) -> Json:
    """Return a question with its answers and the field of the record that they fill."""
    return {
        "text": _text(question, region, say),
        "field": _FIELDS[question.id],
        "scale": question.answers == SCALE,
        **({"required": True} if question.id in _REQUIRED else {}),
        "answers": [*_answers(question, names, say)],
    }


def _text(question: Question, region: Region, say: Phrases) -> str:
    """Return the words of a question, without the keys that answer it live."""
    if name := _OF_REGION.get(question.id):
        text = say(f"region.{region}.{name}").removesuffix(say("page.ask.keys")).rstrip()
        return f"{text} {say('page.ask.unseen')}" if question.id in _UNSEEN else text
    return say(f"page.ask.{question.id}")


def _answers(question: Question, names: dict[str, str], say: Phrases) -> Iterator[Json]:
    if question.id == NAMED.id:
        yield from ({"label": name, "value": key} for key, name in names.items())
        yield {"label": say("page.ask.none_of_them"), "value": ""}
        return
    for value in dict.fromkeys(each.value for each in question.answers):
        if isinstance(value, bool):
            label = say("page.ask.yes" if value else "page.ask.no")
        elif isinstance(value, Leg | Arm):
            label = say(f"page.ask.limb.{value.name.lower()}")
        else:
            label = str(value)
        yield {"label": label, "value": plain(value)}


@dataclass(slots=True)
class _Graph:
    """Nodes, of which no two are alike."""

    nodes: list[Json] = field(default_factory=list)
    asked: dict[str, Question] = field(default_factory=dict)
    """The questions that are asked somewhere in it, by their ids."""
    _numbers: dict[str, int] = field(default_factory=dict)
    _known: dict[Hashable, int] = field(default_factory=dict)
    """The nodes that were explored, by what was asked and what the rest depends on."""
    _ends: dict[Hashable, int] = field(default_factory=dict)
    """The last ones, by what they depend on."""

    def add(self, node: Json) -> int:
        """Return the number of a node."""
        number = self._numbers.setdefault(json.dumps(node), len(self.nodes))
        if number == len(self.nodes):
            self.nodes.append(node)
        return number

    def explored(
        self,
        known: Known,
        facts: Callable[[Known], Known],
        now: datetime,
        state: Callable[[Known], Hashable],
        end: Callable[[Known], Json],
    ) -> int:
        """Return the number of the node for what is ``known``.

        ``facts`` adds what follows from the answers, ``state`` is all that the rest depends on, and ``end``
        returns the node where nothing more is asked.
        """
        known = facts(known)
        told = state(known)
        key = (tuple(known.asked), told)
        if (found := self._known.get(key)) is not None:
            return found
        question = next_question(known, now)
        if question is None:
            number = self._ends[told] if told in self._ends else self.add(end(known))
            self._ends[told] = number
        else:
            self.asked.setdefault(question.id, question)
            values = [*dict.fromkeys(each.value for each in question.answers)]
            if question.id not in _REQUIRED:
                values.append(None)
            answers = (known.and_asked(question, value) for value in values)
            if question is EFFORT:  # what it means is for the next dose, and none is decided here
                answers = (known.and_asked(question, None) for _ in values[:1])
            following = [self.explored(each, facts, now, state, end) for each in answers]
            alike = len(set(following)) == 1
            number = self.add({"ask": question.id, "next": following[0] if alike else following})
        self._known[key] = number
        return number


def _places(region: Region) -> tuple[Leg | Arm | None, ...]:
    """Return where something may have been felt in a limb; None where that is not known, or not asked."""
    asked = {Region.BACK: LEG.answers, Region.NECK: ARM.answers}.get(region, ())
    return (None, *(each.value for each in asked if isinstance(each.value, Leg | Arm)))


def _felt(session: Session, felt: Leg | Arm | None) -> Session:
    """Return the session with where something was felt before it."""
    before = session.before
    if isinstance(felt, Arm):
        return replace(session, before=replace(before, arm=felt))
    return replace(session, before=replace(before, leg=felt))


def _stays(felt: Leg | Arm | None, here: Leg | Arm | None) -> bool:
    """Tell whether something is felt in the calf or foot now, as it was the last time."""
    return all(isinstance(each, Leg) and each >= Leg.CALF for each in (felt, here))


def _spelled(felt: Leg | Arm | None) -> str:
    """Return a place as records have it; empty for none."""
    return "" if felt is None else felt.name.lower()


class BeforeSession:
    """What is asked before the session."""

    def __init__(self, session: Session, calm: str, say: Phrases) -> None:
        self.graph = _Graph()
        self._session, self._say = session, say
        self._is_calm = session.routine == calm

    def starts(self) -> Json:
        """Return the first node by where something was felt in a limb the last time."""
        return {_spelled(felt): self._start(felt) for felt in _places(self._session.region)}

    def past(self, felt: Leg | Arm | None) -> Past:
        """Return what a page knows of the last time."""
        day = self._session.day
        last = replace(self._session, started=self._session.started - timedelta(7), day=day - timedelta(7))
        sessions = () if felt is None else (_felt(replace(last, sets=()), felt),)
        return Past(day, sessions).about(self._session.region)

    def known(self) -> Known:
        """Return what is known before the first question."""
        welcomed = dict.fromkeys((each.id for each in WELCOME), self._session.started)
        return Known(moment=AskedWhen.BEFORE, region=self._session.region, answered=welcomed)

    def facts(self, past: Past, known: Known) -> Known:
        """Return what is known with what follows from it."""
        known = past.beginning(known, offers=False)
        pain = answers_before(known).pain
        may_be_flare = pain is not None and pain >= limits.FLARE_LEAST
        return replace(known, worse=may_be_flare if PAIN.id in known.asked else None)

    def _start(self, felt: Leg | Arm | None) -> int:
        past = self.past(felt)

        def state(known: Known) -> Hashable:
            said, asked = answers_before(known), known.asked
            here = place(said, known.region)
            return (
                *(asked.get(each.id) for each in (FLARE, WEAK, SIGN)),
                said.pain is None,
                known.worse,
                said.pain is not None and is_sore(said.pain, None),
                # Where it was the last time matters until it is known where it is now.
                (is_further(here, felt), _stays(felt, here)) if {LEG.id, ARM.id} & asked.keys() else felt,
            )

        return self.graph.explored(
            self.known(),
            lambda known: self.facts(past, known),
            self._session.started,
            state,
            lambda known: self.end(past, answers_before(known)),
        )

    def end(self, past: Past, said: Before) -> Json:
        """Return what the answers mean: whether the session begins, and what is told."""
        say, region = self._say, self._session.region
        if said.weak or said.sign:
            return {"starts": False, "say": [say(f"region.{region}.see")]}
        red = past.red(said)
        felt = place(past.sessions[-1].before, region) if past.sessions else None
        see = [say("page.ask.see_leg")] if _stays(felt, said.leg) else []
        if red is None:
            return {"starts": True, "say": see}
        advice = [say.tell(self._why(red)), say(f"region.{region}.advice")]
        if red is Red.LEG:  # as live, where all signs are listed each time that a leg is worse
            return {"starts": self._is_calm, "say": [*advice, say("red.signs")], "signs": True}
        advice.append(say(f"region.{region}.urgent"))
        return {"starts": self._is_calm, "say": [*advice, *see] if self._is_calm else advice}

    def _why(self, red: Red) -> Message:
        """Say why today is red, and when to ask somebody."""
        region = self._session.region
        if red is not Red.LEG:
            name = "page.ask.red_calm" if self._is_calm else "red.rest"
            return Message(name, days=limits.CALM_DAYS, part=Message(f"region.{region}.part"))
        if region is not Region.BACK:
            return Message(f"region.{region}.arm_red")
        return Message("red.leg" if self._is_calm else "page.ask.red_leg")


class AfterSession:
    """What is asked after the session."""

    def __init__(self, session: Session, names: dict[str, str], say: Phrases) -> None:
        self.graph = _Graph()
        # As one that was noted by hand: no doses follow from it here, so nothing is promised.
        self.session = replace(session, by_hand=True, sets=())
        self._names, self._say = names, say
        self._own = say.table("page.after")

    def starts(self) -> Json:
        """Return the first node by pain and place before the session, and whether an exercise hurt in it."""
        pains = (None, *(each.value for each in SCALE))
        return {
            "/".join(("" if pain is None else str(pain), _spelled(felt), HURT * hurt)): self._start(
                _felt(replace(self.session, before=Before(pain=pain)), felt), hurt=hurt
            )
            for hurt in (False, True)
            for felt in _places(self.session.region)
            for pain in pains
            if pain is None or isinstance(pain, int)
        }

    def known(self, session: Session, *, hurt: bool) -> Known:
        """Return what is known before the first question."""
        past = Past(session.day, ()).about(session.region)
        return past.ending(session, {} if hurt else self._names, session.started, follows=False)

    def _start(self, session: Session, *, hurt: bool) -> int:
        def answered(known: Known) -> Session:
            return self.answered(session, known, hurt=hurt)

        before = place(session.before, session.region)

        def state(known: Known) -> Hashable:
            asked = known.asked
            felt = asked.get(LEG_AFTER.id, asked.get(ARM_AFTER.id, before))
            limb = {LEG_AFTER.id, ARM_AFTER.id} & asked.keys()
            assert felt is None or isinstance(felt, Leg | Arm)
            return (
                hurt,
                bool(asked.get(NAMED.id)),
                (_compared(before, felt), felt is None, before is None) if limb else before,
                asked.get(SIGN_AFTER.id),
                asked.get(FORM.id),
                _pains(session, asked.get(WORST_PAIN.id)) if WORST_PAIN.id in asked else session.before.pain,
                known.rose,
            )

        return self.graph.explored(
            self.known(session, hurt=hurt),
            lambda known: known,
            session.started,
            state,
            lambda known: {"say": self.last_words(answered(known))},
        )

    def answered(self, session: Session, known: Known, *, hurt: bool) -> Session:
        """Return the session with its answers."""
        felt: dict[str, Any] = {FELT[name]: answer for name, answer in known.asked.items() if name in FELT}
        named = known.asked.get(NAMED.id)
        # Which one it was makes no difference to what is said.
        return replace(
            session,
            after=replace(Felt(), **felt),
            named=HURT if hurt or named else None if named is None else "",
        )

    def last_words(self, session: Session) -> list[str]:
        """Return what the coach says to the answers."""
        after = Aftermath(session=session, past=(), names={})
        said = (self._say.tell(self._reworded(each)) for each in debrief(replace(after, told=after)))
        return [each.removesuffix(self._say("page.ask.easier")).rstrip() for each in said]

    def _reworded(self, message: Message) -> Message:
        """Return a message in words of the page where it has any: it cannot make the next time easier."""
        values = {
            name: self._reworded(value) if isinstance(value, Message) else value
            for name, value in message.values.items()
        }
        name = message.code.rpartition(".")[2]
        return Message(f"page.after.{name}" if name in self._own else message.code, **values)


def _compared(before: Leg | Arm | None, after: Leg | Arm | None) -> tuple[bool, bool]:
    """Tell whether it is felt further down than before, and whether less far."""
    was = Leg.NONE if before is None else before
    return is_further(after, was), is_further(was, after)


def _pains(session: Session, worst: object) -> Hashable:
    """Return all of the pain before and in a session that its last words depend on."""
    before, agreed = session.before.pain, session.instructions.pain
    if not isinstance(worst, int):
        return None
    rise = worst - (limits.UNSAID_PAIN if before is None else before)
    return (
        before is None,
        worst == 0,
        rise >= limits.AMBER_RISE,
        rise >= limits.SORE_RISE,
        (agreed.is_fine(worst), agreed.is_much(worst), agreed.is_too_much(worst)),
        worst if rise >= limits.AMBER_RISE else None,  # which is told
    )
