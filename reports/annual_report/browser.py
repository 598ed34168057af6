"""One Chromium for what only a browser can do: the PDF of the document, and the pictures that
its scripts make.

Driven over the DevTools protocol on two pipes: no port is opened and no package is needed. Without Chromium there is
no PDF and the Word document has its tables only; the HTML does not depend on it.
"""

from __future__ import annotations

import base64
import contextlib
import fcntl
import json
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from select import select
from typing import IO, Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_TIMEOUT = 60.0
_GRACE = 5.0
_READ_END, _WRITE_END = 3, 4
_SWITCHES = (
    "--headless",
    "--remote-debugging-pipe",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-gpu",
    "--disable-sync",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-first-run",
    "--no-pings",
    "--use-mock-keychain",
)


class BrowserFailed(RuntimeError):
    """Chromium is there and did not do what was asked."""


def find_browser() -> str | None:
    """The installed Chromium or Chrome, None when there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Browser:
    """A running Chromium with one page."""

    def __init__(self, commands: IO[bytes], answers: int) -> None:
        self._commands, self._answers = commands, answers
        self._number = 0
        self._received = b""
        target = self._call("Target.createTarget", {"url": "about:blank"})["targetId"]
        self._session = self._call("Target.attachToTarget", {"targetId": target, "flatten": True})[
            "sessionId"
        ]
        self._ask("Page.enable")

    def open(self, page: Path) -> None:
        """Load a local file and wait until all of it is there."""
        self._ask("Page.navigate", {"url": page.resolve().as_uri()})
        self._wait_for("Page.loadEventFired")
        self.evaluate("document.fonts.ready.then(() => 0)")

    def pdf(self) -> bytes:
        """The page on paper, as its style sheet lays it out, with tags and bookmarks."""
        printed = self._ask(
            "Page.printToPDF",
            {
                "preferCSSPageSize": True,
                "printBackground": True,
                "generateTaggedPDF": True,
                "generateDocumentOutline": True,
            },
        )
        return base64.b64decode(printed["data"])

    def evaluate(self, expression: str) -> Any:
        """What an expression of the page comes to; a promise is waited for."""
        answer = self._ask(
            "Runtime.evaluate", {"expression": expression, "awaitPromise": True, "returnByValue": True}
        )
        if "exceptionDetails" in answer:
            thrown = answer["exceptionDetails"]
            reason = thrown.get("exception", {}).get("description") or thrown.get("text")
            raise BrowserFailed(f"The page could not do {expression}: {str(reason).splitlines()[0]}.")
        return answer["result"].get("value")

    def close(self) -> None:
        self._call("Browser.close")

    def _ask(self, method: str, parameters: Mapping[str, Any] | None = None) -> Any:
        return self._call(method, parameters, self._session)

    def _call(
        self, method: str, parameters: Mapping[str, Any] | None = None, session: str | None = None
    ) -> Any:
        self._number += 1
        message = {"id": self._number, "method": method, "params": dict(parameters or {})}
        if session:
            message["sessionId"] = session
        self._commands.write(json.dumps(message).encode() + b"\0")
        while (answer := self._next()).get("id") != self._number:
            pass
        if "error" in answer:
            raise BrowserFailed(f"Chromium refused {method}: {answer['error'].get('message')}")
        return answer["result"]

    def _wait_for(self, event: str) -> None:
        while self._next().get("method") != event:
            pass

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._received:
            if not select([self._answers], [], [], _TIMEOUT)[0]:
                raise BrowserFailed(f"Chromium has not answered for {_TIMEOUT:g} seconds.")
            block = os.read(self._answers, 1 << 20)
            if not block:
                raise BrowserFailed("Chromium ended without an answer.")
            self._received += block
        message, _, self._received = self._received.partition(b"\0")
        answer: dict[str, Any] = json.loads(message)
        return answer


@contextmanager
def browsing(program: str) -> Iterator[Browser]:
    """A Chromium of our own with an empty profile, ended with the block. Raises BrowserFailed."""
    command_read, command_write = _pipe()
    answer_read, answer_write = _pipe()
    with tempfile.TemporaryDirectory(prefix="certhouse-chromium-", ignore_cleanup_errors=True) as profile:
        as_root = ("--no-sandbox",) if os.geteuid() == 0 else ()
        try:
            process = os.posix_spawn(
                program,
                [program, *_SWITCHES, *as_root, f"--user-data-dir={profile}"],
                {**os.environ, "TZ": "UTC", "LANG": "C.UTF-8", "HOME": profile},
                file_actions=[
                    *((os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)),
                    (os.POSIX_SPAWN_DUP2, command_read, _READ_END),
                    (os.POSIX_SPAWN_DUP2, answer_write, _WRITE_END),
                ],
                setsid=True,
            )
        except OSError as error:
            os.close(command_write)
            os.close(answer_read)
            raise BrowserFailed(f"{program} cannot be started: {error.strerror}.") from error
        finally:
            os.close(command_read)
            os.close(answer_write)
        try:
            with os.fdopen(command_write, "wb", buffering=0) as commands:
                browser = Browser(commands, answer_read)
                yield browser
                with contextlib.suppress(BrowserFailed, OSError):
                    browser.close()
        except BrokenPipeError as error:
            raise BrowserFailed("Chromium ended at once: does it run on this machine?") from error
        finally:
            os.close(answer_read)
            _end(process)


def _pipe() -> tuple[int, int]:
    """A pipe on numbers well above those that Chromium expects its ends on."""
    ends = os.pipe()
    lifted = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends]
    for end in ends:
        os.close(end)
    return lifted[0], lifted[1]


def _end(process: int) -> None:
    """Waits for the process to end by itself, then ends it with all of its children."""
    deadline = time.monotonic() + _GRACE
    while not os.waitpid(process, os.WNOHANG)[0]:
        if time.monotonic() > deadline:
            os.killpg(process, signal.SIGKILL)
            os.waitpid(process, 0)
            return
        time.sleep(0.02)
