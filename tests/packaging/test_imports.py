"""What a command does not need is not loaded: whoever types it waits for every import."""

import subprocess
import sys

STEPS = (
    (
        "from voicecoach.routine.files.library import Library; Library.default().load('core')",
        "typer rich pydantic",
    ),
    ("from voicecoach.audio.earcons import lengths; lengths()", "numpy"),
    (
        "from voicecoach.voices import engines, narrator; engines.describe()",
        "soxr onnxruntime hibari pyttsx3",
    ),
    ("import voicecoach.audio.outputs", "miniaudio simpleaudio espeakng_loader"),
    ("from voicecoach.control import mpris, others", "asyncio dbus_fast"),
    ("import voicecoach.render.sinks", "lameenc av soxr"),
    ("import voicecoach.cli.render", "PIL av lameenc"),
)
"""What is done one after the other in one program, each with modules that are still not loaded after it."""


def test_what_is_not_needed_is_not_loaded():
    program = ["import sys"]
    for step, modules in STEPS:
        program += [step, f"print(*{set(modules.split())!r} & sys.modules.keys())"]
    code = "\n".join(program)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout.split(), done.stderr) == ([], "")
