"""What the microphone's sound is while it is looked at, and the coach's beside it."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

Sound = npt.NDArray[np.int16]
"""Mono, at :data:`RATE`."""
RATE: Final = 16_000
"""Frames a second: what both the detector of voices and the recogniser take."""
