"""Completion as somebody meets it: installed by one command, in each real shell, with the Tab key."""

import os
import shutil
import sys
from pathlib import Path

import pytest
import tmux
from tmux import window

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(bool(tmux.MISSING), reason=f"{', '.join(tmux.MISSING)} is not installed"),
]

PROMPT = "type>"
SHELLS = {
    "bash": (".bashrc", f"PS1='{PROMPT}'\n"),
    "zsh": (".zshrc", f"PROMPT='{PROMPT}'\n"),
    "fish": (
        ".config/fish/config.fish",
        f"set fish_greeting\nfunction fish_prompt; echo -n '{PROMPT}'; end\n",
    ),
}
"""The file that each shell reads when it starts, with what lets it ask for a command in the same way."""
TYPED = {
    "play stro": "play strong-back",
    "play my-ph": "play my-physio",
    "show ./my-f": r"show \./my-file.yaml",
    "exercises dead_bug_": "exercises dead_bug_taps",
    "config set voice-v": "config set voice-volume",
    "config set voice nat": "config set voice natural",
    "config set clicks t": "config set clicks true",
    "play --voice sil": "play --voice silent",
    "play quick --from pelvic_tilt_": "play quick --from pelvic_tilt_wall",
    "plan phase re": "plan phase restore",
    "plan swap walk dai": "plan swap walk daily-stretch",
    "help rout": "help routine-format",
    "undo": "undo-log",
}
"""What is typed after the name of the program, and what stands there after the Tab key."""


@pytest.mark.parametrize("shell", SHELLS)
def test_the_tab_key_completes_names(shell, home, tmp_path, monkeypatch):
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    name, text = SHELLS[shell]
    start = tmp_path / name
    start.parent.mkdir(parents=True, exist_ok=True)
    start.write_text(text)
    (home / "data" / "routines").mkdir(parents=True)
    (home / "data" / "routines" / "my-physio.yaml").write_text("name: From Ms. Weber\nsteps: [cat_camel]\n")
    (tmp_path / "my-file.yaml").write_text("name: Mine\nsteps: [cat_camel]\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    for variable in ("XDG_CONFIG_HOME", "ZDOTDIR"):
        monkeypatch.delenv(variable, raising=False)
    with window(tmp_path, columns=120) as terminal:

        def begin():
            terminal.run(f"clear; {shell}")
            terminal.until(rf"\A{PROMPT}$")

        begin()
        terminal.run("voicecoach --install-completion; exit")
        terminal.until(rf"(?s){shell} completion installed.*{tmux.PROMPT}$")
        begin()
        for typed, completed in TYPED.items():
            terminal.press(f"voicecoach {typed}")
            terminal.tmux("send-keys", "Tab")
            terminal.until(rf"^{PROMPT}voicecoach {completed}\s*$")
            terminal.tmux("send-keys", "C-u")
            terminal.until(rf"^{PROMPT}$")
