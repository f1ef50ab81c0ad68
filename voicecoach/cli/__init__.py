"""Arguments in, text and exit codes out; nothing else. One module a command, and it loads what it needs."""

from voicecoach.clock import Clock, SystemClock

clock: Clock = SystemClock()
"""The clock of this run: what :func:`voicecoach.cli.main.main` is given."""
