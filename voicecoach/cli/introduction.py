"""Asks the person about themselves, and keeps their answers in the profile."""

from __future__ import annotations

from datetime import date

from voicecoach.app import person_questions
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.one_key import Asker
from voicecoach.language.phrases import Phrases
from voicecoach.routine.region import Region
from voicecoach.settings import profile_file
from voicecoach.settings.profile_file import OwnProfile
from voicecoach.training.next_question import QuestionNumber
from voicecoach.training.questions import FUSION, NEW, THINGS, Known, Question


class Introduction:
    """The open questions about one person on a ``day``."""

    def __init__(self, own: OwnProfile, day: date, say: Phrases) -> None:
        self._own = own
        self._day = day
        self._say = say

    def due(self, *, first: bool, region: Region) -> frozenset[str]:
        """Return the ids of the questions that are due, as :func:`person_questions.open_questions` does."""
        return person_questions.open_questions(self._own, self._day, first=first, region=region)

    def prepare(self, ask: Asker, question: Question, known: Known) -> None:
        """Show and speak what goes before ``question``: why the first is asked."""
        if question in NEW and not any(each.id in known.asked for each in NEW):
            ask.introduce(self._say("person.keys_first" if known.first else "person.keys"))

    def listed(self, question: Question) -> tuple[str, ...]:
        """Return what follows ``question``: the list of things, and its keys."""
        if question is not THINGS:
            return ()
        return (*person_questions.listed(self._say), self._say("person.which_keys"))

    def sentence(self, question: Question) -> str:
        """Return the words of a question about the person."""
        return person_questions.sentence(question, self._own, self._say)

    def keep(self, ask: Asker, known: Known) -> bool:
        """Write what was said into the profile, and tell whether that was anything.

        Who leaves the questions skips them; in silence nobody is there to skip any. Raises FileError.
        """
        about = {*known.person, FUSION.id}
        answers = {each: answer for each, answer in known.asked.items() if each in about}
        if ask.over and not ask.left:
            answers = {each: answer for each, answer in answers.items() if answer is not None}
        own = person_questions.answered(self._own, answers, self._day)
        if own == self._own:
            return False
        profile_file.save(own, to_stderr)
        self._own = own
        return True


def placed(sentence: str, at: QuestionNumber, say: Phrases) -> str:
    """Return how a question is shown: with its place among several."""
    return say("ask.place", n=str(at.number), of=str(at.of), question=sentence) if at.of > 1 else sentence
