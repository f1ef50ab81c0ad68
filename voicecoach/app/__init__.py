"""The composition root: the only place that chooses voices, outputs and views and puts them together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

from voicecoach import data
from voicecoach.app.director import Choices, SessionDirector
from voicecoach.clock import SystemClock, today
from voicecoach.errors import NothingSuits, RoutineError, UnknownName
from voicecoach.person import met_file, profile_file
from voicecoach.routine.library import Library
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


def session_for(person: Profile, name: str, settings: Settings, rate: int) -> Session:
    """The session of ``person`` with a routine by name or file. Raises as :func:`tailored`."""
    shelf = library()
    found = tailored(shelf, name, person)
    steps = steps_of(found.routine, settings, rate, found.swaps)
    beside = shelf.beside(shelf.locate(name))
    return Session(found.routine.name, steps, Choices(beside, person, settings))


def settings_for(
    explaining: Explaining, notice: Notice, *, lead_in: float = _FULL.lead_in, clicks: bool = False
) -> Settings:
    """Settings in which each exercise is explained as much as the person needs."""
    if explaining is not Explaining.AUTO:
        return Settings(coaching=Coaching(explaining), lead_in=lead_in, clicks=clicks)
    met, now = met_file.load(notice), today()
    return Settings(
        coaching_for=lambda exercise: met.coaching(exercise.key, now), lead_in=lead_in, clicks=clicks
    )


def remember(summary: Summary, notice: Notice) -> None:
    """Note which exercises were done: those of which a set was heard to its end."""
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

    def compile(self, steps: tuple[AnyStep, ...]) -> Score:
        """The whole session, with every sentence rendered."""
        return compile_all(steps, self.kit)

    def mixer(self) -> Mixer:
        """A mixer for segments that were compiled here."""
        from voicecoach.audio.mixer import Mixer  # noqa: PLC0415 - numpy loads with it

        return Mixer(self.narrator, levels=self.sounding.levels)

    def player(self, session: Session, listener: Listener) -> Player[Samples]:
        """A player whose output is open, and whose first segments are being compiled.

        Raises OutputError when the wanted output cannot play.
        """
        from voicecoach.audio.outputs import open_output  # noqa: PLC0415 - numpy loads with it
        from voicecoach.session.lookahead import Lookahead  # noqa: PLC0415 - only playing needs it
        from voicecoach.session.player import Player  # noqa: PLC0415

        def make(index: int, step: AnyStep) -> Segment:
            return compile_step(index, step, self.kit)

        output = open_output(self.sounding.output, listener.noticed)
        ahead = Lookahead(session.steps, make, done=self.narrator.rest, interrupt=self.narrator.close)
        ahead.start()
        director = SessionDirector(session.choices, kit=self.kit, estimating=_estimating(self.sounding.rate))
        return Player(
            session.steps,
            ahead,
            director,
            mixer=self.mixer(),
            output=output,
            listener=listener,
            clock=SystemClock(),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Let the speech worker go."""
        self.narrator.close()


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
    mixdown(score, studio.mixer(), path, lambda share: progress(0.5 + share / 2))
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
