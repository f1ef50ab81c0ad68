import errno
import os
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fakes.voices import FakeCache

from voicecoach.voices.cache import SpeechCache, cache_key

SOUND = b"\1\2" * 500
ENTRY = len(SOUND) + 12


@pytest.fixture
def notices():
    return []


@pytest.fixture
def cache(tmp_path, notices):
    return SpeechCache(tmp_path / "speech", notices.append, limit=10 * ENTRY)


@pytest.mark.parametrize("kind", ["disk", "fake"])
def test_gives_back_what_was_kept_last(kind, cache):
    cache = cache if kind == "disk" else FakeCache()
    assert cache.get("a") is None
    assert cache.put("a", SOUND)
    assert cache.put("b", b"")
    assert (cache.get("a"), cache.get("b")) == (SOUND, b"")
    assert cache.put("a", SOUND[2:])
    assert cache.get("a") == SOUND[2:]


def test_an_empty_cache_has_no_folder_and_a_kept_sound_is_there_for_the_next_program(cache, tmp_path):
    assert (cache.size(), cache.clear(), cache.get("a")) == (0, 0, None)
    cache.put("a", SOUND)
    assert SpeechCache(tmp_path / "speech", pytest.fail).get("a") == SOUND


def test_every_difference_makes_another_key():
    keys = [
        cache_key(*parts) for parts in (("a", "b"), ("ab", ""), ("a", "b", 1), ("a", "b", "1"), ("a", "B"))
    ]
    assert len(set(keys)) == len(keys)
    assert cache_key("Café", 1) == cache_key("Café", 1)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:5],
        lambda data: data[:-1],
        lambda data: data + b"\0",
        lambda data: b"junk" + data[4:],
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: data[:5] + b"\xff" + data[6:],
    ],
    ids=["empty", "header", "short", "long", "magic", "bit", "length"],
)
def test_a_damaged_entry_is_removed_and_can_be_made_again(cache, tmp_path, damage):
    cache.put("a", SOUND)
    (path,) = (tmp_path / "speech").iterdir()
    path.write_bytes(damage(path.read_bytes()))
    assert cache.get("a") is None
    assert not path.exists()
    cache.put("a", SOUND)
    assert cache.get("a") == SOUND


def test_an_entry_that_grew_is_removed_without_reading_it(cache, tmp_path):
    cache.put("a", SOUND)
    (path,) = (tmp_path / "speech").iterdir()
    os.truncate(path, 50_000_000)
    tracemalloc.start()
    try:
        assert cache.get("a") is None
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
    assert not path.exists()


def test_the_entries_not_used_for_longest_make_room(cache, tmp_path):
    for number in range(10):
        cache.put(f"k{number}", SOUND)
        os.utime(tmp_path / "speech" / f"k{number}.speech", (number, number))
    cache.get("k0")
    cache.put("new", SOUND)
    assert cache.size() <= 9 * ENTRY
    kept = [number for number in range(10) if cache.get(f"k{number}")]
    assert kept == [0, *range(3, 10)]
    assert cache.get("new")


def test_what_a_killed_program_left_is_removed_and_what_another_is_writing_is_not(cache, tmp_path):
    (tmp_path / "speech").mkdir()
    left, written = (tmp_path / "speech" / name for name in ("left.part", "written.part"))
    for path in (left, written):
        path.write_bytes(SOUND)
    os.utime(left, (0, 0))
    for number in range(10):
        cache.put(f"k{number}", SOUND)
    assert (left.exists(), written.exists()) == (False, True)


def test_what_is_put_twice_is_not_thrown_out_for_it(cache):
    for _ in range(50):
        cache.put("a", SOUND)
        cache.put("b", SOUND)
    assert (cache.get("a"), cache.get("b"), cache.size()) == (SOUND, SOUND, 2 * ENTRY)


def test_clear_leaves_other_files_alone(cache, tmp_path):
    cache.put("a", SOUND)
    other = tmp_path / "speech" / "notes.txt"
    other.write_text("mine")
    assert cache.clear() == ENTRY
    assert (cache.size(), cache.get("a"), other.read_text()) == (0, None, "mine")
    assert cache.put("a", SOUND)


def test_a_folder_that_cannot_be_used_is_mentioned_once(tmp_path, notices):
    (tmp_path / "file").write_text("")
    cache = SpeechCache(tmp_path / "file" / "speech", notices.append)
    assert [cache.put("a", SOUND), cache.put("b", SOUND), cache.get("a")] == [False, False, None]
    assert len(notices) == 1
    assert f"cannot be kept in {tmp_path / 'file' / 'speech'} (Not a directory)" in notices[0]


def test_a_full_disk_leaves_nothing_half_written(cache, tmp_path, notices, monkeypatch):
    def full(self, target):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    cache.put("a", SOUND)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        assert not cache.put("b", SOUND)
    assert [path.name for path in (tmp_path / "speech").iterdir()] == ["a.speech"]
    assert cache.get("a") == SOUND
    assert "No space left" in notices[0]


def test_two_programs_at_once_do_not_harm_each_other(tmp_path, notices):
    caches = [SpeechCache(tmp_path, notices.append, limit=4 * ENTRY) for _ in range(4)]

    def work(cache):
        for number in range(100):
            cache.put(f"k{number % 7}", SOUND)
            assert cache.get(f"k{number % 5}") in (None, SOUND)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, caches))
    assert notices == []
    assert {path.suffix for path in tmp_path.iterdir()} == {".speech"}
