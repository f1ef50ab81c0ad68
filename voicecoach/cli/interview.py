"""Asks the questions of the profile, a line each, and on request the one before again."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import typer

from voicecoach.cli import page
from voicecoach.errors import UsageError
from voicecoach.language.phrases import Phrases
from voicecoach.routine.model import Caution
from voicecoach.routine.profile import WEIGHT, Explaining
from voicecoach.settings.profile_file import ALWAYS, EVERYTHING, OwnProfile
from voicecoach.training.cautions import HOLDS

BACK: Final = "b"
_LEAVE: Final = "q"
"""As in all other questions; Ctrl-C takes two hands."""
_ANSWERS: Final = {"y": True, "yes": True, "n": False, "no": False}
_FUSION, _NEW_HIP = "fusion", "new_hip"
_EQUIPMENT, _WEIGHTS, _UP_AT, _COACHING = "equipment", "weights", "up_at", "coaching"

Said = Mapping[str, object]
"""The answers by the names of their questions, in the order in which they were given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """What turns a typed line into each answer; they raise UsageError."""

    equipment: Callable[[Collection[str]], object]
    weights: Callable[[Collection[str]], object]
    up_at: Callable[[str], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """One question as it is asked now."""

    name: str
    words: str
    intro: str = ""
    """What is shown before it."""
    now: str = ""
    """The present answer, which Enter keeps, but of a question about safety."""
    read: Callable[[str], object] | None = None
    """What turns a line into the answer; None for a yes or no about safety, which Enter never gives."""
    part_of: str = ""
    """The question whose number it shares; empty for one with its own."""


class Interview:
    """The questions of the profile of one person, who has a number of ``things`` to choose from."""

    def __init__(
        self,
        person: OwnProfile,
        shown: Mapping[str, str],
        things: Collection[str],
        readers: Readers,
        say: Phrases,
    ) -> None:
        """``shown`` has the present answers that are no yes or no, as they would be typed."""
        self._person, self._things, self._readers, self._say = person, things, readers, say
        self._said: dict[str, object] = {}
        self._lines = dict(shown)
        """The answers as they were typed, also when they were taken back."""

    @property
    def said(self) -> Said:
        """The answers so far."""
        return self._said

    def ask(self) -> None:
        """Ask all questions. Raises Abort when the person leaves, or the lines end."""
        page.show(self._say("profile.how"))
        while question := next((each for each in self._questions() if each.name not in self._said), None):
            text = self._typed(question)
            if text.lower() == _LEAVE:
                raise typer.Abort
            if text.lower() == BACK:
                self._back()
                continue
            try:
                self._said[question.name] = self._read(question, text)
                self._lines[question.name] = text or question.now
            except UsageError as error:
                page.show(str(error))

    def _back(self) -> None:
        if self._said:
            self._said.popitem()
        else:
            page.show(self._say("profile.first"))

    def _typed(self, question: _Question) -> str:
        mains = [each.name for each in self._questions() if not each.part_of]
        number = mains.index(question.part_of or question.name) + 1
        if question.intro:
            page.show(question.intro)
        shown = self._say("ask.place", n=str(number), of=str(len(mains)), question=question.words)
        return page.line(f"{shown} [{question.now}]:" if question.now else f"{shown}:")

    def _read(self, question: _Question, text: str) -> object:
        """Return the answer in a line. Raises UsageError."""
        if question.read is not None:
            return question.read(text or question.now)
        if (answer := _ANSWERS.get(text.lower())) is None:
            raise UsageError(self._say("profile.yes_or_no"))
        return answer

    def _questions(self) -> Iterator[_Question]:
        """Yield the questions that are due after the answers so far."""
        yield from self._about_safety()
        say, shown, readers = self._say, self._lines, self._readers
        yield _Question(
            name=_EQUIPMENT,
            intro=say("profile.things", things=", ".join(self._things)),
            words=say("profile.which"),
            now=shown[_EQUIPMENT],
            read=lambda text: readers.equipment(text.split(",")),
        )
        has: Any = self._said.get(_EQUIPMENT, ())
        if WEIGHT in self._things and (has == EVERYTHING or WEIGHT in has):
            yield _Question(
                name=_WEIGHTS,
                words=say("profile.weigh"),
                now=shown[_WEIGHTS],
                read=lambda text: readers.weights(re.split(r"(?<=[^\W\d])\s*,\s*", text)),
            )
        yield _Question(name=_UP_AT, words=say("profile.up"), now=shown[_UP_AT], read=readers.up_at)
        yield _Question(
            name=_COACHING, words=say("profile.explained"), now=shown[_COACHING], read=self._explaining
        )

    def _about_safety(self) -> Iterator[_Question]:
        had, said, unanswered = self._person.cautions, self._said, self._person.unanswered
        for caution in Caution:
            if caution is Caution.HIP_NEW or (caution is Caution.AM and caution not in {*had, *unanswered}):
                continue
            surgery = caution is Caution.OP
            before = caution in had or (surgery and Caution.HIP_NEW in had)
            yield self._safety(caution, f"caution.{caution}.ask", None if caution in unanswered else before)
            if surgery and said.get(caution) is True:
                fused = had[Caution.OP] == ALWAYS if Caution.OP in had else None
                yield replace(self._safety(_FUSION, "person.fusion", fused), part_of=caution)
                if said.get(_FUSION) is False:
                    hip = Caution.HIP_NEW in had if before else None
                    yield replace(self._safety(_NEW_HIP, "person.new_hip", hip), part_of=caution)

    def _safety(self, name: str, phrase: str, before: bool | None) -> _Question:  # noqa: FBT001
        """Return a question about safety with the answer ``before``, in the profile or until it was taken
        back; None without one.
        """
        before = _ANSWERS.get(self._lines.get(name, "").lower(), before)
        now = "y/n" if before is None else self._say.part("profile.so_far", answer="y" if before else "n")
        return _Question(name=name, words=self._say(phrase), now=now)

    def _explaining(self, text: str) -> Explaining:
        try:
            return Explaining(text.strip().lower())
        except ValueError as error:
            raise UsageError(self._say("profile.answer", answers=", ".join(Explaining))) from error


def answered(person: OwnProfile, said: Said, day: date) -> OwnProfile:
    """Return the profile with what was ``said`` on a day; what was not answered stays as it was."""
    for caution in Caution:
        careful = said.get(caution)
        if caution is Caution.OP and isinstance(careful, bool):
            person = _with_surgery(person, said, day, careful=careful)
        elif isinstance(careful, bool):
            on = day if caution in HOLDS else None
            person = person.with_answer(caution, careful=careful, on=on)
    changed: dict[str, Any] = {
        name: said[name] for name in (_EQUIPMENT, _WEIGHTS, _UP_AT, _COACHING) if name in said
    }
    return replace(person, **changed)


def _with_surgery(person: OwnProfile, said: Said, day: date, *, careful: bool) -> OwnProfile:
    """Return the profile with the answer about surgery; without its parts the more careful one stays."""
    if said.get(_NEW_HIP) is True:
        return person.with_answer(Caution.OP, careful=False, on=None).with_answer(
            Caution.HIP_NEW, careful=True, on=day
        )
    stays = said.get(_FUSION, person.cautions.get(Caution.OP) == ALWAYS)
    person = person.with_answer(Caution.OP, careful=careful, on=ALWAYS if stays else day)
    if careful and _FUSION not in said:
        return person
    return person.with_answer(Caution.HIP_NEW, careful=False, on=None)
