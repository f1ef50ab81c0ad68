"""``scripts/prove`` with a proof of its own: its row, its figures and its table."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "scripts" / "prove"
LOADED = f"""
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

loader = SourceFileLoader("prove", {str(SCRIPT)!r})
prove = module_from_spec(spec_from_loader("prove", loader))
sys.modules["prove"] = prove
loader.exec_module(prove)
prove.ROOT = Path.cwd()
prove.TABLE = Path("proofs.md")
prove.PROOFS = {{"one": prove.Proof("One is one", ("test_one.py", "-n", "0"))}}
sys.exit(prove.main())
"""


@pytest.mark.processes
@pytest.mark.parametrize("one", [1, 2])
def test_a_proof_writes_its_row_and_what_it_printed(tmp_path, one):
    (tmp_path / "conftest.py").write_text("def pytest_addoption(parser):\n    parser.addoption('--share')\n")
    (tmp_path / "test_one.py").write_text(
        "def test_one(record_property):\n"
        "    record_property('figure', 'one figure')\n"
        "    record_property('table', 'one table')\n"
        f"    assert {one} == 1\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", LOADED, "one"],
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"},
        capture_output=True,
        text=True,
        check=False,
    )
    held = one == 1
    assert done.returncode == (0 if held else 1), done.stdout + done.stderr
    text = (tmp_path / "proofs.md").read_text("utf-8")
    result = "**holds**: 1 passed" if held else "**fails**: 1 failed"
    assert f"| one | One is one | {result} in 0:0" in text
    assert "<br>one figure |" in text
    assert text.endswith("\n## one\n\n```\none table\n```\n")
