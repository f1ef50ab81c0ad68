"""The safety notice before the first session; the terminal's part is in ``test_terminal``."""

from voicecoach.person import acceptance, safety_text

QUIET = ("--voice", "silent", "--output", "instant")
VERSION = safety_text.load().version


def test_without_a_terminal_it_is_an_error_that_names_the_way_out(run):
    shown = run("play", "quick", *QUIET)
    assert (shown.status, shown.out) == (2, "")
    assert "not medical advice" in shown.err
    assert "No physiotherapist has reviewed" in shown.err
    assert "--yes" in shown.err
    assert not acceptance.accepted(VERSION)


def test_yes_accepts_it_for_good(run):
    assert run("play", "quick", *QUIET, "--yes").status == 0
    assert acceptance.accepted(VERSION)
    assert run("play", "quick", *QUIET).status == 0


def test_what_plays_no_exercise_does_not_ask(run, tmp_path):
    assert run("say", "Hello.", *QUIET).status == 0
    assert run("render", "quick", "-o", tmp_path / "quick.wav", "--voice", "silent").status == 0
    assert run("timeline", "quick", "--voice", "silent").status == 0
    assert not acceptance.accepted(VERSION)


def test_safety_prints_all_of_it(run):
    page = run("safety").out
    for section in safety_text.load().sections:
        assert section.title in page
    assert "No physiotherapist has" in page
    assert max(map(len, page.splitlines())) <= 80
