"""The page of a sheet: what stands on it, and that nothing in it is more than text and our own drawings."""

import re
from pathlib import Path

import pytest
from brackets import bracketed, stray
from golden import assert_golden
from html_tree import Element, parsed
from printed_sheets import DAY, FRAME, LIBRARY, LYING, SVG, as_page, contents, drawn, in_frame, written

from voicecoach import __version__
from voicecoach.language import phrases
from voicecoach.language.phrases import Phrases
from voicecoach.pages.sheet import SheetPage, page
from voicecoach.routine.exercise_words import phases_in_words
from voicecoach.routine.sheet import sheet
from voicecoach.settings import safety

MINE = """
name: Mine
about: For the stairs.
by: Anna Berg, physiotherapist
days: 3 a week
steps:
  - repeat: 2
    steps:
      - exercise: Step
        why: It makes the leg strong.
        position: [Stand on your {side} leg.]
        movement: Step up.
        dose: 8 each side
        tempo: 2-1-3
        equipment: [step]
        cautions: {knee: leave out, hip: Take a low step., am: leave out}
        cues: {rotating: [Grow tall., Look ahead.]}
      - rest: 30s
  - exercise: Stand
    movement: Stand still.
    dose: 30s
    cautions: {knee: leave out, bal: leave out}
  - say: Well done.
  - exercise: Stand
    movement: Stand still.
    dose: 20s
    cautions: {knee: leave out, bal: leave out}
"""
HOSTILE = "</style><script>alert(1)</script><img src=x> & 'b'"


def lines_of(root):
    """The words of the page, a line for each of its parts."""
    for each in _below(root):
        if each.name in {"h1", "h2", "p", "li", "figcaption"}:
            yield each.words
        elif each.attributes.get("role") == "img" and each.name != "svg":
            yield f"[{each.attributes['aria-label']}]"
            if "boxes" in each.attributes["class"]:
                yield from (child.words for child in each.children if isinstance(child, Element))


def _below(element):
    for child in element.children:
        if isinstance(child, Element):
            yield child
            yield from _below(child)


def every(root, style):
    return [each for each in _below(root) if style in each.attributes.get("class", "").split()]


@pytest.fixture(scope="module")
def mine():
    return parsed(as_page(written(MINE), name=" Robin  <3 ", pictures=drawn))


def test_it_says_what_is_in_the_text():
    root = parsed(as_page(written(MINE), name="Robin", pictures=drawn))
    told = "\n".join(lines_of(root)).replace(f"voicecoach {__version__}", "voicecoach")
    assert_golden(Path(__file__).with_name("sheet.txt"), f"{told}\n")


def test_who_must_do_none_of_it_is_told_once_above_all_and_with_no_exercise(mine):
    above = next(mine.all("header")).words
    assert "None of this with: Knee pain" in above
    rows = [each.words for each in every(mine, "not_with")]
    assert rows == ["Not with The first hour after getting up", "Not with Poor balance or falls"]


def test_an_exercise_that_comes_again_is_described_drawn_and_ticked_once(mine):
    blocks = every(mine, "block")
    assert [len(list(each.all("figure"))) for each in blocks] == [2, 2, 0]
    assert [bool(every(each, "movement")) for each in blocks] == [True, True, False]
    assert [next(each.all("b")).words for each in every(mine, "of")] == ["Step", "Stand"]
    assert len(list(every(mine, "of")[0].all("i"))) == 28


def test_a_picture_is_told_by_the_sentences_beside_it(mine):
    start, end = (each.attributes for each in every(every(mine, "block")[0], "drawn"))
    assert (start["aria-label"], end["aria-label"]) == ("Step: Start", "Step: Up")
    ids = {each.attributes["id"]: each.words for each in _below(mine) if "id" in each.attributes}
    assert ids[start["aria-describedby"]] == "Stand on your left leg."
    assert ids[end["aria-describedby"]] == "Step up."


def test_flat_pictures_stand_below_one_another_and_the_pace_beside_them():
    for frame, below in ((FRAME, True), (LYING, False)):
        block = every(parsed(as_page(written(MINE), pictures=in_frame(frame))), "block")[0]
        assert bool(every(block, "flat")) != below
        assert [each.name for each in every(block, "pace")] == ["p"]
        assert ("up 2s" in every(block, "pictures")[0].words) == below


def test_every_id_stands_once_and_is_there(mine):
    names = [each.attributes["id"] for each in _below(mine) if "id" in each.attributes]
    assert len(names) == len(set(names))
    used = [
        each.attributes.get(kind, "")
        for each in _below(mine)
        for kind in ("aria-labelledby", "aria-describedby")
    ]
    assert {*filter(None, used)} <= {*names}


def test_without_pictures_it_is_text_that_says_no_less():
    drawn_too, alone = (parsed(as_page(written(MINE), **more)) for more in ({"pictures": drawn}, {}))
    assert not list(alone.all("figure"))
    for each in ("tempo 2-1-3: up 2s, pause 1s, down 3s.", "Step up.", "Grow tall."):
        assert each in drawn_too.words
        assert each in alone.words


def test_a_drawing_stands_as_it_is_and_all_that_somebody_wrote_as_text():
    text = f"""
name: "{HOSTILE}"
steps:
  - exercise: Step <b>up</b>
    position: ["</span><script>alert(2)</script>"]
    movement: Up & down.
    dose: 8
    tempo: 2-1-3
    cautions: none
"""
    html = as_page(written(text), name=HOSTILE, pictures=drawn)
    assert html.count(SVG.format(y=80)) == 1
    root = parsed(re.sub("<style>.*?</style>", "", html, flags=re.DOTALL))
    assert {each.name for each in _below(root)}.isdisjoint({"script", "img"})
    assert "<script>alert(1)</script>" in next(root.all("h1")).words
    (block,) = every(root, "block")
    assert next(block.all("h2")).words == "1 Step <b>up</b> 8 reps"
    assert "</span><script>alert(2)</script>" in block.words
    assert every(block, "drawn")[0].attributes["aria-label"] == "Step <b>up</b>: Start"


@pytest.mark.parametrize("region", ["back", "knee"])
def test_all_warning_signs_of_the_region_are_on_it(region):
    html = as_page(written(f"region: {region}\n{MINE.lstrip()}"))
    text = safety.load(region=region)
    told = [each.words for each in every(parsed(html), "warnings")[0].all("li")]
    assert told == [" ".join(each.split()) for section in text.warnings for each in section.points]
    assert [each.title.split(" ")[0] for each in text.warnings] == ["Emergency:", "Stop", "Stop"]


def test_who_chose_the_exercises_stands_at_its_foot(mine):
    assert "Anna Berg, physiotherapist, chose these exercises for you" in next(mine.all("footer")).words
    nobodys = parsed(as_page(LIBRARY.load("core")))
    assert "No physiotherapist has reviewed its exercises." in next(nobodys.all("footer")).words


def test_a_box_of_a_clinician_stands_on_it():
    box = (("From Anna Berg", ()), ("Precautions", ("Do not cross your legs.", "Do not kneel.")))
    (found,) = every(parsed(as_page(written(MINE), box=box)), "prescribed")
    assert found.words == "From Anna Berg Precautions Do not cross your legs. Do not kneel."


def test_it_is_well_formed_for_every_shipped_routine():
    for name in LIBRARY.routines():
        root = parsed(as_page(LIBRARY.load(name), pictures=drawn))
        assert "{" not in next(root.all("main")).words, name


def test_all_its_words_come_from_the_data_of_the_language(monkeypatch):
    made_up = Phrases(bracketed(phrases.entries(phrases.ENGLISH)))
    monkeypatch.setattr(phrases, "load", lambda _language="en": made_up)
    routine = written(
        "name: '1'\nsteps: [{exercise: '2', movement: '3', dose: 8, tempo: 2-1-3, cautions: [knee]}]\n"
    )
    empty = safety.SafetyText(routine.for_region, 1, (), "", "", "", (safety.Section("", ()),) * 4)
    made = sheet(routine, 15)
    html = page(SheetPage(sheet=made, safety=empty, today=DAY, name="4"))
    told = next(parsed(html).all("main")).words
    # How doses and phases are said is not in the data yet.
    for each in (made.blocks[0].dose, phases_in_words(routine.exercises[0])):
        assert each in told
        told = told.replace(each, "")
    assert stray(told) == []


def test_a_routine_of_words_alone_has_nothing_to_tick():
    root = parsed(as_page(written("name: Mine\nsteps: [say: Hello., rest: 30s]\n")))
    assert not every(root, "ticks")
    assert [each.words for each in every(root, "between")] == ["Hello.", "Rest 30s."]


def test_what_a_page_shows_follows_what_is_in_the_sheet():
    made = contents(written(MINE)).sheet
    assert [block.numbers for block in made.blocks] == ["1, 2", "3", "4"]
    assert [block.again for block in made.blocks] == [False, False, True]
    keys = [part.key for part in made.blocks[0].parts]
    assert keys == ["", "position", "sides", "movement", "pace", "mind", "caution", "not_with", "with_care"]
