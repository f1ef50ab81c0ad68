import sys
from dataclasses import replace
from importlib import metadata

import pytest

from voicecoach.errors import UnknownName, UsageError, VoiceUnavailable
from voicecoach.voices import engines
from voicecoach.voices.engines import chain, describe
from voicecoach.voices.narrator import _source
from voicecoach.voices.worker import WorkerClient


@pytest.fixture
def only(monkeypatch):
    """Pretend that exactly these engines are installed."""

    def pretend(*names):
        rows = (
            replace(row, version=lambda there=row.name in names: "1.0" if there else None)  # type: ignore[misc]  # its default
            for row in engines.ENGINES
        )
        monkeypatch.setattr(engines, "ENGINES", tuple(rows))

    return pretend


@pytest.mark.parametrize(
    ("there", "choice", "names"),
    [
        (["natural", "pyttsx3"], "auto", ["natural", "pyttsx3"]),
        (["pyttsx3"], "auto", ["pyttsx3"]),
        ([], "auto", []),
        (["natural", "pyttsx3"], "natural", ["natural", "pyttsx3"]),
        (["natural", "pyttsx3"], "pyttsx3", ["pyttsx3", "natural"]),
        (["natural", "pyttsx3"], "silent", []),
    ],
)
def test_the_chosen_voice_comes_first_and_every_installed_one_can_stand_in(only, there, choice, names):
    only(*there)
    assert [row.name for row in chain(choice)] == names


def test_a_voice_that_is_asked_for_and_missing_says_how_to_get_it(only):
    only("pyttsx3")
    with pytest.raises(VoiceUnavailable) as caught:
        chain("natural")
    assert str(caught.value) == (
        'The natural voice is not installed. To install it: pip install "voicecoach[natural]"'
    )


def test_an_unknown_voice_suggests_the_nearest():
    with pytest.raises(UnknownName, match="Did you mean 'natural'"):
        chain("naturel")


@pytest.mark.skipif(sys.platform != "linux", reason="espeak comes with the program on Linux alone")
def test_an_accent_is_another_voice_of_its_engine():
    plain, other = chain("pyttsx3")[0], chain("pyttsx3:en-US")[0]
    assert (other.name, other.voice, other.factory) == ("pyttsx3", "en-us", f"{plain.factory}:en-us")
    assert _source(other) != _source(plain)  # so the cache keeps them apart
    assert [row.name for row in chain("pyttsx3:en-us")] == [row.name for row in chain("pyttsx3")]
    accents = next(row.accents for row in describe() if row.name == "pyttsx3")
    assert accents["en-us"] == "America"
    assert "en-shaw" not in accents
    for accent in accents:
        assert chain(f"pyttsx3:{accent}")[0].voice == accent


def test_an_unknown_accent_suggests_the_nearest_and_one_where_there_is_none_is_refused():
    if sys.platform == "linux":
        with pytest.raises(UnknownName, match="Did you mean 'pyttsx3:en-us'"):
            chain("pyttsx3:en-uk")
    with pytest.raises(UnknownName, match="no voice called 'auto:en-us'"):
        chain("auto:en-us")
    with pytest.raises(UsageError, match="leave out ':en-us'"):
        chain("natural:en-us")


@pytest.mark.processes
@pytest.mark.skipif(sys.platform != "linux", reason="as above")
def test_each_accent_sounds_different():
    heard = set()
    for choice in ("pyttsx3", "pyttsx3:en-us", "pyttsx3:en-gb-scotland"):
        client = WorkerClient(chain(choice)[0])
        heard.add(client.render("Lower the bath over there.", 165))
        client.close()
    assert len(heard) == 3
    with pytest.raises(VoiceUnavailable, match="no voice here is called 'nobody'"):
        WorkerClient(replace(chain("pyttsx3")[0], factory=f"{chain('pyttsx3')[0].factory}:nobody")).render(
            "Here.", 165
        )


def test_describe_lists_every_voice_and_what_auto_takes(only):
    only("pyttsx3")
    rows = [(row.name, row.installed, row.version, row.note) for row in describe()]
    assert rows == [
        ("natural", False, "", 'the natural voice; to install it: pip install "voicecoach[natural]"'),
        ("pyttsx3", True, "1.0", "the base voice; auto takes this one"),
        ("silent", True, "", "no speech: captions and sounds; with --plain your screen reader speaks"),
    ]


def test_versions_name_what_shapes_the_sound(monkeypatch):
    versions = {"pyttsx3": "2.99", "espeakng-loader": "0.2.4"}
    monkeypatch.setattr(engines, "_version", lambda _, package: versions[package])
    monkeypatch.setattr(sys, "platform", "linux")
    assert engines.pyttsx3() == "2.99 with espeakng-loader 0.2.4"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert engines.pyttsx3() == "2.99"


def test_a_version_is_the_one_that_was_installed():
    for module, package in (
        ("pyttsx3", "pyttsx3"),
        ("espeakng_loader", "espeakng-loader"),
        ("_pytest", "pytest"),
    ):
        assert engines._version(module, package) == metadata.version(package)
    assert engines._version("no_such_module", "pytest") is None
    assert engines._version("json", "no-such-package") == "unknown"


@pytest.mark.parametrize(
    ("library", "version"), [(None, None), ("libespeak-ng.so.1", "2.99 with libespeak-ng.so.1")]
)
def test_on_linux_the_base_voice_needs_some_espeak(monkeypatch, library, version):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(engines, "_version", lambda module, _: "2.99" if module == "pyttsx3" else None)
    monkeypatch.setattr("ctypes.util.find_library", lambda name: library)
    assert engines.pyttsx3() == version
