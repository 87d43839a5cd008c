"""The READMEs tell every command, option, format, file and column, and their examples run."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from kryds.desk import tables
from kryds.desk.cli import cli
from kryds.desk.exports import FORMATS
from kryds.model.load import load_form
from kryds.samples.pile import PILE_FILE

HOUSE = Path(__file__).parents[1]
READMES = ("README.md", "README.da.md")
KRYDS = (sys.executable, "-m", "kryds")
#: Commands of the tour that wait for a person.
WAITING = ("review",)

every_readme = pytest.mark.parametrize("readme", READMES)


def text_of(readme: str) -> str:
    return (HOUSE / readme).read_text(encoding="utf-8")


def rows_of(readme: str) -> dict[str, str]:
    """The rows of the table of commands, by command."""
    return {name: row for row, name in re.findall(r"^(\| `kryds (\w+).*)$", text_of(readme), re.MULTILINE)}


def options_of(command: click.Command) -> set[str]:
    return {name for parameter in command.params if isinstance(parameter, click.Option) for name in parameter.opts}


def examples_of(readme: str) -> list[str]:
    """The lines that begin with kryds in the shell blocks of the tour."""
    blocks = re.findall(r"```sh\n(.*?)```", text_of(readme), re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.startswith("kryds ")]


@every_readme
def test_every_command_stands_in_the_table_and_no_other(readme: str) -> None:
    assert set(rows_of(readme)) == set(cli.commands)


@every_readme
@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_option_stands_with_its_command_and_no_other(readme: str, name: str) -> None:
    told = set(re.findall(r"`(--?[\w-]+)", rows_of(readme)[name].partition("|")[2].partition("|")[2]))

    assert told == options_of(cli.commands[name])


@every_readme
def test_every_format_stands_with_the_export(readme: str) -> None:
    assert [name for name in FORMATS if f"`{name}`" not in rows_of(readme)["export"]] == []


@every_readme
@pytest.mark.parametrize("columns", [tables.ANSWERS, tables.BOXES, tables.SHEETS, tables.PAGES])
def test_every_table_is_told_by_its_columns(readme: str, columns: tuple[str, ...]) -> None:
    assert f"`{','.join(columns)}`" in text_of(readme)


@every_readme
def test_every_link_leads_somewhere(readme: str) -> None:
    targets = re.findall(r"\]\(([^)]+)\)", text_of(readme))

    assert targets
    assert [target for target in targets if not (HOUSE / target).exists()] == []


def test_both_readmes_take_the_same_tour() -> None:
    english, danish = (
        [(line.split()[1], *re.findall(r"--\w+", line)) for line in examples_of(readme)] for readme in READMES
    )

    assert english == danish


def form_of(readme: str) -> str:
    """The form that the tour writes."""
    return text_of(readme).partition("```yaml\n")[2].partition("```")[0]


def test_the_tour_can_be_walked(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("navn,afdeling\nÅse Bæk,Løn\nBo Riis,IT\n", encoding="utf-8")
    (tmp_path / "lunch.yaml").write_text(form_of("README.md"), encoding="utf-8")
    shutil.copy(HOUSE / "samples" / PILE_FILE, tmp_path / "scan.pdf")
    environment = os.environ | {"KRYDS_HOME": str(tmp_path / "home")}
    for line in examples_of("README.md"):
        _, name, *arguments = line.split()
        if name in WAITING:
            continue
        done = subprocess.run(
            [*KRYDS, name, *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

        assert done.returncode == 0, f"{line}\n{done.stderr}"


def test_the_danish_form_of_the_tour_is_right(tmp_path: Path) -> None:
    path = tmp_path / "kantine.yaml"
    path.write_text(form_of("README.da.md"), encoding="utf-8")

    assert load_form(path).language == "da"


def test_the_help_of_every_command_has_an_example_that_is_its_own() -> None:
    for name, command in cli.commands.items():
        assert (command.epilog or "").startswith(f"Example: kryds {name}")
