"""What is in the wheel, and that it finds its data there as it does in a checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.processes

ROOT = Path(__file__).parent.parent.parent
DATA = ["routines", "sounds", "docs"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def unpacked(wheel, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


COMMANDS = ["list", "show core", "safety", "timeline quick --voice silent", "help readme", "help routine"]
ALL = """
import sys
from contextlib import suppress
from voicecoach.cli.main import main
for command in sys.argv[1:]:
    sys.argv = ["voicecoach", *command.split()]
    with suppress(SystemExit):
        main()
"""


def printed(where, home):
    """What some commands of the program that is imported from ``where`` print."""
    environ = os.environ | {"PYTHONPATH": str(where), "VOICECOACH_HOME": str(home)}
    command = [sys.executable, "-c", ALL, *COMMANDS]
    return subprocess.run(command, cwd=where, env=environ, check=True, capture_output=True, text=True).stdout


def files(folder):
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", DATA)
def test_all_data_is_in_the_wheel(unpacked, name):
    assert files(unpacked / "voicecoach" / "_data" / name) == files(ROOT / name) != set()


def test_all_of_the_package_is_in_the_wheel(unpacked):
    """Also what is no Python, as the template of the report."""
    here = {path for path in files(ROOT / "voicecoach") if "__pycache__" not in path.parts}
    assert {path for path in files(unpacked / "voicecoach") if path.parts[0] != "_data"} == here
    assert Path("pages/templates/report.html") in here


def test_nothing_else_is(unpacked):
    assert {path.parts[0].split("-")[0] for path in files(unpacked)} == {"voicecoach"}


def test_it_works_as_the_checkout_does(unpacked, tmp_path):
    shown = printed(unpacked, tmp_path / "wheel")
    assert "Bird dog" in shown
    assert shown == printed(ROOT, tmp_path / "checkout")
