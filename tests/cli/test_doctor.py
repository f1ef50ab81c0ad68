"""What ``voicecoach doctor`` advises when the home cannot be written, by whatever led there."""

import sys

import pytest
from naming import naming

from voicecoach.cli import doctor
from voicecoach.cli.doctor import _AS_ABOVE, _cache, _folders, _hearing, _routines
from voicecoach.errors import HearingUnavailable
from voicecoach.hearing import models
from voicecoach.hearing.microphone import MicrophoneDevice
from voicecoach.settings import file

UNSET = "leads there: set it to a folder that you may write to, or unset it."


def findings():
    return [*_folders(), _cache()]


@pytest.fixture
def there(home, tmp_path):
    """What may stand in the place of a home, with how it is called."""
    (file := tmp_path / "file").write_text("a photo of a cat")
    (link := tmp_path / "link").symlink_to(tmp_path / "gone")
    return {"a file": file, "below a file": file / "home", "a link that leads nowhere": link}


def test_what_stands_in_the_place_of_the_home_is_named_once(there, monkeypatch):
    for name, home in there.items():
        monkeypatch.setenv("VOICECOACH_HOME", str(home))
        routines, data, settings, cache = findings()
        wrong = f"{home.parent if name == 'below a file' else home} is no folder."
        with naming(name):
            assert routines.remedy == cache.remedy == f"{wrong} VOICECOACH_HOME {UNSET}"
            assert data.remedy == settings.remedy == _AS_ABOVE
            assert all(each.serious for each in (routines, data, settings, cache))


@pytest.mark.skipif(sys.platform != "linux", reason="a folder in which nobody may write, not even root")
def test_where_nothing_can_be_written_the_variable_that_led_there_is_named(home, tmp_path, monkeypatch):
    monkeypatch.delenv("VOICECOACH_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", "/proc/voicecoach")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "cat").write_text("a photo")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cat"))
    routines, data, settings, cache = findings()
    assert (
        routines.remedy
        == f"Nothing can be written in /proc (No such file or directory). XDG_DATA_HOME {UNSET}"
    )
    assert data.remedy == _AS_ABOVE
    assert (settings.remedy, settings.serious) == ("", False)
    assert cache.remedy == f"{tmp_path / 'cat'} is no folder. XDG_CACHE_HOME {UNSET}"


def test_without_a_variable_another_place_is_offered(home, tmp_path, monkeypatch):
    for name in ("VOICECOACH_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("platformdirs.user_data_dir", lambda *_, **__: str(tmp_path / "cat" / "voicecoach"))
    (tmp_path / "cat").write_text("a photo")
    routines, *_ = _folders()
    assert (
        routines.remedy
        == f"{tmp_path / 'cat'} is no folder. Move it away, or set VOICECOACH_HOME to another folder."
    )


def test_the_rest_is_looked_at_where_there_can_be_no_routines(there, monkeypatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(there["a file"]))
    assert _routines().serious


def test_what_hears_is_wrong_only_where_it_is_wanted(home, monkeypatch):
    def none(*_):
        raise HearingUnavailable("Install it.")

    monkeypatch.setattr(doctor, "list_microphones", lambda: (MicrophoneDevice("USB microphone", "usb"),))
    monkeypatch.setattr(models, "chosen", none)
    off = [*_hearing()]
    assert [(each.what, each.remedy) for each in off] == [
        ("listening", ""),
        ("understanding", "Install it."),
        ("microphone", ""),
    ]
    assert "nothing is stored or sent" in off[0].state
    assert not any(each.serious for each in off)
    file.change("listen", "on")
    assert [each.serious for each in _hearing()] == [False, True, False]
    file.change("microphone", "webcam")
    assert [each.serious for each in _hearing()] == [False, True, True]


def test_looking_leaves_nothing_behind(home):
    assert not any(each.remedy for each in findings())
    assert not home.exists()
    assert [*home.parent.iterdir()] == []
