"""``onrecord serve``."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.serve.cli import options, terminal

if TYPE_CHECKING:
    import socket

    from starlette.types import ASGIApp

    from onrecord.serve.web.uploads import Uploads

LOOPBACK = "127.0.0.1"


@click.command(epilog=options.example("onrecord serve", "onrecord serve --port 8100", "onrecord serve --writable"))
@click.option("--port", type=click.IntRange(0, 65_535), default=8090, show_default=True, help="0 takes a free one.")
@click.option("--host", default=LOOPBACK, help="Another address than this machine's own: anybody there can read.")
@click.option("--password", envvar="ONRECORD_PASSWORD", help="Ask for this password (any name).")
@click.option("--writable", is_flag=True, help="Captures can be added on the page /add.")
@click.option(
    "--processes", type=click.IntRange(1, 64), default=1, show_default=True, help="More for many readers at once."
)
@options.archive
def command(port: int, host: str, password: str | None, writable: bool, processes: int, archive: Path) -> None:
    """Opens the archive's pages on this machine, until it is stopped with Ctrl-C; read-only unless --writable."""
    from onrecord.ask.opened import Archive
    from onrecord.serve.web.security import LOOPBACK as OWN_NAMES
    from onrecord.serve.web.uploads import uploads

    Archive(archive).close()  # an error now says more than a page of errors later
    local = host in OWN_NAMES
    if not local and writable and password is None:
        raise click.UsageError(f"--writable at {host}, which can be reached from elsewhere, needs --password.")
    if not local:
        terminal.say(f"Warning: {host} can be reached from elsewhere; set --password, or stop here.", err=True)
    with ExitStack() as stack:
        staged = stack.enter_context(uploads()) if writable else None
        _run(Pages(archive.absolute(), local, password, staged), host, port, processes)


@dataclass(frozen=True, slots=True)
class Pages:
    """What each process makes its application from."""

    archive: Path
    local: bool
    password: str | None
    uploads: Uploads | None

    def __call__(self) -> ASGIApp:
        from onrecord.serve.web import application
        from onrecord.serve.web.security import LOOPBACK as OWN_NAMES

        hosts = OWN_NAMES if self.local else None
        return application(self.archive, hosts=hosts, password=self.password, uploads=self.uploads, threads=THREADS)


THREADS = 3
"""Answers that one process makes at a time: more would only slow down all, since they share an interpreter."""

WAITING = 2_048
"""Connections that may wait to be taken up."""

KEPT_S = 75
"""A connection that nobody uses stays open so long: one that is closed while its next request is on the way is an error
to whoever asks."""

HUNG_S = 60
"""A process that gives no sign of life for so long is ended and begun anew: a busy machine may take five seconds."""


def _run(pages: Pages, host: str, port: int, processes: int) -> None:
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    config = uvicorn.Config(
        pages, factory=True, host=host, port=port, log_level="critical", access_log=False, server_header=False,
        workers=processes, timeout_keep_alive=KEPT_S, timeout_worker_healthcheck=HUNG_S,
    )  # fmt: skip
    listening = _listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    terminal.say(f"Serving {pages.archive} at http://{shown}:{listening.getsockname()[1]}/ (Ctrl-C stops)", err=True)
    if processes == 1:
        uvicorn.Server(config).run(sockets=[listening])
    else:
        Multiprocess(config, sockets=[listening]).run()


def _listen(host: str, port: int) -> socket.socket:
    """A socket on which connections wait until the first process is ready.

    Its protocol is named, since asyncio sends small answers at once (TCP_NODELAY) only then.
    """
    import socket

    from onrecord.errors import OnrecordError

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(WAITING)
    except OSError:
        listening.close()
        raise OnrecordError(f"Port {port} of {host} cannot be used (taken?); --port 0 takes a free one.") from None
    listening.set_inheritable(True)
    return listening
