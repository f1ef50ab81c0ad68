"""``voicecoach plan pace``: an agreed pace, for somebody whose pain is always there."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from voicecoach import cli
from voicecoach.app import pace as own_pace
from voicecoach.cli import page, vocabulary
from voicecoach.cli.notices import to_stderr
from voicecoach.errors import UsageError
from voicecoach.journal.records import Agreed
from voicecoach.settings import file
from voicecoach.training.agreement import Pace

_ON: Final = "on"
_OFF: Final = "off"
_BEGIN: Final = f"To begin one: voicecoach plan pace {_ON}"
_ANSWERS: Final = {str(each): each for each in Agreed if each.answers}
_WORDS: Final = (_ON, *_ANSWERS, _OFF)


def pace(
    wanted: Annotated[
        str | None,
        typer.Argument(
            metavar="[WORD]",
            help=f"One of {', '.join(_WORDS)}.",
            autocompletion=vocabulary.offering(_WORDS),
        ),
    ] = None,
) -> None:
    """Go by an agreed pace, on good and bad days alike, when your pain is always there.

    "on" begins one, or measures anew; "off" ends it. "more", "same" and "less" answer the question that the
    coach asks once a week, and "beyond" also goes further with what has reached the dose
    of its routine. Without a word it tells how the pace stands.
    """
    found = own_pace.now(to_stderr, cli.clock.moment())
    if wanted is None:
        _show(found)
    elif wanted == _ON:
        _agree(Agreed.BEGIN)
        page.show(own_pace.begun(file.own_phrases()))
        _tell("ask")
    elif wanted not in _WORDS:
        raise UsageError(f"'{wanted}' does not fit here. Say one of: {', '.join(_WORDS)}.")
    elif found is None:
        raise UsageError(f"You have no agreed pace. {_BEGIN}")
    elif wanted == _OFF:
        _agree(Agreed.END)
        _tell("ended")
    else:
        _answer(found, _ANSWERS[wanted])


def _show(found: Pace | None) -> None:
    if found is None:
        _tell("none")
        page.show(_BEGIN)
        return
    now, say = cli.clock.moment(), file.own_phrases()
    page.show(own_pace.told(found, now, say))
    if answer := own_pace.pending(to_stderr, now):
        page.show(say.part(f"pace.answered.{answer}"))
    page.show("To end it: voicecoach plan pace off")


def _answer(found: Pace, answer: Agreed) -> None:
    now, say = cli.clock.moment(), file.own_phrases()
    if not found.is_due(now.date()) and own_pace.pending(to_stderr, now) is None:
        raise UsageError(f"It is not time for that yet. {own_pace.told(found, now, say)}")
    _agree(answer)
    page.show(say.part(f"pace.answered.{answer}"))


def _agree(said: Agreed) -> None:
    own_pace.agree(said, to_stderr, cli.clock.moment())


def _tell(name: str) -> None:
    page.show(file.own_phrases().part(f"pace.{name}"))
