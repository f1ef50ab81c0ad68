"""Lays out one set.

The count-in, the phase words and the countdowns are fixed to their frames. Then come the calls at the end of
each rep, and form cues go into the silence that is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from voicecoach.routine.model import Moment, Phase, PhaseKind, Sides
from voicecoach.timeline.countdown import (
    COUNT_IN_SECONDS,
    COUNTDOWN,
    TAIL,
    click,
    count_down,
    without_collisions,
)
from voicecoach.timeline.segment import Beat, Role, Segment, SegmentKind, Sound
from voicecoach.timeline.speech_track import BREATH, Kit, Lane
from voicecoach.timeline.steps import LEFT, RIGHT, Work, phases_at
from voicecoach.timeline.words import COUNTED_HOLD, Wording, due, hold_seconds, worded, words_for
from voicecoach.units import frames

LONG = 20.0
"""Holds and timed work of this many seconds or more have their time told (catalogue section 8)."""
TELL_EVERY = 5
"""Seconds between the times told in a long hold (catalogue section 8)."""
MANY_REPS = 6
"""Sets of this many reps or more have a halfway call and "three more" (catalogue section 8)."""
CUE_EVERY = frames(10)
"""The least number of frames from the end of one form cue to the next (catalogue section 8)."""
CUE_MARGIN = frames(0.35)
"""Frames of silence on both sides of a form cue, which is a thought of its own. [own choice]"""
PROMPT_WITHIN = 12.0
"""Seconds by which a prompt may be late when its moment is taken. [own choice]"""
RESTART_EVERY = frames(5)
"""Frames between the points where timed work can resume after a pause. [own choice]"""
LAST_RESTART = frames(5)
"""The least number of frames left when timed work resumes, so that its countdown is heard. [own choice]"""
BREATH_EVERY = 3
"""Reps from one breath cue to the next (catalogue section 8: every second or third)."""
MOST_SPEECH = 0.45
"""The largest share of a set that speech may fill with reminders added. [own choice]"""


class SetLayout:
    """One set, filled with words and tones on construction, fixed ones first.

    ``before`` are required reminders that do not fit into the first set; they precede its count-in.
    """

    def __init__(self, step: Work, kit: Kit, wording: Wording, before: tuple[str, ...] = ()) -> None:
        self.step, self.exercise = step, step.exercise
        self.speech, self.sounds, self.phrases = kit.speech, kit.sounds, kit.phrases
        self.wording, self.before = wording, before
        self.lane = Lane(kit)
        self.zero = self.count_in()
        """The frame at which the first rep starts."""
        self.reps = tuple(self.lay_out_reps())
        """The beats of each rep."""
        self.end = self.reps[-1][-1].end
        """The frame at which the last rep ends."""
        self.say_phase_words()
        for beat in chain(*self.reps):
            self.count_beat(beat)
        self.prompt()
        self.call_reps()
        self.say_relax_words()
        self.remind()

    def phases(self, rep: int) -> tuple[Phase, ...]:
        if self.exercise.duration is not None:
            return (Phase(name="", seconds=self.exercise.duration, kind=PhaseKind.TIMED),)
        return phases_at(self.exercise, self.step.tempo_of(rep))

    def count_in(self) -> int:
        """Say the words before the set, count down to the first rep, and return its frame."""
        start = 0
        for text in self.before:
            start = self.lane.follow(start, text, Role.SAFETY) + CUE_MARGIN
        ready = self.lane.play(start, Sound.GET_READY, Role.NAME) + BREATH
        # Its time is kept whether or not it is said, so that the first rep does not move with the words.
        spoken = ready + self.speech.measure(self.phrases("count_in"))
        if self.wording is not Wording.SPARSE:
            self.lane.follow(ready, self.phrases("count_in"), Role.COUNT)
        zero = max(start + frames(COUNT_IN_SECONDS), spoken + BREATH + frames(COUNTDOWN[0]))
        count_down(self.lane, zero, since=spoken + BREATH)
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
            return LEFT if rep % 2 else RIGHT
        return self.step.side

    def say_phase_words(self) -> None:
        """Name each phase of effort on its first frame; a tone replaces a word that is not spoken."""
        for beats in self.reps:
            for position, beat in enumerate(beats):
                if beat.kind is PhaseKind.RELAX:
                    continue
                texts = self.words_for(beat, opens_rep=position == 0)
                until = beat.end - (frames(COUNTDOWN[0]) + BREATH if self.is_counted(beat) else 0)
                said = self.lane.fix(beat.frame, texts, Role.PHASE, until=until)
                if beat.frame > self.zero and not (said and self.lane.kit.is_heard(Role.PHASE)):
                    end = self.lane.play(beat.frame, Sound.PHASE, Role.PHASE)
                    if not said:
                        self.lane.kept.append((beat.frame, end))

    def say_relax_words(self) -> None:
        """Name the relaxing between reps where the call of the rep leaves room."""
        for beat in chain(*self.reps):
            if beat.kind is not PhaseKind.RELAX:
                continue
            for text in self.words_for(beat, opens_rep=False):
                if self.lane.is_free(beat.frame, text, until=beat.end) and self.has_room_for(text):
                    self.lane.follow(beat.frame, text, Role.PHASE)
                    break
            if not self.lane.kit.is_heard(Role.PHASE) and beat.frame != self.zero:
                self.lane.play(beat.frame, Sound.PHASE, Role.PHASE)

    def words_for(self, beat: Beat, *, opens_rep: bool) -> list[str]:
        texts = words_for(self.exercise, beat, self.phrases, opens_rep=opens_rep)
        return worded(texts, beat, self.wording, self.speech, opens_rep=opens_rep)

    def is_counted(self, beat: Beat) -> bool:
        """Tell whether the last seconds of a beat are counted down, as in holds and timed work."""
        return beat.kind in {PhaseKind.HOLD, PhaseKind.TIMED} and beat.frames >= frames(COUNTED_HOLD)

    def count_beat(self, beat: Beat) -> None:
        """Call the time in a hold or in timed work."""
        if not self.is_counted(beat):
            return
        end = beat.end
        count_down(self.lane, end, since=self.lane.end_before(end - frames(COUNTDOWN[0])) + BREATH)
        if beat.frames < frames(LONG):
            return
        halfway = beat.frame + beat.frames // 2
        if not any(prompt.at is Moment.HALF for prompt in self.exercise.prompts):
            self.call_halfway(halfway, until=halfway + frames(3))
        if self.exercise.duration is not None:
            if beat.frames >= frames(1.5 * LONG):
                text = self.phrases("work.ten_seconds")
                self.lane.fix(end - frames(10), [text], Role.COUNT, until=end - frames(4))
            return
        for told in range(TELL_EVERY, int(beat.frames / frames(1)), TELL_EVERY):
            at = beat.frame + frames(told)
            if abs(at - halfway) >= frames(2) and at <= end - frames(COUNTDOWN[0] + 1.5):
                text = self.phrases("count", n=self.phrases.number(told))
                self.lane.fix(at, [text], Role.COUNT, until=at + frames(1.5))

    def prompt(self) -> None:
        """Place the exercise's prompts for timed work."""
        for at, prompt, text in due(self.exercise.prompts, self.exercise.duration or 0.0):
            since = self.zero + frames(at)
            if prompt.at is Moment.HALF:
                self.lane.play(since - self.sounds[Sound.HALFWAY], Sound.HALFWAY, Role.HALFWAY)
            until = min(self.end, since + frames(PROMPT_WITHIN))
            said = self.phrases.sided(text, self.step.side)
            self.lane.place([said], Role.TEACH, since=since, until=until)

    def call_halfway(self, since: int, *, until: int, late: bool = False) -> None:
        """Say "halfway", after its tone where there is room."""
        texts = [self.phrases("work.halfway")]
        said = self.lane.place(texts, Role.HALFWAY, since=since, until=until, late=late)
        at = said.frame - self.sounds[Sound.HALFWAY] if said else since
        if not said or max(self.zero, self.lane.end_before(said.frame) + BREATH) <= at:
            self.lane.play(at, Sound.HALFWAY, Role.HALFWAY)

    def call_reps(self) -> None:
        """Call each rep at its end: its number, "halfway", "three more" or "last one"."""
        for rep, beats in enumerate(self.reps, start=1):
            left = self.step.reps - rep
            if not left:
                return
            holds = [position for position, beat in enumerate(beats) if self.is_counted(beat)]
            moving = beats[max(holds) + 1 :] if holds else beats[-2:]
            since = (moving or beats)[0].frame
            until = beats[-1].end
            if rep == (self.step.reps + 1) // 2 and self.step.reps >= MANY_REPS:
                self.call_halfway(since, until=until, late=True)
            else:
                texts, role = self.call_for(rep, left)
                if self.wording is Wording.SPARSE and role is Role.COUNT:
                    continue
                self.lane.place(texts, role, since=since, until=until, late=True)

    def call_for(self, rep: int, left: int) -> tuple[list[str], Role]:
        if left == 1:
            return [self.phrases("work.last_one", self.step.ordinal)], Role.HALFWAY
        if left == 3 and self.step.reps >= MANY_REPS:
            return [self.phrases("work.three_more")], Role.HALFWAY
        number = self.phrases.number(rep)
        short = self.phrases("work.rep", n=number)
        # After a countdown, a bare number would sound like more counting.
        if hold_seconds(self.exercise):
            return [self.phrases("work.hold", rep, n=number), short], Role.COUNT
        return [short], Role.COUNT

    def remind(self) -> None:
        """Place form cues in turn, and a breath cue every few reps, where there is silence for them."""
        cursor, chosen = self.zero, self.cues()
        pause = max(CUE_EVERY, (self.end - self.zero) // (len(chosen) + 1))
        for cue in chosen:
            if not self.has_room_for(cue):
                self.lane.drop([cue], Role.CUE)
                continue
            if said := self.lane.place([cue], Role.CUE, since=cursor, until=self.end, margin=CUE_MARGIN):
                cursor = said.end + pause
        for rep, beats in enumerate(self.reps, start=1):
            if rep % BREATH_EVERY == BREATH_EVERY - 1:
                own = self.exercise.breathing
                text = own[0].text if own else self.phrases("work.breath", self.step.ordinal + rep)
                text = self.phrases.sided(text, self.side_of(rep))
                if self.has_room_for(text):
                    until = beats[-1].end
                    self.lane.place([text], Role.BREATH, since=beats[0].frame, until=until, margin=CUE_MARGIN)

    def cues(self) -> list[str]:
        """Return the cues for every set, then the rotating ones, continuing from the last set.

        There are none when the exercise has prompts.
        """
        if self.exercise.prompts:
            return []
        most = 1 + (self.end - self.zero) // CUE_EVERY
        always = [cue for cue in self.always() if cue not in self.before]
        rotating = self.exercise.cues.rotating
        turns = min(max(0, most - len(always)), len(rotating))
        first = self.step.ordinal * max(1, turns)
        chosen = [rotating[(first + turn) % len(rotating)] for turn in range(turns)]
        return [*always, *(self.phrases.sided(cue.text, self.step.side) for cue in chosen)][:most]

    def always_unsaid(self) -> tuple[str, ...]:
        """Return the cues for every set that did not fit into this one."""
        said = {say.text for say in self.lane.said}
        return tuple(cue for cue in self.always() if cue not in said)

    def always(self) -> list[str]:
        return [self.phrases.sided(cue.text, self.step.side) for cue in self.exercise.cues.always]

    def losses(self) -> int:
        """Count the dropped texts that are more important than form cues."""
        return sum(dropped.role.rank < Role.CUE.rank for dropped in self.lane.dropped)

    def speech_share(self) -> float:
        """Return the share of the set, count-in included, that is speech."""
        return self.lane.spoken() / self.length

    @property
    def length(self) -> int:
        return self.end + self.sounds[Sound.END_OF_SET] + TAIL

    def has_room_for(self, text: str) -> bool:
        """Tell whether the set stays mostly silent with ``text`` added."""
        return self.lane.spoken() + self.speech.measure(text) <= MOST_SPEECH * self.end

    def restarts(self) -> tuple[int, ...]:
        """Return the starts of reps; in timed work a point every few seconds, up to the final countdown."""
        points = [beats[0].frame for beats in self.reps]
        if self.exercise.duration is not None:
            points = [*range(self.zero, max(self.zero + 1, self.end - LAST_RESTART), RESTART_EVERY)]
        return (0, *(point for point in points if not self.lane.is_speaking(point)))

    def done(self, index: int) -> Segment:
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


MOST_WORDS = 0.5
"""The share of a set that words on beats must stay below. [own choice]"""


def work_segment(index: int, step: Work, kit: Kit) -> Segment:
    """Compile one set; see :func:`voicecoach.timeline.compile.compile_step`.

    Phases get their full words where these leave room for counts and calls and keep most of the set silent;
    otherwise fewer and shorter ones, see :class:`Wording`.

    Everything before the first rep is laid out as if the whole set had the tempo of that rep, so that a
    change of tempo at a later rep does not move the earlier ones.
    """

    def filled(work: Work, before: tuple[str, ...]) -> SetLayout:
        return _best(SetLayout(work, kit, wording, before) for wording in Wording)

    even = replace(step, tempo=step.tempo[:1] * step.reps)
    layout = filled(even, ())
    while step.ordinal == 0 and (unsaid := layout.always_unsaid()):
        layout = filled(even, (*layout.before, *unsaid))
    if step != even:
        layout = filled(step, layout.before)
    return layout.done(index)


def _best(tries: Iterator[SetLayout]) -> SetLayout:
    """Return the first that drops nothing and is mostly silent, else the nearest to it."""
    seen = []
    for work in tries:
        if not work.losses() and work.speech_share() < MOST_WORDS:
            return work
        seen.append(work)
    return min(seen, key=lambda work: (work.losses(), work.speech_share()))
