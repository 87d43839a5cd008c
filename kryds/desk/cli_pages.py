"""The commands that open pages in the browser: ``kryds review`` and ``kryds serve``."""

from pathlib import Path

import click

from kryds.desk.command import FOLDER, language_option, voice_in


@click.command(epilog="Example: kryds review result")
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--reviewer", metavar="NAME", help="Whose word it is.  [default: the login name]")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The page's port.  [default: any that is free]")
@click.option("--no-browser", is_flag=True, help="Only tell the page's address.")
@click.option("--store", metavar="URL", help="Another store than DIR/kryds.db.")
@language_option
def review(  # noqa: PLR0913 - one parameter for each option
    *, folder: Path, reviewer: str | None, port: int, no_browser: bool, store: str | None, language: str | None
) -> None:
    """Settle the answers that await a person.

    Opens a page in the browser, on this machine only, that shows each row that waits and asks what it says. When all
    is settled, or you stop, tables and PDFs are written again.
    """
    from kryds.desk import account, workflow  # noqa: PLC0415
    from kryds.desk.review import Sitting  # noqa: PLC0415

    voice = voice_in(language)
    sitting = Sitting(reviewer, port, open_browser=not no_browser)
    account.warn(workflow.review(workflow.Place(folder, store), sitting, workflow.Manner(language), voice), voice)


@click.command(epilog="Example: kryds serve")
@click.option("--data", type=FOLDER, metavar="FOLDER", help="Where the desk keeps its piles.  [default: your own data]")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port.  [default: any that is free]")
@click.option("--store", metavar="URL", help="Another database than FOLDER/desk.db, such as postgresql://HOST/NAME.")
@click.option("--scans", metavar="URL", help="Another place for scans than FOLDER/scans, such as s3://BUCKET/FOLDER.")
@click.option("--accounts", is_flag=True, help="Ask who it is on this machine too, as behind a reverse proxy.")
@click.option("--add-owner", metavar="NAME", help="Make an account that may do everything, ask its password, and end.")
@click.option("--no-browser", is_flag=True, help="Only tell the page's address.")
@language_option
def serve(  # noqa: PLR0913 - one parameter for each option
    *,
    data: Path | None,
    host: str,
    port: int,
    store: str | None,
    scans: str | None,
    accounts: bool,
    add_owner: str | None,
    no_browser: bool,
    language: str | None,
) -> None:
    """Open the desk: upload, progress, review, results in the browser.

    On this machine no account is needed. On any other address visitors need one: make the first with --add-owner.
    """
    from kryds.desk.archive import Archive  # noqa: PLC0415
    from kryds.desk.web import serve as web  # noqa: PLC0415

    voice = voice_in(language)
    folder = data or Archive.of_user().folder / "desk"
    serving = web.Serving(folder, host, port, store, scans, accounts, not no_browser)
    if add_owner:
        password = click.prompt(voice.phrases.say("web.serve.password"), hide_input=True, confirmation_prompt=True)
        web.add_owner(serving, add_owner, password, voice)
    else:
        web.serve(serving, voice)
