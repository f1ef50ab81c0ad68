"""``voicecoach share``: serves a page that plays a routine, for the phone beside the mat."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Final

import typer

from voicecoach import cli
from voicecoach.app import share as sharing
from voicecoach.app.selection import Selection
from voicecoach.app.share import LOOPBACK, Share
from voicecoach.cli import options, page, page_file, qr_code
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.session_in_terminal import session_today
from voicecoach.errors import SharingError
from voicecoach.routine.files.located_yaml import show
from voicecoach.settings import shared_file
from voicecoach.settings.shared_file import Served
from voicecoach.settings.table import SessionSettings
from voicecoach.timeline.medium import Medium
from voicecoach.units import format_duration, parse_duration

_LONGEST: Final = 24 * 3600
"""The most seconds that a page is served when a time is said."""


def _seconds(text: str) -> float:
    """Return the seconds of a time; a bare number is minutes. Raises BadParameter."""
    try:
        seconds = parse_duration(text, unit=60)
    except ValueError:
        seconds = 0
    if not 0 < seconds <= _LONGEST:
        raise typer.BadParameter(f"{show(text)} is not a time up to 24h such as 30m, 1h30m or 30.")
    return seconds


@options.part
@options.settings(
    *("speed", "talk", "language", "voice", "rate", "voice_volume", "sound_volume", "music", "music_volume"),
    *("lead_in", "clicks"),
)
def share(
    routine: options.RoutineName,
    *,
    lan: Annotated[
        bool | None,
        typer.Option(
            "--lan/--no-lan",
            help="Let the other devices of your home network fetch the page, or this computer alone. Without"
            " either you are asked.",
            show_default=False,
        ),
    ] = None,
    length: Annotated[
        float | None,
        typer.Option(
            "--for",
            metavar="TIME",
            parser=_seconds,
            help="How long to serve it, such as 30m; without it, until Ctrl-C.",
        ),
    ] = None,
    coaching: options.HowMuch = None,
    as_written: options.AsWritten = False,
    selection: Selection,
    chosen: SessionSettings,
) -> None:
    """Serve a routine as a page that plays on your phone, until Ctrl-C.

    The page stands at an address that nobody can guess. It plays without this computer once it is open.
    """
    chosen = replace(chosen, delay=0.0)  # people start a page when they are on the mat
    session = session_today(routine, chosen, selection, coaching, as_written=as_written, medium=Medium.PAGE)
    before = shared_file.served(session.routine)
    hosts = _hosts(before, wanted=lan)
    doses = (
        "The page has the doses of the routine's file."
        if as_written
        else "The page has your doses of today; with --as-written it has those of the routine's file."
    )
    page.show(doses)
    with page.progress(session.name) as progress:
        content = page_file.html(session, chosen, progress).encode()
    listening = sharing.bound(hosts, before.port if before else None)
    now = Served(hosts[0], listening[0].getsockname()[1], before.token if before else sharing.token())
    for moved in _moved(before, now):
        page.show(moved)
    if before is None:
        shared_file.keep(session.routine, now, to_stderr)
    elif now.host not in {before.host, LOOPBACK}:
        shared_file.keep(session.routine, replace(before, host=now.host), to_stderr)
    _show(hosts, now, length)

    def fetched(address: str) -> None:
        who = "this computer" if address in {*hosts, LOOPBACK} else address
        page.show(f"{cli.clock.moment():%H:%M}: {who} fetched the page.")

    def missed() -> None:
        if hosts != [LOOPBACK]:
            page.show(
                "Nobody has fetched the page yet. Is the phone on the same network? If this computer has a"
                " firewall, does it let Python accept connections?"
            )

    try:
        asyncio.run(Share(content, now.token, fetched, missed).serve(listening, length))
    except KeyboardInterrupt:
        page.put()  # ends the line with ^C
    page.show(
        "The page is no longer served. Where it is open it still works, until the tab is closed or reloaded."
    )


def _hosts(before: Served | None, *, wanted: bool | None) -> list[str]:
    """Return the addresses of this computer at which the page is served, the one that is shown first.

    Raises SharingError when others are to fetch it, and there is no home network.
    """
    if wanted is False or not (wanted or page.at_terminal()):
        return [LOOPBACK]
    found = sharing.home_addresses()
    if not found and wanted:
        raise SharingError(
            "This computer is in no home network, so nothing else can fetch the page from it. Connect it to"
            " yours, or leave out --lan."
        )
    asked = "May other devices in your home network, such as your phone, fetch the page from this computer?"
    if not found:
        page.show("This computer is in no home network, so only this computer can fetch the page.")
        return [LOOPBACK]
    if not (wanted or page.confirm(asked)):
        return [LOOPBACK]
    # A phone finds what it kept at the same address.
    return sorted(found, key=lambda host: before is None or host != before.host)


def _moved(before: Served | None, now: Served) -> Iterator[str]:
    """Say what of the address is another one than the last time: browsers keep what they know by it."""
    if before is None:
        return
    lost = "At the new address, your phone will not find the records that it kept at the old one."
    if before.port != now.port:
        yield f"Another program is using port {before.port}, so this time the page is at {now.port}. {lost}"
    elif LOOPBACK not in {before.host, now.host} and before.host != now.host:
        yield f"This computer had another address in your network the last time, {before.host}. {lost}"


def _show(hosts: list[str], now: Served, length: float | None) -> None:
    """Say where the page is, and for how long."""
    how_long = f"for {format_duration(length)}, or until Ctrl-C" if length else "until Ctrl-C"
    first, *others = (f"http://{host}:{now.port}/{now.token}/" for host in hosts)
    if hosts == [LOOPBACK]:
        page.show(f"Open this address in a browser on this computer. It works {how_long}:")
    elif qr_code.show(first):
        page.show(f"Point your phone's camera at the code, or type this address. It works {how_long}:")
    else:
        page.show(f"Open this address on your phone. It works {how_long}:")
    page.put(first)
    for each in others:
        page.put(f"or, where that is not found: {each}")
    if hosts != [LOOPBACK]:
        page.show("Until then, anyone on this network who has the address can fetch the page.")
