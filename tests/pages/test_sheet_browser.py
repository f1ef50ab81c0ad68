"""The page of a sheet in a real browser: on paper, on a phone and for a screen reader."""

import unicodedata

import pytest
from chromium import (
    A4,
    CHROMIUM,
    LEAST,
    PIXELS,
    WIDTHS,
    asked_for,
    browse,
    console,
    faults,
    letters,
    measured,
)
from printed_sheets import LIBRARY, LYING, STANDING, as_page, at_its_goals, drawn, in_frame
from pypdf import PdfReader

MILLIMETRE = 96 / 25.4
"""Pixels."""
PICTURE_HIGH = 30
"""Millimetres on paper."""
FLAT_HIGH = 21
"""The same of one that is 2.7 times as wide as high; in a row it would be 17."""
HIGH = """<script>
tell([...document.querySelectorAll(".drawn svg")].map(each => each.getBoundingClientRect().height));
</script>"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
PAGES = {
    "core": lambda: as_page(LIBRARY.load("core"), name="Robin Example", pictures=drawn),
    "core at its goals": lambda: as_page(at_its_goals("core"), name="Robin Example", pictures=drawn),
    "core, all flat": lambda: as_page(LIBRARY.load("core"), name="Robin Example", pictures=in_frame(LYING)),
    "core, all tall": lambda: as_page(LIBRARY.load("core"), pictures=in_frame(STANDING)),
    "core in text": lambda: as_page(LIBRARY.load("core")),
    "rounds": lambda: as_page(LIBRARY.load("aerobics"), pictures=drawn),
}


def kept(name, folder):
    path = folder / "sheet.html"
    path.write_text(PAGES[name](), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["core at its goals", "core, all flat"])
def test_core_prints_on_two_sheets_in_letters_of_ten_points(name, tmp_path):
    path = kept(name, tmp_path)
    target = path.with_suffix(".pdf")
    browse(path, f"--print-to-pdf={target}", "--no-pdf-header-footer")
    sheets = PdfReader(target).pages
    assert len(sheets) == 2
    for sheet in sheets:
        assert min(size for size, _ in letters(sheet)) > LEAST - 0.01
        assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == A4
    found = unicodedata.normalize("NFKC", " ".join(sheet.extract_text() for sheet in sheets))  # no ligatures
    words = " ".join(found.split())
    for each in ("Bird dog", "Tick what you did", "Emergency", "Stop the session", "not medical advice"):
        assert each in words


@pytest.mark.parametrize("name", ["core in text", "rounds"])
def test_nothing_sticks_out_or_is_cut(name, tmp_path):
    for width, found in zip(WIDTHS, measured(kept(name, tmp_path), *WIDTHS), strict=True):
        assert found["wide"] == width
        assert found["out"] == [], width
        assert found["cut"] == [], f"nothing has to be moved sideways at {width}"
        assert found["small"] > LEAST * PIXELS - 0.01, width


def test_a_picture_is_three_centimetres_high_whatever_its_frame(tmp_path):
    (found,) = measured(kept("core, all tall", tmp_path), WIDTHS[-1], script=HIGH)
    assert [each / MILLIMETRE for each in found] == [pytest.approx(PICTURE_HIGH, abs=0.1)] * 10


def test_a_flat_picture_is_larger_than_in_a_row(tmp_path):
    (found,) = measured(kept("core, all flat", tmp_path), WIDTHS[-1], script=HIGH)
    assert min(found) / MILLIMETRE > FLAT_HIGH


@pytest.mark.parametrize(("name", "width"), [("core", 1280), ("rounds", 360)])
def test_axe_finds_nothing(name, width, tmp_path):
    found, rules = faults(kept(name, tmp_path), width)
    assert found == []
    assert rules > 15


def test_the_browser_finds_no_fault_and_asks_for_nothing(tmp_path):
    path, log = kept("core", tmp_path), tmp_path / "net.json"
    shown = browse(path, "--dump-dom", f"--log-net-log={log}")
    assert console(shown) == []
    assert asked_for(log) == set()
