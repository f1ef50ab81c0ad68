"""The levels of the voice, the earcons and the music, and the level of everything together."""

from __future__ import annotations

from dataclasses import dataclass, replace

from voicecoach.session.commands import Command

STEP = 10
"""Percent that one command changes a level by."""
LOUDEST = 150


@dataclass(frozen=True, slots=True)
class Levels:
    """Each in percent, from 0 to :data:`LOUDEST`; 100 leaves a sound as it is."""

    voice: int = 100
    sounds: int = 100
    music: int = 100
    master: int = 100
    """The level of everything together, which media keys and headsets change."""
    muted: bool = False

    def adjusted(self, command: Command) -> Levels:
        """The levels after ``command``; the same ones when it is not about levels, or none can change."""
        match command:
            case Command.VOICE_UP | Command.VOICE_DOWN:
                return replace(self, voice=_moved(self.voice, command))
            case Command.SOUNDS_UP | Command.SOUNDS_DOWN:
                return replace(self, sounds=_moved(self.sounds, command))
            case Command.MUSIC_UP | Command.MUSIC_DOWN:
                return replace(self, music=_moved(self.music, command))
            case Command.MUTE:
                return replace(self, muted=not self.muted)
            case _:
                return self

    def at_volume(self, volume: Volume) -> Levels:
        """The levels with everything together that loud, and to be heard."""
        return replace(self, master=min(max(volume.percent, 0), LOUDEST), muted=False)


@dataclass(frozen=True, slots=True)
class Volume:
    """Asks for everything together to be that loud; sent to the player like a command."""

    percent: int


def _moved(level: int, command: Command) -> int:
    up = command in {Command.VOICE_UP, Command.SOUNDS_UP, Command.MUSIC_UP}
    return min(max(level + (STEP if up else -STEP), 0), LOUDEST)
