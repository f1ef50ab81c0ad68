"""Reads the plain text of a leaflet: an exercise a line, with its dose, and the words around them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from voicecoach.errors import Place
from voicecoach.routine.files import day_words, described, leaflet_words
from voicecoach.routine.files.described import Described, NamedExercises
from voicecoach.routine.files.dose_words import WrittenDose
from voicecoach.routine.files.located_yaml import Mistakes
from voicecoach.routine.files.outline import Loss, Outline, OutlineItem, sayable
from voicecoach.routine.files.values import MAX_ITEMS, MAX_NAME
from voicecoach.text import clean
from voicecoach.units import format_count, format_duration

MAX_LINE: Final = 400
"""Characters; a longer line is a paragraph, and is kept as a comment. [own choice]"""
_LINE_END: Final = re.compile(r"\r\n?|\n")
"""Where editors begin a new line."""
_LONG_NAME: Final = 8
"""Words; more of them without a dose are a sentence. [own choice]"""
_OFTEN: Final = "the coach does not count the sessions of a day or a week; 'days' above can say it"
_NO_ROUNDS: Final = f"'repeat' takes a number from 1 to {MAX_ITEMS}"


def outline(text: str, shelf: NamedExercises) -> Outline:
    """Return what the leaflet ``text`` describes."""
    reader = _LeafletReader(shelf)
    for number, line in enumerate(_LINE_END.split(text), start=1):
        reader.line(line, number)
    return reader.end()


@dataclass
class _LeafletReader:
    """Reads a leaflet line by line."""

    shelf: NamedExercises
    found: Outline = field(default_factory=Outline)
    now: Described | None = None
    """The exercise that the lines are about; its dose may still come."""
    first: bool = True
    """Whether no line with words has come yet."""
    rounds: OutlineItem | None = None
    """The rounds that everything from here on belongs to."""
    indent: int = 0

    def line(self, raw: str, number: int) -> None:
        indent = len(raw) - len(raw.lstrip())
        place = Place(number, indent + 1)
        if len(cleaned := clean(raw)) > MAX_LINE:
            self.lose(cleaned, "it is too long for a line about one exercise", place)
            return
        text, bullet, heading = leaflet_words.undecorated(cleaned)
        if not text:
            return
        if heading:
            self.heading(text, place)
        elif not self.special(text, place):
            self.words(text, place, bullet=bullet, inside=indent > self.indent)
        self.first = False

    def special(self, text: str, place: Place) -> bool:
        """Read a line about no single exercise: rests, rounds, how often. Tells whether it is one."""
        text = leaflet_words.plain_numbers(text)
        rest, often = leaflet_words.take_often(text)
        if clocked := leaflet_words.clocked(text):
            self.finish()
            self.lose(text, clocked, place)
        elif often and (days := day_words.meant(whole := text.strip(" .!"))) and "on" not in days:
            self.often(whole, place)
        elif often and not rest.strip(" .!"):
            for each in often:
                self.often(each, place)
        elif rounds := leaflet_words.rounds(text):
            self.repeat(*rounds, text, place)
        elif leaflet_words.is_rest(text) and not self.shelf.called(text):
            self.rest(text, place)
        else:
            return False
        return True

    def often(self, words: str, place: Place) -> None:
        self.finish_title()
        if self.found.days:
            self.lose(words, _OFTEN, place)
        else:
            self.found.days = sayable(words, MAX_NAME)

    def rest(self, text: str, place: Place) -> None:
        """Read a line about a rest: after an exercise, or between sets or rounds."""
        self.finish_title()
        try:
            found = leaflet_words.rest(text)
        except Mistakes as error:
            self.lose(text, f"{error.mistakes[0].wrong}; {error.mistakes[0].expected}", place)
            return
        seconds, between = found or (0.0, "")
        if found is None:
            self.lose(text, "a rest needs a time, as in 'Rest 30 s'", place)
        elif between == "set" and self.now is not None:
            self.pause(self.now, seconds, text, place)
        elif between == "round" and self.rounds is not None and isinstance(self.rounds.step, dict):
            self.rounds.step = {**self.rounds.step, "rest": format_duration(seconds)}
        elif between:
            self.lose(text, "a rest is written where it comes, as 'rest: 30s'", place)
        else:
            self.finish()
            self.put(OutlineItem(place=place, step={"rest": format_duration(seconds)}))

    def repeat(self, count: int, back: bool, text: str, place: Place) -> None:  # noqa: FBT001 - from one pattern
        self.finish()
        rounds = OutlineItem(place=place, step={"repeat": count})
        if not 1 <= count <= MAX_ITEMS:
            self.lose(text, _NO_ROUNDS, place)
        elif back and self.rounds is None:
            rounds.inner, self.found.items = self.found.items, [rounds]
        elif not back:
            self.rounds = rounds
            self.found.items.append(rounds)
        else:
            self.lose(text, "the exercises before it are in rounds already", place)

    def heading(self, text: str, place: Place) -> None:
        self.finish()
        self.rounds = None
        if self.first and not self.found.title:
            self.found.entitle(text, place)
        else:
            self.put(OutlineItem(place=place, comments=[text]))

    def words(self, text: str, place: Place, *, bullet: bool, inside: bool) -> None:
        """Read a line about an exercise: a new one, or more about the last one."""
        plain, often = leaflet_words.take_often(leaflet_words.plain_numbers(text))
        parts = leaflet_words.clauses(plain)
        runs_on = self.now is not None and not bullet and (inside or text[:1].islower())
        sentence = not bullet and _is_sentence(text) and self.now is not None and not self.now.has_dose
        if not parts:
            return
        name, dose = ("", "") if runs_on or sentence else self.name(parts[0], text, bullet=bullet)
        if name:
            self.finish()
            self.now = Described(name=name, place=place, heads=text.endswith(":"))
            self.indent = place.column - 1
            parts = [*([dose] if dose else []), *parts[1:]]
        elif self.now is None:
            self.unknown(text, place)
            return
        assert self.now is not None
        self.now.written.append(text)
        for each in often:
            self.lose(each, _OFTEN, place)
        notes = [part for part in parts if not self.clause(part, place)]
        if notes:
            self.note(text if len(notes) == len(parts) and not name else ", ".join(notes), inside=runs_on)

    def name(self, clause: str, text: str, *, bullet: bool) -> tuple[str, str]:
        """Return the name of an exercise that ``clause`` begins with, and its dose; empty for none."""
        if self.shelf.called(clause):
            return clause, ""
        if self.is_dose(clause) and not isinstance(leaflet_words.dose(clause), leaflet_words.Bad):
            return "", ""
        for name, rest in leaflet_words.named(clause):
            if self.is_dose(rest):
                return name, rest
        short = len(clause.split()) <= _LONG_NAME and leaflet_words.is_exercise_name(clause)
        return (
            (clause, "") if short and not (_is_sentence(text) and not bullet and clause == text) else ("", "")
        )

    def is_dose(self, clause: str) -> bool:
        """Tell whether a clause says how much, also if that is more than anybody can do."""
        try:
            return any(read(clause) for read in (leaflet_words.dose, leaflet_words.sets, leaflet_words.rest))
        except Mistakes:
            return True

    def clause(self, part: str, place: Place) -> bool:
        """Take a clause about the exercise, such as "3 sets" or "each side". Tells whether it is one."""
        now = self.now
        assert now is not None
        try:
            if found_rest := leaflet_words.rest(part):
                self.pause(now, found_rest[0], part, place)
                return True
            if found_sets := leaflet_words.sets(part):
                self.sets(now, found_sets, part, place)
                return True
        except Mistakes as error:
            self.lose(part, error.mistakes[0].wrong, place)
            return True
        found = leaflet_words.dose(part)
        if isinstance(found, leaflet_words.Bad):
            self.lose(part, f"{found.wrong}; {found.expected}", place)
        elif found is not None:
            self.dose(now, *found, part, place)
        return found is not None

    def pause(self, now: Described, seconds: float, part: str, place: Place) -> None:
        """Take the rest after each set."""
        if now.rest not in {None, seconds}:
            self.lose(part, "another rest stands before it", place)
        else:
            now.rest = seconds

    def dose(self, now: Described, more: WrittenDose, held: bool, part: str, place: Place) -> None:  # noqa: FBT001 - from one pattern
        """Add a dose to the one that stands before it."""
        again = len(more.reps or ()) == 1 and more.seconds is None and part.casefold().startswith("repeat")
        if again and now.sets is None and len(now.dose.reps or ()) == 1:
            now.sets = (more.reps or (1,))[0]  # "10 reps, repeat 3 times"
            return
        try:
            described.add(now, more)
        except Mistakes:
            self.lose(part, "another dose stands before it", place)
        else:
            now.held |= held

    def sets(self, now: Described, found: tuple[int, int], part: str, place: Place) -> None:
        least, most = found
        if now.sets is not None or (now.dose.reps and len(now.dose.reps) > 1):
            self.lose(part, "another number of sets stands before it", place)
            return
        now.sets = least
        if most != least:
            self.lose(part, f"it begins with {format_count(least, 'set')}", place)

    def note(self, text: str, *, inside: bool) -> None:
        """Keep what is said about the exercise; a line that runs on belongs to the note before it."""
        assert self.now is not None
        notes = self.now.notes
        if inside and notes and notes[-1][-1:] not in {".", "!", "?", ":"} and text[:1].islower():
            notes[-1] = f"{notes[-1]} {text}"
        else:
            notes.append(text)

    def unknown(self, text: str, place: Place) -> None:
        """Keep a line that belongs to no exercise as a comment."""
        if self.first:
            self.found.entitle(text, place)
        else:
            self.lose(text, "it belongs to no exercise", place)

    def finish(self) -> None:
        """Put the exercise that the lines were about into the outline, or take its name for a heading."""
        now, titles, self.now = self.now, self.titles(), None
        if now is None:
            return
        if titles:
            self.found.entitle(now.name, now.place)
        else:
            self.put(described.item(now, self.shelf))

    def titles(self) -> bool:
        """Tell whether the lines are about a name alone, which is the title as long as there is none."""
        now = self.now
        if now is None or self.found.items or self.found.title:
            return False
        alone = not (now.has_dose or now.notes or now.losses) and now.rest is None
        return alone and not self.shelf.called(now.name) and not leaflet_words.SLIP.search(now.name)

    def finish_title(self) -> None:
        """Take a title for what it is before a line about all exercises, which is then not about it."""
        if self.titles():
            self.finish()

    def put(self, item: OutlineItem) -> None:
        (self.rounds.inner if self.rounds else self.found.items).append(item)

    def lose(self, text: str, why: str, place: Place) -> None:
        """Note a loss beside the exercise that the lines are about, or on its own."""
        loss = Loss(f"'{text}'", why, place)
        if self.now is not None:
            self.now.losses.append(loss)
        else:
            self.put(OutlineItem(place=place, losses=[loss]))

    def end(self) -> Outline:
        """Return the whole outline."""
        self.finish()
        if self.rounds is not None and not any(item.step is not None for item in self.rounds.inner):
            at = next(number for number, item in enumerate(self.found.items) if item is self.rounds)
            self.found.items[at : at + 1] = self.rounds.inner
        return self.found


def _is_sentence(text: str) -> bool:
    return text[-1:] in {".", "!", "?"} and len(text.split()) >= 4
