"""What holds for all tests."""

from hypothesis import settings

# How long an example takes depends on what else the machine is doing; nothing passes or fails by it.
settings.register_profile("voicecoach", deadline=None)
settings.load_profile("voicecoach")
