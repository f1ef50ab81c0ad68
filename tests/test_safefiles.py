"""Files that are whole or not there."""

import pytest

from voicecoach.safefiles import write


def test_a_failure_leaves_what_was_there(tmp_path):
    path = tmp_path / "kept.txt"
    write(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write(path, "new \udc00")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
