"""The profile on disk."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.errors import FileError
from voicecoach.routine.model import Caution
from voicecoach.routine.profile import Explaining
from voicecoach.settings import profile_file
from voicecoach.settings.profile_file import ALWAYS, EVERYTHING, UNKNOWN, OwnProfile
from voicecoach.text import clean
from voicecoach.units import POUND

words = (
    st.text(min_size=1, max_size=20)
    .map(clean)
    .filter(lambda text: any(map(str.isalnum, text)) and not set(text) & set("{}"))
)
days = st.none() | st.dates(date(2000, 1, 1), date(2199, 12, 31))
profiles = st.builds(
    OwnProfile,
    cautions=st.dictionaries(st.sampled_from(Caution), days | st.just(ALWAYS)),
    unanswered=st.frozensets(st.sampled_from(Caution)),
    equipment=st.sampled_from([EVERYTHING, UNKNOWN]) | st.frozensets(words, max_size=5),
    up_at=st.none() | st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    coaching=st.sampled_from(Explaining),
    weights=st.frozensets(st.sampled_from((0.5, 1.0, 1.25, POUND, 5 * POUND, 2.4, 100.0))).map(
        lambda found: tuple(sorted(found))
    ),
    skipped=days,
)


@given(profile=profiles)
def test_what_is_written_is_read(profile):
    assert profile_file.read(profile_file._text(profile).encode(), profile_file.file()) == profile


def test_there_is_none_at_first():
    assert profile_file.load() is None


def test_it_is_kept_and_explains_itself(home, told):
    kept = OwnProfile(
        cautions={Caution.KNEE: None, Caution.ACUTE: date(2026, 3, 2), Caution.OP: ALWAYS},
        equipment=frozenset({"mat"}),
    )
    profile_file.save(kept, told.append)
    assert profile_file.load() == kept
    text = (home / "profile.yaml").read_text()
    assert "cautions: [acute: 2026-03-02, op: always, knee]" in text
    assert 'equipment: ["mat"]' in text
    assert "# flex, ext, leg" in text
    profile_file.clear(told.append)
    assert profile_file.load() is None
    assert told == []


def test_a_file_may_say_only_a_part_and_one_of_0_1_0_leaves_no_caution_open(home):
    home.mkdir()
    (home / "profile.yaml").write_text("cautions: [Knee, {acute: 2026-03-02}]\n")
    said = {Caution.KNEE: None, Caution.ACUTE: date(2026, 3, 2)}
    assert profile_file.load() == OwnProfile(cautions=said, unanswered=frozenset())


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", "1:1"),
        ("cautions: [", "1:12"),
        ("cautions: [kneee]", "1:12"),
        ("# Hm.\ncoaching: loud", "2:11"),
        ("equipment: [[mat]]", "1:13"),
        ("equipment: 3", "1:12"),
        ("cautions: [{acute: soon}]", "1:20"),
        ("cautions: [{acute: 2026-03-02, leg: 2026-03-02}]", "1:12"),
        ("up_at: noon", "1:8"),
        ("knees: bad", "1:1"),
        ("weights: 2 kg", "1:10"),
        ("weights: [2]", "1:11"),
        ("weights: [1 kg, 0 kg]", "1:17"),
        ("coaching: full\ncoaching: short", "2:1"),
        ("a: &a [b]\nc: *a", "1:"),
    ],
)
def test_a_broken_profile_is_never_taken_for_none(home, told, text, where):
    path = home / "profile.yaml"
    home.mkdir()
    path.write_text(text)
    with pytest.raises(FileError, match="voicecoach profile --ask") as caught:
        profile_file.load()
    assert f"{path}:{where}" in str(caught.value)
    assert path.read_text() == text
    profile_file.save(OwnProfile(), told.append)
    aside = home / "profile.damaged-1.yaml"
    assert aside.read_text() == text
    assert len(told) == 1
    assert str(aside) in told[0]
    assert profile_file.load() == OwnProfile()


def test_a_folder_in_its_place_is_said_clearly(home):
    (home / "profile.yaml").mkdir(parents=True)
    with pytest.raises(FileError, match="cannot be read: it is a folder"):
        profile_file.load()
