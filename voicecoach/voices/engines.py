"""The protocol of speech engines, and the table of all of them.

To add one, write a module with a class that satisfies :class:`Engine`, and add a row to :data:`ENGINES`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from voicecoach.errors import UnknownName, UsageError, VoiceError, VoiceFailed, VoiceUnavailable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]
    """Mono, from -1 to 1."""


def hibari() -> str | None:
    """Return the version of hibari-tts, or None."""
    return _version("hibari", "hibari-tts")


def pyttsx3() -> str | None:
    """Return the versions of pyttsx3 and of the espeak it will use, or None when either is missing."""
    version = _version("pyttsx3", "pyttsx3")
    if version is None or sys.platform != "linux":
        return version  # macOS and Windows bring their own voices
    if loader := _version("espeakng_loader", "espeakng-loader"):
        return f"{version} with espeakng-loader {loader}"
    from ctypes.util import find_library  # noqa: PLC0415 - starts a subprocess and is rarely needed

    library = find_library("espeak-ng") or find_library("espeak")
    return f"{version} with {library}" if library else None


def espeak_accents() -> dict[str, str]:
    """Map the English accents of the espeak that comes with the program to their titles.

    It is empty elsewhere: what the voices of another system are, only its engine knows.
    """
    spec = find_spec("espeakng_loader") if sys.platform == "linux" else None
    found = {}
    for place in (spec and spec.submodule_search_locations) or ():
        for file in sorted(Path(place, "espeak-ng-data", "lang", "gmw").glob("en*")):
            text = file.read_text(encoding="utf-8", errors="replace")
            title = re.search(r"^name\s+English \((.+)\)", text, re.MULTILINE)
            code = re.search(r"^language\s+(en-\S+)", text, re.MULTILINE)
            if title and code and code[1] != _ANOTHER_ALPHABET:
                found[code[1].lower()] = title[1]
    return found


_ANOTHER_ALPHABET: Final = "en-shaw"
"""It reads English in letters that no phrase is written in."""


def _version(module: str, package: str) -> str | None:
    spec = find_spec(module)
    if spec is None:
        return None
    # The folder that pip writes beside a module says it too: importlib.metadata takes longer than the rest.
    name = package.replace("-", "_")
    for place in spec.submodule_search_locations or ():
        for folder in Path(place).parent.glob(f"{name}-*.dist-info"):
            return folder.stem.removeprefix(f"{name}-")
    from importlib import metadata  # noqa: PLC0415 - for those that were not installed by pip

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "unknown"


class Engine(Protocol):
    """Turns text into sound. Lives in the worker process; its constructor may take seconds.

    The constructor raises VoiceUnavailable when the engine cannot work on this computer.
    """

    def render(self, text: str, wpm: int) -> tuple[Samples, int]:
        """Speak ``text`` at about ``wpm`` words a minute; return samples and their rate in hertz.

        Raises VoiceFailed when the engine breaks. Silence is allowed; the worker checks for it.
        """
        ...


class Unspeakable(VoiceFailed):
    """The engine works, but cannot say this text (in a script it cannot read, for example)."""


class StillStarting(VoiceError):
    """The engine has not started yet, and goes on with that. ``str()`` is a clause."""


@dataclass(frozen=True, slots=True)
class EngineSpec:
    """An engine as the rest of the program sees it, without loading it."""

    name: str
    """Its name on the command line."""
    title: str
    """Its name in a sentence, such as "natural voice"."""
    voice: str
    """The one of its voices that speaks."""
    factory: str
    """``module:class`` of the :class:`Engine`, and ``:accent`` when it has to have one."""
    version: Callable[[], str | None]
    """Returns the installed version without importing the engine; None when it is not installed."""
    install: str
    """How to install it."""
    languages: frozenset[str] = frozenset({"en"})
    """The languages that its voice speaks."""
    accents: Callable[[], Mapping[str, str]] | None = None
    """Returns the title of each accent that can be chosen, as far as they are known; None when none can."""

    def speaking(self, accent: str) -> EngineSpec:
        """Return it with one of its accents. Raises UnknownName and UsageError."""
        if not accent:
            return self
        if self.accents is None:
            raise UsageError(f"The {self.title} has no accents to choose from: leave out ':{accent}'.")
        known, accent = self.accents(), accent.strip().lower()
        if known and accent not in known:
            voices = [f"{self.name}:{each}" for each in known]
            raise UnknownName("voice", f"{self.name}:{accent}", voices, hint="'voicecoach voices' lists all.")
        return replace(self, voice=accent, factory=f"{self.factory}:{accent}")


@dataclass(frozen=True, slots=True)
class VoiceInfo:
    """A row of ``voicecoach voices``."""

    name: str
    installed: bool
    version: str
    """The installed version; empty without one."""
    note: str
    accents: Mapping[str, str] = field(default_factory=dict)
    """The title of each accent that can be chosen, as far as they are known."""


ENGINES: Final = (
    EngineSpec(
        "natural",
        "natural voice",
        "heart",
        "voicecoach.voices.engine_hibari:HibariEngine",
        hibari,
        'pip install "voicecoach[natural]"',
    ),
    EngineSpec(
        "pyttsx3",
        "base voice",
        "default",
        "voicecoach.voices.engine_pyttsx3:Pyttsx3Engine",
        pyttsx3,
        "pip install pyttsx3 espeakng-loader",
        accents=espeak_accents,
    ),
)
"""In order of preference."""

AUTO: Final = "auto"
SILENT: Final = "silent"
CHOICES: Final = (AUTO, *(engine.name for engine in ENGINES), SILENT)
"""The values of ``--voice``; one of an engine may have an accent behind a colon."""


def with_accents() -> tuple[str, ...]:
    """Return the voices with an accent, as far as these are known: ``"pyttsx3:en-us"``."""
    accented = ((each.name, each.accents()) for each in ENGINES if each.accents)
    return tuple(f"{name}:{accent}" for name, accents in accented for accent in accents)


def named(choice: str) -> EngineSpec | None:
    """Return the engine that ``choice`` names, with its accent; None for "auto" and "silent".

    Raises UnknownName and UsageError.
    """
    name, colon, accent = choice.partition(":")
    found = next((engine for engine in ENGINES if engine.name == name), None)
    if found is None and (colon or name not in CHOICES):
        raise UnknownName("voice", choice, CHOICES, hint=f"There are: {', '.join(CHOICES)}.")
    return found and found.speaking(accent)


def chain(choice: str = AUTO, language: str = "en") -> tuple[EngineSpec, ...]:
    """Return the installed engines that speak ``language``, best first; none for "silent".

    Raises UnknownName and UsageError, and VoiceUnavailable when ``choice`` names one that is not installed or
    does not speak ``language``.
    """
    chosen = named(choice)
    if choice == SILENT:
        return ()
    there = tuple(
        engine for engine in ENGINES if language in engine.languages and engine.version() is not None
    )
    if chosen is None:
        return there
    if language not in chosen.languages:
        raise VoiceUnavailable(
            f"The {chosen.title} does not speak '{language}'. Choose the voice auto or silent."
        )
    if chosen.version() is None:
        raise VoiceUnavailable(f"The {chosen.title} is not installed. To install it: {chosen.install}")
    return (chosen, *(engine for engine in there if engine.name != chosen.name))


class Lack(NamedTuple):
    """Why there is no voice."""

    why: str
    """A clause."""
    remedy: str
    """A sentence that says what to do."""


def lack(choice: str, language: str) -> Lack | None:
    """Return why :func:`chain` finds no engine; None when it finds one, or none is wanted."""
    if choice == SILENT or chain(choice, language):
        return None
    if chain(choice):
        return Lack(
            f"No voice here speaks '{language}'", "To hear English: voicecoach config set language en"
        )
    return Lack("No voice is installed", f"To install one: {ENGINES[0].install}")


def describe() -> list[VoiceInfo]:
    """Describe every voice, best first, without loading any."""
    rows = []
    best = chain()
    for engine in ENGINES:
        version = engine.version()
        note = f"the {engine.title}" if version else f"the {engine.title}; to install it: {engine.install}"
        if best and engine is best[0]:
            note += "; auto takes this one"
        accents = engine.accents() if version and engine.accents else {}
        rows.append(VoiceInfo(engine.name, version is not None, version or "", note, accents))
    return [
        *rows,
        VoiceInfo(
            SILENT,
            installed=True,
            version="",
            note="no speech: captions and sounds; with --plain your screen reader speaks",
        ),
    ]
