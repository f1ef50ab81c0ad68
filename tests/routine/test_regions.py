"""Which region of the body a routine is for."""

import re
from dataclasses import replace

import pytest
from fakes.journal import MONDAY

from voicecoach import paths
from voicecoach.app import prepare
from voicecoach.app.region import usual
from voicecoach.language import phrases, tables
from voicecoach.routine.files.library import Library
from voicecoach.routine.lint import advise
from voicecoach.routine.model import Caution
from voicecoach.routine.paper import sheet_as_text
from voicecoach.routine.profile import Profile
from voicecoach.routine.programme import Activity, OwnPlan, PhaseName
from voicecoach.routine.region import Region
from voicecoach.routine.sheet import sheet
from voicecoach.settings import safety, schedule_file

OWN = "  - exercise: Lift {number}\n    kind: strength\n    rep: up 2s, down 2s\n    reps: 5\n{region}"
PLAN = OwnPlan(id="a1", programme="p", phase=PhaseName.CALM, since=MONDAY)
TABLE = phrases.folder() / "regions.en.yaml"


@pytest.fixture
def placed(tmp_path, monkeypatch):
    """The region of a routine as a person does it: what it says, what its exercises say, and more."""
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path / "home"))
    folder = paths.user_routines()

    def region(*, own="", exercises=("", ""), programme=None, profile=None):
        (folder / "programmes").mkdir(parents=True, exist_ok=True)
        steps = "".join(
            OWN.format(number=number, region=f"    region: {each}\n" if each else "")
            for number, each in enumerate(exercises)
        )
        said = f"region: {own}\n" if own else ""
        (folder / "mine.yaml").write_text(f"name: Mine\n{said}steps:\n{steps}  - bird_dog\n")
        if programme is not None:
            said = f"region: {programme}\n" if programme else ""
            text = f"name: P\n{said}sore: mine\nphases:\n  - name: calm\n    routines: {{mine: 3}}\n"
            (folder / "programmes" / "p.yaml").write_text(text)
            monkeypatch.setattr(schedule_file, "load", lambda _: PLAN)
        person = Profile(region=Region(profile)) if profile else Profile()
        return prepare.tailored(Library.default(), "mine", person).routine

    return region


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, Region.BACK),
        ({"own": "knee"}, Region.KNEE),
        ({"exercises": ("hip", "hip")}, Region.HIP),
        ({"exercises": ("hip", "knee")}, Region.BACK),
        ({"exercises": ("hip", "")}, Region.BACK),
        ({"own": "knee", "exercises": ("hip", "hip"), "profile": "neck"}, Region.KNEE),
        ({"exercises": ("hip", "hip"), "programme": "ankle"}, Region.HIP),
        ({"programme": "ankle", "profile": "neck"}, Region.ANKLE),
        ({"programme": "", "profile": "neck"}, Region.NECK),
        ({"profile": "shoulder"}, Region.SHOULDER),
        ({"own": "back", "profile": "shoulder"}, Region.BACK),
    ],
)
def test_the_nearest_word_counts(placed, said, expected):
    routine = placed(**said)
    assert routine.region is expected
    assert {each.region or Region.BACK for each in routine.exercises} == {expected}


def test_a_plan_of_routines_alone_is_for_what_they_all_say(placed, monkeypatch):
    placed(own="knee")
    alone = replace(PLAN, programme="", own={PhaseName.CALM: (Activity(routine="mine", days=3),)})
    monkeypatch.setattr(schedule_file, "load", lambda _: alone)
    assert usual() is Region.KNEE
    placed()
    assert usual() is Region.BACK


def test_an_unknown_region_is_named_with_those_that_there_are(placed, tmp_path):
    path = tmp_path / "wrong.yaml"
    path.write_text("name: W\nregion: knees\nsteps: [bird_dog]\n")
    (problem,) = Library.default().check([path])
    assert "'knees' is not known here; did you mean 'knee'?" in str(problem)


def test_a_back_is_stiff_in_the_morning_and_a_knee_is_not(placed):
    """What follows from the time of day, and from a leg as it is felt, is about the back."""
    stiff = Profile(cautions=frozenset({Caution.AM, Caution.BAL}), of_back=frozenset({Caution.AM}))
    assert stiff.in_region(Region.BACK) == stiff
    assert stiff.in_region(Region.KNEE).cautions == {Caution.BAL}


def test_the_sheet_warns_of_what_is_a_warning_there(placed):
    knee = " ".join(sheet_as_text(sheet(placed(own="knee"), 5, {})).split())
    assert "for the knee" in knee
    assert "Never bounce. Move slowly, and keep breathing. If your knee hurts more and more" in knee
    assert "down a leg" not in knee
    assert "travels further down a leg" in " ".join(sheet_as_text(sheet(placed(), 5, {})).split())


def test_every_region_has_a_row_with_the_same_keys_and_a_source():
    rows = tables.read(TABLE)
    assert list(rows) == list(Region)
    same = rows["knee"].keys()
    for region in set(Region) - {Region.BACK, Region.NECK}:
        assert rows[region].keys() == same, region
    assert same < rows["neck"].keys()
    for region in Region:
        about = re.search(rf"((?:^#.*\n)+){region}:$", TABLE.read_text(encoding="utf-8"), re.MULTILINE)
        assert about, region
        assert re.search(r"[Ss]igns|Weight", about[1]), region


@pytest.mark.parametrize("region", Region)
def test_the_safety_text_is_whole_for_each_region(region):
    text = safety.load(region=region)
    titles = [each.title for each in text.sections]
    assert titles == [each.title for each in safety.load().sections]
    told = " ".join((*text.notice, *(point for each in text.sections for point in each.points)))
    assert "{" not in told
    assert len(text.emergency.points) >= 6
    if region is not Region.BACK:
        assert not re.search(r"\byour back\b|down a leg|back pain|genitals", told)


@pytest.mark.parametrize(
    ("name", "about", "expected"),
    [
        ("New hip, week 8", "Total hip replacement on the left.", "hip"),
        ("Runner's knee", "Load the quadriceps and the hip.", "knee"),
        ("Weeks 1-3", "Patellofemoral pain: knee and hip.", "knee"),
        ("Stiff neck", "For the shoulders, too.", "neck"),
        ("Lower back and hip", "Mornings.", "back"),
        ("Back to running", "After an ankle sprain.", "ankle"),
        ("Mornings", "Ten minutes.", None),
    ],
)
def test_a_prescribed_routine_is_for_the_region_that_it_names(tmp_path, name, about, expected):
    def told(keys):
        path = tmp_path / "mine.yaml"
        path.write_text(f'name: "{name}"\nabout: "{about}"\n{keys}\nsteps: [bird_dog]\n')
        routine = Library.default().load(path)
        return routine.region, {each.rule for each in advise(routine)}

    for keys in ("side: left", "by: Anna Berg", "stop: [It locks.]"):
        region, rules = told(keys)
        assert region == expected
        assert ("region-unsaid" in rules) is (expected is None)
    assert told("region: shoulder\nside: left")[0] is Region.SHOULDER
    region, rules = told("")
    assert region is None
    assert "region-unsaid" not in rules
