"""What a person means by a name that they typed."""

import pytest
from naming import naming

from voicecoach.errors import UnknownName
from voicecoach.names import AmbiguousName, candidates, equal, meant

KNOWN = {
    "core": ["core", "Core"],
    "core_three": ["core_three", "Core three"],
    "calm_mini": ["calm_mini", "Calm mini"],
    "calm_start": ["calm_start", "Calm start"],
    "childs_pose": ["childs_pose", "Child's pose"],
    "mcgill": ["mcgill", "McGill curl-up, both legs"],
    "crunch": ["crunch", "Crunch"],
    "morning": ["morning", "Core three"],
}


def test_a_name_is_understood_as_it_is_shown_or_nearly_so():
    spelt = {
        "core": ("core", "Core", " CORE ", "cores"),
        "childs_pose": (
            "childs_pose",
            "Child's pose",
            "childs pose",
            "CHILD\u2019S-POSE",
            "child's poses",
            "child",
        ),
        "mcgill": ("McGill curl-up, both legs", "mcgill curlup both leg", "McGill curl…", "mc gill"),
        "crunch": ("crunches", "Crunch", "cru"),
        "calm_mini": ("calm-mini", "Calm mini", "calm m"),
        "core_three": ("core_three", "core-three"),
    }
    for thing, typed in spelt.items():
        for each in typed:
            with naming(each):
                assert meant("thing", each, KNOWN) == thing


def test_what_could_be_several_things_names_them():
    for typed, several in {
        "calm": ["calm_mini", "calm_start"],
        "Core three": ["core_three", "morning"],
    }.items():
        with pytest.raises(AmbiguousName) as raised:
            meant("thing", typed, KNOWN)
        assert str(raised.value) == f"'{typed}' could be {' or '.join(several)}. Type one of these names."
    many = {f"leg_{number}": [f"leg_{number}"] for number in range(12)}
    with pytest.raises(AmbiguousName, match=r"leg_6, leg_7 or 4 more\. Type"):
        meant("thing", "leg", many)


def test_an_unknown_name_has_the_nearest_one():
    with pytest.raises(UnknownName, match=r"no thing called 'clam mini'\. Did you mean 'calm_mini'\? Look\."):
        meant("thing", "clam mini", KNOWN, hint="Look.")
    for nothing in ("", " ", "-", "…"):
        with naming(nothing), pytest.raises(UnknownName):
            meant("thing", nothing, KNOWN)


def test_words_of_ones_own_are_no_beginning_of_a_name():
    assert equal("calm", KNOWN) == []
    assert candidates("calm", KNOWN) == ["calm_mini", "calm_start"]
    assert equal("Calm minis", KNOWN) == ["calm_mini"]
