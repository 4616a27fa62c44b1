"""The command line: one file a command, found by its name.

A command is a file ``serve/cli/<name>.py`` with a click command called ``command``; nothing else registers it. At the
top it imports only click and ``serve.cli.options`` / ``serve.cli.terminal``; everything heavy is imported inside the
function, so that ``onrecord --help`` stays quick. ``REQUIRES = ("mcp",)`` names modules without which a command is not
listed. A file named ``send_mail.py`` is the command ``send-mail``. Example::

    import click
    from onrecord.serve.cli import options, terminal

    @click.command(epilog=options.example("onrecord show mfa/17"))
    @click.argument("key")
    @options.archive
    @options.as_json
    def command(key: str, archive: Path, as_json: bool) -> None:
        \"\"\"Shows one post.\"\"\"
        from onrecord.archive.store import Store   # heavy: inside

        with Store.open(archive) as store:
            terminal.say(store.post(key).text or "")   # archived text is cleaned; as_json: terminal.say_json(row)

Errors of ``errors.py`` may fly: the group prints them as one message and ends with their exit code.
"""

from __future__ import annotations

import gc
import importlib
import importlib.util
import pkgutil
from functools import cache
from pathlib import Path

import click

from onrecord.serve.cli import terminal

# Cycles are looked for seldom: among the modules that a command loads that would be a sixth of its start.
gc.set_threshold(50_000, *gc.get_threshold()[1:])

_HERE = [str(Path(__file__).parent)]


class Commands(click.Group):
    """A group whose commands are the files beside this one, imported when asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        names = (module.name for module in pkgutil.iter_modules(_HERE))
        return sorted(name.replace("_", "-") for name in names if _load(name) is not None)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return _load(cmd_name.replace("-", "_"))

    def invoke(self, ctx: click.Context) -> object:
        with terminal.known_errors():
            return super().invoke(ctx)


@cache
def _load(name: str) -> click.Command | None:
    """The command of a file, or None where there is none or a module that it requires is not installed."""
    full = f"{__name__}.{name}"
    if not name.isidentifier() or importlib.util.find_spec(full) is None:
        return None
    module = importlib.import_module(full)
    command = getattr(module, "command", None)
    required = getattr(module, "REQUIRES", ())
    if not isinstance(command, click.Command) or any(importlib.util.find_spec(one) is None for one in required):
        return None
    command.name = name.replace("_", "-")
    return command


def _version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"onrecord {version('onrecord')}")
        ctx.exit()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--archive", type=click.Path(path_type=Path), help="The archive's folder, for every command.")
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="The version.")
@click.pass_context
def main(ctx: click.Context, archive: Path | None) -> None:
    """Keeps what officials say on public Telegram channels, so that it can be checked.

    The archive is a folder: --archive, else the environment variable ONRECORD_ARCHIVE, else ./onrecord-archive.
    """
    ctx.obj = archive
