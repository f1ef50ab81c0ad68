"""The made-up rooms and scenes of the proof of hearing, and how its results are counted."""

import numpy as np
import pytest
from spoken import figures, rooms, scenes
from spoken.rooms import ROOMS
from spoken.scenes import BLOCK, DUCKED, DUCKED_AFTER, Place, Played
from spoken.speakers import RATE, loudness

MODELS = ("base", "tiny")


def chance():
    return np.random.default_rng(0)


def decibels(ratio):
    return 20 * np.log10(ratio)


# Rooms


@pytest.mark.parametrize("name", ROOMS)
def test_sound_takes_its_time_through_a_room_and_dies_away_in_it(name):
    room = ROOMS[name]
    path = rooms.voice_path(name)
    first = np.flatnonzero(np.abs(path) > 0.3 * np.abs(path).max())[0]
    assert first == pytest.approx(
        np.linalg.norm(np.subtract(room.person, room.microphone)) / 343 * RATE, abs=8
    )
    left = np.cumsum(path[::-1] ** 2)[::-1]
    fall = [np.flatnonzero(left < left[0] * 10 ** (-level / 10))[0] for level in (5, 25)]
    assert 3 * (fall[1] - fall[0]) / RATE == pytest.approx(room.echo, rel=0.3)
    assert np.sum(path**2) == pytest.approx(1)


@pytest.mark.parametrize("name", ROOMS)
def test_the_coach_is_heard_as_late_as_its_room_says(name):
    room = ROOMS[name]
    path = rooms.coach_path(name)
    first = np.flatnonzero(np.abs(path) > 0.3 * np.abs(path).max())[0]
    way = np.linalg.norm(np.subtract(room.loudspeaker, room.microphone)) / 343
    assert first / RATE == pytest.approx(room.delay + way, abs=0.001)


def test_sound_that_comes_in_blocks_is_the_same_as_in_one_piece():
    sound = chance().normal(0, 0.1, 20 * BLOCK).astype(np.float32)
    path = rooms.voice_path("carpet")
    blocks = rooms.Path(path, BLOCK)
    found = np.concatenate([blocks.through(sound[at : at + BLOCK]) for at in range(0, len(sound), BLOCK)])
    assert found == pytest.approx(rooms.through(path, sound)[: len(sound)], abs=1e-5)


# Scenes


def scene():
    noise = chance().normal(0, 1, 5 * RATE).astype(np.float32)
    clip = chance().normal(0, 0.1, RATE).astype(np.float32)
    spoken = chance().normal(0, 0.1, 5 * RATE).astype(np.float32)
    return scenes.scene(Place("carpet", -30, 20, 10), [("go on", 2.0, clip)], noise, spoken)


def test_everything_in_a_scene_is_as_loud_as_its_place_says():
    made = scene()
    (said,) = made.said
    assert said.phrase == "go on"
    assert said.end - said.begin == RATE
    voice = decibels(loudness(made.voice[said.begin : said.end]))
    assert voice == pytest.approx(-30, abs=0.5)
    assert decibels(loudness(made.noise)) == pytest.approx(-50, abs=0.5)
    back = rooms.through(made.echo, rooms.loudspeaker(made.coach))
    assert decibels(loudness(back)) == pytest.approx(-40, abs=0.5)
    assert not made.voice[: said.begin - RATE // 10].any()


def test_what_ducks_the_coach_is_heard_a_little_later_and_taken_back_exactly():
    made = scene()
    played, far = Played(made), []
    at = {10: True, 60: False}
    for number, (_, out) in enumerate(played.blocks()):
        far.append(out)
        if number in at:
            played.duck(on=at[number])
    plain = [out for _, out in Played(made).blocks()]
    ratio = np.array([np.std(one) / np.std(other) for one, other in zip(far, plain, strict=True)])
    later = round(DUCKED_AFTER * RATE / BLOCK)
    assert ratio[: 10 + later] == pytest.approx(1)
    assert ratio[10 + later + 5 : 60] == pytest.approx(DUCKED, rel=0.01)
    assert ratio[60 + later + 5 :] == pytest.approx(1)
    assert decibels(DUCKED) == pytest.approx(-12)


# Figures


def result(*decisions, began=(), said=("go on", "resume", 10 * RATE, 11 * RATE), case=()):
    """A scene in which one phrase was said, heard by the first model."""
    keys = ("phrase", "means", "begin", "end")
    decided = [
        {"frame": round(at * RATE), "text": means, "means": means, "sure": sure, "seconds": 0.5}
        for at, means, sure in decisions
    ]
    return {
        "case": list(case),
        "seconds": 3600.0,
        "began": [round(at * RATE) for at in began],
        "said": [dict(zip(keys, said, strict=True))] if said else [],
        "decisions": {"base": decided, "tiny": []},
    }


@pytest.mark.parametrize(
    ("decisions", "counts"),
    [
        ([(11.6, "resume", True)], (1, 0, 0, 0)),
        ([(11.6, "resume", False)], (0, 1, 0, 0)),
        ([(11.6, "stop", True)], (0, 0, 1, 0)),
        ([(11.6, "", True)], (0, 0, 0, 0)),
        ([(11.6, "", True), (12.5, "resume", True)], (1, 0, 0, 0)),
        ([], (0, 0, 0, 1)),
        ([(9.9, "resume", True)], (0, 0, 0, 1)),
        ([(11 + figures.LATEST, "resume", True)], (1, 0, 0, 0)),
        ([(11.1 + figures.LATEST, "resume", True)], (0, 0, 0, 1)),
    ],
)
def test_a_command_is_obeyed_asked_about_taken_for_another_or_unheard(decisions, counts):
    found = figures.outcomes([result(*decisions)], "base")
    assert (found.obeyed, found.asked, found.wrong, found.cut) == counts
    assert found.rate == sum(counts[:2])


def test_delays_count_from_the_words_and_alarms_by_the_hour():
    heard = result((11.6, "resume", True), began=(10.1, 20))
    found = figures.outcomes([heard], "base")
    assert found.delays == [pytest.approx(1.1)]
    assert found.began == [pytest.approx(0.1)]
    total = figures.alarms(
        [result((1, "stop", True), (2, "next", True), (3, "hurts", False), said=None), heard], "base"
    )
    assert (total.hours, total.obeyed, total.wary, total.asked, total.began) == (2, 3, 1, 1, 2)
    assert total.texts == ["stop (stop)", "next (next)", "hurts? (hurts)", "resume (resume)"]


def test_tables_have_a_row_for_each_group_and_columns_for_each_model():
    groups = [("quiet", [result((11.6, "resume", True)), result()]), ("loud", [])]
    assert figures.commands_table(groups, MODELS).splitlines() == [
        f"{'':<{figures.WIDTH}}  said unheard    base asked wrong    tiny asked wrong",
        f"{'quiet':<{figures.WIDTH}}     2     50%     50%    0%    0%      0%    0%    0%",
        f"{'loud':<{figures.WIDTH}}     0       -       -     -     -       -     -     -",
    ]
    assert figures.delays_table(groups, MODELS).splitlines()[1:] == [
        f"{'quiet':<{figures.WIDTH}} {'-':>16}{'1.10 1.10':>16}{'-':>16}",
        f"{'loud':<{figures.WIDTH}} {'-':>16}{'-':>16}{'-':>16}",
    ]
    (quiet, loud) = figures.alarms_table(groups, MODELS).splitlines()[1:]
    assert quiet.split() == ["quiet", "2.00", "0", "0.5", "0.0", "0.0", "0.0", "0.0", "0.0"]
    assert loud.split()[1:3] == ["0.00", "0"]
    assert list(figures.mishearings(groups[0][1], "base")) == ["go on: -"]
