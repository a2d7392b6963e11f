"""The application on a port of this computer, by uvicorn."""

from __future__ import annotations

import errno
import gc
import ipaddress
import socket
import webbrowser
from contextlib import suppress
from typing import TYPE_CHECKING

import uvicorn

from remedies.core.errors import Fault, InputError, printable, quoted
from remedies.web.app import create_app
from remedies.web.guard import LOOPBACK, USUAL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from remedies.knowledge.catalogue import Catalogue
    from remedies.web.guard import Limits

PORT = 8086
"""Where the page is found, unless another program is there already."""

_ANY_PORT = 0

_EVERY = ("0.0.0.0", "::")  # noqa: S104 - looked for, since whoever asks for it is warned
"""All addresses of a computer."""


def bound(host: str, port: int | None) -> socket.socket:
    """Take a port of this computer.

    Args:
        host: a name or an address of this computer.
        port: the port, 0 for any that is free; the usual one unless given, and any if that one is taken.

    Raises:
        InputError: the port is taken, or the host is none of this computer.
    """
    if not host:
        raise InputError(Fault(("host",), "is empty; 127.0.0.1 is this computer alone"))
    wanted = PORT if port is None else port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends short answers at once only where the protocol is named; they take 44 ms otherwise.
    taken = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    # The port of a server that has just ended is not free for a minute otherwise.
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, wanted))
    except OverflowError:
        taken.close()
        raise InputError(Fault(("port",), f"must be 0 to 65535, not {wanted}")) from None
    except TypeError:
        taken.close()
        raise InputError(Fault(("host",), f"{quoted(host)} is no name of a computer")) from None
    except OSError as error:
        taken.close()
        in_use = error.errno == errno.EADDRINUSE
        if in_use and port is None:
            return bound(host, _ANY_PORT)
        if in_use:
            raise InputError(
                Fault(("port",), f"{wanted} is used by another program; 0 takes any that is free")
            ) from None
        message = f"{printable(host)}, port {wanted}, cannot be used: {error.strerror or error}"
        raise InputError(Fault(("host",), message)) from None
    taken.listen(128)
    return taken


def is_loopback(host: str) -> bool:
    """Tell whether only this computer itself can reach an address.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    if host == "localhost":
        return True
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False


def names_of(host: str, others: Iterable[str] = ()) -> tuple[str, ...]:
    """Return what a request may call this computer by, if it listens on an address.

    Where it listens on all of its addresses, these are its own name and each of them; a name that somebody else has
    given it must be said.
    """
    names = [*LOOPBACK, _written(host), *others]
    if host in _EVERY:
        own = socket.gethostname()
        names.append(own)
        with suppress(OSError):
            names += [_written(str(found[4][0])) for found in socket.getaddrinfo(own, None)]
    return tuple(dict.fromkeys(name.lower() for name in names))


def _written(host: str) -> str:
    """Write an address as it stands in a link."""
    return f"[{host}]" if ":" in host else host


def address_of(taken: socket.socket) -> str:
    """Return the link to a port that was taken, by the name of this computer if it is one of all its addresses."""
    host, port = taken.getsockname()[:2]
    if host in _EVERY:
        host = socket.gethostname()
    return f"http://{_written(host)}:{port}/"


def run(
    taken: socket.socket,
    catalogue: Catalogue | None = None,
    *,
    hosts: Iterable[str] = LOOPBACK,
    limits: Limits = USUAL,
    origins: Iterable[str] = (),
    show: bool = False,
) -> None:
    """Serve the page until Ctrl-C, or until the process is told to end; requests under way are answered first.

    Nothing of a request is logged.

    Args:
        taken: the port, see ``bound``.
        catalogue: the shipped one unless given.
        hosts: what a request may call this computer by.
        limits: how much a request may be.
        origins: pages of others that may ask for cards from the browser, such as ``https://ehr.example``.
        show: open the page in the browser of this computer.
    """
    app = create_app(catalogue, hosts=hosts, limits=limits, origins=origins)
    # What there is now stays: looking through it again and again would hold up requests.
    gc.collect()
    gc.freeze()
    settings = uvicorn.Config(
        app,
        access_log=False,
        log_level="error",
        server_header=False,
        timeout_graceful_shutdown=5,
        timeout_keep_alive=30,
        lifespan="off",
    )
    if show:
        # The port is open already: the browser waits there until the first answer.
        webbrowser.open(address_of(taken))
    uvicorn.Server(settings).run(sockets=[taken])
