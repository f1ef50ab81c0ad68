"""Decides WHEN each word and sound comes: routine -> steps -> segments, as pure functions."""
