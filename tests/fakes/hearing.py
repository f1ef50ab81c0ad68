"""A person who is heard, without a microphone."""

from contextlib import contextmanager

from fakes.transcripts import understood

from voicecoach.session.microphone import Microphone


class Mouth:
    """Says to each question, as soon as it is asked, one thing after the other.

    A text that ends in "?" is heard without certainty.
    """

    microphone = Microphone.ON

    def __init__(self, *said):
        self.said = [*map(str.splitlines, said)]
        self.expected = []
        """The phrases of each question."""
        self.attended = []

    @contextmanager
    def connected(self, send, notice):
        self.send = send
        yield

    @contextmanager
    def expecting(self, vocabulary):
        self.expected.append(vocabulary.phrases)
        for text in self.said.pop(0) if self.said else ():
            self.hear(vocabulary, text)
        yield

    def hear(self, vocabulary, text):
        certain = text.removesuffix("?")
        found = vocabulary.match(understood(certain, certain if certain == text else "something else"))
        if found is not None:
            self.send(found.meaning)

    def attend(self, output):
        self.attended.append(output)

    def watch(self, changed):
        changed(Microphone.ON)
