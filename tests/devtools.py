"""Drives headless Chromium over a pipe, by its DevTools protocol."""

from __future__ import annotations

import base64
import json
import os
import select
import subprocess
import time
from pathlib import Path
from typing import Any, Self

from chromium import CHROMIUM

_FLAGS = (
    *("--headless", "--no-sandbox", "--remote-debugging-pipe", "--mute-audio", "--hide-scrollbars"),
    *("--no-first-run", "--disable-background-networking", "--autoplay-policy=no-user-gesture-required"),
)


class Tab:
    """One tab of a browser of its own, which notes requests and lines of the console."""

    def __init__(self, folder: Path) -> None:
        to_browser, self._out = os.pipe()
        self._in, from_browser = os.pipe()

        def as_three_and_four() -> None:
            kept = os.dup(to_browser), os.dup(from_browser)
            os.dup2(kept[0], 3)
            os.dup2(kept[1], 4)

        assert CHROMIUM
        self._process = subprocess.Popen(
            [CHROMIUM, *_FLAGS, f"--user-data-dir={folder}", "about:blank"],
            preexec_fn=as_three_and_four,  # noqa: PLW1509 - the pipe has to have these numbers
            close_fds=False,
            stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(from_browser)
        self._left, self._number, self._session = b"", 0, ""
        self.requests: list[str] = []
        self.console: list[str] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for name in ("Page", "Runtime", "Network", "Log"):
            self.ask(f"{name}.enable")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()
        os.close(self._in)
        os.close(self._out)

    def ask(self, method: str, **parameters: Any) -> Any:
        """Send a command and return its result."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while (found := self._next(60.0)) is not None:
            if found.get("id") == self._number:
                assert "error" not in found, found
                return found["result"]
        raise AssertionError(f"no answer to {method}")

    def _next(self, patience: float) -> Any:
        ends = time.monotonic() + patience
        while b"\0" not in self._left:
            ready, _, _ = select.select([self._in], [], [], max(0.0, ends - time.monotonic()))
            if not ready:
                return None
            self._left += os.read(self._in, 1 << 20)
        raw, self._left = self._left.split(b"\0", 1)
        found = json.loads(raw)
        self._note(found)
        return found

    def _note(self, found: dict[str, Any]) -> None:
        told = found.get("params", {})
        if found.get("method") == "Network.requestWillBeSent":
            self.requests.append(told["request"]["url"][:200])
        elif found.get("method") == "Runtime.consoleAPICalled":
            self.console.append(json.dumps(told["args"])[:500])
        elif found.get("method") in {"Runtime.exceptionThrown", "Log.entryAdded"}:
            self.console.append(json.dumps(told)[:800])

    def resize(self, width: int, height: int) -> None:
        """Give the window another size, of a phone where it is narrow."""
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )

    def open(self, address: str) -> None:
        """Open a page and wait until it is there."""
        self.ask("Page.navigate", url=address)
        self.until("document.readyState === 'complete' && location.href !== 'about:blank'")

    def js(self, expression: str) -> Any:
        """Return the value of an expression, awaited; a gesture of the person stands behind it."""
        found = self.ask(
            "Runtime.evaluate",
            expression=expression,
            awaitPromise=True,
            returnByValue=True,
            userGesture=True,
        )
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def until(self, expression: str, patience: float = 20.0) -> Any:
        """Wait until an expression is true, and return its value."""
        ends = time.monotonic() + patience
        while not (found := self.js(expression)):
            seen = self.js("document.body.innerText") if time.monotonic() > ends else ""
            assert not seen, f"never true: {expression}\n{seen[:600]}"
            time.sleep(0.05)
        return found

    def tap(self, text: str) -> None:
        """Tap the visible button with that text, once it can be pressed."""
        found = f"""[...document.querySelectorAll("button")].find(
            each => each.offsetParent && !each.disabled && each.textContent.startsWith({json.dumps(text)}))"""
        self.until(f"!!{found}")
        self.js(f"{found}.click()")

    def picture(self, path: Path) -> None:
        """Write what is seen to a PNG file."""
        path.write_bytes(base64.b64decode(self.ask("Page.captureScreenshot", format="png")["data"]))
