"""``onrecord serve``."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.serve.cli import options, terminal

LOOPBACK = "127.0.0.1"


@click.command(epilog=options.example("onrecord serve", "onrecord serve --port 8100"))
@click.option("--port", type=click.IntRange(0, 65_535), default=8090, show_default=True, help="0 takes a free one.")
@click.option("--host", default=LOOPBACK, help="Another address than this machine's own: anybody there can read.")
@click.option("--password", envvar="ONRECORD_PASSWORD", help="Ask for this password (any name).")
@options.archive
def command(port: int, host: str, password: str | None, archive: Path) -> None:
    """Opens the archive's pages on this machine, read-only, until it is stopped with Ctrl-C."""
    import uvicorn

    from onrecord.ask.opened import Archive
    from onrecord.errors import OnrecordError
    from onrecord.serve.web import application
    from onrecord.serve.web.security import LOOPBACK as OWN_NAMES

    Archive(archive).close()  # an error now says more than a page of errors later
    local = host in OWN_NAMES
    if not local:
        terminal.say(f"Warning: {host} can be reached from elsewhere; set --password, or stop here.", err=True)
    app = application(archive, hosts=OWN_NAMES if local else None, password=password)
    config = uvicorn.Config(app, host=host, port=port, log_level="critical", access_log=False, server_header=False)
    try:
        listening = config.bind_socket()
    except SystemExit:
        raise OnrecordError(f"Port {port} of {host} cannot be used (taken?); --port 0 takes a free one.") from None
    taken = listening.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    terminal.say(f"Serving {archive} at http://{shown}:{taken}/ (Ctrl-C stops)", err=True)
    uvicorn.Server(config).run(sockets=[listening])
