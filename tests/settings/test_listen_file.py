"""The person's own words for spoken commands, as they write them."""

from pathlib import Path

import pytest

from voicecoach.errors import FileError, RoutineError
from voicecoach.session.commands import Command
from voicecoach.settings import listen_file
from voicecoach.settings.listen_file import MOST

HERE = Path("listen.yaml")
SHIPPED = {
    "pause please": Command.PAUSE,
    "stop": Command.STOP,
    "skip the rest": Command.SKIP_REST,
    "more rest": Command.MORE_REST,
}
EXAMPLE = "pause: [wait for me, give me a second]"
SAID = ("Turn on your back.", "Three more.")


def read(text):
    return listen_file.read(text.encode(), HERE, SHIPPED, SAID)


def problems(text):
    with pytest.raises(RoutineError) as raised:
        read(text)
    return str(raised.value).replace("listen.yaml:", "").splitlines()


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "pause: []\n"])
def test_there_may_be_none(text):
    assert read(text).phrases == {}


def test_a_command_takes_one_phrase_or_several_and_its_name_is_spelt_as_one_likes():
    found = read("Pause: [halt now, 'stand still']\nskip_rest: no waiting\nmore-rest: [a breather]\n")
    assert found.phrases == {
        "halt now": Command.PAUSE,
        "stand still": Command.PAUSE,
        "no waiting": Command.SKIP_REST,
        "a breather": Command.MORE_REST,
    }
    assert found.remarks == ()


def test_every_problem_is_told_at_once_with_its_place():
    text = """\
puase: [halt now]
stop: [pause please, "??", [x]]
more rest: halt now, stand still
skip rest: [turn on your back, three more]
sing: la la la
"""
    assert problems(text) == [
        "1:1: there is no command 'puase'; did you mean 'pause'?",
        "2:22: the phrase '??' has nothing that can be said; at least one word",
        "2:28: a list is not a text; one text, in quotes if it holds ': ' or begins with '{' or '['",
        f"3:12: 'halt now, stand still' is one phrase; several in brackets, as in '{EXAMPLE}'",
        "4:13: 'turn on your back' is too much like what the coach says: 'Turn on your back.'; other words",
        "4:32: 'three more' is too much like what the coach says: 'Three more.'; other words",
        "5:1: there is no command 'sing'; one of the names that 'voicecoach help hands-free' lists",
    ]


def test_a_phrase_means_one_command():
    assert problems("pause: [stop]\nmore rest: [pause pleas]\n") == [
        "1:9: 'stop' means 'stop' already; other words",
        "2:13: 'pause pleas' sounds too much like 'pause please', which means 'pause'; other words",
    ]
    assert problems("pause: [make an end]\nstop: [make an end]\n") == [
        "1:9: 'make an end' means 'stop' as well; each phrase for one command only"
    ]
    assert read("stop: [stop, stop the music]\n").phrases == dict.fromkeys(
        ("stop", "stop the music"), Command.STOP
    )


def test_a_short_phrase_is_only_remarked_on():
    found = read("pause: halt\n")
    assert found.phrases == {"halt": Command.PAUSE}
    told = "'halt' is short and may be heard where nobody said it; two words are surer"
    assert [str(each) for each in found.remarks] == [f"listen.yaml:1:8: {told}"]


def test_there_are_not_too_many():
    many = ", ".join(f"wait {chr(97 + n) * 9}" for n in range(MOST + 1))
    assert problems(f"pause: [{many}]") == [
        f"1:1: {MOST + 1} phrases of your own; at most {MOST}: more cannot be told apart"
    ]


def test_a_file_that_cannot_be_used_is_told_with_the_way_out(home):
    assert listen_file.load(SHIPPED, SAID).phrases == {}
    path = listen_file.file()
    path.parent.mkdir()
    path.write_text("puase: halt now\n")
    with pytest.raises(FileError, match=f"{path}:1:1: .*'pause'(?s:.*)move the file away"):
        listen_file.load(SHIPPED, SAID)
    path.unlink()
    path.mkdir()
    with pytest.raises(FileError, match="cannot be read: it is a folder"):
        listen_file.load(SHIPPED, SAID)
