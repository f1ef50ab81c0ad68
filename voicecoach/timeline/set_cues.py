"""Places the cues of one set: its focus, other reminders of form, and how to breathe.

Phase words and counts have their frames before them. A cue comes only in phases of which it is true, and no
two within ten seconds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, groupby
from typing import Final

from voicecoach.language.phrases import breath_names
from voicecoach.routine.model import EFFORT, Cue, Kind, Sides
from voicecoach.routine.phase import PhaseKind
from voicecoach.timeline import reminders
from voicecoach.timeline.rep_calls import ORDER_PAUSE, RepCalls
from voicecoach.timeline.segment import Beat, Role
from voicecoach.timeline.speech_track import BREATH, Kit, Lane
from voicecoach.timeline.steps import Work
from voicecoach.timeline.words import TAUGHT_REPS, counted_holds, words_for
from voicecoach.units import frames

CUE_EVERY: Final = frames(10)
"""The least number of frames from the end of one form cue to the next (catalogue section 8)."""
CUE_MARGIN: Final = frames(0.35)
"""Frames of silence on both sides of a form cue, which is a thought of its own. [own choice]"""
BREATH_EVERY: Final = 3
"""Reps from one breath cue to the next (catalogue section 8: every second or third)."""
SHORT_BREATH: Final = 2
"""The words of the longest breath that is said in one go with the word of its phase. [own choice]"""
LONG_MARGIN: Final = frames(1.5)
"""Frames of silence on both sides of a longer one, as in holds. [own choice]"""
MOST_BREATH: Final = 2
"""The most times that a set says how to breathe in the same words. [own choice]"""
MOST_ON_BEATS: Final = 2
"""The most cues of a set that come with a phase word or in its place. [own choice]"""
MOST_SPEECH: Final = 0.45
"""The largest share of a set that speech may fill with reminders added. [own choice]"""


@dataclass(frozen=True)
class SetCues:
    """The cues of a set whose beats are laid out."""

    step: Work
    kit: Kit
    lane: Lane
    reps: Sequence[Sequence[Beat]]
    words_end: Callable[[Beat], int]
    """Returns the frame by which the words at the start of a beat must end."""
    calls: RepCalls

    @property
    def zero(self) -> int:
        return self.reps[0][0].frame

    @property
    def end(self) -> int:
        return self.reps[-1][-1].end

    def in_turn(self) -> list[Cue]:
        """Return the cues that take turns, the focus of the set first."""
        return [self._filled(cue) for cue in reminders.in_turn(self.step.exercise, self.step.turn)]

    def always(self) -> list[Cue]:
        """Return the cues for every set, but none in the first one: the briefing has just said them."""
        return [self._filled(cue) for cue in self.step.exercise.cues.always] if self.step.ordinal else []

    def _filled(self, cue: Cue) -> Cue:
        return replace(cue, text=self.kit.phrases.sided(cue.text, self.step.side))

    def says_focus(self) -> bool:
        """Tell whether the focus comes again in the set; true when there is none."""
        said = {say.text for say in self.lane.said}
        return all(cue.text in said for cue in self.in_turn()[:1])

    def has_room_for(self, *texts: str, most: float = MOST_SPEECH) -> bool:
        """Tell whether the set stays mostly silent with ``texts`` added: speech is at most that share."""
        return self.lane.spoken() + sum(map(self.kit.speech.measure, texts)) <= most * self.end

    def on_beats(self) -> dict[int, list[tuple[str, Role]]]:
        """Choose reminders to be said with the phase they belong to: what is said, by the frame of its beat.

        That is once the words are known, and never where a word names the side or ends a movement. One rep
        says how to breathe. Each set has other cues, so that no two of them sound the same.
        """
        if self.breathes:
            return {}
        waiting = [cue for cue in self.in_turn() if cue.phase][:MOST_ON_BEATS]
        at = self.zero + (self.end - self.zero) // 3
        chosen = dict[int, list[tuple[str, Role]]]()
        for beat in chain(*map(self._movements, self.reps[TAUGHT_REPS:])):
            if beat.frame < at:
                continue
            cue = next((cue for cue in waiting if self._suits(cue, beat)), None)
            if cue:
                chosen[beat.frame] = [*self._order(beat, cue), (cue.text, Role.CUE)]
                waiting.remove(cue)
                at = beat.end + CUE_EVERY
        return chosen | self._breaths_on_beats(chosen)

    def _breaths_on_beats(self, taken: Collection[int]) -> dict[int, list[tuple[str, Role]]]:
        """Choose the first rep with the most room for breaths on beats that are not ``taken``."""
        breaths = [cue for cue in self.breaths if cue.phase]
        most = dict[int, list[tuple[str, Role]]]()
        for beats in self.reps[TAUGHT_REPS:]:
            said = {
                beat.frame: [*self._order(beat, cue), (cue.text, Role.BREATH)]
                for beat in self._movements(beats)
                for cue in breaths
                if beat.frame not in taken
                and self._suits(cue, beat, may_move=self._next_opening(beat) not in taken)
            }
            most = max(most, said, key=len)
        return most

    def _movements(self, beats: Sequence[Beat]) -> list[Beat]:
        """Return those of the beats of a rep with which a reminder may come."""
        sided = self.step.exercise.sides is Sides.ALTERNATE
        return [beat for beat in beats[sided:] if beat.kind is not PhaseKind.HOLD]

    def _next_opening(self, beat: Beat) -> int:
        """Return the frame at which the rep after that of ``beat`` begins, or the set ends."""
        return self.reps[beat.rep - 1][-1].end

    def _suits(self, cue: Cue, beat: Beat, *, may_move: bool = False) -> bool:
        """Tell whether ``cue`` is true on ``beat``, and its words fit there.

        With ``may_move`` the number of its rep may give way to it, into the next one.
        """
        kept = self.calls.kept_for(beat, may_move=may_move)
        room = min(self.words_end(beat), beat.end - kept) - beat.frame
        needed = sum(self.kit.speech.measure(text) + ORDER_PAUSE for text, _ in self._order(beat, cue))
        return cue.fits(beat.phase, beat.kind) and needed + self.kit.speech.measure(cue.text) <= room

    def _order(self, beat: Beat, cue: Cue) -> list[tuple[str, Role]]:
        """Return the word that ``cue`` follows: nobody moves at "Keep your legs soft" or at "Breathe in".

        "Up through your heels" orders "Hips up" itself.
        """
        opens_rep = beat == self.reps[beat.rep - 1][0]
        texts = words_for(self.step.exercise, beat, self.kit.phrases, opens_rep=opens_rep)
        if not texts or _words(cue.text) & _words(" ".join(texts)):
            return []
        return [(min(texts, key=self.kit.speech.measure), Role.PHASE)]

    def place(self) -> None:
        """Place the focus around the middle of the set, then the others over all of it, then the breath.

        Who has prompts has no room for cues.
        """
        if not self.step.exercise.prompts:
            span, cues = self.end - self.zero, self.in_turn()
            for cue in cues[:1]:
                self._place(cue, since=self.zero + span // 3)
            others = [*self.always(), *cues[1:]]
            for number, cue in enumerate(others):
                self._place(cue, since=self.zero + span * number // len(others))
        self._place_breath()

    def _place(self, cue: Cue, *, since: int) -> None:
        """Place a cue from ``since`` on, else anywhere in the set, well apart from other cues.

        Without room it is not missed: it comes another time, or was said before the exercise.
        """
        if any(say.text == cue.text for say in self.lane.said):
            return
        free = list(self._free_for(cue)) if self.has_room_for(cue.text) else []
        later = [(max(first, since), last) for first, last in free if last > since]
        self.lane.place_in([*later, *free], [cue.text], Role.CUE, margin=CUE_MARGIN, missed=False)

    def _free_for(self, cue: Cue) -> Iterator[tuple[int, int]]:
        """Yield the stretches of the set that ``cue`` fits and in which no other cue is near.

        The first rep of an exercise is for finding the movement.
        """
        others = [say for say in self.lane.said if say.role is Role.CUE]
        reps = self.reps[1:] if self.step.ordinal == 0 and len(self.reps) > TAUGHT_REPS else self.reps
        if cue in self.always() and len(self.reps) > TAUGHT_REPS:
            reps = reps[:-1]  # too late there: what no other rep has room for is said before the set
        for first, last in _stretches(cue, chain(*reps)):
            start = first
            for say in others:
                if say.frame - CUE_EVERY > start:
                    yield start, min(last, say.frame - CUE_EVERY)
                start = max(start, say.end + CUE_EVERY)
            if start < last:
                yield start, last

    def _place_breath(self) -> None:
        """Say how to breathe every few reps, in the phase of which it is true, each way at most twice."""
        if self.breathes:
            return
        if len(self.reps) == 1:
            self._place_breath_of_one_rep()
            return
        often = Counter(say.text for say in self.lane.said if say.role is Role.BREATH)
        for rep, beats in enumerate(self.reps, start=1):
            if rep % BREATH_EVERY != BREATH_EVERY - 1:
                continue
            default = Cue(self.kit.phrases("work.breath", self.step.ordinal + rep))
            for cue in self.breaths or (default,):
                text = self.kit.phrases.sided(cue.text, beats[0].side)
                if often[text] and self._breathes_near(rep):
                    continue
                if self.has_room_for(text) and often[text] < MOST_BREATH:
                    # A long breath is a thought of its own, "Breathe in." belongs to the word before it.
                    short = cue.phase and len(text.split()) <= SHORT_BREATH
                    margin = BREATH if short else LONG_MARGIN if cue.phase else CUE_MARGIN
                    said = self.lane.place_in(
                        _stretches(cue, beats), [text], Role.BREATH, margin=margin, missed=not often[text]
                    )
                    often[text] += bool(said)

    def _place_breath_of_one_rep(self) -> None:
        """Say once how to breathe in timed work or a single long rep, where the exercise has words for it."""
        beats = self.reps[0]
        since = self.zero + (self.end - self.zero) // 4  # the first seconds are for finding the position
        for cue in self.step.exercise.breathing:
            text = self.kit.phrases.sided(cue.text, beats[0].side)
            free = list(_stretches(cue, beats))
            later = [(max(first, since), last) for first, last in free if last > since]
            if self.has_room_for(text):
                self.lane.place_in([*later, *free], [text], Role.BREATH, margin=CUE_MARGIN)

    def _breathes_near(self, rep: int) -> bool:
        """Tell whether the rep before or after ``rep`` says how to breathe."""
        around = self.reps[max(rep - 2, 0) : rep + 1]
        first, end = around[0][0].frame, around[-1][-1].end
        return any(say.role is Role.BREATH and first <= say.frame < end for say in self.lane.said)

    @cached_property
    def breathes(self) -> bool:
        """Whether its phases are those of the breath, to which no other word on breathing is true."""
        breaths = breath_names()
        return self.step.exercise.kind is Kind.BREATHING or any(
            phase.name in breaths for phase in self.step.exercise.rep
        )

    @cached_property
    def breaths(self) -> tuple[Cue, ...]:
        """How to breathe: as the exercise says, else out on the effort and in on the way back.

        The latter where something goes up and down once in a rep, and both fit; empty elsewhere. Who holds
        for long must not hold the breath in between.
        """
        exercise = self.step.exercise
        if exercise.breathing or exercise.kind not in EFFORT or counted_holds(exercise):
            return exercise.breathing
        moving = sorted(phase.kind for phase in exercise.rep if not phase.kind.is_still)
        if moving != sorted((PhaseKind.MOVE, PhaseKind.LOWER)):
            return ()
        say = self.kit.phrases
        both = (Cue(say("work.breath_out"), PhaseKind.MOVE), Cue(say("work.breath_in"), PhaseKind.LOWER))
        beats = list(chain(*map(self._movements, self.reps[TAUGHT_REPS:])))
        return (
            both if all(any(self._suits(cue, beat, may_move=True) for beat in beats) for cue in both) else ()
        )


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _stretches(cue: Cue, beats: Iterable[Beat]) -> Iterator[tuple[int, int]]:
    """Yield each stretch of ``beats`` that ``cue`` fits: its first frame, and the one after its last."""
    for fits, group in groupby(beats, key=lambda beat: cue.fits(beat.phase, beat.kind)):
        if fits:
            stretch = list(group)
            yield stretch[0].frame, stretch[-1].end
