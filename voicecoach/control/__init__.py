"""Turns input into commands: keys, media keys, signals, and what happens to other players."""
