"""``onrecord mcp``."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.serve.cli import options, terminal

REQUIRES = ("mcp",)


@click.command(epilog=options.example("onrecord mcp", "onrecord mcp --http --port 8091"))
@click.option("--http", is_flag=True, help="Serve over HTTP on this machine instead of standard input and output.")
@click.option("--port", type=click.IntRange(1, 65_535), default=8091, show_default=True, help="With --http.")
@options.archive
def command(http: bool, port: int, archive: Path) -> None:
    """Serves the archive to language-model agents (Model Context Protocol), read-only, on this machine."""
    from onrecord.ask.opened import Archive
    from onrecord.serve.agents_server import server

    Archive(archive).close()
    made = server(archive)
    if http:
        terminal.say(f"Serving {archive} to agents at http://127.0.0.1:{port}/mcp (Ctrl-C stops)", err=True)
        made.run("streamable-http", host="127.0.0.1", port=port)
    else:
        made.run("stdio")
