"""What ALSA lists as microphones on a computer that has none."""

import pytest

from voicecoach.hearing.messages import Fault
from voicecoach.hearing.microphone import MicrophoneDevice, MicrophoneFault, choose

PLUGINS = [
    MicrophoneDevice(name, key)
    for key, name in {
        "null": "Discard all samples (playback) or generate zero samples (capture)",
        "lavrate": "Rate Converter Plugin Using Libav/FFmpeg Library",
        "samplerate": "Rate Converter Plugin Using Samplerate Library",
        "jack": "JACK Audio Connection Kit",
        "oss": "Open Sound System",
        "pulse": "PulseAudio Sound Server",
        "speex": "Plugin using Speex DSP (resample, agc, denoise, echo, dereverb)",
        "upmix": "Plugin for channel upmix (4,6,8)",
        "vdownmix": "Plugin for channel downmix (stereo) with a simple spacialization",
    }.items()
]
SPEAKERPHONE = MicrophoneDevice("Jack's Speakerphone Upmix", "hw:CARD=jack,DEV=0")


def test_no_plugin_is_taken_for_a_microphone():
    with pytest.raises(MicrophoneFault) as raised:
        choose(PLUGINS)
    assert raised.value.fault is Fault.NONE
    assert choose([*PLUGINS, SPEAKERPHONE]) is SPEAKERPHONE


def test_one_that_is_named_is_taken_all_the_same():
    assert choose(PLUGINS, "JACK Audio").key == "jack"
