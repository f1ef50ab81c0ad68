"""When the coach is lowered, and when a voice has been listened to in vain for too long."""

from voicecoach.hearing.attention import FIRST_REST, FORGOTTEN_AFTER, LONGEST, Attention


def test_the_coach_is_lowered_for_a_voice_until_a_command():
    attention = Attention()
    assert attention.voice_began(10)
    attention.time_passed(12)
    assert attention.lowered
    attention.obeyed()
    assert not attention.lowered


def test_a_voice_without_a_command_is_listened_to_for_four_seconds():
    attention = Attention()
    attention.voice_began(10)
    attention.time_passed(10 + LONGEST - 0.01)
    assert attention.lowered
    attention.time_passed(10 + LONGEST)
    assert not attention.lowered


def test_a_television_lowers_the_coach_less_and_less():
    attention, lowered, now = Attention(), 0.0, 0.0
    while now < 600:
        if attention.voice_began(now):
            attention.time_passed(now + LONGEST)
            lowered += LONGEST
            now += LONGEST
        now += 1
    assert lowered < 600 * 0.08


def test_who_is_not_understood_may_say_it_again_at_once():
    attention = Attention()
    attention.voice_began(0)
    attention.in_vain(2)
    assert attention.voice_began(3)


def test_each_rest_is_twice_as_long_up_to_the_longest():
    attention, now, rests = Attention(), 0, []
    for _ in range(7):
        began = now
        while not attention.voice_began(now):
            now += 1
        rests.append(now - began)
        attention.in_vain(now)
    assert rests == [0, 0, 10, 20, 40, 80, 120]


def test_a_command_and_a_long_silence_forget_what_was_in_vain():
    attention = Attention()
    for now in (0, 1):
        attention.voice_began(now)
        attention.in_vain(now)
    assert not attention.voice_began(2)
    attention.obeyed()
    assert attention.voice_began(3)
    attention.in_vain(3)
    attention.voice_began(4)
    attention.in_vain(4)
    assert attention.voice_began(4 + FIRST_REST + FORGOTTEN_AFTER)
    attention.in_vain(500)
    assert attention.voice_began(501), "as at the beginning"
