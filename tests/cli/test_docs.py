"""README.md, CONTRIBUTING.md and docs tell the truth: what they type is typed, what they count is counted."""

import re
import shlex
import shutil
import tomllib
from contextlib import suppress
from importlib import metadata
from pathlib import Path

import documents
import pytest
import typer
from documents import BLOCKS, ROOT, TEXTS
from naming import naming

from voicecoach.app import estimates, own_words, prepare
from voicecoach.audio import outputs
from voicecoach.cli import main as command_line
from voicecoach.cli import plan
from voicecoach.cli.main import COMMANDS, SECTIONS
from voicecoach.language import phrases
from voicecoach.routine.profile import Profile
from voicecoach.session.commands import help_rows, spoken
from voicecoach.settings import listen_file
from voicecoach.settings.table import SETTINGS
from voicecoach.timeline.expand import Settings
from voicecoach.timeline.segment import Speak
from voicecoach.timeline.steps import Coaching
from voicecoach.training import limits, teaching
from voicecoach.units import RATE
from voicecoach.voices import cache

QUIETLY = {
    "play": "--voice silent --output instant --yes",
    "render": "--voice silent",
    "demo": "--voice silent --output instant",
    "share": "--voice silent --for 0.01s",
    "pack": "--voice silent",
}
"""What a command needs besides, so that it neither asks nor takes its time."""
PLACES = {
    "ROUTINE": "quick",
    "ROUTINE…": "quick",
    "FOLDER": "packed",
    "EXERCISE": "glute_bridge",
    "DOSE": "8",
    "PHASE": "restore",
    "NAME": "mine",
    "TEXT": "Hello.",
    "PATH…": "my.yaml",
    "FILE.wav": "session.wav",
    "FILE.mp3": "session.mp3",
    "FILE.html": "sheet.html",
    "FILE.svg": "bird.svg",
    "CODE": "en",
    "COMMAND": "plan",
}
"""What stands for a word in capital letters."""
OTHERWISE = {
    "voicecoach": "opens the list of routines, which tests/cli/test_choosing.py does",
    "voicecoach …": "names the commands",
    "voicecoach plan …": "names a group",
    "voicecoach check --notes": "says with which option",
    "voicecoach check": "says with which command",
    "voicecoach show": "says with which command",
    "voicecoach sheet": "says with which command",
    "voicecoach log": "asks what was done, which tests/cli/test_log.py answers",
    "voicecoach log --dose": "says with which option",
    "voicecoach doctor": "has status 1 on a machine without a loudspeaker, and plays a tone",
    "voicecoach exercises NAME": "voicecoach exercises glute_bridge",
    "voicecoach check FILE": "voicecoach check my.yaml",
    "voicecoach plan phase NAME": "voicecoach plan phase build",
    "voicecoach timeline NAME": "voicecoach timeline core --voice silent",
    "voicecoach plan new --programme mine": "voicecoach plan new --programme mine --phase maintain",
    "voicecoach plan swap": "says with which command",
    "voicecoach plan days": "says with which command",
    "voicecoach plan at": "says with which command",
    "voicecoach plan dose EXERCISE '2 x 8 with 2 kg'": (
        "voicecoach plan dose good_morning_bodyweight '2 x 8 with 2 kg' --routine strong-back"
    ),
    "voicecoach plan dose EXERCISE right": "voicecoach plan dose bird_dog right --routine core",
    "voicecoach plan dose EXERCISE both": "voicecoach plan dose bird_dog both --routine core",
    "voicecoach plan clear EXERCISE": "has nothing to bring back here, which tests/cli/cases/wishes.txt has",
    "voicecoach plan allow EXERCISE": "has nothing that waits here, which tests/cli/cases/bounds.txt has",
    "voicecoach plan allow EXERCISE '3 x 15'": "has no bound here, which tests/cli/cases/bounds.txt has",
    "voicecoach plan allow Step-down": "has nothing that waits, unlike tests/cli/test_for_clinicians.py",
    "voicecoach new runners-knee --from leaflet.txt": "has its leaflet in tests/cli/test_for_clinicians.py",
    "voicecoach plan new --routine runners-knee.yaml": "has its file in tests/cli/test_for_clinicians.py",
    "voicecoach plan dose Step-down '2 x 8'": "has its plan in tests/cli/test_for_clinicians.py",
    "voicecoach check runners-knee": "has its routine in tests/cli/test_for_clinicians.py",
    "voicecoach show runners-knee": "has its routine in tests/cli/test_for_clinicians.py",
    "voicecoach sheet runners-knee": "has its routine in tests/cli/test_for_clinicians.py",
    "voicecoach play runners-knee": "has its routine in tests/cli/test_for_clinicians.py",
    "voicecoach timeline runners-knee": "has its routine in tests/cli/test_for_clinicians.py",
    "voicecoach new --from sheet.txt": "needs a leaflet, which tests/cli/cases/new.txt has",
    "voicecoach new my-hips --from table.csv": "needs a table, which tests/cli/cases/new.txt has",
    "voicecoach schema > routine.schema.json": "voicecoach schema",
    "voicecoach backup FILE": "voicecoach backup copy.db",
    "voicecoach restore FILE": "voicecoach restore kept.db",
    "voicecoach render --all -o FOLDER": "takes minutes; tests/cli/test_render_all.py has it",
    "voicecoach log --from FILE_OR_CODE": "needs a record, which tests/cli/test_returned.py has",
    "voicecoach report --from FOLDER": "needs records, which tests/cli/test_returned.py has",
    "voicecoach resume": "needs a session that broke off, which tests/cli/test_resume.py has",
    "voicecoach listen": "needs a microphone; tests/cli/test_listen.py has it",
    "voicecoach listen --free": "needs a microphone, and goes on until Ctrl-C",
    "voicecoach listen --microphones": "has status 1 on a machine without a microphone",
    "voicecoach play --listen": "says with which option",
    "voicecoach say TEXT": "voicecoach say Hello. --output instant --voice silent",
}
"""What is typed in place of a command; a sentence says why nothing is."""
MINE = "name: Mine\nsteps: [cat_camel]\n"
PROGRAMME = "name: Mine\nsore: calm-mini\nphases: [{name: maintain, routines: {core: 3}}]\n"


def commands():
    """Every ``voicecoach …`` in code, with the documents it stands in."""
    found = {}
    for name in TEXTS:
        for words in documents.in_code(name):
            if re.match(r"voicecoach(?= |$)", words):
                found.setdefault(words, []).append(name)
    return found


def typed(words):
    """What to type for a command in a document; empty when that is left to other tests."""
    words = OTHERWISE.get(words, words)
    if not re.match(r"voicecoach ", words):
        return ""
    command = words.split()[1]
    plain = " ".join(PLACES.get(word, word) for word in words.split(" ")[1:])
    return f"{plain} {QUIETLY.get(command, '')}".strip()


@pytest.fixture
def lived(accepted, run, home, at, tmp_path, monkeypatch):
    """Somebody with a plan, a session, a routine and a programme; lets each command begin there."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my.yaml").write_text(MINE)
    (home / "data/routines/programmes").mkdir(parents=True)
    (home / "data/routines/my.yaml").write_text(MINE)
    (home / "data/routines/programmes/mine.yaml").write_text(PROGRAMME)
    assert run("plan", "new", "--phase", "calm").status == 0
    assert run("log", "Swimming", "--minutes", 9).status == 0
    assert run("play", "quick", *QUIETLY["play"].split(), "--journal").status == 0
    at(1)
    assert run("plan", "keep", "glute_bridge", "--routine", "quick").status == 0
    assert run("backup", "kept.db").status == 0
    shutil.copytree(home, tmp_path / "before")

    def again():
        shutil.rmtree(home)
        shutil.copytree(tmp_path / "before", home)

    return again


def test_its_commands_can_be_typed(lived, run):
    found = commands()
    assert not OTHERWISE.keys() - found, "no document has these"
    for words, where in found.items():
        line = typed(words)
        if line:
            lived()
            with naming(f"{words} in {', '.join(where)}"):
                ended = run(*shlex.split(line))
                assert (ended.status, line) == (0, line), ended.err


def test_the_readme_has_every_command_in_the_order_of_the_help():
    _, *sections = re.split(r"^### (.*)$", TEXTS["README.md"].partition("## Keys")[0], flags=re.MULTILINE)
    found = {
        title: list(dict.fromkeys(re.findall(r"(?:^\|.*?|, )`voicecoach ([a-z-]+)", table, re.MULTILINE)))
        for title, table in zip(sections[::2], sections[1::2], strict=True)
    }
    wanted = {title: [each.name for each in section] for title, section in SECTIONS.items()}
    assert {title: sorted(names) for title, names in found.items()} == {
        title: sorted(names) for title, names in wanted.items()
    }
    assert list(found) == list(wanted)


def options(command):
    yield "--help"
    for parameter in command.params:
        yield from (*parameter.opts, *parameter.secondary_opts)
    for each in getattr(command, "commands", {}).values():
        yield from options(each)


ELSEWHERE = {"--force", "--reinstall", "--share", "--seed", "--without-tests", "--platform"}
"""Options of other programs."""


def test_every_option_exists():
    every = (*COMMANDS, *plan.COMMANDS)
    whole = typer.main.get_command(command_line.app)
    declared = {*options(whole), *(option for entry in every for option in options(entry.load()))}
    for name in TEXTS:
        for option in re.findall(r"(?<![\w-])--[a-z][a-z-]+", " ".join(documents.in_code(name))):
            assert option in declared | ELSEWHERE, f"{option} in {name} is not an option"


def test_every_option_of_play_that_a_table_has_is_one():
    (play,) = (entry.load() for entry in COMMANDS if entry.name == "play")
    for option, *_ in documents.rows("docs/exercising.md", "| option of `play` | does |"):
        assert set(re.findall(r"--[a-z-]+", option)) <= {*options(play)}


def test_every_link_leads_somewhere():
    for name in TEXTS:
        for link in documents.links(name):
            path, _, anchor = link.partition("#")
            target = (ROOT / name).parent / path if path else ROOT / name
            assert target.exists(), f"{link} in {name}"
            if anchor:
                assert anchor in documents.anchors(str(target.resolve().relative_to(ROOT))), (
                    f"{link} in {name}"
                )
    listed = {Path(link).name for link in documents.links("docs/README.md")}
    assert {path.name for path in documents.PATHS[1:]} - {"README.md"} <= listed


BELOW = (ROOT, ROOT / "voicecoach", ROOT / "voicecoach" / "pages")


def test_every_file_of_ours_exists():
    """Below the root, the package or the tests; those with a word in capital letters stand for others."""
    for name in ("README.md", "CONTRIBUTING.md"):
        for words in documents.in_code(name):
            if re.fullmatch(r"[a-z_.]+(/[a-z_.-]+)+/?", words) and not words.startswith(("./", "~")):
                assert any((each / words).exists() for each in BELOW), f"{words} in {name}"


def test_every_key_is_that_of_the_help():
    found = documents.rows("README.md", "| key | does |")
    assert found == [[keys, meaning] for keys, meaning in help_rows(phrases.load())]


def test_what_can_be_said_is_that_of_the_phrases():
    found = documents.rows("docs/hands-free.md", "| say | or | it | name |")
    told = {name.strip("`"): [first, *filter(None, others.split(", "))] for first, others, _, name in found}
    words: dict[str, list[str]] = {}
    for phrase, command in spoken(phrases.load()).items():
        words.setdefault(command.value, []).append(phrase)
    assert told == words


def test_the_example_of_words_of_ones_own_can_be_used(home):
    (text,) = (each.text for each in BLOCKS if each.kind == "yaml listen")
    path = listen_file.file()
    path.parent.mkdir(parents=True)
    path.write_text(text)
    found = own_words.understood("en")
    assert found.remarks == ()
    assert len(found.phrases) > len(spoken(phrases.load()))


def test_every_status_is_told():
    told = [
        each[0].strip("`").replace("` ", " ")
        for each in documents.rows("docs/scripts.md", "| status | means |")
    ]
    assert told == re.findall(r"^(\d+(?: \+ n)?) ", command_line.__doc__, re.MULTILINE)


def test_every_output_is_told():
    found = documents.rows("docs/exercising.md", "| output | | interval between sounds, measured |")
    assert [each[0].strip("`") for each in found] == [*outputs.DEVICES, *outputs.STAND_INS]


def test_every_setting_that_is_named_exists():
    for words in commands():
        if found := re.search(r"config set (\S+)", words):
            assert found[1] in SETTINGS or found[1] == "KEY"


def test_a_block_of_commands_installs_or_is_shown_to_run():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for block in BLOCKS:
        if block.kind or block.document == "docs/proofs.md":
            continue
        if "─parse─" in block.text:
            continue
        for line in block.text.splitlines():
            assert re.match(r"python3 -m venv .venv|uv tool install|pipx install", line), line
            (extra,) = re.findall(r'install (?:-e )?"\.\[(\w+)\]"', line)
            assert extra in project["optional-dependencies"]
            assert line.rpartition("&& ")[2].split()[0] in {
                "voicecoach",
                "pytest",
                "scripts/check",
                "uv",
                "pipx",
            }
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    pattern = re.search(r"sed -n 's/(\^.*?)/\\1/p' README\.md", ci)
    assert pattern, "CI runs the README's own test command"
    posix = pattern[1].replace(r"\(", "(").replace(r"\)", ")")
    assert len(re.findall(posix, TEXTS["README.md"], re.MULTILINE)) == 1


word = phrases.load().number


def quick(how):
    settings = Settings(coaching=how)
    return estimates.estimate(prepare.session_for(Profile(), "quick", settings, 165).steps)


def minutes(how):
    return word(round(quick(how).expected / RATE / 60))


def test_figures_in_the_text(home):
    every: dict[str, dict[str, object]] = {
        "README.md": {
            "is two exercises on your back: {} minutes the first": minutes(Coaching.FULL),
            "the first {} times, while all is explained": word(teaching.LEARNING),
            "while all is explained, and {} later": minutes(Coaching.SHORT),
            "come at most {} questions each": word(limits.MOST_QUESTIONS),
            "after {} good sessions a dose rises": word(limits.SUCCESSES),
            "no more than {} point.": word(limits.AMBER_RISE - 1),
            "Amber: {} points or more": word(limits.AMBER_RISE),
            "and for {} hours the coach offers to go on": word(limits.GO_ON_HOURS),
            "before {}, unless you say when": word(limits.MORNING_UNTIL),
            "after {} good weeks": word(limits.TRY_AGAIN_DAYS // 7),
            "up to {} MB for speech": round(cache._LIMIT / 1024 / 1024),
        },
        "docs/exercising.md": {
            "at most {} MB, so the second session": round(cache._LIMIT / 1024 / 1024),
            "at most {} questions each time": word(limits.MOST_QUESTIONS),
            "in full the first {} times": word(teaching.LEARNING),
            "comes again after {} weeks": word(limits.SKIPPED_DAYS // 7),
        },
    }
    for name, figures in every.items():
        for sentence, value in figures.items():
            assert sentence.format(value) in documents.flat(name), (name, sentence, value)


def test_the_speech_of_quick_takes_the_room_that_is_told():
    said = {each.text: each.frames for _, _, each in quick(Coaching.FULL).events() if isinstance(each, Speak)}
    told = int(re.search(r"\((\d+) MB after quick", documents.flat("README.md"))[1])
    assert sum(said.values()) * 2 / 1e6 == pytest.approx(told, rel=0.25)


def needed(name, extra, found):
    """Gather the distributions that one of this name, with this extra, needs."""
    if (key := re.sub(r"[-_.]+", "-", name).lower()) in found:
        return
    with suppress(metadata.PackageNotFoundError):  # what another platform needs
        found[key] = metadata.distribution(name)
        for wanted in found[key].requires or []:
            if "extra ==" not in wanted or re.search(f"""extra == ["']{extra}["']""", wanted):
                needed(re.match(r"[\w.-]+", wanted)[0], "", found)


def test_the_program_takes_the_room_that_is_told():
    pytest.importorskip("hibari")
    found: dict[str, metadata.Distribution] = {}
    needed("voicecoach", "natural", found)
    files = [Path(str(each.locate())) for one in found.values() for each in one.files or []]
    own = [path for path in files if path.suffix != ".pyc" and path.is_file()]
    measured = sum(path.stat().st_size for path in own) / 1e6
    told = int(re.search(r"Room on your disk: (\d+) MB", documents.flat("README.md"))[1])
    assert measured < told < 1.5 * measured, "pip, whole blocks, and what Python compiles come on top"


def test_every_variable_of_the_environment_is_heeded():
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "voicecoach").rglob("*.py"))
    for names, *_ in documents.rows("docs/scripts.md", "| variable | does |"):
        for name in re.findall("`(.*?)`", names):
            assert f'"{name}"' in sources, name
