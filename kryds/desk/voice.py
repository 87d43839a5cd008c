"""What a command says: the result on stdout, all else on stderr, in the user's language."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import click

from kryds.model.load import load_phrases, templates_folder
from kryds.model.phrases import Phrases

#: Where POSIX says the language of messages stands; the first that is set counts (XBD 8.2).
LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True)
class Voice:
    """Says phrases of the group ``commands``."""

    phrases: Phrases

    @staticmethod
    def in_language(language: str | None) -> "Voice":
        """The voice in ``language``, else as the environment says. Raises ArgumentError for one without phrases."""
        return Voice(load_phrases(language or os.environ.get("KRYDS_LANGUAGE") or locale_language()))

    def words(self, key: str, **values: object) -> str:
        """The phrase commands.<key>."""
        return self.phrases.say(f"commands.{key}", **values)

    def tell(self, key: str, **values: object) -> None:
        """A line of the result."""
        click.echo(self.words(key, **values))

    def warn(self, key: str, **values: object) -> None:
        """A line for a person, not part of the result."""
        click.echo(self.words(key, **values), err=True)

    @contextmanager
    def progress(self, key: str, total: int) -> Iterator[Callable[[int], None]]:
        """A bar on stderr while a person looks on; call what it gives with how many more are done."""
        if not sys.stderr.isatty():
            yield lambda _: None
            return
        from rich.console import Console  # noqa: PLC0415 - a quarter of the time a small command takes
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

        rate, left = TextColumn("{task.fields[rate]}"), TimeRemainingColumn()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, left)
        began, so_far = time.monotonic(), 0
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(self.words(key), total=total, rate="")

            def advance(done: int) -> None:
                nonlocal so_far
                so_far += done
                rate = f"{so_far / max(time.monotonic() - began, 0.001):.1f}"
                bar.update(task, advance=done, rate=self.words("pages_a_second", rate=rate))

            yield advance


def locale_language() -> str:
    """The language the locale asks for if there are phrases in it, else English."""
    asked = next((value for name in LOCALE_VARIABLES if (value := os.environ.get(name))), "")
    language = asked[:2].lower()
    return language if language in languages() else DEFAULT_LANGUAGE


def languages() -> tuple[str, ...]:
    """The languages there are phrases in, in alphabetical order."""
    return tuple(sorted(path.stem for path in (templates_folder() / "phrases").glob("*.yaml")))
