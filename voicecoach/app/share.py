"""Serves one page to a browser on this computer or in the home network: the only server of this program.

A visitor may be anybody. Each can send a few kilobytes within some seconds, and gets the page for its exact
address, which nobody can guess, or a line that refuses; nothing else is there to be asked for.
"""

from __future__ import annotations

import asyncio
import errno
import hashlib
import hmac
import ipaddress
import re
import secrets
import socket
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, NamedTuple

from voicecoach.errors import SharingError

LOOPBACK: Final = "127.0.0.1"
"""The address of this computer that no other one can reach."""
_LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
"""Those of a token: none that is read as another, for people who type an address."""
_TOKEN: Final = 20
"""Letters of a token, which are 99 bits."""
PORTS: Final = range(20_000, 30_000)
"""The ports to choose from [own choice]: no system hands these out to programs that ask for any."""
_TRIES: Final = 20
"""Ports that are tried before giving up."""
_CHUNK: Final = 65_536
"""Bytes that are sent at a time."""
_REMEMBERED: Final = 64
"""Visitors whose last visit is known, so that it is told once."""
_PROBED: Final = (
    "192.0.2.1",
    *(f"192.168.{part}.1" for part in range(256)),
    *(f"10.{part}.0.1" for part in range(256)),
    *(f"172.{part}.0.1" for part in range(16, 32)),
)
"""Where a way is looked for: the first is reserved for documents, so that it leads where everything does."""
_REQUEST: Final = re.compile(rb"([A-Z]{1,20}) (\S+) HTTP/1\.[01]")
_HOST: Final = re.compile(r"\[(?P<six>[0-9a-fA-F:.]+)\](:\d+)?|(?P<name>[^:\[\]]+)(:\d+)?")
_HEADERS: Final = {
    "Cache-Control": "private, no-cache",  # a reload asks whether it has changed, and else loads nothing
    # The policy in the page says what it may do; these are what no page of ours has to do.
    "Content-Security-Policy": "; ".join(
        f"{each} 'none'"
        for each in ("base-uri", "connect-src", "form-action", "frame-ancestors", "object-src")
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",  # it has the token in it
    "X-Content-Type-Options": "nosniff",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Bounds:
    """What visitors may take of this computer. [own choice], each far beyond what a browser needs."""

    head: int = 8192
    """Bytes of a request."""
    asking: float = 5.0
    """Seconds to send it in."""
    taking: float = 20.0
    """Seconds to take each 64 kB of the page, which the slowest home network does in one."""
    connections: int = 48
    """At a time."""
    each: int = 8
    """Of one address, so that nobody can keep the others out."""
    again: float = 600.0
    """Seconds after which the same visitor is told again."""
    first: float = 60.0
    """Seconds within which somebody is expected."""


_BOUNDS: Final = Bounds()


class _Answer(NamedTuple):
    """What a visitor gets."""

    status: HTTPStatus
    headers: Mapping[str, str]
    body: bytes = b""

    def head(self) -> bytes:
        """Return what stands before the body."""
        lines = (f"{name}: {value}\r\n" for name, value in {**_HEADERS, **self.headers}.items())
        return f"HTTP/1.1 {self.status} {self.status.phrase}\r\n{''.join(lines)}\r\n".encode()


def _refusal(status: HTTPStatus, **headers: str) -> _Answer:
    body = f"{status.phrase}\n".encode()
    text = {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(body))}
    return _Answer(status, text | headers, body)


class Share:
    """One page, at one address."""

    def __init__(
        self,
        page: bytes,
        token: str,
        fetched: Callable[[str], None],
        missed: Callable[[], None] = lambda: None,
        bounds: Bounds = _BOUNDS,
    ) -> None:
        """``fetched`` is told the address of each visitor who fetched the page, once in a while, and
        ``missed`` is called when nobody has for some time.
        """
        self._page = page
        self._tag = f'"{hashlib.sha256(page).hexdigest()[:32]}"'
        self._path = f"/{token}/".encode()
        self._fetched, self._missed = fetched, missed
        self._bounds = bounds
        self._connected = Counter[str]()
        self._visits: set[asyncio.Task[None]] = set()
        self._told: dict[str, float] = {}

    async def serve(self, sockets: Sequence[socket.socket], seconds: float | None = None) -> None:
        """Answer whoever connects to the ``sockets``, for so many seconds, or until this is cancelled."""
        with ExitStack() as stack:
            for each in sockets:
                server = await asyncio.start_server(self._visited, sock=each, limit=self._bounds.head)
                stack.callback(server.close)
            stack.callback(self._leave)
            missing = asyncio.get_running_loop().call_later(self._bounds.first, self._look)
            stack.callback(missing.cancel)
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await asyncio.Event().wait()

    def _look(self) -> None:
        if not self._told:
            self._missed()

    def _leave(self) -> None:
        """End all visits."""
        for each in self._visits:
            each.cancel()

    async def _visited(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Give one visitor an answer, and close the connection, whatever they do meanwhile."""
        visit = asyncio.current_task()
        assert visit is not None
        self._visits.add(visit)
        visit.add_done_callback(self._visits.discard)
        peer = writer.get_extra_info("peername")
        address = str(peer[0]) if peer else ""
        self._connected[address] += 1
        try:
            if self._connected.total() <= self._bounds.connections and (
                self._connected[address] <= self._bounds.each
            ):
                # Where it is cancelled, asyncio would complain on the screen.
                with suppress(OSError, TimeoutError, EOFError, asyncio.CancelledError):
                    await self._answer(reader, writer, address)
        finally:
            writer.transport.abort()  # what is not taken by now is not waited for
            self._connected[address] -= 1
            self._connected += Counter()  # keeps those alone that are here

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, address: str) -> None:
        """Answer one request. Raises OSError and what else ends a connection before its end."""
        try:
            async with asyncio.timeout(self._bounds.asking):
                head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.LimitOverrunError:
            answer, method = _refusal(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE), b""
        else:
            answer, method = self._answer_to(head)
        writer.transport.set_write_buffer_limits(0)  # sent is what the system has taken
        await self._send(writer, answer.head())
        if method != b"HEAD":
            await self._send(writer, answer.body)
        writer.write_eof()
        if answer.status in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED} and method == b"GET":
            self._tell(address)
        # Closed with something of theirs unread, what is under way to them would be lost.
        async with asyncio.timeout(self._bounds.asking):
            while await reader.read(self._bounds.head):
                pass

    async def _send(self, writer: asyncio.StreamWriter, data: bytes) -> None:
        """Send it in parts. Raises OSError, and TimeoutError when the visitor is slow to take them."""
        for start in range(0, len(data), _CHUNK):
            writer.write(data[start : start + _CHUNK])
            async with asyncio.timeout(self._bounds.taking):
                await writer.drain()

    def _answer_to(self, head: bytes) -> tuple[_Answer, bytes]:
        """Return the answer to a request, and its method."""
        first, *lines = head.split(b"\r\n")
        request = _REQUEST.fullmatch(first)
        fields = [line.decode("latin-1").partition(":") for line in lines if line]
        hosts = [value.strip() for name, _, value in fields if name.lower() == "host"]
        if request is None or len(hosts) != 1:
            return _refusal(HTTPStatus.BAD_REQUEST), b""
        method, path = request.groups()
        if not _is_number(hosts[0]):
            return _refusal(HTTPStatus.MISDIRECTED_REQUEST), method
        if method not in {b"GET", b"HEAD"}:
            return _refusal(HTTPStatus.METHOD_NOT_ALLOWED, Allow="GET, HEAD"), method
        # People who type it leave its last sign out. It takes as long, however much of it is right.
        if not hmac.compare_digest(path.removesuffix(b"/"), self._path.removesuffix(b"/")):
            return _refusal(HTTPStatus.NOT_FOUND), method
        if any(self._tag in value for name, _, value in fields if name.lower() == "if-none-match"):
            return _Answer(HTTPStatus.NOT_MODIFIED, {"ETag": self._tag}), method
        html = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(self._page))}
        return _Answer(HTTPStatus.OK, html | {"ETag": self._tag}, self._page), method

    def _tell(self, address: str) -> None:
        """Say who fetched it, unless that was told lately."""
        now = asyncio.get_running_loop().time()
        last = self._told.pop(address, None)
        if last is None or now - last >= self._bounds.again:
            self._fetched(address)
            last = now
        self._told[address] = last
        if len(self._told) > _REMEMBERED:
            del self._told[next(iter(self._told))]


def _is_number(host: str) -> bool:
    """Tell whether a browser went to an address in numbers, or to this computer, as ours are.

    A foreign page can have a name of its own lead here (DNS rebinding), and would then read what it fetches.
    """
    found = _HOST.fullmatch(host)
    if found is None:
        return False
    try:
        ipaddress.ip_address(found["six"] or found["name"])
    except ValueError:
        return found["name"] == "localhost"
    return True


def token() -> str:
    """Return what makes an address that nobody can guess."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_TOKEN))


def bound(hosts: Sequence[str], wanted: int | None = None) -> list[socket.socket]:
    """Return what listens at these addresses, at the ``wanted`` port or, when that is taken, at another one.

    Raises SharingError when that cannot be done.
    """
    ports = [wanted] if wanted is not None else []
    for port in (*ports, *(secrets.choice(PORTS) for _ in range(_TRIES))):
        with ExitStack() as stack:
            try:
                listening = [stack.enter_context(socket.create_server((host, port))) for host in hosts]
            except OSError as error:
                if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                    raise SharingError(
                        f"The page cannot be served at {', '.join(hosts)} ({error.strerror or error})."
                    ) from error
                continue
            stack.pop_all()
            return listening
    raise SharingError(
        f"The page cannot be served at {', '.join(hosts)}: all ports that were tried are taken."
    )


def home_addresses() -> list[str]:
    """Return the addresses of this computer in home networks, the likeliest first; none when it is in none.

    Asks the system alone: to connect a datagram socket sends nothing.
    """
    found = dict.fromkeys(_ways())
    return [each for each in found if _is_at_home(each)]


def _ways() -> Iterator[str]:
    """Yield the address of this computer from which each of :data:`_PROBED` would be reached."""
    for host in _PROBED:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
            probe.connect((host, 9))
            yield str(probe.getsockname()[0])


def _is_at_home(address: str) -> bool:
    """Tell whether it belongs to a private network, which nobody on the internet can reach."""
    found = ipaddress.ip_address(address)
    return found.is_private and not (found.is_loopback or found.is_unspecified or found.is_link_local)
