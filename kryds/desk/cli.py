"""The command line: arguments -> one call -> what is said and the exit status. No logic, nothing heavy at the top."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kryds import __version__
from kryds.desk.cli_pages import review, serve
from kryds.desk.command import FILE, FOLDER, KrydsGroup, Listed, Scan, form_options, formats, language_option, voice_in

if TYPE_CHECKING:
    from kryds.desk.scan_url import Location


@click.group(
    cls=KrydsGroup,
    epilog="Example: kryds print mus-leder -o sheets.pdf --copies 20, then kryds read scan.pdf -o result",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="kryds")
def cli() -> None:
    """Questionnaires on paper: print the sheet, scan the pile, get answers, points and a PDF summary.

    FORM is a bundled form (kryds forms), a form file or a folder with form.yaml.
    """


@cli.command(epilog="Example: kryds forms")
@language_option
def forms(language: str | None) -> None:
    """List every form known, with its languages."""
    from kryds.model.load import bundled_forms, form_file, languages_of, load_form  # noqa: PLC0415

    wanted = voice_in(language).phrases.language
    width = max(len(name) for name in bundled_forms())
    for name in bundled_forms():
        path = form_file(name)
        known = languages_of(path)
        title = load_form(path, wanted if wanted in known else None).title
        click.echo(f"{name:{width}}  {','.join(known):8}  {title}")


@cli.command("print", epilog="Example: kryds print mus-leder -o sheets.pdf --copies 20")
@form_options
@click.option("-o", "--output", type=FILE, required=True, metavar="FILE.pdf", help="The PDF to write.")
@click.option("--copies", type=click.IntRange(1), help="So many numbered copies.")
@click.option("--first", type=click.IntRange(1), help="The first number.  [default: 1]")
@click.option(
    "--roster", type=FILE, metavar="PEOPLE.csv", help="One named sheet for each row; a column 'name' or 'navn'."
)
@click.option("--fillable", is_flag=True, help="Boxes that can be crossed on screen.")
def print_(  # noqa: PLR0913 - one parameter for each option
    *,
    form: str,
    language: str | None,
    paper: str,
    output: Path,
    copies: int | None,
    first: int | None,
    roster: Path | None,
    fillable: bool,
) -> None:
    """Print the sheet: numbered, named, or without a number.

    The PDF carries its edition, so that what is scanned can always be read back.
    """
    from kryds.desk.printing import Copies, FormChoice, print_sheets  # noqa: PLC0415
    from kryds.model.geometry import Paper  # noqa: PLC0415

    wanted = Copies(copies, roster, first, fillable)
    print_sheets(FormChoice(form, language, Paper(paper)), wanted, output, voice_in(language))
    click.echo(output)


@cli.command(epilog="Example: kryds layout mus-leder > layout.json")
@form_options
def layout(form: str, language: str | None, paper: str) -> None:
    """Tell where every box stands, as JSON.

    In millimetres from the top-left corner of the page, to the outer edge of the printed box.
    """
    from kryds.desk.layout_json import layout_json  # noqa: PLC0415
    from kryds.desk.printing import FormChoice, placed_sheet  # noqa: PLC0415
    from kryds.model.geometry import Paper  # noqa: PLC0415

    choice = FormChoice(form, language, Paper(paper))
    click.echo(layout_json(placed_sheet(choice).edition, choice.paper))


@cli.command(epilog="Example: kryds check lunch.yaml")
@click.argument("form")
@click.option("--rehearse", type=click.IntRange(1), metavar="N", help="Fill in, scan and read N sheets in software.")
@language_option
def check(form: str, rehearse: int | None, language: str | None) -> None:
    """Check a form file, and how its sheets look.

    Faults end with exit status 4; what a sheet could do better is told with its cure. A rehearsal tells, before
    anything is printed, what share of the rows a person would be asked about, and which rows or boxes are to blame.
    """
    from kryds.desk.printing import check_form  # noqa: PLC0415

    findings = list(check_form(form))
    for finding in findings:
        click.echo(finding)
    if not findings:
        voice_in(language).tell("nothing_found", form=form)
    if rehearse:
        from kryds.desk.rehearsal import tell_rehearsal  # noqa: PLC0415

        tell_rehearsal(form, rehearse, voice_in(language))


@cli.command(epilog="Example: kryds read scan.pdf -o result")
@click.argument("scans", nargs=-1, required=True, type=Scan(), metavar="SCAN...")
@click.option("-o", "--output", type=FOLDER, required=True, metavar="DIR", help="The folder of the results.")
@click.option("--printed", type=FILE, multiple=True, metavar="FILE.pdf", help="The printed PDF, if printed elsewhere.")
@click.option("--jobs", type=click.IntRange(1), help="Processes that read.  [default: one for each core]")
@click.option("--engine", metavar="URL", help="Workers that read instead, such as dask://HOST:8786.")
@click.option("--store", metavar="URL", help="Another store than DIR/kryds.db, such as postgresql://HOST/NAME.")
@click.option("--no-pdf", is_flag=True, help="Tables only.")
@click.option("--json", "as_json", is_flag=True, help="Counts and paths as one JSON object.")
@click.option("--strict", is_flag=True, help="Exit with 5 when answers await review.")
@click.option("--trace", is_flag=True, help="Tell what share of the time each stage took.")
@language_option
@click.pass_context
def read(  # noqa: PLR0913 - one parameter for each option
    ctx: click.Context,
    *,
    scans: "tuple[Location, ...]",
    output: Path,
    printed: tuple[Path, ...],
    jobs: int | None,
    engine: str | None,
    store: str | None,
    language: str | None,
    no_pdf: bool,
    as_json: bool,
    strict: bool,
    trace: bool,
) -> None:
    """Read scans: answers, points, a summary.

    SCAN is a PDF, TIFF, JPEG or PNG, or a folder of them, by its path or its URL (s3://...). DIR gets answers.csv,
    boxes.csv, sheets.csv, pages.csv, summary.pdf, annotated.pdf and the store, kryds.db.

    Scans read into the same DIR before stay part of the result; run again, it goes on where it stopped.
    """
    if not engine:
        from kryds.desk.processes import get_ready  # noqa: PLC0415 - first of all, so that both import at once

        get_ready(scans, output, jobs)
    from kryds.desk import account  # noqa: PLC0415
    from kryds.desk.workflow import Manner, Pile, Place, read_scans  # noqa: PLC0415
    from kryds.reader.trace import Stopwatch  # noqa: PLC0415

    voice = voice_in(language)
    manner = Manner(language, not no_pdf, Stopwatch() if trace else None)
    outcome = read_scans(Pile(scans, printed, jobs, engine), Place(output, store), manner, voice)
    if as_json:
        click.echo(json.dumps(account.as_json(outcome), indent=2, ensure_ascii=False))
    else:
        account.tell(outcome, voice)
    account.warn(outcome, voice)
    if manner.stopwatch:
        account.warn_of_time(manner.stopwatch, voice)
    ctx.exit(account.exit_status(outcome, strict=strict))


@cli.command(epilog="Example: kryds watch inbox -o result")
@click.argument("folder", type=FOLDER)
@click.option("-o", "--output", type=FOLDER, required=True, metavar="DIR", help="The folder of the results.")
@click.option("--printed", type=FILE, multiple=True, metavar="FILE.pdf", help="The printed PDF, if printed elsewhere.")
@click.option("--jobs", type=click.IntRange(1), help="Processes that read.  [default: one for each core]")
@click.option("--store", metavar="URL", help="Another store than DIR/kryds.db.")
@click.option("--no-pdf", is_flag=True, help="Tables only.")
@language_option
def watch(  # noqa: PLR0913 - one parameter for each option
    *,
    folder: Path,
    output: Path,
    printed: tuple[Path, ...],
    jobs: int | None,
    store: str | None,
    language: str | None,
    no_pdf: bool,
) -> None:
    """Read scans as they are dropped into FOLDER.

    A scan is read into DIR, as kryds read does, once it is whole. Goes on until Ctrl-C; started again, it takes up
    what has come meanwhile.
    """
    from kryds.desk.watch import Watch, watch_folder  # noqa: PLC0415
    from kryds.desk.workflow import Manner, Pile, Place  # noqa: PLC0415

    voice = voice_in(language)
    watched = Watch(folder, Pile((), printed, jobs), Place(output, store), Manner(language, not no_pdf))
    try:
        watch_folder(watched, voice)
    except KeyboardInterrupt:  # how one ends it
        voice.warn("watch_ended")


cli.add_command(review)
cli.add_command(serve)


@cli.command(epilog="Example: kryds report result")
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--store", metavar="URL", help="Another store than DIR/kryds.db.")
@language_option
@click.pass_context
def report(ctx: click.Context, folder: Path, store: str | None, language: str | None) -> None:
    """Write tables and PDFs again, after review."""
    from kryds.desk import account  # noqa: PLC0415
    from kryds.desk.workflow import Manner, Place, write_reports  # noqa: PLC0415

    voice = voice_in(language)
    outcome = write_reports(Place(folder, store), Manner(language), voice)
    account.tell(outcome, voice)
    account.warn(outcome, voice)
    ctx.exit(account.exit_status(outcome, strict=False))


@cli.command(epilog="Example: kryds export result --format xlsx")
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--format", "format_name", type=Listed(formats), required=True, help="The kind of file.")
@click.option("-o", "--output", type=FILE, metavar="FILE", help="The file to write.  [default: DIR/export.FORMAT]")
@click.option("--semicolon", is_flag=True, help="Part the cells of a CSV file by semicolons, as a Danish Excel does.")
@click.option("--store", metavar="URL", help="Another store than DIR/kryds.db.")
@language_option
def export(  # noqa: PLR0913 - one parameter for each option
    *,
    folder: Path,
    format_name: str,
    output: Path | None,
    semicolon: bool,
    store: str | None,
    language: str | None,
) -> None:
    """Write a table for Excel, SPSS or others."""
    from kryds.desk.workflow import Manner, Place, export_result  # noqa: PLC0415

    path = output or folder / f"export.{format_name}"
    export_result(Place(folder, store), path, (format_name, semicolon), (Manner(language), voice_in(language)))
    click.echo(path)


@cli.command(epilog="Example: kryds demo")
@click.option("-o", "--output", type=FOLDER, default="kryds-demo", show_default=True, metavar="DIR")
@language_option
@click.pass_context
def demo(ctx: click.Context, output: Path, language: str | None) -> None:
    """Show the whole way on the bundled sample.

    Prints, fills in, scans, reads and scores it, and tells where the summary lies.
    """
    from kryds.desk import account  # noqa: PLC0415
    from kryds.desk.demo import run_demo  # noqa: PLC0415

    voice = voice_in(language)
    outcome = run_demo(output, language, voice)
    account.warn(outcome, voice)
    account.tell(outcome, voice)
    ctx.exit(account.exit_status(outcome, strict=False))


@cli.command(epilog="Example: kryds schema > form.schema.json")
@click.argument("kind", type=click.Choice(["form", "translation"]), default="form")
@language_option
def schema(kind: str, language: str | None) -> None:  # noqa: ARG001 - a schema is in no language
    """Tell the JSON Schema of a form file.

    An editor completes and checks a form file or a translation by it.
    """
    from kryds.model.load import SCHEMAS, form_schema  # noqa: PLC0415

    click.echo(json.dumps(form_schema(SCHEMAS[f"{kind}.schema.json"]), indent=2, ensure_ascii=False))
