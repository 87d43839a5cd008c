import click
import pytest
from click.testing import CliRunner

from kryds.desk.command import KrydsGroup, Listed, voice_in
from kryds.model.errors import ScanFileError


def group(command: click.Command) -> KrydsGroup:
    return KrydsGroup("kryds", {"do": command})


def test_commands_are_listed_in_the_order_they_were_made() -> None:
    made = KrydsGroup("kryds", {name: click.Command(name) for name in ("print", "adopt", "read")})

    assert made.list_commands(click.Context(made)) == ["print", "adopt", "read"]


def test_what_is_wrong_with_a_file_is_told_and_ends_with_its_status() -> None:
    @click.command()
    def do() -> None:
        raise ScanFileError("scan.pdf: the file is empty")

    told = CliRunner().invoke(group(do), ["do"])

    assert (told.exit_code, told.stderr, told.stdout) == (3, "kryds: scan.pdf: the file is empty\n", "")


def test_who_stops_a_command_is_told_that_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command()
    def do() -> None:
        raise KeyboardInterrupt

    monkeypatch.setenv("KRYDS_LANGUAGE", "da")
    told = CliRunner().invoke(group(do), ["do"])

    assert told.exit_code == 130
    assert told.stderr.startswith("Stoppet.")


def test_names_are_looked_up_when_they_are_needed() -> None:
    names: list[str] = []
    listed = Listed(lambda: tuple(names))
    names.append("csv")

    assert listed.convert("csv", None, None) == "csv"
    with pytest.raises(click.BadParameter, match="'ods' is not one of csv"):
        listed.convert("ods", None, None)


def test_the_voice_is_in_the_language_asked_for() -> None:
    assert voice_in("da").phrases.language == "da"
