"""A voice whose words last as long as they have letters: 60 ms a character, spaces included."""

from dataclasses import dataclass, field

from voicecoach.timeline.segment import Sound
from voicecoach.units import frames


@dataclass
class LetterSpeech:
    audible: bool = True
    seconds_per_letter: float = 0.06
    asked: list[str] = field(default_factory=list)

    def measure(self, text: str) -> int:
        self.asked.append(text)
        return frames(len(text) * self.seconds_per_letter)


SOUNDS = {
    Sound.GET_READY: frames(0.4),
    Sound.TICK: frames(0.05),
    Sound.GO: frames(0.2),
    Sound.PHASE: frames(0.08),
    Sound.HALFWAY: frames(0.3),
    Sound.END_OF_SET: frames(0.5),
    Sound.REST: frames(0.4),
    Sound.SESSION_END: frames(1.2),
}
"""Round earcon lengths, so that golden timelines do not move when a sound is tuned."""
