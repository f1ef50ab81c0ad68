"""voicecoach: hands-free exercise at home, coached by voice.

A routine is compiled before it is played, as a score is engraved before a concert::

    routine.yaml -> Routine -> steps -> segments (events at exact frames) -> samples -> loudspeaker or file

Each arrow is a package below this one; see CONTRIBUTING.md for the map.

Importing this package switches off the telemetry of libraries loaded later (:data:`TELEMETRY_OFF`).
"""

import os
from typing import Final

TELEMETRY_OFF: Final = {
    "ORT_DISABLE_TELEMETRY": "1",  # onnxruntime would keep an id in the cache folder and contact its vendor
    "DO_NOT_TRACK": "1",  # the common convention; no other library loaded today needs more
}
"""Environment variables, set here because this runs before any library is imported, in every process."""
os.environ.update(TELEMETRY_OFF)

__version__ = "0.1.0"
