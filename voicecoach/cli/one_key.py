"""Questions in a terminal, answered with one key each: shown, and spoken where there is a voice."""

from __future__ import annotations

import functools
import math
import queue
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Final, Self

from voicecoach.app import prepare
from voicecoach.app.compose import Sounding, Studio
from voicecoach.cli import notices, page, spoken_answers
from voicecoach.cli.pressed_keys import Pressed, PressedKeys
from voicecoach.cli.spoken_answers import AGAIN, UNCLEAR, Answering, Hearing, Spoken
from voicecoach.clock import Clock
from voicecoach.control.keyboard import Keyboard
from voicecoach.control.sources import (
    CONTINUED,
    GONE,
    INTERRUPT,
    CommandSource,
    Key,
    Signals,
    connected,
)
from voicecoach.display.signs import MICROPHONES
from voicecoach.errors import VoicecoachError
from voicecoach.language import phrases
from voicecoach.language.phrases import Message, Phrases, capitalised
from voicecoach.paragraph import filled
from voicecoach.session.commands import Command, Request
from voicecoach.session.levels import Volume
from voicecoach.session.listener import Listener, Listeners
from voicecoach.session.microphone import Microphone
from voicecoach.settings.table import View
from voicecoach.training.questions import CONFIRM, SCALE, Question
from voicecoach.voices.engines import SILENT

if TYPE_CHECKING:
    from voicecoach.audio.pcm import Samples
    from voicecoach.session.player import Player

PATIENCE: Final = 30.0
"""Seconds without a key after which the questions before a session end, as nobody is there [own choice]."""
NEW_HERE: Final = 60.0
"""The same for somebody who meets the questions for the first time [own choice]."""
_NEAR_THE_END: Final = 15.0
"""Seconds before that end at which it is told [own choice]."""
SKIP: Final = "enter"
NONE: Final = "0"
"""The key for none of several answers."""
LEAVE: Final = ("q", "escape", "ctrl+d")
LATER: Final = "w"
"""The key for answering another time, which none of the answers after a session has."""
BACK: Final = "b"
"""The key for the question before, where that is offered."""
_ONE_ANSWER: Final = 1.0
"""Seconds within which an Enter belongs to the answer before it [own choice]."""
_MENDED: Final = 1.0
"""Seconds after a wrong key in which further ones are not answered [own choice]."""
_TEN: Final = 1.5
"""Seconds within which a 0 after a 1 makes ten [own choice]."""
_SILENCE: Final = ""
_ENDS_LINE: Final = (_SILENCE, GONE.name, INTERRUPT.name, "escape", "ctrl+d")
_LONGEST: Final = 1000
"""The most letters in a comment."""


class Asker:
    """Asks one question after the other while it is open.

    Silence, :data:`LEAVE`, a signal and a terminal that is gone end the questions: later ones are skipped at
    once and not shown.
    """

    def __init__(  # noqa: PLR0913 - all but the first two are rarely wanted
        self,
        sounding: Sounding,
        clock: Clock,
        *,
        patience: float = PATIENCE,
        unanswered: str = "",
        counts: bool = False,
        later: bool = False,
        follows: str = "",
        hearing: Hearing | None = None,
    ) -> None:
        """``patience`` is in seconds and counts from the last key or the end of the question.

        Near its end it is told how long is left, once, or where it ``counts`` as a number that goes down in
        its place; then ``unanswered``, the name of a phrase. The questions can be put off where that is
        offered for ``later``. All this ``follows`` what that key ended, which may still be held. Where there
        is a ``hearing``, answers can be said as well.
        """
        self.over = False
        """Whether the questions have ended."""
        self.left = False
        """Whether they ended because the person pressed one of :data:`LEAVE`."""
        self.put_off = False
        """Whether they ended because the person will answer later."""
        self.interrupted = False
        """Whether they ended because of a signal or Ctrl-C."""
        self.heard = False
        """Whether something was spoken to a loudspeaker."""
        self._sounding = sounding
        self.patience = patience
        """Seconds without a key after which the questions end."""
        self._unanswered, self._counts = unanswered, counts
        self._ends = (*LEAVE, *([LATER] if later else []))
        self._phrases = phrases.load(sounding.language)
        self._clock = clock
        self._pressed = PressedKeys(clock)
        self._follows = follows
        self._question: tuple[str, ...] = ()
        """The question as it was spoken, with what is listed."""
        self._by_voice = False
        """Whether the last answer was said."""
        self._answered = self._mended = -math.inf
        self._mends_aloud = True
        self._stack = ExitStack()
        self._studio: Studio | None = None
        self._player: Player[Samples] | None = None
        self._wanted: Collection[str] = ()
        self._unspoken: tuple[str, ...] = ()
        self._shown: list[str] = []
        """What stands on the screen since the last answer, to be shown again after a stop."""
        self._speaks = sounding.voice != SILENT
        self._notices = _Notices()
        self._answering = Answering(hearing, clock, self._phrases)
        self._listens = bool(self._answering)
        """Whether it is still to be told that answers can be said."""

    def __enter__(self) -> Self:
        if self._follows:
            self._pressed.follow(self._follows)
        self._stack.enter_context(connected(self._sources, self._asked, self._notices.noticed))
        return self

    @property
    def _sources(self) -> tuple[CommandSource, ...]:
        return Signals(), Keyboard(), *self._answering.sources

    def __exit__(self, *_: object) -> None:
        """Leave the terminal and the voice as they were."""
        self._stack.close()
        self._notices.tell()

    @property
    def settled(self) -> bool:
        """Whether everything was asked so far, or is not wanted."""
        return self.left or not self.over

    def reopen(self) -> None:
        """Resume after skipped questions, for a question that must not be skipped."""
        self.over = self.left = self.interrupted

    def show(self, *lines: str, hang: int = 0) -> None:
        """Show lines without speaking them; what follows in a paragraph begins after ``hang`` columns."""
        for line in () if self.over else lines:
            self._print(_filled(line, hang))

    def introduce(self, *sentences: str, mark: str = "") -> None:
        """Show sentences, a paragraph each after a ``mark``, and speak them with the next question."""
        if not self.over:
            self.show(*(f"{mark}{sentence}" for sentence in sentences), hang=len(mark))
            self._unspoken += sentences

    def read_out(self, *sentences: str) -> None:
        """Speak sentences with the next question, as they are on the screen in other words already."""
        if not self.over:
            self._unspoken += sentences

    def tell(self, *sentences: str) -> None:
        """Show sentences, a paragraph each, and speak them until a key is pressed: the next question's."""
        if not self.over:
            self._say(sentences, (), *sentences)

    def key(
        self,
        question: str,
        wanted: Collection[str],
        *,
        shown: str = "",
        listed: Sequence[str] = (),
        told: Collection[str] = (),
        words: Mapping[str, str] | None = None,
        certain: bool = False,
    ) -> str:
        """Ask ``question`` and return the pressed key of ``wanted``; empty when skipped.

        ``shown`` is what the screen shows of it, when that is not the same; what is ``listed`` follows it, a
        paragraph each. A wrong key is answered with those that are ``told``, or all that are wanted: in a
        line each time, and once aloud. ``words`` has the keys of what can be said, besides numbers; what is
        said may have to be ``certain``.
        """
        if self.over:
            return ""
        words = spoken_answers.numbers(wanted, self._phrases) if words is None else words
        with self._expecting(words, wanted, certain=certain):
            return self._key(question, wanted, shown, listed, told)

    @contextmanager
    def _expecting(
        self, words: Mapping[str, str], wanted: Collection[str], *, certain: bool = False
    ) -> Iterator[None]:
        """Take what is said for its key among ``words``, and what ends or skips a question for that.

        The first time it is told that answers can be said.
        """
        if self._listens:
            self._listens = False
            self._tell_of_voice()
        ends = {"skip": SKIP, "leave": LEAVE[0], "again": AGAIN.name}
        ends |= {"later": LATER} if LATER in self._ends else {}
        free = {name: key for name, key in ends.items() if key not in wanted}
        keys = dict(words)
        for name, key in free.items():
            keys = {**keys, **spoken_answers.general(name, key, self._phrases), **words}
        with self._answering.expecting(keys, certain=certain):
            yield

    def _tell_of_voice(self) -> None:
        """Show that the microphone is open, and the first time tell what can be said."""
        microphone = self._answering.microphone
        sign = Microphone.ON if microphone is Microphone.VOICE else microphone
        self.show(f"{MICROPHONES[sign]} {self._phrases.part(f'screen.microphone.{sign}')}")
        if notices.is_new(told := self._phrases("ask.by_voice")):
            self.introduce(told)

    def _key(
        self,
        question: str,
        wanted: Collection[str],
        shown: str,
        listed: Sequence[str],
        told: Collection[str],
    ) -> str:
        self._mends_aloud = True
        self._question = question, *listed
        self._say(self._question, (*wanted, SKIP, *self._ends), shown or question, *listed)
        return self._wanted_key(wanted, told or wanted)

    def _wanted_key(self, wanted: Collection[str], answers: Collection[str], *, at_once: bool = False) -> str:
        """Return the next key of ``wanted``; empty for Enter, which counts ``at_once`` or a while later."""
        while True:
            pressed = self._next()
            if pressed.again:
                continue
            key = pressed.key.lower()
            # An Enter may belong to the answer before.
            late = pressed.at - self._answered <= _ONE_ANSWER and not pressed.said
            if key in wanted and not (key == SKIP and late):
                self._take(key, pressed)
                return key
            if key in LEAVE:
                self.over = self.left = True
            elif key in self._ends:
                told = self._phrases("ask.put_off")
                self._say((told,), (), told)
                self.over = self.put_off = True
            if self.over or (key == SKIP and (at_once or not late)):
                return ""
            if key not in {SKIP, CONTINUED.name}:
                self._mend(pressed, answers, wanted)

    def _take(self, key: str, pressed: Pressed) -> None:
        """Show the ``key`` of an answer; what was said is told before whatever comes next."""
        self._answered, self._by_voice = pressed.at, pressed.said
        self._shown.clear()
        if pressed.said:
            self._unspoken += (self._phrases("ask.heard", answer=self._answering.word(key)),)
        if len(key) == 1:
            _show(f"  {'10' if key == SCALE[-1].key else key}")

    def _mend(self, pressed: Pressed, told: Collection[str], wanted: Collection[str]) -> None:
        """Say which keys answer after a wrong one, or what to say after an answer that is not certain.

        Who asks for that hears the question again.
        """
        if pressed.key == AGAIN.name:
            self._say((self._phrases("ask.by_voice"), *self._question), (*wanted, SKIP, *self._ends))
        elif pressed.key == UNCLEAR.name:
            named = [self._answering.word(key) for key in _or_enter(told)]
            sentence = self._phrases("ask.unclear", answers=_either(named, self._phrases))
            self._say((sentence,), (*wanted, SKIP, *self._ends), sentence)
        elif pressed.at - self._mended > _MENDED:
            keys = _listed(_or_enter(told), self._phrases)
            sentence = self._phrases("ask.press", keys=keys)
            self._say((sentence,) if self._mends_aloud else (), (*wanted, SKIP, *self._ends), sentence)
            self._mends_aloud = False
        self._mended = pressed.at

    def answer(
        self,
        question: Question,
        sentence: str,
        *,
        shown: str = "",
        listed: Sequence[str] = (),
        goes_back: bool = False,
        words: Mapping[str, str] | None = None,
    ) -> object | None:
        """Ask a ``question`` of the table with ``sentence`` and return the answer; None when skipped.

        ``shown`` is what the screen shows of it, when that is not the same; what is ``listed`` follows it.
        Where it ``goes_back``, :data:`BACK` may be the answer. ``words`` has the keys of what else can be
        said than to every such question.
        """
        if not question.answers:
            return self.line(sentence, shown=shown).strip() or None
        words = {**(words or {}), **spoken_answers.answers(question, self._phrases)}
        if goes_back:
            words |= spoken_answers.general("back", BACK, self._phrases)
        if question.several:
            return self._several(question, sentence, shown, listed, words, goes_back=goes_back)
        keys = (*question.keys, *([BACK] if goes_back else []))
        certain = spoken_answers.is_certain(question)
        key = self.key(
            sentence, keys, shown=shown, listed=listed, told=question.told_keys, words=words, certain=certain
        )
        if goes_back and key == BACK:
            return BACK
        if question.answers == SCALE and key == "1" and not self._by_voice and self._zero_follows():
            _show("  10")
            return 10
        return question.meant_by(key)

    def _several(
        self,
        question: Question,
        sentence: str,
        shown: str,
        listed: Sequence[str],
        words: Mapping[str, str],
        *,
        goes_back: bool,
    ) -> object | None:
        """Return every answer whose key is pressed before Enter, none after 0; None when skipped."""
        chosen: list[object] = []
        keys = (*question.keys, NONE, *([BACK] if goes_back else []))
        told = (*question.keys, NONE, SKIP)
        if self.over:
            return None
        with self._expecting(words, keys):
            key = self._key(sentence, keys, shown, listed, told)
            while key and key != NONE:
                if key == BACK:
                    return BACK
                chosen.append(question.meant_by(key))
                if self._by_voice:
                    self._say((), (*keys, SKIP, *self._ends))  # what was heard: nothing else follows it
                key = self._wanted_key(keys, told, at_once=True)
        return tuple(dict.fromkeys(chosen)) if chosen or key == NONE else None

    def line(self, question: str, *, shown: str = "") -> str:
        """Return the text typed until Enter or silence; empty after Escape, and when it is skipped aloud."""
        if self.over:
            return ""
        with self._expecting(spoken_answers.general("skip", SKIP, self._phrases), LEAVE):
            return self._line(question, shown or question)

    def _line(self, question: str, shown: str) -> str:
        self._say((question,), (), shown)
        typed, fresh = "", False
        while (pressed := self._next(tells=False)).key not in _ENDS_LINE:  # nothing stands in what is typed
            key, fresh = pressed.key, fresh or not pressed.again
            if not fresh:
                continue  # the key of the last answer, which is still held
            if key == CONTINUED.name:
                _show(typed, end="")
            elif key == "backspace" and typed:
                typed = typed[:-1]
                _show("\b \b", end="")
            elif len(key) == 1 and key.isprintable() and len(typed) < _LONGEST:
                typed += key
                _show(key, end="")
            elif key == SKIP and (typed or pressed.said or pressed.at - self._answered > _ONE_ANSWER):
                break
        _show("")
        self._shown.clear()
        return typed if pressed.key in {SKIP, _SILENCE, GONE.name} else ""

    def _asked(self, request: Key | Request | Volume) -> None:
        if isinstance(request, Key):
            self._press(request.name, said=isinstance(request, Spoken))

    def _press(self, key: str, *, said: bool) -> None:
        """Take a key from the keyboard's thread, one that was said, or a signal."""
        if key == INTERRUPT.name:
            self.over = self.interrupted = True
        pressed = self._pressed.put(key, said=said)
        if pressed.again:
            return
        player = self._player
        wanted = key.lower() in self._wanted or key == CONTINUED.name
        if player is not None and (self.over or not self._wanted or wanted or key == GONE.name):
            player.send(Command.STOP)

    def _next(self, *, tells: bool = True) -> Pressed:
        """Wait for the next key until the patience is over, and where it ``tells`` say so near its end."""
        pressed = self._in_time(tells=tells)
        if pressed.key == _SILENCE and self._unanswered:
            self._say((self._phrases(self._unanswered),), (), self._phrases(self._unanswered))
        if pressed.key in {_SILENCE, GONE.name}:
            self.over = True
        elif pressed.key == CONTINUED.name:  # the shell has written below the question
            _show("\n".join(("", *self._shown)))
        return pressed

    def _in_time(self, *, tells: bool) -> Pressed:
        until = self._clock.now() + self.patience
        tells = tells and _NEAR_THE_END < self.patience < math.inf
        pressed = self._wait(self.patience - _NEAR_THE_END if tells else self.patience)
        if pressed.key != _SILENCE or not tells:
            return pressed
        left = Message("ask.rest", n=self._left(until))
        told = capitalised(self._phrases.tell(left))
        if not self._counts:
            self._say((told,), (), told)
            return self._wait(until - self._clock.now())
        _show(self._rest(until), end="")
        self._say((told,), ())
        while pressed.key == _SILENCE and (self._clock.now() < until or self._pressed.are_there):
            _show(f"\r\x1b[K{self._rest(until)}", end="")
            pressed = self._wait(min(1, until - self._clock.now()))
        _show("\r\x1b[K", end="")
        return pressed

    def _left(self, until: float) -> int:
        """Return how many seconds are left, at least one."""
        return max(1, round(until - self._clock.now()))

    def _rest(self, until: float) -> str:
        """Return what shows how long is left."""
        return self._phrases.tell(Message("ask.rest_shown", n=self._left(until)))

    def _wait(self, seconds: float) -> Pressed:
        return self._pressed.wait(seconds) or Pressed(_SILENCE, self._clock.now())

    def _zero_follows(self) -> bool:
        """Tell whether a zero follows a one, which makes ten."""
        pressed = self._wait(_TEN)
        while pressed.again:
            pressed = self._wait(_TEN)
        if pressed.key not in {"0", _SILENCE}:
            self._pressed.put_back(pressed)
        return pressed.key == "0"

    def _say(self, sentences: tuple[str, ...], wanted: Collection[str], *shown: str) -> None:
        """Show paragraphs, and speak unless a key came already; the questions go on without a voice.

        What is noticed stands before or after them, not between a question and its answer. An empty
        ``wanted`` means any key.
        """
        sentences, self._unspoken = (*self._unspoken, *sentences), ()
        try:
            if sentences and self._speaks and not self._pressed.are_there:
                self._wanted = wanted
                if self._studio is None:
                    self._studio = self._stack.enter_context(Studio(self._sounding, self._notices.noticed))
                    self._studio.attended_by(self._answering.attend)
                listener = Listeners(self._notices, self._answering.coach)
                self._player = self._studio.player(prepare.remark(*sentences), listener, self._clock)
        except VoicecoachError as error:
            self._fell_silent(error)
        self._notices.tell()
        self.show(*shown)
        if self._player is None or self._studio is None:
            return
        try:
            if self._pressed.are_there:
                self._player.send(Command.STOP)
            self._answering.coach.began()
            self._player.run(waits=False)
            self.heard = not (self._studio.is_silent or self._studio.lack)
        except VoicecoachError as error:
            self._fell_silent(error)
        finally:
            self._player = None
            self._answering.coach.ended()

    def _print(self, text: str) -> None:
        self._shown.append(text)
        _show(text)

    def _fell_silent(self, error: VoicecoachError) -> None:
        self._speaks = False
        self._notices.noticed(str(error))


def counts_down(view: View) -> bool:
    """Tell whether a number may go down in its place: in a terminal that can, unless lines are wanted."""
    return view is not View.PLAIN and page.moves_cursor()


def confirmed(question: str, say: Phrases, clock: Clock) -> bool:
    """Ask for a yes or no with one key, and wait for it; leaving is a no. Raises KeyboardInterrupt."""
    found = None
    with Asker(Sounding(SILENT), clock, patience=math.inf) as ask:
        while found is None and not ask.over:
            found = ask.answer(CONFIRM, f"{question} {say('person.yes_or_no')}")
    if ask.interrupted:
        raise KeyboardInterrupt
    return bool(found)


def _or_enter(keys: Collection[str]) -> Collection[str]:
    """Return the ``keys`` to be told; with a single one that of Enter, too."""
    return keys if len(keys) > 1 else (*keys, SKIP)


def _listed(keys: Collection[str], say: Phrases) -> str:
    """Name keys: numbers in a row by the first and the last, and each other one."""
    numbers = sorted(key for key in keys if key.isdigit())
    others = [say.part("keys.enter") if key == SKIP else key for key in keys if not key.isdigit()]
    if len(numbers) > 2 and int(numbers[-1]) - int(numbers[0]) == len(numbers) - 1:
        numbers = [say.part("keys.to", first=numbers[0], last=numbers[-1])]
    return _either(numbers + others, say)


def _either(names: Sequence[str], say: Phrases) -> str:
    return functools.reduce(lambda some, one: say.part("keys.or", first=some, second=one), names)


class _Notices(Listener):
    """Keeps failures until they can be told, in one line: the question itself is already on the screen."""

    def __init__(self) -> None:
        self._kept: queue.SimpleQueue[str] = queue.SimpleQueue()

    def noticed(self, text: str) -> None:
        if notices.is_new(text):
            self._kept.put(text)

    def tell(self) -> None:
        """Show what was noticed since the last time."""
        if not self._kept.empty():
            _show(_filled(" ".join(self._kept.get() for _ in range(self._kept.qsize()))))


def _show(text: str, end: str = "\n") -> None:
    sys.stdout.write(f"{text}{end}")
    sys.stdout.flush()


def _filled(text: str, hang: int = 0) -> str:
    return filled(text, page.width(sys.stdout), hang=hang)
