"""Shipped exercises in the form that people write: facts and sentences in one file."""

import yaml

from voicecoach import paths
from voicecoach.routine.files.located_yaml import parse
from voicecoach.routine.files.sentences import complete

EXERCISES = paths.shipped("routines", "exercises")


def in_one_file(name):
    """What the exercise called ``name`` would be as a file of its own."""
    facts, words = (parse(path.read_bytes(), path) for path in (EXERCISES / name, EXERCISES / "en" / name))
    complete(facts, [words])
    return yaml.safe_dump(facts.data, allow_unicode=True, sort_keys=False, width=1000)
