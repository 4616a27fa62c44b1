"""``onrecord stamp``."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.serve.cli import options, terminal

REQUIRES = ("rfc3161_client",)


@click.command(epilog=options.example("onrecord stamp https://tsa.example/tsr --roots tsa-root.pem"))
@click.argument("authorities", nargs=-1, required=True, metavar="ADDRESS…")
@click.option("--roots", multiple=True, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="The authority's pinned root certificates (PEM), one file for each address.")  # fmt: skip
@click.option("--loopback", is_flag=True, help="Allow an authority on this machine.")
@options.archive
@options.as_json
def command(
    authorities: tuple[str, ...], roots: tuple[Path, ...], loopback: bool, archive: Path, as_json: bool
) -> None:
    """Has one or two authorities stamp the ledger's head (RFC 3161). Only its hash leaves this machine."""
    from onrecord.keep.stamping import stamp_head
    from onrecord.keep.timestamp import Authority

    if len(roots) != len(authorities):
        raise click.UsageError("Give one --roots file for each address, in the same order.")
    for address, pem in zip(authorities, roots, strict=True):
        made = stamp_head(
            archive, Authority(address, pem.read_bytes()), loopback=loopback, progress=terminal.Progress()
        )
        if as_json:
            told = {"authority": made.authority, "stamped_at": made.stamped_at, "head": made.head, "entry": made.number}
            terminal.say_json(told)
        else:
            terminal.say(f"{made.authority} saw entry {made.number} of the ledger at {made.stamped_at} ({made.head}).")
