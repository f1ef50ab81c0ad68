"""Routine, exercise and programme files → checked models, each problem with its place."""
