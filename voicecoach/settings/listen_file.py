"""The person's own words for spoken commands: ``listen.yaml`` in the folder for settings.

It has a line for each command that is to have more words, by its name, such as
``pause: [wait for me, give me a second]``. The person writes it; the program only reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from voicecoach import paths
from voicecoach.errors import FileError, OwnFileError, Problem, RoutineError
from voicecoach.hearing.vocabulary import Clash, clashes, plain
from voicecoach.routine.files.located_yaml import MAX_BYTES, At, Data, Document, Mistakes, parse, show, wrong
from voicecoach.routine.files.values import many, meant, plain_text
from voicecoach.safefiles import opened
from voicecoach.session.commands import Command

MOST: Final = 20
"""The most phrases of one's own: each makes the others harder to tell apart [own choice]."""
_LONGEST: Final = 40
"""The most characters of a phrase [own choice]; the longest one that is shipped has 24."""
_EXAMPLE: Final = "pause: [wait for me, give me a second]"
_ALL: Final = "one of the names that 'voicecoach help hands-free' lists"


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The phrases of the person's own, with what each means."""

    phrases: Mapping[str, Command]
    remarks: tuple[Problem, ...] = ()
    """What could be better about them, although they can be used."""


class _Phrase(NamedTuple):
    text: str
    command: Command
    at: At


def file() -> Path:
    """Return the file's place; it may not exist."""
    return paths.user_config() / "listen.yaml"


def load(vocabulary: Mapping[str, Command], said: Iterable[str]) -> OwnWords:
    """Return the person's own words; none when there is no file.

    They are told apart from the ``vocabulary`` that is shipped and from what is ``said`` by the coach. Raises
    FileError, with every problem, when there is a file that cannot be used.
    """
    path = file()
    try:
        with opened(path) as content:
            source = content.read(MAX_BYTES + 1)  # so many say that it is too large
        return read(source, path, vocabulary, said)
    except (FileNotFoundError, NotADirectoryError):
        return OwnWords({})
    except OSError as error:
        raise OwnFileError(
            f"Your own words for commands in {path} cannot be read: {error.strerror}. Move that away to do"
            " without them."
        ) from error
    except RoutineError as error:
        raise FileError(
            f"{error}\nMend your own words for commands, or move the file away to do without them."
        ) from error


def read(source: bytes, path: Path, vocabulary: Mapping[str, Command], said: Iterable[str]) -> OwnWords:
    """Read the words in the text of a file; see :func:`load`. Raises RoutineError with every problem."""
    commands = {each.value: each for each in Command if each in vocabulary.values()}
    document = parse(source, path, {name.replace(" ", "_"): name for name in commands})
    if document.data is not None and not isinstance(document.data, dict):
        document.complain((), f"{show(document.data)} stands here", f"lines such as '{_EXAMPLE}'")
    written = list(_written(document, commands))
    own = {each.text: each.command for each in written}
    found = clashes(own, vocabulary, said)
    for each in written:
        if own[each.text] is not each.command:
            twice = f"{show(each.text)} means '{own[each.text]}' as well"
            document.complain(each.at, twice, "each phrase for one command only")
    for clash in (each for each in found if not each.is_warning):
        document.complain(_at(clash, written), *_told(clash, {**own, **vocabulary}))
    if len(own) > MOST:
        document.complain((), f"{len(own)} phrases of your own", f"at most {MOST}: more cannot be told apart")
    if document.problems:
        raise document.error()
    for clash in found:
        document.complain(_at(clash, written), *_told(clash, {**own, **vocabulary}))
    return OwnWords(own, tuple(sorted(document.problems)))


def _written(document: Document, commands: Mapping[str, Command]) -> Iterator[_Phrase]:
    """Yield each phrase with its place; what is wrong with the others is noted in ``document``."""
    for name, raw in document.data.items() if isinstance(document.data, dict) else ():
        command = commands.get(name)
        if command is None:
            remedy = meant(name, commands, _ALL)
            document.complain((name,), f"there is no command {show(name)}", remedy, key=True)
            continue
        try:
            texts = _phrases(raw) if isinstance(raw, list) else (_phrase(raw),)
        except Mistakes as found:
            document.complain_all((name,), found.mistakes)
            continue
        for place, text in enumerate(texts):
            yield _Phrase(text, command, (name, place) if isinstance(raw, list) else (name,))


def _phrase(raw: Data) -> str:
    text = plain_text(raw, what="phrase", longest=_LONGEST)
    if "," in text:
        raise wrong(f"{show(text)} is one phrase", f"several in brackets, as in '{_EXAMPLE}'")
    return text


_phrases: Final = many(_phrase, f"a list such as '{_EXAMPLE}'")


def _at(clash: Clash, written: Iterable[_Phrase]) -> At:
    return next(each.at for each in written if each.text == clash.phrase)


def _told(clash: Clash, meanings: Mapping[str, Command]) -> tuple[str, str]:
    """Return what is wrong with a phrase, and what to write instead."""
    phrase = show(clash.phrase)
    match clash.kind:
        case "phrase":
            command = meanings[clash.other]
            if plain(clash.other) == plain(clash.phrase):
                return f"{phrase} means '{command}' already", "other words"
            other = f"{show(clash.other)}, which means '{command}'"
            return f"{phrase} sounds too much like {other}", "other words"
        case "said":
            return f"{phrase} is too much like what the coach says: {show(clash.other)}", "other words"
        case "short":
            return f"{phrase} is short and may be heard where nobody said it", "two words are surer"
    return f"{phrase} has no word in it", "at least one word"
