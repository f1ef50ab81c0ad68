"""The words of a clinician's instructions: spoken before a session, and as rows for a sheet or a page."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from voicecoach.language.dates import day_in_full, without_year
from voicecoach.language.phrases import Phrases, capitalised
from voicecoach.routine.instructions import AgreedPain, Instructions
from voicecoach.timeline.words import uncapitalised


def told_in_full(asked: Instructions, say: Phrases) -> Iterator[str]:
    """Yield the sentences that tell all of ``asked``."""
    if asked.name and asked.spoken:
        when = {"day": without_year(asked.written, say)} if asked.written else {}
        yield say("instructions.by_on" if when else "instructions.by", name=asked.name, **when)
    if asked.supervision:
        yield asked.supervision
    if count := len(asked.precautions):
        yield say("instructions.precautions", int(count > 1), n=say.number(count))
        yield from asked.precautions
        if asked.until:
            yield say("instructions.until", int(count > 1), day=without_year(asked.until, say))
    yield from pain_sentences(asked.pain, say)
    if asked.stop:
        yield say("instructions.stop", int(len(asked.stop) > 1))
        yield from asked.stop
    if asked.goal:
        yield say("instructions.goal", goal=asked.goal)


def reminder(asked: Instructions, say: Phrases) -> Iterator[str]:
    """Yield who or what has to be near before anything begins, and one sentence with what matters most."""
    if asked.supervision:
        yield asked.supervision
    how, listed = "reminder", asked.precautions or tuple(itertools.islice(pain_sentences(asked.pain, say), 1))
    if not listed:
        how, listed = "reminder_stop", asked.stop
    if not listed:
        return
    what, others = uncapitalised(listed[0]), len(listed) - 1
    if others:
        more = "more_precautions" if asked.precautions else "more_signs"
        what = say.part(f"instructions.{more}", int(others > 1), what=what.rstrip("."), n=say.number(others))
    yield say(f"instructions.{how}{'' if asked.name else '_nameless'}", name=asked.name, what=what)


def pain_sentences(pain: AgreedPain, say: Phrases) -> Iterator[str]:
    """Yield what was agreed about pain: in the clinician's words, else in ours."""
    if pain.say:
        yield pain.say
        return
    if pain.go is not None:
        how = "go_morning" if pain.morning else "go"
        yield say(f"instructions.pain.{how}", n=say.number(pain.go))
    elif pain.morning:
        yield say("instructions.pain.morning")
    if pain.slow is not None and pain.slow != pain.go:
        how = "slow_alone" if pain.go is None else "slow"
        yield say(f"instructions.pain.{how}", n=say.number(pain.slow))
    if pain.stop is not None:
        yield say("instructions.pain.stop", n=say.number(pain.stop))


class BoxPart(NamedTuple):
    """One part of a box: what it is about, and its texts, which the first part need not have."""

    title: str
    texts: tuple[str, ...] = ()


def _heading(asked: Instructions, say: Phrases) -> str:
    """Return who wrote it, when and for whom."""
    parts = [
        say.part("prescribed.by", by=asked.by) if asked.by else "",
        day_in_full(asked.written, say) if asked.written else "",
        say.part("prescribed.patient", patient=asked.patient) if asked.patient else "",
    ]
    return capitalised(", ".join(filter(None, parts)))


def box(asked: Instructions, say: Phrases, today: date) -> tuple[BoxPart, ...]:
    """Return what stands in a box for the eye; precautions that ended before ``today`` say so."""
    title = say.part("prescribed.precautions")
    if asked.until:
        how = "precautions_ended" if asked.has_ended(today) else "precautions_until"
        title = say.part(f"prescribed.{how}", day=day_in_full(asked.until, say))
    found = (
        BoxPart(title, asked.precautions),
        BoxPart(say.part("prescribed.stop"), asked.stop),
        BoxPart(say.part("prescribed.pain"), tuple(_pain_row(asked.pain, say))),
        BoxPart(say.part("prescribed.supervision"), tuple(filter(None, [asked.supervision]))),
        BoxPart(say.part("prescribed.goal"), tuple(filter(None, [asked.goal]))),
    )
    heading = _heading(asked, say)
    return (*([BoxPart(heading)] if heading else []), *(each for each in found if each.texts))


def _pain_row(pain: AgreedPain, say: Phrases) -> Iterator[str]:
    """Yield the words and then the figures, which count also where the words leave one out."""
    if pain.say:
        yield pain.say
    levels = [
        say.part(f"prescribed.{name}", n=str(level))
        for name, level in (("go", pain.go), ("slow", pain.slow), ("stop_at", pain.stop))
        if level is not None
    ]
    if pain.morning:
        levels.append(say.part("prescribed.morning"))
    if levels:
        yield say("prescribed.levels", levels="; ".join(levels))
