"""The outputs by name, and how to open one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from voicecoach.audio.instant import InstantOutput
from voicecoach.audio.miniaudio_output import MiniaudioOutput
from voicecoach.audio.silent import SilentOutput
from voicecoach.audio.simpleaudio_output import SimpleaudioOutput
from voicecoach.clock import Clock, SystemClock
from voicecoach.errors import OutputError, UnknownName

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from voicecoach.audio.pcm import Samples
    from voicecoach.session.ports import Output

    Factory = Callable[[Clock], Output[Samples]]

OUTPUTS: Final[Mapping[str, Factory]] = {
    "miniaudio": lambda _: MiniaudioOutput(),
    "simpleaudio": SimpleaudioOutput,
    "silent": SilentOutput,
    "instant": lambda _: InstantOutput(),
}
"""Every output, the ones that ``auto`` tries first. Adding one takes a line here and a file beside this."""

AUTO: Final = {
    "miniaudio": "Sound goes to the default loudspeaker, through miniaudio.",
    "simpleaudio": "Sound goes to the default loudspeaker, through simpleaudio.",
    "silent": "No loudspeaker was found: the session runs in real time on screen, without sound.",
}
"""What ``auto`` tries, in this order, and what it says when it took one."""

NAMES: Final = ("auto", *OUTPUTS)


def open_output(
    name: str,
    notice: Callable[[str], object],
    *,
    clock: Clock | None = None,
    outputs: Mapping[str, Factory] = OUTPUTS,
) -> Output[Samples]:
    """The output called ``name``, started; it plays silence until blocks are written.

    ``auto`` takes the first that starts and passes one sentence about it to ``notice``. Raises UnknownName
    for a name that is not in :data:`NAMES`, and OutputError when the named output cannot play here.
    """
    clock = clock or SystemClock()
    if name != "auto":
        if name not in outputs:
            raise UnknownName("output", name, NAMES, hint=f"Outputs: {', '.join(NAMES)}.")
        output = outputs[name](clock)
        output.start()
        return output
    for candidate, sentence in AUTO.items():
        output = outputs[candidate](clock)
        try:
            output.start()
        except OutputError:
            continue
        notice(sentence)
        return output
    raise OutputError("Nothing here can play a session, not even without sound.")
