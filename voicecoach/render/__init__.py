"""Writes a session to a file."""
