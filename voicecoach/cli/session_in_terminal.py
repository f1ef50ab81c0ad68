"""Runs a session in a terminal, from the questions before it to those after it: view, keys, signals."""

from __future__ import annotations

import functools
import gc
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, NoReturn

import typer

from voicecoach import cli, job
from voicecoach.app import compose, plan, prepare, record, resume, weakness
from voicecoach.app.closing import Farewell, farewell
from voicecoach.app.compose import Sounding, Studio
from voicecoach.app.journal import meetings, note_met
from voicecoach.app.person import person_now, person_unheeded
from voicecoach.app.prepare import PreparedSession
from voicecoach.app.questions import HELPED
from voicecoach.app.record import Recording
from voicecoach.app.selection import Selection
from voicecoach.app.voice_lesson import VoiceLesson
from voicecoach.audio import outputs
from voicecoach.cli import notices, page, program
from voicecoach.cli.closing import Closing
from voicecoach.cli.notices import Audience, to_stderr
from voicecoach.cli.questions import Beginning, Questions
from voicecoach.cli.spoken_answers import Hearing
from voicecoach.cli.welcome import Welcome, welcomed
from voicecoach.control.auto_repeat import AutoRepeat
from voicecoach.control.awake import Awake
from voicecoach.control.headphones import Headphones
from voicecoach.control.keyboard import Keyboard
from voicecoach.control.mpris import MediaKeys
from voicecoach.control.others import others_ducked, others_paused, resume_left_over
from voicecoach.control.sources import CONTINUED, GONE, INTERRUPT, CommandSource, Key, Signals, connected
from voicecoach.display.plain import PlainView
from voicecoach.display.scene import FigureShown
from voicecoach.errors import Declined
from voicecoach.journal import records
from voicecoach.journal.met import Kind
from voicecoach.journal.records import Before
from voicecoach.language import phrases
from voicecoach.language.phrases import Phrases
from voicecoach.routine.profile import Explaining
from voicecoach.session.commands import HELP_KEY, WHERE_KEY, Command, Request, command_for, help_rows
from voicecoach.session.levels import Volume
from voicecoach.session.listener import Listener, Listeners, Summary
from voicecoach.settings.table import SessionSettings, Theme, View
from voicecoach.timeline.medium import Medium
from voicecoach.timeline.steps import Hurt
from voicecoach.training.questions import AskedWhen, Known
from voicecoach.training.readiness import Today

if TYPE_CHECKING:
    from voicecoach.audio.pcm import Samples
    from voicecoach.session.player import Player

    Session = Callable[[Listener], Player[Samples]]


def _unheeded() -> None:
    """No-op callback."""


@dataclass(frozen=True, slots=True)
class Room:
    """How a session is shown and controlled, and how other programs are treated meanwhile."""

    view: View = View.PLAIN
    theme: Theme = Theme.DARK
    figure: FigureShown = FigureShown.ON
    media_keys: bool = False
    pause_others: bool = False
    duck_others: bool = False
    new: bool = False
    """Whether the person is new here, and told the keys: those that matter, or that fit the moment."""
    signalled: Callable[[], None] = _unheeded
    """Called when a signal ends the session, not the person."""
    lost: Callable[[], None] = _unheeded
    """Called when the session ends because its screen was lost."""
    hearing: Hearing | None = None
    """What hears the person; None where nothing does."""


_NOBODY = Listener()


def play_session(
    session: PreparedSession,
    sounding: Sounding,
    room: Room = Room(),
    also: Listener = _NOBODY,
    closing: Closing | None = None,
) -> Summary:
    """Play ``session`` to its end or until the person stops, showing it and informing ``also``.

    Then show and speak the ``closing``; a remark has none.
    """
    closing = closing or Closing(lambda _: Farewell(said=()))
    full = _is_full(room.view)
    plain = PlainView(
        sys.stdout,
        phrases.load(sounding.language),
        levels=sounding.levels,
        breaks=full,
        is_new=notices.is_new,
    )
    if room.view is View.FULL and not full:
        plain.noticed("This terminal cannot show a full screen, so the session is shown line by line.")
    audience = Audience(plain.noticed)
    with ExitStack() as stack:
        if room.duck_others:
            stack.enter_context(others_ducked(audience.tell))
        studio = stack.enter_context(Studio(sounding, audience.tell, cli.clock))
        if room.hearing:
            studio.attended_by(room.hearing.attend)
        if room.pause_others:
            stack.enter_context(others_paused(audience.tell, cli.clock))
        else:
            resume_left_over(audience.tell, cli.clock)
        awake = Awake()
        if sounding.output != outputs.INSTANT:  # in which nobody exercises
            stack.enter_context(awake.held())
        show = partial(_in_full, audience) if full else _plainly
        summary = show(session, studio, plain, room, Listeners(also, closing, awake), closing)
    if plain.is_gone:
        notices.forget("stdout")
    return summary


def _is_full(view: View) -> bool:
    """Tell whether the session fills the screen, which needs a terminal with cursor control."""
    return page.at_terminal() and page.moves_cursor() and view is not View.PLAIN


def _plainly(
    session: PreparedSession, studio: Studio, view: PlainView, room: Room, also: Listener, closing: Closing
) -> Summary:
    media, headphones = MediaKeys(session.name), _headphones(studio)
    player = studio.player(session, Listeners(view, media, headphones, also), cli.clock)

    def asked(request: Key | Request | Volume) -> None:
        if request == Key(HELP_KEY) and not closing.is_on:
            view.help(help_rows(studio.kit.phrases, full=False))
        elif request == Key(WHERE_KEY) and not closing.is_on:
            view.where()
        else:
            _pass_on(request, player, room, closing)

    pressed = AutoRepeat(asked, cli.clock)
    sources = connected([*_sources(media, headphones, room, studio), Keyboard()], pressed.send, view.noticed)
    if room.hearing:
        room.hearing.watch(view.microphone_changed)
    told = notices.among(view.line) if sys.stdout.isatty() else nullcontext()
    with told, job.kept(_unheeded, view.come_back), sources:
        if sys.stdin.isatty():
            view.noticed(studio.kit.phrases("keys.most" if room.new else "keys.short"))
        with _undisturbed():
            summary = player.run()
            _print(closing.over(summary), view)
            closing.hold(studio, cli.clock, wait=False)
            return summary


def _print(farewell: Farewell, view: PlainView) -> None:
    """Print what is told at the end, a paragraph for what is said, and one for each line that is shown."""
    for text in (" ".join(farewell.said), *farewell.shown):
        if text:
            view.line("")
            view.line(text)
    view.tell_first()


def _in_full(
    audience: Audience,
    session: PreparedSession,
    studio: Studio,
    plain: PlainView,
    room: Room,
    also: Listener,
    closing: Closing,
) -> Summary:
    from voicecoach.display.scene_view import SceneView  # noqa: PLC0415 - needed only here

    view = SceneView(studio.kit.phrases, new=room.new, clock=cli.clock, figure=room.figure)
    media = MediaKeys(session.name)
    audience.join(view.noticed)
    if room.hearing:
        room.hearing.watch(view.microphone_changed)
    headphones = _headphones(studio)
    player = studio.player(session, Listeners(view, media, headphones, also), cli.clock)

    def asked(request: Key | Request | Volume) -> None:
        _pass_on(request, player, room, closing)

    def play() -> Summary:
        summary = player.run()
        farewell = closing.over(summary)
        if farewell.picture is not None:
            view.closed(farewell.picture)
            closing.hold(studio, cli.clock, wait=True)
        return summary

    def stop() -> None:
        asked(Command.STOP)

    sources = connected(_sources(media, headphones, room, studio), asked, view.noticed)
    with notices.held(view.noticed), sources, _undisturbed(), _playing(play, stop) as playing:
        from voicecoach.display.full import FullScreen  # noqa: PLC0415 - Textual loads while it begins

        keys = AutoRepeat(asked, cli.clock)
        screen = FullScreen(
            view,
            pressed=lambda key: keys.send(Key(key)),
            stop=stop,
            report=plain.noticed,
            help_rows=help_rows(studio.kit.phrases, full=True),
            theme=room.theme,
        )
        gc.freeze()  # Textual too
        summary = screen.show_while(playing)
        if screen.lost:
            room.lost()
    _print(closing.farewell, plain)
    return summary


class _Playing(threading.Thread):
    """A session that plays in a thread of its own."""

    def __init__(self, play: Callable[[], Summary]) -> None:
        super().__init__(name="session", daemon=True)
        self._play = play
        self._end: Summary | BaseException | None = None

    def run(self) -> None:
        try:
            self._end = self._play()
        except BaseException as error:  # noqa: BLE001 - raised again by result()
            self._end = error

    def result(self) -> Summary:
        """Wait until it is over; return its summary, or raise what it raised."""
        self.join()
        if isinstance(self._end, BaseException):
            raise self._end
        assert self._end is not None
        return self._end


@contextmanager
def _playing(play: Callable[[], Summary], stop: Callable[[], None]) -> Iterator[_Playing]:
    """Play in another thread inside the block; the session is over after it."""
    session = _Playing(play)
    session.start()
    try:
        yield session
    finally:
        stop()  # for an error in the block; after its end it does nothing
        session.join()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep Python's garbage collection away from everything loaded so far.

    A full collection stops all threads for 30 to 110 ms with the full screen (two busy cores), again and
    again while its size changes. A program that stands still for 40 ms may be heard as a gap.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _headphones(studio: Studio) -> Headphones:
    return Headphones(studio.kit.phrases("loudspeaker.unplugged"))


def _sources(media: MediaKeys, headphones: Headphones, room: Room, studio: Studio) -> list[CommandSource]:
    """Return the command sources of every view."""
    sounds = studio.sounding.output not in {outputs.SILENT, outputs.INSTANT}
    wanted = ((media, room.media_keys), (headphones, sounds))
    heard = [room.hearing] if room.hearing else []
    return [Signals(), *(source for source, is_wanted in wanted if is_wanted), *heard]


def _pass_on(request: Key | Request | Volume, player: Player[Samples], room: Room, closing: Closing) -> None:
    """Tell ``player`` what the person asks for; once the session is over, anything ends the ``closing``.

    A session that was stopped waits in a pause: who was away is not in position. It goes on without
    a terminal.
    """
    if request == GONE:
        return
    if request == CONTINUED:
        player.send(Command.PAUSE)
        return
    if request == INTERRUPT:
        room.signalled()
        request = Command.STOP
    if isinstance(request, Key):
        closing.key = request.name
    if not closing.pressed():
        player.send(command_for(request.name, asked=player.asks) if isinstance(request, Key) else request)


_NOTHING_SAID = Before()
_EVERYTHING = Selection()
_UNKNOWN = Known(moment=AskedWhen.BEFORE)


def session_today(
    name: str,
    chosen: SessionSettings,
    selection: Selection = _EVERYTHING,
    coaching: Explaining | None = None,
    *,
    as_written: bool,
    before: Before = _NOTHING_SAID,
    medium: Medium = Medium.LIVE,
) -> PreparedSession:
    """Prepare the session for the person today, with their answers ``before`` it.

    What is not heard live has no praise: nobody has done it yet.
    """
    now, following = cli.clock.moment(), plan.followed()
    history = functools.cache(partial(prepare.known, to_stderr, now.date()))
    person = person_now(to_stderr, now, before, as_written=as_written)
    settings = prepare.settings_for(coaching or person.coaching, to_stderr, now, prepare.coached(chosen))
    today = Today(day=now.date(), before=before)
    timed = selection.minutes is not None
    sounding = replace(compose.sounding(chosen, music=False), medium=medium)
    with compose.measuring(sounding, to_stderr) if timed else nullcontext() as measure:
        session = prepare.session_for(
            person,
            name,
            settings,
            chosen.rate,
            selection,
            decide=prepare.deciding(
                person,
                to_stderr,
                now.date(),
                before,
                as_written=as_written,
                history=history,
                prescribed=partial(plan.prescribed, following),
            ),
            praise=prepare.praising(history(), to_stderr, today, chosen.language)
            if medium is Medium.LIVE
            else None,
            measure=measure,
            unheeded=person_unheeded(to_stderr, now, before) if as_written else None,
            medium=medium,
        )
    if unheard := selection.unheard(session.name, session.steps):
        to_stderr(unheard)
    session = prepare.without_what_hurt(session, history(), now.date())
    return replace(session, as_written=as_written)


def perform(  # noqa: PLR0913 - one for each thing that a command decides
    session: PreparedSession,
    chosen: SessionSettings,
    selection: Selection = _EVERYTHING,
    coaching: Explaining | None = None,
    *,
    journal: bool | None = None,
    yes: bool,
    known: Known = _UNKNOWN,
    hearing: Hearing | None = None,
) -> None:
    """Welcome the person, if they are new, and play a session as :func:`perform_welcomed` does.

    ``known`` holds earlier answers; ``yes`` skips all questions, whose answers can be said where there is a
    ``hearing``. Raises Declined for an emergency, too.
    """
    curious = _asks(chosen, journal=journal, yes=yes) and not session.as_written
    known = replace(known, region=session.region)
    by = session.instructions.by
    welcome = welcomed(chosen, known, unasked=yes, curious=curious, by=by, hearing=hearing)
    if welcome is None:
        raise Declined
    perform_welcomed(session, welcome, selection, coaching, journal=journal, yes=yes)


def _asks(chosen: SessionSettings, *, journal: bool | None, yes: bool) -> bool:
    """Tell whether questions are asked: not when nobody exercises, as the output is instant."""
    return chosen.questions and not yes and (bool(journal) or chosen.output != outputs.INSTANT)


def perform_welcomed(
    session: PreparedSession,
    welcome: Welcome,
    selection: Selection = _EVERYTHING,
    coaching: Explaining | None = None,
    *,
    journal: bool | None = None,
    yes: bool = False,
) -> None:
    """Play a new or resumed session with the questions before and after it; ``yes`` skips all questions.

    Answers before the session may change its doses, for the same ``selection``, or replace it by the calm
    routine. ``journal`` decides whether it is written down; None leaves that to the output. Raises
    VoicecoachError, for the person, when it cannot be played, Declined when it is not played to its end, and
    Exit after a fault.
    """
    chosen = welcome.chosen
    instant = chosen.output == outputs.INSTANT
    written = not instant if journal is None else journal
    name = session.asked.name if session.asked else session.routine
    wanted = _asks(chosen, journal=journal, yes=yes)
    if not instant:
        _heed_another(session, chosen, ask=not yes)
    behind = wanted and not welcome.caught_up
    hearing, resumed = welcome.hearing, session.resumes
    caught_up = Questions(chosen, cli.clock, asked=behind, goes_on=resumed, hearing=hearing).left_open()
    asking = Questions(chosen, cli.clock, asked=wanted, goes_on=resumed, hearing=hearing)
    if not asking.asked and (written or not instant):
        weakness.heed(session, to_stderr, cli.clock.moment(), phrases.load(chosen.language))
    as_written = session.as_written
    begin = asking.before(session, welcome, as_written=as_written)
    if begin.leaves:
        _leave(session, begin, written=written)
    if begin.calm:
        name = begin.calm
        selection, asked = Selection(side=selection.side), session.instructions
        session = session_today(name, chosen, selection, coaching, as_written=as_written, before=begin.before)
        session = prepare.heeding(session, asked)
    elif (begin.said or caught_up) and session.resumes is None:
        session = session_today(name, chosen, selection, coaching, as_written=as_written, before=begin.before)
    faults: list[str] = []
    room = Room(
        chosen.view,
        chosen.theme,
        chosen.figure,
        chosen.media_keys,
        chosen.pause_others,
        chosen.duck_others,
        new=sum(each.times for each in meetings(Kind.ROUTINE, to_stderr).values()) < HELPED,
        signalled=asking.signalled,
        lost=partial(faults.append, "screen"),
        hearing=hearing,
    )
    if not written:
        unwritten = record.UNWRITTEN
        to_stderr(f"{unwritten} Use --journal to keep it." if journal is None else unwritten)
    notices.forget_earlier()
    say, hears = phrases.load(chosen.language), hearing is not None
    sounding = replace(compose.sounding(chosen), medium=Medium.HEARING if hears else Medium.LIVE)
    lesson = VoiceLesson(say, to_stderr, hears=hears)
    session = lesson.before(session)
    with record.recording(
        session, to_stderr, chosen, cli.clock, before=begin.before, journal=written
    ) as kept:
        closing = _closing(session, kept, say, asks=asking.asked)
        summary = play_session(session, sounding, room, Listeners(kept.listener, lesson), closing)
        lesson.after()
        if not written and summary.done:
            note_met({work.exercise.key for work in summary.done}, to_stderr)
        asking.after(kept, summary, closing.farewell.known, key=closing.key)
        goes_on = kept.written is not None and not (summary.finished or _is_painful(kept.written))
    if kept.written is not None:
        page.show(say.part(f"summary.{'go_on' if goes_on else 'next'}", voicecoach=program.command()))
    if kept.incomplete or faults:
        raise typer.Exit(1)
    must_be_whole(summary)


def _leave(session: PreparedSession, begin: Beginning, *, written: bool) -> NoReturn:
    """End without playing anything; what was said on a red day is kept."""
    if begin.rests and written and session.routine:
        record.keep_rest(session, begin.before, to_stderr, cli.clock.moment())
    raise Declined


def _heed_another(session: PreparedSession, chosen: SessionSettings, *, ask: bool) -> None:
    """Tell of a session that another program is playing; raise Declined when this one waits for that."""
    elsewhere = resume.played_elsewhere(to_stderr, cli.clock.moment())
    if elsewhere is None:
        return
    say = phrases.load(chosen.language)
    to_stderr(say.part("go_on.now", **resume.whereabouts(elsewhere)))
    if ask and page.at_terminal() and not page.confirm(say.part("go_on.as_well", name=session.name)):
        raise Declined


def _is_painful(session: records.Session) -> bool:
    """Tell whether it hurt, so that nobody is told to go on."""
    day = cli.clock.today()
    return resume.is_painful(session, prepare.known(to_stderr, day), to_stderr, day)


def _closing(session: PreparedSession, kept: Recording, say: Phrases, *, asks: bool) -> Closing:
    """Return the end of a session, which is written down before it is told; ``asks``: questions follow."""

    def tell(summary: Summary) -> Farewell:
        kept.close(summary)
        return farewell(session, kept, summary, to_stderr, cli.clock.moment(), say, asks=asks)

    return Closing(tell)


def must_be_whole(summary: Summary) -> None:
    """Raise Declined when the person stopped the session, or an exercise in it because it hurt."""
    if not summary.finished or any(isinstance(step, Hurt) for step in summary.steps):
        raise Declined
