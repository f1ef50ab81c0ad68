"""Tells how likely somebody is speaking, 32 ms at a time, by the silero VAD."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

CHUNK: Final = 512
"""Frames at 16 kHz that the model takes at a time: 32 ms."""
CONTEXT: Final = 64
"""Frames before a chunk that it sees again."""
STATE: Final = (1, 1, 128)


class VoiceActivity:
    """A stream of sound: what was heard counts for what is heard next."""

    def __init__(self, model: Path) -> None:
        # Loaded here: the rest of hearing, and its tests, do without.
        import onnxruntime  # noqa: PLC0415

        options = onnxruntime.SessionOptions()
        options.inter_op_num_threads = 1
        options.intra_op_num_threads = 1
        options.log_severity_level = 4
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._input = np.zeros((1, CONTEXT + CHUNK), np.float32)
        self._hidden = np.zeros(STATE, np.float32)
        self._cell = np.zeros(STATE, np.float32)

    def hear(self, chunk: npt.NDArray[np.float32]) -> float:
        """Return how likely ``chunk``, the next CHUNK frames, has a voice, from 0 to 1."""
        self._input[0, :CONTEXT] = self._input[0, -CONTEXT:]
        self._input[0, CONTEXT:] = chunk
        feed = {"input": self._input, "h": self._hidden, "c": self._cell}
        likely, self._hidden, self._cell = self._session.run(None, feed)
        return float(likely[0])


def model_file() -> Path:
    """Return the file of the model, which lies in faster-whisper's package.

    Looks for it without importing the package, which takes seconds. Raises FileNotFoundError.
    """
    package = importlib.util.find_spec("faster_whisper")
    folders = package.submodule_search_locations if package else None
    for folder in folders or ():
        path = Path(folder, "assets", "silero_vad_v6.onnx")
        if path.exists():
            return path
    raise FileNotFoundError("The package faster-whisper, with silero_vad_v6.onnx in it, is not installed.")
