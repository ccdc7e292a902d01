"""What a network, a host or a cache can do to a file: each stands in for the server's right answer."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.conftest import Handler

LONGEST_SECONDS = 60
CHUNKS = 40


def _content(handler: Handler) -> bytes:
    return Path(handler.translate_path(handler.path)).read_bytes()


def _type(handler: Handler) -> str:
    return handler.guess_type(handler.path)


def _send(handler: Handler, content: bytes, media_type: str, length: int | None = None, **headers: str) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", media_type)
    handler.send_header("Content-Length", str(len(content) if length is None else length))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    with contextlib.suppress(ConnectionError):
        handler.wfile.write(content)


def missing(handler: Handler) -> None:
    """Answer that there is no such file."""
    handler.send_error(404)


def truncated(handler: Handler) -> None:
    """Send the first half as if it were the whole."""
    content = _content(handler)
    _send(handler, content[: len(content) // 2], _type(handler))


def corrupt(handler: Handler) -> None:
    """Send other bytes of the right number: a script of them does not parse."""
    _send(handler, _content(handler)[::-1], _type(handler))


def reset(handler: Handler) -> None:
    """Break the connection off half-way."""
    content = _content(handler)
    _send(handler, content[: len(content) // 2], _type(handler), len(content))
    handler.wfile.flush()
    with contextlib.suppress(OSError):
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.connection.close()
    handler.close_connection = True


def mistyped(handler: Handler) -> None:
    """Send the right bytes as a page."""
    _send(handler, _content(handler), "text/html")


def under(policy: str) -> Callable[[Handler], None]:
    """Return a spoil that sends the right file under a content security policy."""
    return lambda handler: _send(handler, _content(handler), _type(handler), Content_Security_Policy=policy)


def instead(content: bytes) -> Callable[[Handler], None]:
    """Return a spoil that sends another content."""
    return lambda handler: _send(handler, content, _type(handler))


class Hung:
    """Takes the request and sends nothing until it is released."""

    def __init__(self) -> None:
        """Wait for the first request."""
        self.asked = threading.Event()
        self.released = threading.Event()

    def __call__(self, handler: Handler) -> None:
        """Hold the request; the connection ends without an answer."""
        self.asked.set()
        self.released.wait(LONGEST_SECONDS)
        handler.close_connection = True


class Slow:
    """Sends files in parts: the next part of each of them when it is told to."""

    def __init__(self) -> None:
        """Send nothing yet."""
        self._allowed = 0
        self._changed = threading.Condition()

    def go_on(self) -> None:
        """Let one more part of each file through."""
        self._allow(self._allowed + 1)

    def open(self) -> None:
        """Let everything through."""
        self._allow(CHUNKS)

    def __call__(self, handler: Handler) -> None:
        """Send the file, part by part."""
        content = _content(handler)
        _send(handler, b"", _type(handler), len(content))
        size = len(content) // CHUNKS + 1
        with contextlib.suppress(ConnectionError):
            for part in range(CHUNKS):
                self._wait_for(part)
                handler.wfile.write(content[part * size : (part + 1) * size])

    def _allow(self, parts: int) -> None:
        with self._changed:
            self._allowed = parts
            self._changed.notify_all()

    def _wait_for(self, part: int) -> None:
        with self._changed:
            self._changed.wait_for(lambda: part < self._allowed, timeout=LONGEST_SECONDS)
