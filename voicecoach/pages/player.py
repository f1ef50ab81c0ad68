"""The page that plays a session on a phone: its score as JSON, its two sounds, and the sheet. Pure.

The page loads nothing. Without a script it is the notice, the sheet and a plain audio element. The content
security policy stands in the page itself: only the script and the styles of the page itself may act, which it
names by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from markupsafe import Markup

from voicecoach.figure import svg
from voicecoach.journal import export
from voicecoach.journal.records import Session
from voicecoach.language.phrases import Phrases
from voicecoach.pages import player_colours as colours
from voicecoach.pages import player_places as places
from voicecoach.pages import player_scenes as scenes
from voicecoach.pages import sheet as sheet_page
from voicecoach.pages.markup import filled_in, source
from voicecoach.pages.player_places import LeftStep
from voicecoach.pages.player_scenes import Json
from voicecoach.pages.sheet import Pictures, SheetPage
from voicecoach.routine.sheet import Sheet
from voicecoach.session.listener import Script
from voicecoach.settings.safety import SafetyText, Section
from voicecoach.text import Use, clean
from voicecoach.timeline.segment import Score
from voicecoach.training import alarm
from voicecoach.units import seconds, whole_minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerPage:
    """The contents of the page."""

    script: Script
    score: Score
    session: Session
    """What the session is when nothing is done of it: what the page makes its record from."""
    safety: SafetyText
    sheet: Sheet
    pictures: Pictures
    say: Phrases
    questions: Json
    """What is asked before and after the session."""
    left: Sequence[LeftStep | None] = ()
    """How each step is left when it hurts; None where that means nothing."""
    delay: float = 0.0
    """Seconds by which a sound is heard later than it stands in the timeline."""
    sound: bytes = b""
    """MP3."""
    reply_sound: bytes = b""
    """MP3 with the sentences that are said when something hurts."""


def length_of_sound(kilobits: int, seconds: float) -> float:
    """Return the bytes on the page of so many seconds of sound."""
    return kilobits * 125 * seconds * 4 / 3  # in base64


def page(contents: PlayerPage) -> str:
    """Return the page as HTML, which loads nothing."""
    score = _score(contents)
    script, style = source("player.js"), _style()
    safety, sheet = contents.safety, contents.sheet
    return filled_in(
        "player.html",
        say=contents.say.part,
        language=sheet.language,
        title=sheet.name,
        policy=_policy(script, style),
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        score=Markup(_embedded(score)),  # noqa: S704 - escaped there
        sound=base64.b64encode(contents.sound).decode(),
        replies=base64.b64encode(contents.reply_sound).decode(),
        notice=safety.notice_of(sheet.by),
        emergency=safety.emergency,
        **sheet_page.blanks(
            SheetPage(sheet=sheet, safety=safety, today=contents.session.day, pictures=contents.pictures)
        ),
    )


@cache
def _style() -> str:
    """Return the styles of the page, with those of the modes and of all its figures."""
    return f"{source('player.css')}{colours.styles()}{svg.STYLE}{svg.CALM}"


def _policy(script: str, style: str) -> str:
    """Return what the browser allows the page: its own script and styles, and the sounds inside it."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_hash(script)}'",
            f"style-src '{_hash(style)}'",
            "media-src blob: data:",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _embedded(score: Json) -> str:
    """Return JSON for the inside of a script element, in which nothing can end the element."""
    text = clean(json.dumps(score, ensure_ascii=False, separators=(",", ":")), Use.PAGE)
    return text.translate({ord(each): f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"})


def _score(contents: PlayerPage) -> Json:
    """Return all that the script knows of the session."""
    at, score, say = scenes.clock(contents.delay), contents.score, contents.say
    steps, script = contents.script.steps, contents.script
    figures = scenes.figures(script, score, at)
    replies = [*dict.fromkeys(each.reply for each in contents.left if each)]
    written = {each.exercise: each.written for each in contents.session.decisions}
    told: Json = {
        "title": contents.sheet.name,
        "region": contents.session.region,
        "about": contents.sheet.about,
        "minutes": whole_minutes(seconds(score.expected)),
        "length": at(score.frames),
        "words": say.table("page.words"),
        "welcome": _welcome(contents),
        "stop": [_section(each) for each in contents.safety.warnings],
        "moments": scenes.moments(script, score, say, at),
        "said": scenes.said(score, at),
        "figures": figures.pictures,
        "shown": figures.shown,
        "restarts": places.restarts(score, at),
        "kept_on": places.kept_on(score, at),
        "blocks": places.blocks(score, at),
        "exercises": places.exercises(steps, score, at),
        "holds": places.holds(score, say, at),
        "rests": places.rests(score, at),
        "hurts": places.hurts(score, contents.left, replies, at),
        "replies": [
            [[at(clip.start), at(clip.end), seconds(clip.pause), clip.text] for clip in clips]
            for clips in replies
        ],
        "sets": places.sets(steps, score, written, at),
        "record": _record(contents.session),
        "questions": contents.questions,
        "comment": _comment(contents),
    }
    digest = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
    return {**told, "key": f"{contents.session.routine}.{digest[:8]}"}


def _welcome(contents: PlayerPage) -> Json:
    """Return what is shown before the first start, and what the answers mean."""
    safety, say = contents.safety, contents.say
    return {
        "version": safety.version,
        "notice": safety.notice_of(contents.sheet.by),
        "accept": say("page.welcome.accept"),
        "declined": say("page.welcome.declined"),
        "emergency": {
            **_section(safety.emergency),
            "signs": say("emergency.signs"),
            "ask": say("page.welcome.emergency"),
        },
        "emergency_yes": say("page.welcome.emergency_yes"),
    }


def _comment(contents: PlayerPage) -> Json:
    """Return what a comment is looked through for, as by alarm.names_a_sign, and what is said then."""
    say = contents.say
    return {
        "signs": say.all_of("sign_words"),
        "denied": say.all_of("no_words"),
        "words_before": alarm.WORDS_BEFORE,
        "say": say.tell(alarm.sentence(contents.session.instructions, only_form=False)),
    }


def _section(section: Section) -> Json:
    return {"title": section.title, "points": section.points}


_FILLED_IN: Final = ("day", "started", "ended", "utc_offset", "how_it_ended", "seconds", "sets_done", "sets")
"""What the page knows when a session is over."""


def _record(session: Session) -> Json:
    """Return the session as ``history --json`` has it, without what the page fills in."""
    told: dict[str, Any] = export.session_as_plain(session)
    return {name: value for name, value in told.items() if name not in _FILLED_IN} | {"decisions": []}
