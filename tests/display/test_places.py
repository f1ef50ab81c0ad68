"""Where things stand: nothing overlaps or leaves the screen, at any size."""

import itertools
from collections import Counter
from dataclasses import fields, replace

import pytest
from naming import for_each
from screens import KINDS, SIZES

from voicecoach.display.cells import clip, pad, width_of, wrap
from voicecoach.display.help import help_pages
from voicecoach.display.layout import WANTED, Box, Part, Plan, Stage, help_box, places
from voicecoach.display.palette import Ink
from voicecoach.display.picture import draw, looks_at
from voicecoach.display.scene import Mode, Scene
from voicecoach.display.signs import MICROPHONES
from voicecoach.display.stage import stage_of
from voicecoach.language import phrases
from voicecoach.session.commands import help_rows
from voicecoach.session.microphone import Microphone

ALL_SIZES = list(
    itertools.product(
        (40, 47, 60, 61, 66, 79, 80, 95, 120, 161, 200, 240), (15, 17, 18, 19, 20, 24, 28, 33, 40, 56, 70)
    )
)
NASTY = (
    "[red]x[/red]",
    "x" * 400,
    "many words " * 60,
    "👩‍👩‍👧‍👦 🏋️‍♀️ 🧘" * 20,
    "腰をまっすぐに保ちます" * 9,
    "e\u0301\u0323 combining",
    "a\tb\nc\x1b[31m",
    "",
    " ",
)


SIDES = ((), ("left",), ("right",), ("left", "right"))


@for_each(itertools.product(Stage, SIDES, (False, True)))
def test_no_part_overlaps_another_or_leaves_the_screen(case):
    stage, sides, figure = case
    for width, height in ALL_SIZES:
        boxes = places(Plan(width, height, stage, sides, figure))
        for part, box in boxes.items():
            assert min(box.width, box.height) > 0, (part, width, height)
            assert 0 <= box.x <= width - box.width, (part, width, height)
            assert 0 <= box.y <= height - box.height, (part, width, height)
        for (one, its), (other, others) in itertools.combinations(boxes.items(), 2):
            beside = its.x + its.width <= others.x or others.x + others.width <= its.x
            below = its.y + its.height <= others.y or others.y + others.height <= its.y
            assert beside or below, (one, other, width, height)


def test_a_figure_has_its_place_in_every_set_and_talk():
    for (width, height), least in {(80, 24): (24, 12), (120, 40): (40, 20), (200, 60): (64, 32)}.items():
        for stage, sides in itertools.product((Stage.TELLING, Stage.COUNTING), SIDES):
            box = places(Plan(width, height, stage, sides, figure=True))[Part.FIGURE]
            assert box.width >= least[0], (width, stage, sides)
            assert box.height >= least[1], (width, stage, sides)


def test_a_rail_is_wide_enough_for_eyes_without_glasses():
    for width, height in SIZES:
        rail = places(Plan(width, height, Stage.COUNTING, ("left",)))[Part.LEFT_RAIL]
        assert rail.width == width // 20, (width, height)


def shown_in(scene, width, height, *, figure=None):
    """The places of a moment, with one for a figure where it has one, or as ``figure`` says."""
    wanted = scene.figure is not None if figure is None else figure
    return places(Plan(width, height, stage_of(scene), scene.sides, wanted))


def assert_fits(lines, box, why):
    assert len(lines) == box.height, why
    for line in lines:
        assert sum(width_of(text) for text, _ in line) == box.width, (why, line)


def test_every_part_fills_its_box():
    """At every size the kinds of moments in turn, so that each has all widths and heights."""
    kinds = itertools.cycle(KINDS)
    for width, height in ALL_SIZES:
        for kind in itertools.islice(kinds, 5):
            for figure in (False, True):
                for part, box in shown_in(KINDS[kind], width, height, figure=figure).items():
                    assert_fits(draw(part, KINDS[kind], box), box, (kind, part, width, height))


def otherwise(scene):
    """Scenes that differ from ``scene`` in one value, which another kind of moment has."""
    for name in (each.name for each in fields(Scene)):
        values = {repr(value): value for value in (getattr(each, name) for each in KINDS.values())}
        values.pop(repr(getattr(scene, name)), None)
        for value in (*values.values(),)[:2]:
            changed = replace(scene, **{name: value})
            if stage_of(changed) is stage_of(scene):
                yield name, changed


def test_a_part_is_drawn_again_when_it_would_look_different():
    for (kind, scene), size in zip(KINDS.items(), itertools.cycle(SIZES)):
        boxes = shown_in(scene, *size)
        seen = {part: (draw(part, scene, box), looks_at(part, scene, box)) for part, box in boxes.items()}
        for (name, changed), (part, box) in itertools.product(otherwise(scene), boxes.items()):
            drawn, depends = seen[part]
            if draw(part, changed, box) != drawn:
                assert looks_at(part, changed, box) != depends, (kind, part, name)


def test_why_a_session_stands_still_stands_once_and_whole_at_every_size():
    why = "Your headphones or loudspeaker got disconnected, so I paused. Space goes on."
    for kind, (width, height) in itertools.product(("paused", "lost"), ALL_SIZES):
        scene = replace(KINDS[kind], notice=why)
        boxes = shown_in(scene, width, height)
        rows = [row for part in (Part.CAPTIONS, Part.BOTTOM) for row in draw(part, scene, boxes[part])]
        text = " ".join("".join(text for text, _ in row) for row in rows)
        assert text.count("»") == 1, (width, height)
        assert why in " ".join(text.split()) or height < 19, (width, height)


@for_each(NASTY)
def test_no_text_breaks_its_box(text):
    nasty = Scene(
        title=text, word=text, words=(text,), then=text, thens=(text,), side=text, detail=(text,),
        rounds=(text,), sets=text, coming=text, captions=(text, text, text), told=True, told_now=True,
        starts=text, notice=text, tempo=text, levels=text, microphone=Microphone.VOICE,
    )  # fmt: skip
    for mode, size in itertools.product(Mode, ((40, 15), (60, 18), (80, 24), (120, 40), (240, 70))):
        scene = replace(nasty, mode=mode)
        for part, box in shown_in(scene, *size).items():
            assert_fits(draw(part, scene, box), box, (part, mode))


def test_an_open_microphone_has_its_sign_in_words_at_every_size():
    open_ones = [each for each in Microphone if each is not Microphone.OFF]
    sizes = ((20, 5), (30, 10), (40, 15), (79, 24), (80, 28))
    kinds = ("briefing", "hold", "paused", "closing")
    for kind, size, microphone in itertools.product(kinds, sizes, open_ones):
        scene = replace(KINDS[kind], microphone=microphone)
        boxes = shown_in(scene, *size)
        part = Part.BAND if Part.BAND in boxes else Part.SMALL
        rows = draw(part, scene, boxes[part])
        text = "\n".join("".join(text for text, _ in row) for row in rows)
        words = "microphone" if size[0] >= 80 else "microphone_short"
        shown = f"{MICROPHONES[microphone]} {scene.say.part(f'screen.{words}.{microphone}')}"
        assert text.count(shown) == 1, (kind, size, microphone, text)
        assert_fits(rows, boxes[part], (kind, size, microphone))


def test_a_word_that_is_too_long_leaves_the_others_large():
    scene = replace(KINDS["hold"], words=("HOLD", "SLOWLY_LOWER_THE_LEG_ALL_THE_WAY"))
    boxes = shown_in(scene, 80, 24)
    assert draw(Part.WORD, scene, boxes[Part.WORD]) == draw(Part.WORD, KINDS["hold"], boxes[Part.WORD])


def test_what_is_cut_at_the_end_of_a_session_says_so():
    end = replace(KINDS["closing"].closing, lines=("That was more than the last time. " * 9, "Next is Core."))
    scene = replace(KINDS["closing"], closing=end)
    for width, height in ALL_SIZES:
        drawn = draw(Part.CLOSING, scene, shown_in(scene, width, height)[Part.CLOSING])
        text = "".join(text for line in drawn for text, _ in line)
        assert "…" in text or text.count("more") in {0, 9}, (width, height)


def test_below_the_least_size_it_says_so_and_still_counts():
    for width, height in itertools.product((1, 5, 20, 30, 39, 240), (1, 2, 6, 10, 14)):
        boxes = places(Plan(width, height))
        assert set(boxes) == {Part.SMALL}
        lines = draw(Part.SMALL, KINDS["hold"], boxes[Part.SMALL])
        assert_fits(lines, boxes[Part.SMALL], (width, height))
    lines = draw(Part.SMALL, KINDS["hold"], places(Plan(40, 12))[Part.SMALL])
    told = " ".join("".join(text for text, _ in line).strip() for line in lines)
    assert "██" in told
    wanted = f"Please make this window {WANTED[0]} by {WANTED[1]} or larger."
    assert wanted in " ".join(told.split())


def test_markup_is_shown_as_it_is():
    box = places(Plan(80, 24))[Part.BAND]
    line = draw(Part.BAND, Scene(title="[red]x[/red]"), box)[0]
    assert "[red]x[/red]" in "".join(text for text, _ in line)


@pytest.mark.parametrize(("width", "height", "pages"), [(60, 18, 2), (80, 24, 1), (120, 40, 1), (240, 70, 1)])
def test_help_shows_every_row_in_full(width, height, pages):
    rows = tuple((f"key {number}", f"does thing {number} and something else") for number in range(22))
    box = help_box(width, height)
    drawn = help_pages(rows, box, phrases.load())
    assert len(drawn) == pages
    for lines in drawn:
        assert_fits(lines, box, "help")
    shown = "\n".join("".join(text for text, _ in line) for lines in drawn for line in lines)
    for key, what in rows:
        assert f"{key} " in shown
        assert what in shown
    for rows in ((), (("k" * 90, "w" * 90),) * 200):
        for lines in help_pages(rows, box, phrases.load()):
            assert_fits(lines, box, rows[:1])


def test_the_way_out_is_on_the_first_page_of_the_help_at_every_size():
    say = phrases.load()
    for size in SIZES:
        page = help_pages(help_rows(say), help_box(*size), say)[0]
        shown = " ".join("".join(text for text, _ in line) for line in page)
        assert say.part("command.leave.does") in " ".join(shown.split()), size


def test_help_keeps_keys_apart_from_what_they_do_at_every_size():
    rows, say = help_rows(phrases.load())[:-1], phrases.load()
    for width, height in ((40, 14), (40, 9), (60, 17), (80, 23), (120, 37), (200, 53)):
        drawn = help_pages(rows, Box(0, 0, width, height), say)
        runs = [run for page in drawn for line in page for run in line]
        shown = ["".join(text for text, _ in line) for page in drawn for line in page]
        assert {line[:2] for line in shown} == {"  "}
        assert not any("…" in line for line in shown), (width, height)
        keys = [number for number, (text, ink) in enumerate(runs) if ink is Ink.ACCENT and text.strip()]
        assert {runs[number][0].strip() for number in keys} == {key for key, _ in rows}
        assert all(runs[number + 1][0] == runs[number - 1][0] == "  " for number in keys)
        told = "".join(text for text, ink in runs if ink is Ink.TEXT)
        assert Counter(told.split()) == Counter(" ".join(what for _, what in rows).split())
        assert len(drawn) == 1 or width < 80


def test_cells():
    assert clip("abcdef", 4) == "abc…"
    assert clip("腰腰腰", 4) == "腰…"
    assert clip("abc", 3) == "abc"
    assert clip("abc", 1) == "…"
    assert clip("abc", 0) == ""
    assert pad("ab", 4) == "ab  "
    assert wrap("one two three four", 9, 2) == ["one two", "three fo…"]
    assert wrap("one two three four", 9, 3) == ["one two", "three", "four"]
    assert wrap("x" * 12, 5, 3) == ["xxxxx", "xxxxx", "xx"]
    assert wrap("a", 5, 0) == []
