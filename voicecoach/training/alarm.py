"""A session that hurt too much: how to tell, and the one sentence after it, or after a lost form."""

from __future__ import annotations

import re

from voicecoach.journal.records import Session
from voicecoach.language import phrases
from voicecoach.language.phrases import Message
from voicecoach.routine.instructions import Instructions
from voicecoach.training import limits
from voicecoach.training.stats import names_what_hurt

WORDS_BEFORE = 2
"""So many words before a sign, a "no" may say that there is none [own choice]."""
_ENDS = (".", "!", "?")


def is_alarming(session: Session, *, leg_rose: bool, before: float | None = None) -> bool:
    """Tell whether a session was red, something was ended or named as it hurt, or a sign is typed.

    ``before`` is what pain is taken for where nobody said how it was before the session.
    """
    hurt = names_what_hurt(session) or leg_rose or _hurt_much(session, before)
    return hurt or names_a_sign(session.comment)


def _hurt_much(session: Session, before: float | None) -> bool:
    """Tell whether pain was red: far above what it was before, unless that was agreed; or as was agreed."""
    worst, agreed = session.after.worst_pain, session.instructions.pain
    if worst is None:
        return False
    was = before if session.before.pain is None else session.before.pain
    rose = was is not None and worst - was >= limits.SORE_RISE
    return agreed.is_too_much(worst) or (rose and not agreed.is_fine(worst))


def names_a_sign(comment: str) -> bool:
    """Tell whether a comment has one of the words for a sign that a clinician should hear of."""
    say = phrases.load()
    words = " ".join(re.findall(r"[\w']+", comment.casefold()))
    signs = "|".join(map(re.escape, say.all_of("sign_words")))
    denied = {*say.all_of("no_words")}
    return any(
        denied.isdisjoint(words[: found.start()].split()[-WORDS_BEFORE:])
        for found in re.finditer(rf"\b(?:{signs})\b", words)
    )


def sentence(asked: Instructions, *, only_form: bool) -> Message:
    """Return the one sentence for the end: whom to ask, and about which signs; of form alone, what to do."""
    if not asked:
        return Message("alarm.form" if only_form else "alarm.no_better")
    who = Message.verbatim(asked.name) if asked.name else Message("alarm.physiotherapist")
    if not asked.stop:
        return Message("alarm.ring", who=who)
    return Message("alarm.ring_signs", who=who, signs=" ".join(map(_ended, asked.stop)), n=len(asked.stop))


def _ended(sign: str) -> str:
    """Return a sign as a sentence, which a list on paper leaves without its full stop."""
    return sign if sign.endswith(_ENDS) else f"{sign}."
