"""Messages between the server and its child processes: JSON with its length before it, over a socket pair."""

import json
import socket
import struct
from typing import Any

_LENGTH = struct.Struct("!I")
Message = dict[str, Any]


def send(to: socket.socket, message: Message, descriptors: tuple[int, ...] = ()) -> None:
    """Send one message, and open files with it. Raises OSError when the other side is gone."""
    content = json.dumps(message).encode()
    if descriptors:
        socket.send_fds(to, [_LENGTH.pack(len(content))], descriptors)
    else:
        to.sendall(_LENGTH.pack(len(content)))
    to.sendall(content)


def receive(source: socket.socket) -> tuple[Message, list[int]]:
    """The next message and the files that came with it. Raises EOFError when the other side is gone."""
    head, descriptors, _, _ = socket.recv_fds(source, _LENGTH.size, 4)
    head += _exactly(source, _LENGTH.size - len(head)) if head else b""
    if not head:
        raise EOFError
    return json.loads(_exactly(source, _LENGTH.unpack(head)[0])), list(descriptors)


def _exactly(source: socket.socket, size: int) -> bytes:
    content = bytearray()
    while len(content) < size:
        part = source.recv(size - len(content))
        if not part:
            raise EOFError
        content += part
    return bytes(content)
