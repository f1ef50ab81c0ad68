"""Keys in their order, also after somebody has looked whether there is one."""

from fakes.clock import FakeClock

from voicecoach.cli.pressed_keys import PressedKeys


def keys():
    return PressedKeys(FakeClock(step=0.1))


def handed_out(pressed):
    while (each := pressed.wait(0)) is not None:
        yield each.key, each.again


def test_a_key_that_was_looked_for_is_handed_out_all_the_same():
    pressed = keys()
    assert not pressed.are_there
    for key in "34":
        pressed.put(key, said=False)
    assert pressed.are_there
    assert pressed.are_there
    assert list(handed_out(pressed)) == [("3", False), ("4", False)]
    assert pressed.wait(0) is None


def test_who_looks_does_not_see_a_key_that_is_still_held():
    pressed = keys()
    pressed.follow("enter")
    pressed.put("enter", said=False)
    assert not pressed.are_there
    pressed.put("4", said=False)
    pressed.put("4", said=False)
    assert pressed.are_there
    assert list(handed_out(pressed)) == [("4", False), ("4", True)]


def test_what_was_put_back_is_the_next_one():
    pressed = keys()
    for key in "12":
        pressed.put(key, said=False)
    first = pressed.wait(0)
    assert first
    pressed.put_back(first)
    assert [key for key, _ in handed_out(pressed)] == ["1", "2"]


def test_the_same_answer_said_twice_counts_once_and_later_again():
    clock = FakeClock()
    pressed = PressedKeys(clock)
    for seconds in (0, 2, 4):
        clock.time += seconds
        pressed.put("y", said=True)
    assert list(handed_out(pressed)) == [("y", False), ("y", True), ("y", False)]
