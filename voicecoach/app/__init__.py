"""The composition root: the only place that chooses voices, outputs and stores and puts them together."""

from voicecoach.app.preparing import (
    Notice,
    Selection,
    Session,
    coached,
    estimate,
    minutes,
    remark,
    session_for,
    settings_for,
    steps_of,
)
from voicecoach.app.recording import Recording, recording
from voicecoach.app.remembering import remember
from voicecoach.app.shelf import equipment, library, profile, routine_of, rules, tailored
from voicecoach.app.studio import Sounding, Studio, render, sounding

__all__ = [
    "Notice",
    "Recording",
    "Selection",
    "Session",
    "Sounding",
    "Studio",
    "coached",
    "equipment",
    "estimate",
    "library",
    "minutes",
    "profile",
    "recording",
    "remark",
    "remember",
    "render",
    "routine_of",
    "rules",
    "session_for",
    "settings_for",
    "sounding",
    "steps_of",
    "tailored",
]
