"""What loudspeakers and microphones have in common where miniaudio opens them."""

from __future__ import annotations

from typing import Any


def sound_systems(miniaudio: Any) -> list[Any]:  # noqa: ANN401 - miniaudio has no types
    """Return all but the one without sound, which miniaudio would fall back to."""
    return [each for each in miniaudio.Backend if each is not miniaudio.Backend.NULL]


def releasing(kind: Any, miniaudio: Any) -> Any:  # noqa: ANN401 - the same
    """Return a class of devices, a subclass of ``kind``, that release their connection to the sound server.

    miniaudio 1.71 keeps one connection for each device closed and another for each that could not be opened:
    ten file descriptors for each attempt to find a lost loudspeaker, until the server refuses all programs.
    """

    class Device(kind):  # type: ignore[misc] # the same
        def __init__(self, **wanted: object) -> None:
            """Open the device for one channel. Raises MiniaudioError."""
            try:
                super().__init__(
                    nchannels=1, backends=sound_systems(miniaudio), app_name="voicecoach", **wanted
                )
            except miniaudio.MiniaudioError:
                self.close()
                raise

        def _make_context(self, *args: object) -> Any:  # noqa: ANN401 - the same
            self._context = super()._make_context(*args)
            return self._context

        def close(self) -> None:
            super().close()
            if (context := self.__dict__.pop("_context", None)) is not None:
                miniaudio.lib.ma_context_uninit(context)

    return Device
