"""Parsers of what teaches an exercise: cues, errors with their fix, easier and harder forms, cautions."""

from __future__ import annotations

import re
from typing import Final

from voicecoach.routine.combine import group, many
from voicecoach.routine.fields import choice, some_seconds, text, texts
from voicecoach.routine.mistakes import Data, show, wrong
from voicecoach.routine.model import Caution, Form, Moment, Prompt, Remedy

LEAVE_OUT: Final = "leave out"
_NAME = re.compile(r"\w[\w-]*")
"""A single word names an exercise; a sentence has a space or a full stop."""
_WHEN: Final = ("at", "every", "before_end")


def cues(raw: Data) -> dict[str, tuple[str, ...]]:
    """Short reminders: a list to take turns, or ``always`` and ``rotating`` lists."""
    if not isinstance(raw, dict):
        return {"rotating": texts(raw)}
    return group(raw, {}, {"always": texts, "rotating": texts})


def fix(raw: Data) -> tuple[str, str]:
    """A common error and what to do about it."""
    if not isinstance(raw, dict):
        raise wrong(f"{show(raw)} is not an error with its fix", "'when: …' and 'fix: …'")
    read = group(raw, {"when": text, "fix": text}, {})
    return read["when"], read["fix"]


errors = many(fix, "a list of 'when: …' with 'fix: …'")


def form(raw: Data) -> Form:
    """Another exercise by its name, or a sentence that says what to do differently."""
    read = text(raw)
    return Form(exercise=read) if _NAME.fullmatch(read) else Form(text=read)


def forms(raw: Data) -> tuple[Form, ...]:
    """One form or a list of them."""
    return many(form, "an exercise, a sentence, or a list of them")(raw if isinstance(raw, list) else [raw])


def remedy(raw: Data) -> Remedy:
    """An exercise to do instead, ``leave out``, or advice with which the exercise is done."""
    read = text(raw)
    if read.casefold().rstrip(".") == LEAVE_OUT:
        return Remedy()
    return Remedy(exercise=read) if _NAME.fullmatch(read) else Remedy(advice=read)


def cautions(raw: Data) -> dict[Caution, Remedy]:
    """Cautions with what to do about each; in a plain list each means: leave the exercise out."""
    if not isinstance(raw, dict):
        expected = "a list such as [knee, wrist], or lines such as 'knee: leave out'"
        return dict.fromkeys(many(caution, expected)(raw), Remedy())
    read = group(raw, {}, {tag.value: remedy for tag in Caution})
    return {Caution(tag): value for tag, value in read.items()}


caution = choice(Caution)
moment = choice(Moment)


def prompt(raw: Data) -> Prompt:
    """What to say during timed work, and when."""
    if not isinstance(raw, dict):
        raise wrong(
            f"{show(raw)} is not a prompt", "'say: …' with 'at: half', 'every: 3m' or 'before_end: 2m'"
        )
    read = group(raw, {"say": texts}, {"at": moment, "every": some_seconds, "before_end": some_seconds})
    if len(read.keys() & set(_WHEN)) != 1:
        raise wrong("it is not clear when this is said", "one of 'at', 'every' and 'before_end'")
    return Prompt(**read)


prompts = many(prompt, "a list of 'say: …' with 'at', 'every' or 'before_end'")
