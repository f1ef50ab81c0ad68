"""The composition root: the only place that chooses voices, outputs and views and puts them together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from voicecoach import data
from voicecoach.app.director import Choices, SessionDirector
from voicecoach.clock import SystemClock, today
from voicecoach.errors import NothingSuits, RoutineError, UnknownName
from voicecoach.person import done_file, met_file, profile_file
from voicecoach.person.settings import SessionSettings
from voicecoach.routine.choose import still_told
from voicecoach.routine.library import Library, is_path
from voicecoach.routine.profile import Explaining, Profile
from voicecoach.routine.tailor import Swap, Tailored, tailor
from voicecoach.session.levels import Levels
from voicecoach.session.listener import Listener
from voicecoach.timeline import phrases
from voicecoach.timeline.compile import compile_all, compile_step, with_length
from voicecoach.timeline.estimate import DEFAULT_WPM, EstimatedSpeech
from voicecoach.timeline.kit import Kit
from voicecoach.timeline.plan import Settings, plan
from voicecoach.timeline.segment import Score, Segment, Sound
from voicecoach.timeline.steps import AnyStep, Coaching, LeadIn, Say
from voicecoach.units import seconds

if TYPE_CHECKING:
    from voicecoach.audio.mixer import Mixer
    from voicecoach.audio.pcm import Samples
    from voicecoach.routine.model import Exercise, Routine
    from voicecoach.session.listener import Summary
    from voicecoach.session.player import Player
    from voicecoach.voices.narrator import Narrator

Notice = Callable[[str], None]
"""Takes one line for the person."""
_FULL = Settings()


@dataclass(frozen=True, slots=True)
class Sounding:
    """How a session sounds: which voice at what pace, where to, how loud."""

    voice: str = "auto"
    rate: int = DEFAULT_WPM
    """Words a minute."""
    output: str = "auto"
    levels: Levels = field(default_factory=Levels)
    music: Path | None = None
    """A file or folder of the person's own, to play under the session."""


def steps_of(
    routine: Routine, settings: Settings, rate: int = DEFAULT_WPM, swaps: tuple[Swap, ...] = ()
) -> tuple[AnyStep, ...]:
    """The plan of ``routine``, which knows how long it will take and tells the ``swaps`` made in it."""
    return with_length(plan(routine, settings, swaps), _estimating(rate))


def estimate(steps: tuple[AnyStep, ...], rate: int = DEFAULT_WPM) -> Score:
    """The session compiled with guessed speech lengths: no voice is needed, and it takes no time."""
    return compile_all(steps, _estimating(rate))


def minutes(routine: Routine, settings: Settings = _FULL, swaps: tuple[Swap, ...] = ()) -> int:
    """How long ``routine`` takes, in whole minutes, at least one."""
    return max(1, round(seconds(estimate(plan(routine, settings, swaps)).expected) / 60))


def profile(*, as_written: bool = False) -> Profile:
    """What is known about the person: nothing when that is wanted, or when there is no profile.

    Raises FileError when there is one that cannot be understood.
    """
    return Profile() if as_written else profile_file.load() or Profile()


def tailored(shelf: Library, name: str, person: Profile) -> Tailored:
    """The routine with that name, or in that file, as ``person`` should do it.

    Raises what Library.load raises, UnknownName or RoutineError for an alternative that cannot be read, and
    NothingSuits.
    """
    found = tailor(shelf.load(name), person, shelf.beside(shelf.locate(name)))
    if found.empty:
        others = (other for other in shelf.routines() if other != found.routine.id)
        instead = next((other for other in others if _suits(shelf, other, person)), None)
        advice = f"Try '{instead}', or" if instead else "Ask a physiotherapist what suits you, or"
        raise NothingSuits(
            f"Nothing of '{found.routine.name}' is left for your profile. {advice} see 'voicecoach profile'."
        )
    return found


@dataclass(frozen=True, slots=True)
class Session:
    """What is going to be played, and what it can become."""

    name: str
    """The routine's."""
    steps: tuple[AnyStep, ...]
    choices: Choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The part of a routine that is wanted; the whole of it when nothing is said."""

    start: str = ""
    """The step to begin with: its number on the sheet, its name or its id."""
    only: tuple[str, ...] = ()
    """Nothing but these steps."""
    sets: int | None = None
    """At most so many sets of each exercise."""
    minutes: float | None = None
    """At most that long, by leaving out what matters least."""

    def of(self, routine: Routine, seconds_of: Callable[[Routine], float]) -> Routine:
        """That part of ``routine``. Raises UnknownName and UsageError."""
        from voicecoach.routine import choose, shorten  # noqa: PLC0415 - few sessions need them

        if self.start:
            routine = choose.starting_at(routine, self.start)
        if self.only:
            routine = choose.only(routine, self.only)
        if self.sets is not None:
            routine = choose.at_most_sets(routine, self.sets)
        if self.minutes is not None:
            routine = shorten.within(routine, self.minutes, seconds_of)
        return routine


_EVERYTHING = Selection()


def session_for(
    person: Profile, name: str, settings: Settings, rate: int, selection: Selection = _EVERYTHING
) -> Session:
    """The session of ``person`` with a routine by name or file, or the selected part of it.

    Raises what :func:`tailored` and :meth:`Selection.of` raise.
    """
    shelf = library()
    found = tailored(shelf, name, person)

    def seconds_of(routine: Routine) -> float:
        return seconds(estimate(plan(routine, settings, found.swaps), rate).expected)

    routine = selection.of(found.routine, seconds_of)
    steps = steps_of(routine, settings, rate, still_told(found.swaps, routine))
    beside = shelf.beside(shelf.locate(name))
    return Session(found.routine.name, steps, Choices(beside, person, settings))


def settings_for(explaining: Explaining, notice: Notice, base: Settings = _FULL) -> Settings:
    """``base`` with each exercise explained as much as the person needs."""
    if explaining is not Explaining.AUTO:
        return replace(base, coaching=Coaching(explaining))
    met, now = met_file.load(notice), today()
    return replace(base, coaching_for=lambda exercise: met.coaching(exercise.key, now))


def coached(chosen: SessionSettings) -> Settings:
    """How a session is coached, as the person has set it."""
    return Settings(
        clicks=chosen.clicks, lead_in=chosen.lead_in, delay=chosen.delay, tempo=chosen.tempo / 100
    )


def sounding(chosen: SessionSettings, *, music: bool = True) -> Sounding:
    """How a session sounds, as the person has set it; a remark needs no music."""
    levels = Levels(chosen.voice_volume, chosen.sound_volume, chosen.music_volume)
    return Sounding(chosen.voice, chosen.rate, chosen.output, levels, chosen.music if music else None)


def remember(summary: Summary, notice: Notice, routine: str = "") -> None:
    """Note which exercises were done: those of which a set was heard to its end.

    With the name of a routine, not its file, note that it was done when the session reached its end.
    """
    if summary.finished and routine and not is_path(routine):
        done_file.record(routine, today(), notice)
    if keys := {work.exercise.key for work in summary.done}:
        met_file.record(keys, today(), notice)


def equipment(shelf: Library) -> tuple[str, ...]:
    """Everything that some exercise needs, in order of the alphabet."""
    things: set[str] = set()
    for entry in shelf.browse():
        if entry.name:
            things.update(shelf.exercise(entry.id).equipment)
    return tuple(sorted(things))


class Studio:
    """A voice, the earcons and the phrases: everything that turns steps into sound."""

    def __init__(self, sounding: Sounding, notice: Notice) -> None:
        """Raises UnknownName and VoiceUnavailable for a voice that cannot be had."""
        from voicecoach.voices.cache import SpeechCache  # noqa: PLC0415 - numpy loads with these
        from voicecoach.voices.engine import chain  # noqa: PLC0415
        from voicecoach.voices.narrator import Narrator  # noqa: PLC0415

        self.sounding = sounding
        cache = SpeechCache(data.speech_cache(), notice)
        self.narrator: Narrator = Narrator(chain(sounding.voice), cache, notice, wpm=sounding.rate)
        self.kit = Kit(self.narrator, _sound_lengths(), phrases.load())
        self._notice = notice
        self._to_close: list[Callable[[], None]] = [self.narrator.close]

    def compile(self, steps: tuple[AnyStep, ...]) -> Score:
        """The whole session, with every sentence rendered."""
        return compile_all(steps, self.kit)

    def mixer(self, *, patient: bool = False) -> Mixer:
        """A mixer for segments that were compiled here; a ``patient`` one waits for music that is late.

        Raises FileError when there should be music and none can be played.
        """
        from voicecoach.audio.mixer import Mixer  # noqa: PLC0415 - numpy loads with it

        music = None
        if self.sounding.music is not None:
            from voicecoach.audio.music import open_music  # noqa: PLC0415 - only who wants music

            music = open_music(self.sounding.music, self._notice, patient=patient)
            self._to_close.append(music.close)
        return Mixer(self.narrator, levels=self.sounding.levels, music=music)

    def player(self, session: Session, listener: Listener) -> Player[Samples]:
        """A player whose output is open, and whose first segments are being compiled.

        Raises OutputError when the wanted output cannot play.
        """
        from voicecoach.audio.outputs import open_output  # noqa: PLC0415 - numpy loads with it
        from voicecoach.session.lookahead import Lookahead  # noqa: PLC0415 - only playing needs it
        from voicecoach.session.player import Player  # noqa: PLC0415

        def make(index: int, step: AnyStep) -> Segment:
            return compile_step(index, step, self.kit)

        mixer = self.mixer()
        output = open_output(self.sounding.output, listener.noticed)
        ahead = Lookahead(session.steps, make, done=self.narrator.rest, interrupt=self.narrator.close)
        ahead.start()
        director = SessionDirector(session.choices, kit=self.kit, estimating=_estimating(self.sounding.rate))
        return Player(
            session.steps,
            ahead,
            director,
            mixer=mixer,
            output=output,
            listener=listener,
            clock=SystemClock(),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Let the speech worker and the music go."""
        for close in self._to_close:
            close()


def remark(*sentences: str) -> Session:
    """A session that says this and nothing else, after the tone that every one starts with."""
    title = sentences[0]
    steps: tuple[AnyStep, ...] = (
        LeadIn(block=0, title=title, seconds=_FULL.lead_in),
        *(Say(block=0, title=text, text=text, after_work=False) for text in sentences),
    )
    return Session(title, steps, Choices(library(), Profile(), _FULL))


def render(
    studio: Studio, steps: tuple[AnyStep, ...], path: Path, progress: Callable[[float], None]
) -> Score:
    """Write the session to a WAV file; ``progress`` is told the share that is done, from 0 to 1.

    Raises FileError when the file cannot be written; then nothing is left of it.
    """
    from voicecoach.render.mixdown import mixdown  # noqa: PLC0415 - numpy loads with it

    segments = []
    for index, step in enumerate(steps):
        segments.append(compile_step(index, step, studio.kit))
        progress(0.5 * (index + 1) / len(steps))
    score = Score(tuple(segments))
    mixdown(score, studio.mixer(patient=True), path, lambda share: progress(0.5 + share / 2))
    return score


def routine_of(exercise: Exercise) -> Routine:
    """A routine with nothing but ``exercise``, at its library dose."""
    from voicecoach.routine.model import Do, Routine  # noqa: PLC0415 - what only this needs

    return Routine(id=exercise.id, name=exercise.name, steps=(Do(exercise=exercise),), path=Path(exercise.id))


def library() -> Library:
    """The user's routines and exercises, and the shipped ones."""
    return Library.default()


def _estimating(rate: int) -> Kit:
    return Kit(EstimatedSpeech(rate), _sound_lengths(), phrases.load())


def _suits(shelf: Library, name: str, person: Profile) -> bool:
    """Whether something of a routine is left for ``person``."""
    try:
        return not tailor(shelf.load(name), person, shelf).empty
    except (RoutineError, UnknownName):
        return False


def _sound_lengths() -> dict[Sound, int]:
    from voicecoach.audio.sounds import lengths  # noqa: PLC0415 - audio is for those who need sound

    return lengths()
