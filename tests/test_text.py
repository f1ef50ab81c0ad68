"""What is removed from text on its way to each place."""

import pytest

from voicecoach.text import Use, clean

HOSTILE = (
    "a\x1b[31m\x00b\x1b]0;title\x07\u202e c\n\td\ud800 e\u0301 \u2764\ufe0f \N{WOMAN}\u200d\N{GIRL}\ue000"
)


@pytest.mark.parametrize(
    ("use", "kept"),
    [
        (Use.LINE, "ab c d e\u0301 \u2764\ufe0f \N{WOMAN}\N{GIRL}"),
        (Use.SCREEN, "a[31mb]0;title c d \xe9 \u2764 \N{WOMAN}\N{GIRL}"),
        (Use.VOICE, "a[31mb]0;title c d \xe9 \u2764\ufe0f \N{WOMAN}\N{GIRL}"),
        (Use.PAGE, "a[31mb]0;title\u202e c\n\td e\u0301 \u2764\ufe0f \N{WOMAN}\u200d\N{GIRL}\ue000"),
    ],
)
def test_each_use_removes_what_its_row_says(use, kept):
    assert clean(HOSTILE, use) == clean(clean(HOSTILE, use), use) == kept
