"""What a recogniser would make of an utterance that is easy to understand."""

from voicecoach.hearing.transcript import Guess, Transcript


def understood(text, unprompted=None, likelihood=-0.1):
    """A transcript in which ``text`` is the only guess, and is heard without being expected, too."""
    return Transcript(text if unprompted is None else unprompted, ((Guess(text, likelihood),),))
