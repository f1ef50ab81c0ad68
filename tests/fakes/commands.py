"""A person whose wishes are known beforehand."""

from contextlib import contextmanager

from voicecoach.control.sources import GONE, Key


class Prearranged:
    """A source that asks for one thing after the other as soon as it is opened, and again each time."""

    def __init__(self, *requests):
        self.requests = requests

    @contextmanager
    def connected(self, send, notice):
        for request in self.requests:
            send(request)
        yield


def typed(*keys):
    """Somebody who types ahead, and then closes the window: questions would wait for more."""
    return Prearranged(*map(Key, keys), GONE)
