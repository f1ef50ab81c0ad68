"""One page for one address: a visitor who is hostile gets nothing else, and keeps nobody from it."""

import asyncio
import os
import re
import socket
import sys
import tracemalloc
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

import voicecoach
from voicecoach.app import share
from voicecoach.app.share import LOOPBACK, Bounds, Share
from voicecoach.errors import SharingError

PAGE = "<!DOCTYPE html><title>Core</title>\N{WHITE SMILING FACE}".encode() * 20_000
TOKEN = "abc23456789defghjkmn"
USUAL = Bounds()
HASTY = Bounds(asking=0.2, taking=0.2, connections=10, each=4)
OTHER = "127.0.0.2"
"""Another visitor of this computer, where a system gives it more than one such address."""


def of(method="GET", path=f"/{TOKEN}/", host="127.0.0.1:21000", version="HTTP/1.1", more=""):
    return f"{method} {path} {version}\r\nHost: {host}\r\n{more}\r\n".encode()


@asynccontextmanager
async def shared(page=PAGE, bounds=USUAL, fetched=lambda _: None):
    """Serve the page; yields its port."""
    (listening,) = share.bound([LOOPBACK])
    serving = asyncio.create_task(Share(page, TOKEN, fetched, bounds=bounds).serve([listening]))
    try:
        yield listening.getsockname()[1]
        assert not serving.done()
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


async def asked(port, request, of_whom=None):
    """What a visitor gets: the status, the headers and the body."""
    local = (of_whom, 0) if of_whom else None
    reader, writer = await asyncio.open_connection(LOOPBACK, port, local_addr=local)
    writer.write(request)
    try:
        answer = await reader.read(-1)
    except ConnectionError:
        answer = b""
    writer.close()
    head, _, body = answer.partition(b"\r\n\r\n")
    status, *lines = head.decode().split("\r\n")
    return status, dict(line.split(": ", 1) for line in lines), body


def answers(*requests, **how):
    async def ask_all():
        async with shared(**how) as port:
            return [await asked(port, request) for request in requests]

    return asyncio.run(ask_all())


def test_the_page_is_all_that_a_browser_gets_and_it_can_be_reloaded():
    first, head = answers(of(), of("HEAD"))
    status, headers, body = first
    assert (status, body) == ("HTTP/1.1 200 OK", PAGE)
    assert head == (status, headers, b"")
    assert headers["Content-Length"] == str(len(PAGE))
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "no-store" not in headers["Cache-Control"]
    again, changed = answers(
        of(more=f"If-None-Match: {headers['ETag']}\r\n"), of(more='If-None-Match: "another"\r\n')
    )
    assert (again[0], again[2]) == ("HTTP/1.1 304 Not Modified", b"")
    assert changed == first


def test_an_address_is_typed_without_its_last_sign():
    (found,) = answers(of(path=f"/{TOKEN}"))
    assert (found[0], found[2]) == ("HTTP/1.1 200 OK", PAGE)


PATHS = (
    *("/", "//", "/favicon.ico", "/robots.txt", "/index.html", "*", "http://127.0.0.1/"),
    *(f"/{TOKEN}/index.html", f"/{TOKEN}//", f"//{TOKEN}/", f"/{TOKEN.upper()}/"),
    *(f"/{TOKEN[:-1]}/", f"/{TOKEN}x/", f"/{TOKEN}/?", f"/{TOKEN}/#", f"/{TOKEN}/%00", f"/x/../{TOKEN}/"),
    *("/../../../../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd"),
    *("/\xff\xfe/", "/" * 7000),
)
NO_REQUEST = (
    *(b"\r\n\r\n", b"GET\r\n\r\n", b"GET /\r\n\r\n", f"GET /{TOKEN}/ HTTP/1.1\r\n\r\n".encode()),
    *(of(version="HTTP/2"), of(version="HTTP/1.1 "), of("get"), of("G\0T"), of(path=f"/{TOKEN}/ /")),
    *(of(more="Host: 127.0.0.1\r\n"), of().replace(b"\r\nHost", b"\nHost"), b"\x16\x03\x01\r\n\r\n"),
)


def test_other_requests_get_a_line_that_refuses_them():
    methods = ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "HEADS")
    large = [of(more=f"X: {'x' * 9000}\r\n"), of(more="X: x\r\n" * 2000), b"GET /" + b"x" * 9000]
    expected = {
        **dict.fromkeys((of(path=path) for path in PATHS), "404 Not Found"),
        **dict.fromkeys((of("HEAD", path) for path in PATHS), "404 Not Found"),
        **dict.fromkeys((of(method) for method in methods), "405 Method Not Allowed"),
        **dict.fromkeys(NO_REQUEST, "400 Bad Request"),
        **dict.fromkeys(large, "431 Request Header Fields Too Large"),
    }
    found = answers(*expected)
    for (request, status), (line, headers, body) in zip(expected.items(), found, strict=True):
        assert line == f"HTTP/1.1 {status}", request[:80]
        told = b"" if request.startswith(b"HEAD ") else f"{status[4:]}\n".encode()
        assert body == told, request[:80]
        assert headers["Content-Length"] == str(len(status[4:]) + 1)
        assert TOKEN not in str(headers)
        assert ("Allow" in headers) == (status[:3] == "405")


def test_a_foreign_name_that_leads_here_gets_nothing():
    ours = ("127.0.0.1:21000", "192.168.1.20", "localhost:8000", "[::1]:21000")
    foreign = (
        "evil.example",
        "evil.example:21000",
        "127.0.0.1.evil.example",
        "[evil]",
        "",
        "a:b",
        "@127.0.0.1",
    )
    found = [status.split()[1] for status, _, _ in answers(*(of(host=host) for host in (*ours, *foreign)))]
    assert found == ["200"] * len(ours) + ["421"] * len(foreign)


def test_who_sends_slowly_or_takes_nothing_is_shut_out_in_time():
    large = b"x" * 16_000_000  # more than the system takes for somebody who does not

    async def dawdle(port):
        _, writer = await asyncio.open_connection(LOOPBACK, port)
        while True:  # a letter at a time, so that something always comes
            writer.write(b"G")
            await writer.drain()
            await asyncio.sleep(0.02)

    async def take_nothing(port):
        taker = socket.create_connection((LOOPBACK, port))
        taker.sendall(of())
        await asyncio.sleep(1.5 * HASTY.taking)
        with taker, taker.makefile("rb") as file:
            return len(file.read())

    async def visit():
        async with shared(large, HASTY) as port:
            with pytest.raises(ConnectionError):
                await dawdle(port)
            assert await take_nothing(port) < len(large)
            assert (await asked(port, of()))[2] == large

    asyncio.run(asyncio.wait_for(visit(), 20))


@pytest.mark.skipif(sys.platform != "linux", reason="has one address of its own")
def test_many_connections_keep_nobody_out_and_take_no_memory():
    async def visit():
        async with shared(bounds=Bounds(asking=5, taking=5, connections=10, each=4)) as port:
            await asked(port, of())
            tracemalloc.start()
            crowd = [await asyncio.open_connection(LOOPBACK, port) for _ in range(40)]
            for _, writer in crowd:
                writer.write(b"GET /" + b"x" * 4000)
            assert (await asked(port, of()))[0] == "", "too many of one visitor"
            assert (await asked(port, of(), OTHER))[2] == PAGE
            others = [
                await asyncio.open_connection(LOOPBACK, port, local_addr=(f"127.0.1.{n}", 0))
                for n in range(12)
            ]
            await asyncio.sleep(0.02)
            assert (await asked(port, of(), OTHER))[0] == "", "too many of all"
            _, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            for _, writer in (*crowd, *others):
                writer.transport.abort()
            await asyncio.sleep(0.02)
            assert (await asked(port, of()))[2] == PAGE
            return most

    assert asyncio.run(visit()) < len(PAGE) + 3_000_000


def test_a_visitor_is_told_once_in_a_while_and_only_for_the_page():
    told: list[str] = []
    forgetful = Bounds(again=0)
    answers(of("HEAD"), of(path="/"), of("POST"), of(), of(), fetched=told.append)
    assert told == [LOOPBACK]
    answers(of(), of(), bounds=forgetful, fetched=told.append)
    assert told == [LOOPBACK] * 3


def test_whoever_waits_is_told_that_nobody_comes():
    async def waited(*, visit):
        missed = asyncio.Event()
        bounds = Bounds() if visit else Bounds(first=0)
        (listening,) = share.bound([LOOPBACK])
        port = listening.getsockname()[1]
        shared_once = Share(PAGE, TOKEN, lambda _: None, missed.set, bounds)
        serving = asyncio.create_task(shared_once.serve([listening]))
        if visit:
            await asked(port, of())
            shared_once._look()
        else:
            await asyncio.wait_for(missed.wait(), 30)
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        return missed.is_set()

    assert asyncio.run(waited(visit=False))
    assert not asyncio.run(waited(visit=True))


def test_it_ends_in_time():
    async def served():
        (listening,) = share.bound([LOOPBACK])
        await asyncio.wait_for(Share(PAGE, TOKEN, print).serve([listening], 0.01), 30)

    asyncio.run(served())


def test_it_ends_though_somebody_is_connected(caplog):
    async def visit():
        (listening,) = share.bound([LOOPBACK])
        where = listening.getsockname()
        served = Share(PAGE, TOKEN, print)
        serving = asyncio.create_task(served.serve([listening]))
        reader, writer = await asyncio.open_connection(*where)
        while not served._connected:  # noqa: ASYNC110 - it tells nobody who is connected
            await asyncio.sleep(0)
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        assert await reader.read(1) == b""
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection(*where)
        writer.close()

    asyncio.run(visit())
    assert caplog.text == ""


def test_a_port_that_is_taken_gives_way_to_another_one():
    (first,) = share.bound([LOOPBACK])
    with first:
        port = first.getsockname()[1]
        (second,) = share.bound([LOOPBACK], port)
        with second:
            assert port != second.getsockname()[1] in share.PORTS
    (again,) = share.bound([LOOPBACK], port)
    with again:
        assert again.getsockname() == (LOOPBACK, port)
    with pytest.raises(SharingError, match="cannot be served at 192"):
        share.bound(["192.0.2.1"])


def test_an_address_at_home_is_a_private_one_and_asked_of_nobody(monkeypatch):
    def without_network(*_):
        raise OSError(101, os.strerror(101))

    for found, at_home in {
        "192.168.178.20": True,
        "10.0.0.7": True,
        "172.20.0.2": True,
        "127.0.0.1": False,
        "0.0.0.0": False,
        "169.254.3.4": False,
        "8.8.8.8": False,
    }.items():
        monkeypatch.setattr(share, "_ways", lambda found=found: iter([found, found]))
        assert share.home_addresses() == [found] * at_home
    monkeypatch.undo()
    monkeypatch.setattr(socket.socket, "connect", without_network)
    assert share.home_addresses() == []


def test_a_token_cannot_be_guessed():
    made = {share.token() for _ in range(100)}
    assert len(made) == 100
    assert all(len(each) == 20 and each.isalnum() and each.islower() for each in made)


def test_nothing_else_is_a_server():
    """Asyncio can be one, too, and others need it for what they ask of the desktop."""
    modules = Path(voicecoach.__file__).parent.rglob("*.py")
    found = [each.name for each in modules if re.search(r"(start|create)\w*_server", each.read_text("utf-8"))]
    assert found == ["share.py"]
