"""The only loop: it obeys commands, writes blocks, and reports what is heard."""

from __future__ import annotations

import queue
from dataclasses import replace
from typing import Generic

from voicecoach.clock import Alarm, Clock
from voicecoach.session.asides import Aside, Asides
from voicecoach.session.audibility import Audibility, phrase_for
from voicecoach.session.commands import ByVoice, Command, Door, Doubt, Request, all_taught
from voicecoach.session.doubted import Doubted
from voicecoach.session.edits import concluded, count_back, left_early, revise, shortened, uncounted
from voicecoach.session.levels import Levels, Volume
from voicecoach.session.listener import Ending, Listener, Summary
from voicecoach.session.lookahead import Lookahead
from voicecoach.session.playhead import Playhead, Reporter
from voicecoach.session.ports import Block, Director, Mixer, Output
from voicecoach.session.revision import Refused, Revision, Steps, unpraised
from voicecoach.session.running_plan import RunningPlan, Stretch
from voicecoach.session.transport import MOVING, STILL, State, Transport, obey
from voicecoach.session.undo import Left, Undo
from voicecoach.session.whereabouts import time_left
from voicecoach.session.workload import beyond_most, prescriber
from voicecoach.timeline.every import after_set, start_of_round
from voicecoach.timeline.segment import Sound
from voicecoach.timeline.steps import Hurt, Work, works
from voicecoach.units import frames

BLOCK = frames(0.16)
"""Frames written at a time, and so how often the player wakes and tells how far it is: three periods of a
loudspeaker, which holds nearly as much, so that what is told is not behind what is heard. A command wakes it
at once."""
MOMENT = 0.02
"""Seconds between two looks at what says nothing when it happens: a segment is compiled, the end is heard."""
TWICE = 6.0
"""Seconds in which a person who wants to leave asks for it again. A slow screen reader takes three of them to
say so, and the full screen shows it as long [own choice]."""
IDLE = 0.5
"""Seconds between two looks while the session is paused and nothing can happen but a command."""


class Player(Generic[Block]):
    """Plays one session on one output, once.

    ``segments`` compiles the steps and is closed at the end; ``director`` plans what the person asks for
    instead.
    """

    def __init__(
        self,
        steps: Steps,
        segments: Lookahead,
        director: Director,
        *,
        mixer: Mixer[Block],
        output: Output[Block],
        listener: Listener,
        clock: Clock,
    ) -> None:
        self._segments = segments
        self._director = director
        self._plan = RunningPlan(steps, segments, director)
        self._playhead = Playhead(self._plan)
        self._reporter = Reporter(listener, self._playhead)
        self._mixer = mixer
        self._output = output
        self._listener = listener
        self._clock = clock
        self._commands: queue.SimpleQueue[Request | Volume] = queue.SimpleQueue()
        self._alarm = Alarm()
        self._doubt: Doubted | None = None
        """What the coach asks about, in a pause."""
        self._asides = Asides(self._plan, self._playhead, director, self._alarm.ring)
        self._mixed: tuple[Stretch, Block] | None = None
        """The next block, kept while there is no room for it, so that each is mixed once."""
        self._stopped = False
        """Whether the person has asked for the end."""
        self._undo = Undo()
        self._leaves: float | None = None
        """When the person first asked to leave, if nothing has moved the session since then."""
        self._skips = False
        """Whether the last command within the plan was a skip."""
        self._audibility = Audibility.HEARD
        """How the session is heard, as far as the person was told."""
        self._waits = True
        """Whether a lost loudspeaker is waited for."""

    def send(self, request: Request | Volume) -> None:
        """Queue a request; may be called from any thread and from a signal handler."""
        self._commands.put(request)
        self._alarm.ring()

    def run(self, *, waits: bool = True) -> Summary:
        """Play until the end or STOP, and close the output, which must have been started.

        It ``waits`` for a loudspeaker that is lost, or else goes on silently.
        """
        self._waits = waits
        self._listener.planned(self._plan.script(0))
        try:
            while not self._ended or (self._playhead.sounding and not self._stopped):
                self._turn()
        except BaseException:
            self._output.close(drain=False)
            raise
        finally:
            self._segments.close()
        self._output.close()
        self._reporter.tell(State.ENDED)
        steps = self._plan.steps
        finished = self._playhead.at.finished and (self._has_exercised or not works(steps))
        return Summary(finished, self._playhead.heard, steps, self._reporter.results)

    def _turn(self) -> None:
        self.heed_output()
        self._obey_all()
        self._speak_aside()
        if self._playhead.outstanding and self._playhead.at.state in {*STILL, State.ENDED}:
            self._clock.wait(self._alarm, MOMENT)
        elif self._playhead.at.state in STILL:
            self._clock.wait(self._alarm, IDLE)
        elif not self._ended and not self._write():
            self._output.wait(self._alarm)
        self._report()

    @property
    def _has_exercised(self) -> bool:
        """Whether any exercise was more than skipped."""
        return any(result.ending is not Ending.SKIPPED for result in self._reporter.results)

    @property
    def _ended(self) -> bool:
        return self._playhead.at.state is State.ENDED

    # Obeying

    def _obey_all(self) -> None:
        while not self._commands.empty():
            request = self._commands.get()
            self._report()
            if isinstance(request, Volume):
                self._set_levels(self._mixer.levels.at_volume(request))
                continue
            command = request if isinstance(request, Command) else request.command
            try:
                if isinstance(request, Doubt):
                    self._ask_about(command)
                else:
                    self._obey(command, aloud=isinstance(request, ByVoice))
            except Refused as refusal:
                self._output.overlay(self._mixer.sound(Sound.REFUSED))
                why = self._director.say(f"refused.{refusal.reason}", **refusal.blanks)
                self._listener.refused(command, why)

    def _obey(self, given: Command, *, aloud: bool = False) -> None:
        """Do what is asked for; ``aloud`` is for one that spoke.

        Raises Refused, before anything has changed.
        """
        if (command := self._meant(given, aloud=aloud)) is None:
            return
        if command.row.door is Door.LEVEL:
            self._adjust(command)
        elif self._ended or (command.row.jumps and self._is_skipping):
            return
        elif command is Command.LEAVE:
            self._leave()
        elif command is Command.UNDO:
            self._take_back()
        elif command is Command.NO:
            self._accept(command)
        elif command.row.door is Door.ANSWER:
            self._answer(command)
        elif command is Command.READY and self._counts():
            self._revise(Command.COUNT)
        elif command.row.door is Door.EDIT:
            self._revise(command)
        else:
            self._steer(command, aloud=aloud)

    def _ask_about(self, command: Command) -> None:
        """Pause, and ask whether ``command`` was meant. Asked for twice, it was. Raises Refused."""
        before, state = self._doubt, self._playhead.at.state
        if self._ended:
            return
        if before is not None and before.command is command:
            self._obey(Command.YES)
            return
        if state is State.PAUSED:
            self._output.overlay(self._mixer.sound(Sound.ACCEPTED))
        else:
            self._steer(Command.PAUSE)
        self._doubt = Doubted(command, before.goes_on if before else state is not State.PAUSED)
        question = self._director.say(f"doubt.{command}")
        self._listener.noticed(f"{question} {self._director.say('doubt.keys')}")
        self._asides.waiting = Aside((question,), self._clock.now())

    @property
    def asks(self) -> bool:
        """Whether the coach asks something, so that a key may answer it."""
        return self._doubt is not None

    def _meant(self, command: Command, *, aloud: bool) -> Command | None:
        """Return what ``command`` means, which may be an answer to what the coach asks.

        None for an answer where nothing is asked: whoever is in the room may say "yes" or "no".
        """
        doubt = self._doubt
        if doubt is None:
            if aloud and command is Command.READY and self._playhead.at.state is State.PAUSED:
                return Command.RESUME  # whoever has paused says so when they are ready
            return None if command in {Command.YES, Command.NO} else command
        if doubt.stays_after(command):
            return command
        self._doubt, self._asides.waiting = None, None
        return doubt.meant_by(command)

    def _answer(self, command: Command) -> None:
        """Show the answer at once, unless it is long and seen when it is said, and say it soon."""
        self._accept(command)
        at, say = self._playhead.transport, self._director.say
        if command is Command.TIME_LEFT:
            texts = time_left(self._plan.segment(at.segment), self._playhead.remaining, say)
        else:
            texts = (say("answer.options", phrases=say.listed(all_taught(say))),)
        is_long = command is Command.OPTIONS
        if at.state is not State.PLAYING or not is_long:
            self._listener.noticed(" ".join(texts))
        self._asides.waiting = Aside(texts, self._clock.now(), interrupts=is_long)

    def _speak_aside(self) -> None:
        """Say what there is to say besides the plan: over the silence of a pause, or before it goes on."""
        text = self._asides.take(self._clock.now())
        if text and self._playhead.at.state in STILL:
            self._output.overlay(self._mixer.words(text))
        elif text:
            self._interrupt()
            self._resume(self._playhead.transport, text)

    def _resume(self, at: Transport, said: str) -> None:
        """Go on where it is, as after a pause there, with a sentence that is ``said`` before that."""
        held = self._playhead.held(replace(at, state=State.PAUSED))
        self._go_on(obey(held, Command.RESUME, self._plan.outline), said)

    def _leave(self) -> None:
        """Stop when that was asked for just before, and else ask for it again.

        Where time stands still, so does what the screen shows of it.
        """
        now, before, still = self._clock.now(), self._leaves, self._playhead.at.state in STILL
        if before is not None and (still or now - before <= TWICE):
            self._steer(Command.STOP)
        else:
            self._leaves = now
            self._accept(Command.LEAVE)

    @property
    def _is_skipping(self) -> bool:
        """Whether nothing was heard yet from where the last skip leads, so that nobody can want the next.

        By what is heard and not by time, as the voice may be long in coming; where time stands still, every
        skip is obeyed.
        """
        return self._skips and self._playhead.is_arriving and self._playhead.at.state in MOVING

    def _counts(self) -> bool:
        """Tell whether Enter counts a round or a rep now."""
        place = self._plan.place(self._playhead.at)
        playing = self._playhead.transport.state is State.PLAYING
        return playing and place.segment.counts(place.frame)

    def _adjust(self, command: Command) -> None:
        levels = self._mixer.levels.adjusted(command)
        if levels == self._mixer.levels:
            raise Refused("last_level")
        self._set_levels(levels)
        self._accept(command)

    def _set_levels(self, levels: Levels) -> None:
        silenced = levels.muted and not self._mixer.levels.muted
        self._mixer.levels = levels
        self._listener.levels_changed(levels)
        if silenced and self._playhead.at.state is State.PLAYING:  # at once, and not after what is mixed
            self._interrupt()
            self._go_on(self._playhead.transport)

    def _steer(self, command: Command, *, aloud: bool = False) -> None:
        """Move within the present plan. Raises Refused where that is nothing to be quiet about."""
        before = self._playhead.transport
        after = obey(before, command, self._plan.outline)
        if after == before:
            if command.row.quiet and not aloud:
                return
            raise _without_effect(command)
        if command.row.jumps and after.state is not State.ENDED and after.segment <= before.segment:
            self._heed_most(after.segment)
        self._accept(command)
        self._skips = command.row.jumps
        self._interrupt()
        before, left = self._playhead.transport, self._left_by(command)
        after = obey(before, command, self._plan.outline)
        if command is Command.STOP:
            self._stopped = True
            self._reporter.leave(Ending.STOPPED)
        elif command.row.jumps or after.segment != before.segment:
            self._reporter.leave(Ending.SKIPPED if command.row.jumps else Ending.DONE)  # it waited for them
            self._undo.keep(left, len(self._reporter.results))
        if command.row.jumps and after.state is not State.ENDED:
            self._conclude(after.segment, left=before.segment if command is Command.NEXT else None)
        if command is Command.READY:
            self._keep_time(before.segment)
        elif after.segment != before.segment and self._plan.enter(after.segment):
            self._listener.planned(self._plan.script(after.segment))
        self._go_on(after)

    def _heed_most(self, coming: int) -> None:
        """Refuse to go back to step ``coming`` where more would then be done than was prescribed."""
        steps = self._plan.steps
        if too_much := beyond_most(steps, coming, self._reporter.so_far):
            by = prescriber(steps)
            raise Refused("most_by" if by else "most", name=too_much.name, by=by)

    def _keep_time(self, index: int) -> None:
        """Let what follows the set at ``index``, which is over, take what is left of its round."""
        elapsed = self._reporter.since_go(start_of_round(self._plan.steps, index))
        steps = after_set(self._plan.steps, index, elapsed)
        if steps is not self._plan.steps:
            self._plan.follow(Revision(steps), self._playhead.place)
            self._listener.planned(self._plan.script(index))

    def _conclude(self, coming: int, *, left: int | None) -> None:
        """Let what is still said be true when the session goes on at step ``coming``.

        ``left`` is a step whose exercise was skipped.
        """
        steps = self._plan.steps
        idle = not self._has_exercised and not works(steps[coming:])
        if left is not None:
            steps = left_early(shortened(unpraised(steps, left)), left, coming)
        steps = uncounted(concluded(steps, idle=idle), coming)
        if steps is not self._plan.steps:
            self._plan.follow(Revision(steps), self._playhead.place)
            self._listener.planned(self._plan.script(coming))

    def _revise(self, command: Command) -> None:
        """Change to another plan."""
        at, splicing = self._playhead.at, command.row.splices
        place = self._plan.place(at) if splicing else self._playhead.place
        revision = revise(self._plan.steps, place, command, self._director)
        self._accept(command)
        if revision.talk:
            self._listener.noticed(self._director.say(f"talk.{revision.talk}"))
        if revision.jump is None and (splicing or self._plan.keeps(revision, at.segment)):
            if command is Command.COUNT:
                self._undo.keep(self._left_by(command), len(self._reporter.results))
            self._plan.follow(revision, place)
        else:  # some of what follows what is heard was written already, and something else comes now
            self._interrupt()
            if revision.jump is not None:
                left = self._left_by(command)
                self._reporter.leave(Ending.HURT if command is Command.HURTS else Ending.SKIPPED)
                if isinstance(said := revision.steps[revision.jump], Hurt):
                    self._reporter.hurt(said.exercise.key, self._first_set(said.exercise.key))
                self._undo.keep(left, len(self._reporter.results))
            after = self._plan.after(revision, self._playhead.transport)
            self._plan.follow(revision, place)
            self._go_on(after)
        self._listener.planned(self._plan.script(self._playhead.transport.segment))

    def _left_by(self, command: Command) -> Left:
        """Return the session as it is, which ``command`` is about to leave."""
        at = self._playhead.transport
        return Left(command, at.state, at.frame, self._plan.state(at.segment), self._reporter.state)

    def _take_back(self) -> None:
        """Go back to where the last command that led elsewhere was given, as after a pause there.

        A set that was begun since then is left. A person who has paused goes on when they ask for it.
        """
        left, through = self._undo.take(self._playhead.heard)
        if left.command is Command.COUNT:
            self._count_back()
            return
        self._accept(Command.UNDO)
        self._skips = False
        self._interrupt()
        self._reporter.leave(Ending.SKIPPED)
        segment = self._plan.restore(left.plan)
        at = Transport(State.PAUSED, left.plan.index, segment.resume_at(left.frame))
        self._playhead.go_back(segment, left.frame)
        self._reporter.take_back(left.command, at.segment, left.sets, through)
        self._listener.planned(self._plan.script(at.segment))
        goes_on = State.PAUSED not in {left.state, self._playhead.at.state}
        self._go_on(obey(at, Command.RESUME, self._plan.outline) if goes_on else at)

    def _count_back(self) -> None:
        """Count one round less of the set that goes on. Raises Refused when it is over."""
        place = self._plan.place(self._playhead.at)
        revision = count_back(self._plan.steps, place)
        self._accept(Command.UNDO)
        self._plan.follow(revision, place)
        self._listener.planned(self._plan.script(self._playhead.transport.segment))

    def _first_set(self, key: str) -> Work | None:
        """Return the first set of the exercise with that key; None when it has none."""
        sets = (each for each in self._plan.steps if isinstance(each, Work))
        return next((each for each in sets if each.exercise.key == key), None)

    def _accept(self, command: Command) -> None:
        self._output.overlay(self._mixer.sound(Sound.ACCEPTED))
        self._listener.obeyed(command)

    def _interrupt(self) -> None:
        """Drop what is mixed and not yet heard."""
        forgotten = self._output.drop()
        self._playhead.dropped(forgotten)
        self._mixer.dropped(forgotten + (self._mixed[0].length if self._mixed else 0))
        self._mixed = None
        self._report()

    def _go_on(self, after: Transport, said: str = "") -> None:
        """Move to ``after``, speaking ``said`` first.

        While the loudspeaker is lost, hold there in LOST instead; from LOST itself, any command that starts
        playing again (resume, next, repeat) goes on without sound.
        """
        if self._audibility is Audibility.LOST and after.state in MOVING:
            if self._playhead.at.state is State.LOST:
                self._output.go_on()
                self._listener.noticed(self._learn(self._output.audibility()))
            else:
                after = replace(after, state=State.LOST)
        self._leaves = None
        self._plan.forget_interjection()
        self._playhead.lead(self._playhead.held(after), said)
        self._reporter.tell(self._playhead.at.state)

    # Writing

    def _write(self) -> bool:
        """Write the next block; False when there is no room or nothing to write yet."""
        self._mixed = self._mixed or self._mix()
        if self._mixed is None:
            return False
        stretch, block = self._mixed
        if not self._output.write(block):
            return False
        self._mixed = None
        self._playhead.wrote(stretch)
        return True

    def _mix(self) -> tuple[Stretch, Block] | None:
        due = self._playhead.due(MOMENT)
        if due is None:
            return None
        length = min(BLOCK, due.length)
        counting_in = self._playhead.at.state is State.COUNTING_IN
        then = None if counting_in else self._plan.following(due.segment)
        block = self._mixer.block(due.segment, due.start, length, then)
        return Stretch(due.segment, due.start, due.start + length), block

    def _report(self) -> None:
        self._reporter.report(self._output.delivered)

    # Losing the loudspeaker, and finding one

    def heed_output(self) -> None:
        """Tell what has become of the loudspeaker, and hold the session or go on accordingly."""
        audibility = self._output.audibility()
        if audibility is Audibility.LOST and not self._waits:
            self._output.go_on()
            audibility = self._output.audibility()
        if audibility is self._audibility:
            return
        told = self._learn(audibility)
        self._interrupt()
        at = self._playhead.transport
        goes_on = at.state is State.LOST or at.state in MOVING
        speaks = goes_on and audibility is Audibility.HEARD and self._director.can_say(told)
        said = told if speaks else ""
        if not said:
            self._listener.noticed(told)
        if goes_on:
            self._resume(at, said)

    def _learn(self, audibility: Audibility) -> str:
        """Note that the session is heard otherwise than before, and return the sentence that tells of it."""
        phrase, self._audibility = phrase_for(audibility, self._audibility), audibility
        self._listener.audibility_changed(audibility)
        return self._director.say(phrase)


def _without_effect(command: Command) -> Refused:
    """Return why nothing comes of ``command``, which moves the session, where it changes nothing."""
    match command:
        case Command.PAUSE:
            return Refused("paused")
        case Command.RESUME:
            return Refused("going_on")
        case Command.READY:
            return Refused("nothing_waits")
        case _:
            return Refused("nothing_to_skip")
