"""Which engines are installed, found out without importing them (an import can take seconds)."""

from __future__ import annotations

import sys
from importlib.util import find_spec


def hibari() -> str | None:
    """The version of hibari-tts, or None."""
    return _version("hibari", "hibari-tts")


def pyttsx3() -> str | None:
    """The versions of pyttsx3 and of the espeak it will use, or None when either is missing."""
    version = _version("pyttsx3", "pyttsx3")
    if version is None or sys.platform != "linux":
        return version  # macOS and Windows bring their own voices
    if loader := _version("espeakng_loader", "espeakng-loader"):
        return f"{version} with espeakng-loader {loader}"
    from ctypes.util import find_library  # noqa: PLC0415 - starts a subprocess, and is rarely needed

    library = find_library("espeak-ng") or find_library("espeak")
    return f"{version} with {library}" if library else None


def _version(module: str, package: str) -> str | None:
    if find_spec(module) is None:
        return None
    from importlib import metadata  # noqa: PLC0415 - loads much, and a session in captions needs none of it

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "unknown"
