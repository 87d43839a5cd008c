"""What the commands share: how errors end them, and the arguments more than one of them takes."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kryds.model.errors import UserError

if TYPE_CHECKING:
    from kryds.desk.voice import Voice

Command = TypeVar("Command", bound=Callable[..., Any])

#: What a shell reports for a command stopped by Ctrl-C.
INTERRUPTED = 130
FILE = click.Path(path_type=Path)
FOLDER = click.Path(path_type=Path, file_okay=False)


class KrydsGroup(click.Group):
    """Tells a UserError in its own words and exits with its status; a bug keeps its traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """In the order people use them."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click has it
        """Runs the command and ends with the status its error has."""
        try:
            return super().invoke(ctx)
        except UserError as error:
            click.echo(f"kryds: {error}", err=True)
            ctx.exit(error.exit_status)
        except KeyboardInterrupt:
            voice_in(None).warn("stopped")
            ctx.exit(INTERRUPTED)


class Scan(click.ParamType[Any]):
    """A scan file or a folder of them, by its path or its URL."""

    name = "scan"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401, ARG002 - as click has it
        """The path or the URL."""
        from kryds.desk.scan_url import location_of  # noqa: PLC0415 - knows the reader, which is not for --help

        return location_of(value) if isinstance(value, str) else value


class Listed(click.ParamType[str]):
    """A choice among names that are looked up only when needed, as that imports what bears them."""

    name = "choice"

    def __init__(self, names: Callable[[], tuple[str, ...]]) -> None:
        self._names = names

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002 - as click has it
        """The names."""
        return "|".join(self._names())

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name if it is one of them."""
        if value not in self._names():
            self.fail(f"{value!r} is not one of {', '.join(self._names())}", param, ctx)
        return value


def formats() -> tuple[str, ...]:
    """The formats ``kryds export`` writes."""
    from kryds.desk.exports import FORMATS  # noqa: PLC0415 - the formats know the scores, and those pydantic

    return tuple(FORMATS)


def language_option(command: Command) -> Command:
    """``--language``: of what is said, and of what is printed or reported where that is the command's work."""
    return click.option("--language", metavar="da|en", help="Danish or English.")(command)


def form_options(command: Command) -> Command:
    """FORM, and the paper it is placed on."""
    paper = click.option("--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True)
    return click.argument("form")(paper(language_option(command)))


def voice_in(language: str | None) -> "Voice":
    """The voice in ``language``, else as the environment says."""
    from kryds.desk.voice import Voice  # noqa: PLC0415 - phrases are not for --help

    return Voice.in_language(language)
