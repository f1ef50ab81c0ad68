"""Lays out one set.

The count-in, the phase words and the countdowns are fixed to their frames. Then come the calls at the end of
each rep, and form cues go into the silence that is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from voicecoach.routine.model import Moment, Sides
from voicecoach.routine.phase import Phase, PhaseKind
from voicecoach.timeline.countdown import (
    COUNTDOWN,
    click,
    closing_frames,
    count_down,
    count_in_frames,
    ready_words,
    without_collisions,
)
from voicecoach.timeline.rep_calls import CALL_PAUSE, ORDER_PAUSE, RepCalls, calls_end, is_counted
from voicecoach.timeline.segment import LEAST_LEFT, Beat, Role, Segment, SegmentKind, Sound, Speak
from voicecoach.timeline.set_cues import MOST_SPEECH, SetCues
from voicecoach.timeline.speech_track import BREATH, Kit, Lane
from voicecoach.timeline.steps import Work, phases_at
from voicecoach.timeline.within import UNHURRIED, Within
from voicecoach.timeline.words import Wording, due, worded, words_for
from voicecoach.units import frames

LONG = 20.0
"""Holds and timed work of this many seconds or more say when half of it is done (catalogue section 8)."""
TEN_TOLD = 30.0
"""Holds and timed work of this many seconds or more also say when ten seconds are left; in a shorter one that
is nearly its half. [own choice]"""
PROMPT_WITHIN = 12.0
"""Seconds by which a prompt may be late when its moment is taken. [own choice]"""
COUNTED_AFTER = frames(0.7)
"""Frames from a key press to its number: a little more than the player needs to take in another layout."""
SOON_COUNTED = 2
"""How many of the next numbers are kept at hand where rounds are counted. [own choice]"""
RESTART_EVERY = frames(5)
"""Frames between the points of timed work that are listed as its restarts. [own choice]"""

MOST_WORDS = 0.5
"""The share of a set that words on beats must stay below. [own choice]"""


class SetLayout:
    """One set, filled with words and tones on construction, fixed ones first."""

    def __init__(self, step: Work, kit: Kit, wording: Wording, within: Within) -> None:
        self.step, self.exercise, self.within = step, step.exercise, within
        self.speech, self.sounds, self.phrases = kit.speech, kit.sounds, kit.phrases
        self.wording = wording
        self.lane = Lane(kit)
        self.zero = self.count_in()
        """The frame at which the first rep starts."""
        self.reps = tuple(self.lay_out_reps())
        """The beats of each rep."""
        self.end = self.reps[-1][-1].end
        """The frame at which the last rep ends."""
        self.calls = RepCalls(step, kit, self.lane, self.reps)
        self.shortened = frozenset(self.too_long())
        """The phases whose fullest words do not fit in every rep: these are never said."""
        self.cues = SetCues(step, kit, self.lane, self.reps, self.words_end, self.calls)
        self.cued = self.cues.on_beats() if wording is not Wording.SPARSE else {}
        """The words of the beats with a cue or breath, by the frame of the beat."""
        self.say_phase_words()
        for beat in chain(*self.reps):
            self.count_beat(beat)
        self.announce()
        self.prompt()
        self.call_reps()
        self.say_relax_words()
        self.cues.place()
        self.count_marked()

    def phases(self, rep: int) -> tuple[Phase, ...]:
        if self.exercise.duration is not None:
            return (Phase(name="", seconds=self.exercise.duration, kind=PhaseKind.TIMED),)
        return phases_at(self.exercise, self.step.tempo_of(rep))

    def count_in(self) -> int:
        """Say "ready", count down to the first rep, and return its frame."""
        # Its time is kept whether or not it is said, so that the first rep does not move with the words.
        whole = count_in_frames(self.step, self.lane.kit)
        zero = whole if self.within.count_in is None else self.within.count_in
        if zero < whole:
            count_down(self.lane, zero, since=0, partly=True)
        else:
            ready = self.lane.play(0, Sound.GET_READY, Role.NAME) + BREATH
            text = ready_words(self.step, self.phrases)
            if self.step.side or self.wording is not Wording.SPARSE:
                self.lane.follow(ready, text, Role.SIDE if self.step.side else Role.COUNT)
            count_down(self.lane, zero, since=ready + self.speech.measure(text) + BREATH)
        self.lane.play(zero, Sound.GO, Role.PHASE)
        return zero

    def lay_out_reps(self) -> Iterator[list[Beat]]:
        elapsed = 0.0
        for rep in range(1, self.step.reps + 1):
            beats = []
            for phase in self.phases(rep):
                start, elapsed = self.zero + frames(elapsed), elapsed + phase.seconds
                length = self.zero + frames(elapsed) - start
                side = self.side_of(rep)
                beats.append(Beat(start, length, phase.kind, rep, self.step.reps, side, phase.name))
            yield beats

    def side_of(self, rep: int) -> str:
        if self.exercise.sides is Sides.ALTERNATE and self.exercise.duration is None:
            first, second = self.exercise.side_order
            return first if rep % 2 else second
        return self.step.side

    def say_phase_words(self) -> None:
        """Name each phase of effort on its first frame, and say at the end of a rep how many are left."""
        opening = ""
        for rep, beats in enumerate(self.reps, start=1):
            for position, beat in enumerate(beats):
                if position or not opening or not self.open_with(opening, beat):
                    self.name_phase(beat, opens_rep=position == 0)
            opening = self.calls.say_left(rep)

    def open_with(self, left: str, beat: Beat) -> bool:
        """Say how many reps are ``left`` after a tone as ``beat`` opens one; tell whether there was room."""
        effort = beat.kind is not PhaseKind.RELAX
        words = self.words_for(beat, opens_rep=True) if effort else []
        sided = effort and self.exercise.sides is Sides.ALTERNATE
        said = self.calls.open_with(left, beat, words, sided=sided)
        if said and effort:
            self.lane.play(beat.frame, Sound.PHASE, Role.PHASE)
        return said

    def name_phase(self, beat: Beat, *, opens_rep: bool) -> None:
        """Name a phase of effort; a tone replaces a word that is not spoken."""
        if beat.kind is PhaseKind.RELAX:
            return
        until = self.words_end(beat)
        if beat.frame in self.cued:
            said = self.say_in_a_row(self.cued[beat.frame], beat.frame, until=until)
        else:
            texts = self.words_for(beat, opens_rep=opens_rep)
            said = bool(self.lane.fix(beat.frame, texts, Role.PHASE, until=until))
        if beat.frame > self.zero and not (said and self.lane.kit.is_heard(Role.PHASE)):
            end = self.lane.play(beat.frame, Sound.PHASE, Role.PHASE)
            if not said:
                self.lane.kept.append((beat.frame, end))

    def say_in_a_row(self, words: list[tuple[str, Role]], start: int, *, until: int) -> bool:
        """Say ``words`` from frame ``start`` on; tell whether they all fit."""
        for text, role in words:
            said = self.lane.fix(start, [text], role, until=until)
            if not said:
                return False
            start = said.end + ORDER_PAUSE
        return True

    def words_end(self, beat: Beat) -> int:
        """Return the frame by which the words at the start of ``beat`` must end."""
        return beat.end - (frames(COUNTDOWN[0]) + BREATH if is_counted(beat) else 0)

    def say_relax_words(self) -> None:
        """Name the relaxing between reps in the fullest words that have room in the whole set.

        The last one is named on its own: who lets go in the end keeps hold of nothing.
        """
        beats = [beat for beat in chain(*self.reps) if beat.kind is PhaseKind.RELAX]
        for phase in dict.fromkeys(beat.phase for beat in beats):
            named = [beat for beat in beats if beat.phase == phase]
            between = [beat for beat in named if beat.rep < self.step.reps]
            wordings = zip(*map(self.relax_words, between), strict=True)
            shortest: Sequence[str] = ()
            for shortest in wordings:
                if self.say_if_all_fit(between, shortest):
                    break
            else:
                self.say_if_all_fit(between, shortest, most=MOST_WORDS)
            for beat in named[len(between) :]:
                self.say_if_all_fit([beat], self.relax_words(beat)[-1:], most=MOST_WORDS)
        if not self.lane.kit.is_heard(Role.PHASE):
            for beat in beats:
                if beat.frame != self.zero:
                    self.lane.play(beat.frame, Sound.PHASE, Role.PHASE)

    def relax_words(self, beat: Beat) -> list[str]:
        return words_for(self.exercise, beat, self.phrases, opens_rep=False)

    def say_if_all_fit(self, beats: Sequence[Beat], texts: Sequence[str], most: float = MOST_SPEECH) -> bool:
        """Say one of ``texts`` as each of ``beats`` begins where all have room, else none; tell whether.

        That half are done, or how many are left, may be called in the place of one of them.
        """
        free = [
            (beat, text)
            for beat, text in zip(beats, texts, strict=False)
            if self.lane.is_free(beat.frame, text, until=beat.end)
        ]
        taken = {beat.rep for beat in beats} - {beat.rep for beat, _ in free}
        has_room = self.cues.has_room_for(*(text for _, text in free), most=most)
        if not has_room or not all(map(self.calls.is_told, taken)):
            return False
        for beat, text in free:
            self.lane.follow(beat.frame, text, Role.PHASE)
        return True

    def too_long(self) -> Iterator[tuple[str, bool]]:
        """Yield each phase whose fullest words do not fit on some beat, and whether it opens the rep."""
        for beats in self.reps:
            for position, beat in enumerate(beats):
                texts = self.allowed(beat, opens_rep=position == 0)
                if len(texts) > 1 and beat.frame + self.speech.measure(texts[0]) > self.words_end(beat):
                    yield beat.phase, position == 0

    def words_for(self, beat: Beat, *, opens_rep: bool) -> list[str]:
        """Return what may be said on a beat, fullest first: one wording for the phase in the whole set."""
        texts = self.allowed(beat, opens_rep=opens_rep)
        if (beat.phase, opens_rep) in self.shortened:
            return [min(texts, key=self.speech.measure)]
        return texts

    def allowed(self, beat: Beat, *, opens_rep: bool) -> list[str]:
        texts = words_for(self.exercise, beat, self.phrases, opens_rep=opens_rep)
        known = self.step.ordinal > 0
        return worded(texts, beat, self.wording, self.speech, opens_rep=opens_rep, known=known)

    def count_beat(self, beat: Beat) -> None:
        """Call the time in a hold or in timed work: always the seconds that are left, as the screen does."""
        if not is_counted(beat):
            return
        end = beat.end
        count_down(self.lane, end, since=self.lane.end_before(end - frames(COUNTDOWN[0])) + BREATH)
        if beat.frames < frames(LONG):
            return
        halfway = beat.frame + beat.frames // 2
        if not any(prompt.at is Moment.HALF for prompt in self.exercise.prompts):
            self.call_halfway(beat, halfway)
        if beat.frames >= frames(TEN_TOLD):
            text = self.phrases("work.ten_seconds")
            self.lane.fix(end - frames(10), [text], Role.COUNT, until=calls_end(beat))

    def count_marked(self) -> None:
        """Say the number of each round or rep that was counted, as soon as there is room.

        That comes last, so that all else stays where it is: what was said already is not said again. Too near
        the countdown it would be a part of it, and is only shown.
        """
        if self.exercise.amrap is None:
            return
        marked = self.step.marked
        for number, at in enumerate((*marked, *[None] * SOON_COUNTED), start=self.step.counted + 1):
            text = self.phrases(f"amrap.{self.exercise.amrap}", n=self.phrases.number(number))
            if at is None:
                self.speech.measure(text)  # so that it is rendered when it is asked for
            else:
                since = self.zero + frames(at) + COUNTED_AFTER
                until = calls_end(self.reps[-1][-1])
                self.lane.place([text], Role.NAME, since=since, until=until, missed=False)

    def announce(self) -> None:
        """Say what comes next, near the end but before it is counted down.

        That is well before it where there is room, as "set two of five" has numbers of its own.
        """
        if self.within.announces:
            last = self.reps[-1][-1]
            end = self.words_end(last) - CALL_PAUSE
            windows = [(self.zero, min(end, calls_end(last))), (self.zero, end)]
            self.lane.place_in(windows, [self.within.announces], Role.NAME, late=True)

    def prompt(self) -> None:
        """Place the exercise's prompts for timed work."""
        for at, prompt, text in due(self.exercise.prompts, self.exercise.duration or 0.0):
            since = self.zero + frames(at)
            if prompt.at is Moment.HALF:
                self.lane.play(since - self.sounds[Sound.HALFWAY], Sound.HALFWAY, Role.HALFWAY)
            until = min(self.end, since + frames(PROMPT_WITHIN))
            said = self.phrases.sided(text, self.step.side)
            self.lane.place([said], Role.TEACH, since=since, until=until)

    def call_halfway(self, beat: Beat, since: int) -> None:
        """Say "halfway" through a hold or timed work, after its tone where there is room."""
        text = self.phrases("work.halfway", self.step.ordinal + beat.rep - 1)
        said = self.lane.place([text], Role.HALFWAY, since=since, until=since + frames(3))
        self.sound_halfway(said, since)

    def sound_halfway(self, said: Speak | None, since: int) -> None:
        """Sound the tone for halfway before its words where there is room, or at ``since`` without words."""
        at = said.frame - self.sounds[Sound.HALFWAY] if said else since
        if not said or max(self.zero, self.lane.end_before(said.frame) + BREATH) <= at:
            self.lane.play(at, Sound.HALFWAY, Role.HALFWAY)

    def call_reps(self) -> None:
        """Call what is not called yet of each rep that is done, its number or that half are done."""
        for rep, beats in enumerate(self.reps, start=1):
            said = self.calls.say_rest(rep, numbers=self.wording < Wording.UNCOUNTED)
            if self.calls.is_half(rep) and rep < self.step.reps:
                self.sound_halfway(said, beats[-1].frame)

    def losses(self) -> int:
        """Count the dropped texts that are more important than form cues."""
        return sum(dropped.role.rank < Role.CUE.rank for dropped in self.lane.dropped)

    def speech_share(self) -> float:
        """Return the share of the set, count-in included, that is speech."""
        return self.lane.spoken() / self.length

    @property
    def length(self) -> int:
        return self.end + (0 if self.within.runs_on else closing_frames(self.lane.kit))

    def restarts(self) -> tuple[int, ...]:
        """Return the starts of reps and of what comes after a long hold, which is not held again.

        In timed work it is a point every few seconds, up to the final countdown.
        """
        points = [beat.frame for beats in self.reps for beat in _restarting(beats)]
        if self.exercise.duration is not None:
            points = [*range(self.zero, max(self.zero + 1, self.end - LEAST_LEFT), RESTART_EVERY)]
        return (0, *(point for point in points if not self.lane.is_speaking(point)))

    def done(self, index: int) -> Segment:
        if not self.within.runs_on:
            self.lane.play(self.end, Sound.END_OF_SET, Role.NAME)
        if self.step.clicks:
            click(self.lane, (self.exercise.cadence or 0.0) * self.step.tempo_of(1), self.zero, self.end)
        self.lane.tones = without_collisions(self.lane.tones)
        return Segment(
            index=index,
            kind=SegmentKind.WORK,
            title=self.step.title,
            block=self.step.block,
            frames=self.length,
            events=self.lane.events(),
            beats=(
                Beat(0, self.zero, PhaseKind.COUNT_IN, 0, self.step.reps, self.side_of(1)),
                *chain(*self.reps),
            ),
            dropped=tuple(self.lane.dropped),
            set_number=self.step.set_number,
            sets=self.step.sets,
            restarts=self.restarts(),
        )


def _restarting(beats: list[Beat]) -> Iterator[Beat]:
    """Yield the phases of a rep that a set can resume from: the first, and those after a long hold."""
    held = False
    for position, beat in enumerate(beats):
        if held or position == 0:
            yield beat
        held |= beat.goes_on


def work_segment(index: int, step: Work, kit: Kit, within: Within = UNHURRIED) -> Segment:
    """Compile one set; see :func:`voicecoach.timeline.compile.compile_step`.

    Phases get their full words where these leave room for counts and calls and keep most of the set silent;
    otherwise fewer and shorter ones, see :class:`Wording`.
    """
    return _best(SetLayout(step, kit, wording, within) for wording in Wording).done(index)


def _best(tries: Iterator[SetLayout]) -> SetLayout:
    """Return the best of ``tries``, whose words get shorter one after the other.

    It drops nothing and is mostly silent. Known words fade for the focus of the set, where that makes room
    for it. When nothing is as it should be, return the nearest to it.
    """
    seen, fuller = list[SetLayout](), None
    for work in tries:
        good = not work.losses() and work.speech_share() < MOST_WORDS
        if good and work.cues.says_focus():
            return work
        if fuller:
            break
        fuller = work if good else None
        seen.append(work)
    return fuller or min(seen, key=lambda work: (work.losses(), work.speech_share()))
