"""The ``voicecoach`` command with a fault in it: ``broken.py session|screen ARGUMENT...``.

After a while, when the person has seen something, the player's loop or the drawing of the screen raises.
"""

import sys

from voicecoach.cli.main import main
from voicecoach.display.scene_view import SceneView
from voicecoach.session.player import Player

FAULTS = {"session": (Player, "_turn", 100), "screen": (SceneView, "scene", 20)}
"""Where it breaks, and at which call."""


def break_(owner: type, name: str, at: int) -> None:
    """Let the method ``name`` of ``owner`` raise when it was called ``at`` times."""
    real, calls = getattr(owner, name), iter(range(at))

    def broken(self: object) -> object:
        if next(calls, None) is None:
            raise RuntimeError("it broke")
        return real(self)

    setattr(owner, name, broken)


if __name__ == "__main__":
    break_(*FAULTS[sys.argv[1]])
    sys.argv[:] = ["voicecoach", *sys.argv[2:]]
    main()
