"""The sentences of a library exercise, apart from its facts: ``exercises/<language>/<name>.yaml``.

So a translation repeats no dose, no caution and no figure. Where the facts have a place for a sentence in a
list or among the cautions, they leave it empty or have the figure alone, and the sentence stands at the same
place in each language.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

from voicecoach.routine.figure import Figure, FigureChange
from voicecoach.routine.files.located_yaml import Data, Document, show
from voicecoach.routine.model import Cue, Cues, Exercise, Variation

F = TypeVar("F", bound=Figure | FigureChange)
KEYS: Final = frozenset(
    {
        *("name", "why", "position", "movement", "feel", "breathing", "resting", "changing"),
        *("leaving", "limb", "words", "cues", "errors", "easier", "harder", "cautions", "prompts", "phases"),
    }
)
"""What may stand in a file of sentences; ``phases`` are other names for the phases of the rep."""


def complete(facts: Document, languages: Sequence[Document]) -> Mapping[str, str]:
    """Fill the sentences of the first of ``languages`` into ``facts``, and of the others where that has none.

    Returns the names of phases in that language, by those in ``facts``.
    """
    sentences = Document(facts.path, {})
    for words in languages:
        for key in words.data if isinstance(words.data, dict) else ():
            if key not in KEYS:
                words.complain((key,), f"{show(key)} is no sentence", f"it in {facts.path}", key=True)
        sentences.fill(words)
    phases = sentences.data.pop("phases", None) if isinstance(sentences.data, dict) else None
    _beside_figures(sentences.data, facts.data)
    facts.fill(sentences)
    if not isinstance(phases, dict):
        return {}
    return {name: other for name, other in phases.items() if isinstance(other, str)}


def _beside_figures(sentences: Data, facts: Data) -> None:
    """Make each sentence the ``text`` of its variation where the facts have a figure for that."""
    if not (isinstance(sentences, dict) and isinstance(facts, dict)):
        return
    for key in ("easier", "harder"):
        told, varied = sentences.get(key), facts.get(key)
        if isinstance(told, list) and isinstance(varied, list):
            beside = [*varied, *[None] * len(told)]
            sentences[key] = [
                {"text": text} if isinstance(text, str) and isinstance(beside[n], dict) else text
                for n, text in enumerate(told)
            ]


def with_phases(exercise: Exercise, names: Mapping[str, str]) -> Exercise:
    """``exercise`` with other names for its phases."""

    def renamed(cues: Iterable[Cue]) -> tuple[Cue, ...]:
        return tuple(dataclasses.replace(cue, phase=names.get(cue.phase, cue.phase)) for cue in cues)

    def worded(words: Mapping[str, str]) -> dict[str, str]:
        return {names.get(phase, phase): said for phase, said in words.items()}

    def varied(variations: Iterable[Variation]) -> tuple[Variation, ...]:
        return tuple(
            dataclasses.replace(each, words=worded(each.words), figure=posed(each.figure))
            for each in variations
        )

    def posed(figure: F | None) -> F | None:
        poses = {names.get(phase, phase): poses for phase, poses in (figure.poses.items() if figure else ())}
        return dataclasses.replace(figure, poses=poses) if figure else None

    return dataclasses.replace(
        exercise,
        figure=posed(exercise.figure),
        easier=varied(exercise.easier),
        harder=varied(exercise.harder),
        rep=tuple(
            dataclasses.replace(phase, name=names.get(phase.name, phase.name)) for phase in exercise.rep
        ),
        words=worded(exercise.words),
        cues=Cues(always=renamed(exercise.cues.always), rotating=renamed(exercise.cues.rotating)),
        breathing=renamed(exercise.breathing),
    )


def lacking(english: Data, own: Data, above: str = "") -> Iterator[str]:
    """The keys of the sentences that ``english`` has and ``own`` has not."""
    if not isinstance(english, dict):
        return
    for key, text in english.items():
        other = own.get(key) if isinstance(own, dict) else None
        if other is None:
            yield f"{above}{key}"
        else:
            yield from lacking(text, other, f"{above}{key}.")
