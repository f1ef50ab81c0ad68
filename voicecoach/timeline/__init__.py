"""WHEN things are said and sounded: routine -> steps -> segments, as pure functions."""
