"""``voicecoach doctor``: one line for each thing a session needs, and what to do where something is wrong."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Final

import typer

from voicecoach import __version__, cli, paths
from voicecoach.app import prepare
from voicecoach.app.compose import Sounding, Studio
from voicecoach.audio.loudspeaker import try_device
from voicecoach.audio.outputs import DEVICES
from voicecoach.cli import page, streams, table
from voicecoach.cli.session_in_terminal import must_be_whole, play_session
from voicecoach.control import awake
from voicecoach.errors import FileError, HearingUnavailable, RoutineError, VoicecoachError
from voicecoach.hearing import models
from voicecoach.hearing.microphone import MicrophoneFault, choose, list_microphones
from voicecoach.language import phrases
from voicecoach.safefiles import obstacle
from voicecoach.settings import file
from voicecoach.settings.table import SessionSettings
from voicecoach.voices.cache import SpeechCache
from voicecoach.voices.engines import SILENT, describe


def doctor(
    *, quiet: Annotated[bool, typer.Option("--quiet", help="Leave out the test tone and sentence.")] = False
) -> None:
    """Look at everything that a session needs.

    Says what to do about each fault, and plays a test tone and a sentence.
    """
    if not examine(sound=not quiet):
        raise typer.Exit(1)


@dataclass(frozen=True)
class Finding:
    """One line of the report; ``remedy`` is empty when all is well."""

    what: str
    state: str
    remedy: str = ""
    serious: bool = False
    """Whether sessions are worse for it than they could be: the exit status says so."""


def examine(*, sound: bool) -> bool:
    """Print the findings and, with ``sound``, play a tone and a sentence; True when nothing is wrong.

    Raises Declined when all is well but the person stopped the sentence.
    """
    well = True
    for finding in _findings():
        mark = "!!" if finding.serious else "--" if finding.remedy else "ok"
        rows = [(mark, f"{finding.what:<18}", finding.state)]
        if finding.remedy:
            rows.append(("", "", f"-> {finding.remedy}"))
        table.show(rows)
        well &= not finding.serious
    if sound:
        page.show()
        summary = play_session(prepare.remark(phrases.load()("test")), Sounding())
        if well:
            must_be_whole(summary)
    return well


def _findings() -> Iterator[Finding]:
    yield Finding("voicecoach", f"{__version__} on Python {platform.python_version()}, {platform.platform()}")
    yield from _voices()
    yield from _outputs()
    yield from _hearing()
    yield _awake()
    yield from _folders()
    yield _cache()
    yield from _messages()
    yield _routines()


def _voices() -> Iterator[Finding]:
    rows = describe()
    none = not any(row.installed for row in rows if row.name != SILENT)
    for row in rows:
        if row.name == SILENT:
            yield Finding(f"voice {row.name}", row.note)
        elif row.installed:
            yield Finding(f"voice {row.name}", f"installed, {row.version}")
        else:
            yield Finding(f"voice {row.name}", "not installed", row.note, serious=none)
    if none:
        return
    silent: list[str] = []
    with Studio(Sounding(), silent.append) as studio:
        clip = studio.narrator.clip(studio.kit.phrases("test"))
        for line in silent:
            if str(paths.speech_cache()) in line:
                continue  # the line of the cache says it, and what to do
            yield Finding(
                "speaking", line, "Install the voice again, or name another with --voice.", serious=True
            )
        if clip.samples.size:
            yield Finding("speaking", f"works, with {clip.engine}")


def _outputs() -> Iterator[Finding]:
    loudspeaker = False
    for name in DEVICES:
        try:
            try_device(name, cli.clock)
        except VoicecoachError as error:
            optional = loudspeaker or name != "miniaudio"
            yield Finding(f"output {name}", "cannot play", str(error), serious=not optional)
        else:
            loudspeaker = True
            yield Finding(f"output {name}", "works")


def _hearing() -> Iterator[Finding]:
    """Yield what spoken commands need; none of it is wrong where nobody wants them."""
    try:
        chosen = file.load()
    except FileError:
        chosen = SessionSettings()  # 'voicecoach config' tells what is wrong with them
    kept = "the microphone is open only in a session that listens, and nothing is stored or sent"
    yield Finding("listening", f"{'on' if chosen.listen else 'off'} in your settings; {kept}")
    try:
        there = models.chosen(chosen.listen_model)
    except HearingUnavailable as error:
        yield Finding("understanding", "spoken commands cannot be used", str(error), serious=chosen.listen)
    else:
        yield Finding("understanding", f"the model {' or '.join(each.name for each in there)} is installed")
    try:
        taken = choose(list_microphones(), chosen.microphone)
    except MicrophoneFault as error:
        told = phrases.load()(f"hearing.{error.fault}", what=error.what)
        yield Finding("microphone", "none can be used", told, serious=chosen.listen)
    else:
        yield Finding("microphone", taken.name)


def _awake() -> Finding:
    if means := awake.means():
        return Finding("staying awake", f"kept in a session, by {' and '.join(means)}")
    remedy = "Set your computer not to lock or sleep for as long as a session lasts."
    return Finding("staying awake", "the computer may fall asleep in a session", remedy)


def _folders() -> Iterator[Finding]:
    told = ""
    for what, folder in (
        ("your routines", paths.user_routines()),
        ("your data", paths.user_data()),
        ("your settings", paths.user_config()),
    ):
        remedy = _unwritable(folder)
        if remedy:
            yield Finding(what, str(folder), _AS_ABOVE if remedy == told else remedy, serious=True)
            told = remedy
        else:
            yield Finding(what, f"{folder}{'' if folder.exists() else ' (made when needed)'}")


_AS_ABOVE: Final = "The same as above."


def _unwritable(folder: Path) -> str:
    """Return what to do when nothing can be written in ``folder``; empty when that is possible."""
    found = obstacle(folder)
    if found is None:
        return ""
    there, why = found
    wrong = f"Nothing can be written in {there} ({why})." if why else f"{there} is no folder."
    variable = next(filter(partial(_leads_to, folder), ("VOICECOACH_HOME", *_XDG)), "")
    if variable:
        return f"{wrong} {variable} leads there: set it to a folder that you may write to, or unset it."
    own = "Make it one that you may write to" if why else "Move it away"
    return f"{wrong} {own}, or set VOICECOACH_HOME to another folder."


_XDG: Final = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")


def _leads_to(folder: Path, variable: str) -> bool:
    """Tell whether an environment variable is why ``folder`` is where it is."""
    named = os.environ.get(variable)
    return bool(named) and folder.is_relative_to(Path(str(named)).expanduser().absolute())


def _messages() -> Iterator[Finding]:
    file = streams.messages_file()
    if file.is_file():
        yield Finding("messages", f"what libraries reported, such as those for sound, is in {file}")


def _cache() -> Finding:
    folder = paths.speech_cache()
    if remedy := _unwritable(folder):
        return Finding("speech cache", "speech is made afresh each time", remedy, serious=True)
    there = next(each for each in (folder, *folder.parents) if each.exists())
    size, free = SpeechCache(folder, print).size() / 1e6, shutil.disk_usage(there).free / 1e6
    state = f"{folder}, {size:.1f} MB"
    if free < 100:
        return Finding("speech cache", state, f"Only {free:.0f} MB are free on that disk.", serious=True)
    return Finding("speech cache", state)


def _routines() -> Finding:
    library = prepare.library()
    try:
        names = library.routines()
    except VoicecoachError as error:
        return Finding("routines", "cannot be read", str(error), serious=True)
    broken = []
    for name in names:
        try:
            library.load(name)
        except (RoutineError, FileError):
            broken.append(name)
    if broken:
        command = f"voicecoach check {' '.join(broken)}"
        return Finding("routines", f"{len(names)}, {len(broken)} with problems", command, serious=True)
    return Finding("routines", f"{len(names)}, all good")
