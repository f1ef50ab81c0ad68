"""The composition root: the only place that chooses voices, outputs and stores and puts them together."""

from voicecoach.app.compose import Sounding, Studio, render, sounding
from voicecoach.app.journal import Notice
from voicecoach.app.prepare import (
    PreparedSession,
    Selection,
    coached,
    equipment,
    estimate,
    library,
    minutes,
    profile,
    remark,
    routine_of,
    rules,
    session_for,
    settings_for,
    steps_of,
    tailored,
)
from voicecoach.app.record import Recording, recording, remember

__all__ = [
    "Notice",
    "PreparedSession",
    "Recording",
    "Selection",
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
