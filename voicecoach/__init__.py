"""voicecoach: hands-free exercise at home, coached by voice.

A routine is compiled before it is played, as a score is engraved before a concert::

    routine.yaml -> Routine -> steps -> segments (events at exact frames) -> samples -> loudspeaker or file

Each arrow is a package below this one; see CONTRIBUTING.md for the map.
"""

__version__ = "0.1.0"
