"""Finds the sentences about a back or a leg in what is said and shown."""

import re

from voicecoach.language import phrases

OF_BACK = re.compile(
    r"region\.back\.(?!part$).*"
    r"|ask\.(leg|leg_after|still)|red\.(leg|plan|pain|more|instead)"
    r"|debrief\.(leg_rose|see_leg|moved_up|pace_leg)"
    r"|reason\.(leg.*|weak|sore_today|very_sore_today|pace_waits_leg|pace_waits_weak)"
    r"|caution\.(leg|acute|flex|ext|am)\..*|person\.again\.(leg|acute)"
    r"|stats\.leg|report\.(leg\..*|weakness\.(said|over))|gate\.leg.*|back\.ask|review\.months|home\.plan"
    r"|pace\.waits_(leg|weak)|weak\.answer"
)
"""The names of the phrases about a back or a leg."""


def entries(entry, name=""):
    """Every phrase with its name."""
    if isinstance(entry, dict):
        for key, each in entry.items():
            yield from entries(each, f"{name}.{key}" if name else str(key))
    else:
        yield from ((name, text) for text in (entry if isinstance(entry, list) else [entry]))


def pattern(text):
    """What finds a phrase in a text of any length; a blank in it is filled with a sentence or two at most."""
    parts = re.split(r"\{.*?\}", " ".join(text.split()))
    return re.compile(".{1,200}?".join(re.escape(each) for each in parts if each), re.IGNORECASE)


PATTERNS = {name: pattern(text) for name, text in entries(phrases.entries("en")) if OF_BACK.fullmatch(name)}


def about_a_back(*texts):
    """The names of the back's phrases that are in texts, each of which is a sentence or a few."""
    found = (
        name for text in {*texts} for name, each in PATTERNS.items() if each.search(" ".join(text.split()))
    )
    return [name for name in found if name != "report.leg.none"]
