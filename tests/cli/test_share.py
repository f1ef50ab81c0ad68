"""``voicecoach share``: who may fetch the page, where it is, and that it stays there."""

import asyncio
import io
import re
import socket
import urllib.request

import pytest
import segno

from voicecoach import letters
from voicecoach.app import share as sharing
from voicecoach.app.share import Share
from voicecoach.cli import page, page_file, qr_code
from voicecoach.settings import shared_file

PAGE = "<!DOCTYPE html><title>Quick</title>"
HOME = ["127.0.0.2", "127.0.0.3"]
"""The addresses of a computer in two home networks."""
ADDRESS = re.compile(r"^(?:or, .*: )?http://(?P<host>[\d.]+):(?P<port>\d+)/(?P<token>\w{20})/$", re.MULTILINE)


@pytest.fixture
def served(monkeypatch):
    """Which page was served where and for how long; two visitors fetch it, and it is over."""
    found = []

    async def serve(self, sockets, seconds=None):
        found.append((self._page, [each.getsockname() for each in sockets], seconds))
        for each in sockets:
            self._fetched(each.getsockname()[0])
            each.close()
        self._fetched("192.168.1.31")

    def page_of(*positional, **_):
        *_, progress = positional
        progress(1.0)
        return PAGE

    monkeypatch.setattr(Share, "serve", serve)
    monkeypatch.setattr(page_file, "page_of", page_of)
    return found


@pytest.fixture
def at_home(monkeypatch):
    """A computer in these networks, whose ports can be had though it may not have these addresses."""
    networks = list(HOME)
    monkeypatch.setattr(sharing, "home_addresses", lambda: [*networks])
    create = socket.create_server

    def create_anywhere(address, **more):
        return create(("127.0.0.1", address[1] if address[0] != HOME[1] else 0), **more)

    monkeypatch.setattr(socket, "create_server", create_anywhere)
    return networks


def test_without_a_terminal_only_this_computer_fetches_it_and_the_address_stays(run, served, at_home):
    first, again, other = run("share", "quick", "--for", "30m"), run("share", "quick"), run("share", "core")
    assert [(each.status, each.err.strip()) for each in (first, again, other)] == [
        (0, "Quick"),
        (0, "Quick"),
        (0, "Core"),
    ]
    (found, found_again, elsewhere) = (ADDRESS.search(each.out)[0] for each in (first, again, other))
    assert found == found_again != elsewhere
    assert "//127.0.0.1:" in found
    assert "on this computer. It works for 30m, or until Ctrl-C:" in first.out
    assert "on this computer. It works until Ctrl-C:" in again.out
    assert "your doses of today" in first.out
    assert "17:00: this computer fetched the page.\n17:00: 192.168.1.31 fetched the page.\n" in first.out
    assert [(content, seconds) for content, _, seconds in served] == [
        (PAGE.encode(), 1800),
        (PAGE.encode(), None),
        (PAGE.encode(), None),
    ]


def test_it_has_the_doses_of_the_file_for_who_wants_them(run, served):
    shown = run("share", "quick", "--as-written").out
    assert "doses of the routine's file" in shown
    assert "today" not in shown


@pytest.mark.usefixtures("served")
def test_the_home_network_is_asked_for(run, at_home, monkeypatch):
    def answered(*answers, options=()):
        monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(answers) + "\n"))
        monkeypatch.setattr(page, "at_terminal", lambda: True)
        return run("share", "quick", *options)

    hosts = {
        "": ["127.0.0.1"],
        "n": ["127.0.0.1"],
        "y": HOME,
    }
    for answer, expected in hosts.items():
        shown = answered(answer).out
        assert "May other devices in your home network" in shown
        assert [each["host"] for each in ADDRESS.finditer(shown)] == expected
        assert "no home network" not in shown
    for option, expected in {"--lan": HOME, "--no-lan": ["127.0.0.1"]}.items():
        shown = answered(options=[option]).out
        assert "May other" not in shown
        assert [each["host"] for each in ADDRESS.finditer(shown)] == expected
        assert ("anyone on this network who has the address" in shown) == (option == "--lan")
    at_home.reverse()
    assert [each["host"] for each in ADDRESS.finditer(answered("y").out)] == HOME, "the kept one is first"
    at_home.clear()
    shown = answered().out
    assert "May other" not in shown
    assert "in no home network, so only this computer can fetch the page" in shown
    assert [each["host"] for each in ADDRESS.finditer(shown)] == ["127.0.0.1"]
    refused = answered(options=["--lan"])
    assert (refused.status, "in no home network" in refused.err) == (1, True)


@pytest.mark.usefixtures("served")
def test_what_moved_is_told(run, at_home):
    first = ADDRESS.search(run("share", "quick", "--lan").out)
    with socket.create_server((HOME[0], int(first["port"]))):
        taken = run("share", "quick", "--lan").out
    assert f"Another program is using port {first['port']}" in taken
    now = ADDRESS.search(taken)
    assert (now["token"], now["port"] != first["port"]) == (first["token"], True)
    back = run("share", "quick", "--lan").out
    assert (ADDRESS.search(back)[0], "Another" in back) == (first[0], False)
    at_home[:] = ["127.0.0.4"]
    moved = run("share", "quick", "--lan").out
    assert f"another address in your network the last time, {HOME[0]}" in moved
    assert "the last time" not in run("share", "quick", "--lan").out
    assert "the last time" not in run("share", "quick", "--no-lan").out
    assert shared_file.served("quick").host == "127.0.0.4"


def test_ctrl_c_is_how_it_ends(run, served, monkeypatch):
    async def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Share, "serve", interrupted)
    ended = run("share", "quick")
    assert ended.status == 0
    until = "Where it is open it still works, until the tab is closed or reloaded."
    assert ended.out.endswith(f"The page is no longer served. {until}\n")


def test_a_time_is_one(run):
    for time in ("0", "never", "25h", "-1"):
        assert run("share", "quick", "--for", time).status == 2


def test_a_browser_fetches_it_and_the_command_says_so(run, monkeypatch):
    found, shown, put, serve = [], [], page.put, Share.serve

    def putting(text="", **more):
        put(text, **more)
        shown.append(text)

    def fetch():
        (address,) = (each for each in shown if each.startswith("http"))
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.read()

    async def until_fetched(self, sockets, seconds):
        told, tell = asyncio.Event(), self._fetched
        self._fetched = lambda address: told.set() or tell(address)
        serving = asyncio.create_task(serve(self, sockets, seconds))
        found.append(await asyncio.to_thread(fetch))
        await asyncio.wait_for(told.wait(), 30)
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)

    monkeypatch.setattr(page, "put", putting)
    monkeypatch.setattr(Share, "serve", until_fetched)
    monkeypatch.setattr(page_file, "page_of", lambda *_, **__: PAGE)
    ended = run("share", "quick")
    assert found == [PAGE.encode()]
    assert "17:00: this computer fetched the page." in ended.out


ADDRESSES = (
    "http://192.168.178.120:29999/abcdefghjkmnpqrstuvw/",
    "http://10.0.0.7:20000/22222222222222222222/",
)


def test_the_code_in_a_terminal_has_the_modules_of_the_address():
    for address in ADDRESSES:
        lines = list(qr_code.rows(address))
        modules = [list(map(int, half)) for line in lines for half in zip(*map(halves, line), strict=True)]
        code = [list(row) for row in segno.make(address, micro=False).matrix]
        quiet = [0] * (len(code) + 8)
        framed = [quiet] * 4 + [[0] * 4 + row + [0] * 4 for row in code] + [quiet] * 5
        assert modules == framed
        assert (len(lines), len(lines[0])) == (19, 37), "small enough for a terminal of 80 x 24"


def halves(sign):
    """The upper and the lower module of a sign, dark ones as 1."""
    return divmod(qr_code.HALVES.index(sign), 2)


def test_the_code_is_shown_where_it_can_be_read(monkeypatch, capsys):
    def shown(columns=80, lines=24, term="xterm", encoding="utf-8"):
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setenv("LINES", str(lines))
        monkeypatch.setenv("TERM", term)
        monkeypatch.setattr(letters, "of_terminal", lambda *_: encoding)
        found = qr_code.show(ADDRESSES[0])
        assert bool(capsys.readouterr().out) == found
        return found

    assert not shown(), "in a pipe"
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert shown()
    assert shown(columns=37, lines=19)
    assert not shown(columns=36)
    assert not shown(lines=18)
    assert not shown(term="dumb")
    assert not shown(encoding="latin-1")
