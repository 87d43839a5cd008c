"""Taking the result along: the files are written by the worker, and fetched from here."""

import json
import shutil
from dataclasses import astuple, dataclass
from importlib.util import find_spec
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kryds.desk.exports import FORMATS, ExportOptions, export
from kryds.desk.reports import ANNOTATED_FILE, SUMMARY_FILE
from kryds.desk.store import Stamp
from kryds.desk.voice import Voice
from kryds.desk.web.desk import Desk, now
from kryds.desk.web.jobs import JobKind
from kryds.desk.web.register import Pile
from kryds.desk.web.visitor import Right
from kryds.desk.workflow import Manner, Place, make_folder, phrases_of, write_results
from kryds.desk.written import written_whole

#: What may be fetched, in the order it is shown: the file in the pile's folder, and its media type.
FILES = {
    SUMMARY_FILE: "application/pdf",
    ANNOTATED_FILE: "application/pdf",
    "export.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "export.csv": "text/csv",
    "export.sav": "application/x-spss-sav",
    "export.json": "application/json",
}
#: Tells of which state of the pile the files are.
STAMP_FILE = "written.json"


@dataclass(frozen=True, slots=True)
class Ready:
    """A file that may be fetched."""

    name: str
    size_bytes: int


def routes(desk: Desk) -> list[BaseRoute]:
    """The pages of this group: for those who may see each sheet, as every file tells what each sheet says."""

    def show(request: Request) -> Response:
        pile = desk.pile(request, Right.SETTLE)
        is_busy = desk.jobs.is_busy(pile.id)
        fresh = is_fresh(desk, pile)
        # While they are written anew the files of before are not offered: nobody would know which ones they took.
        files = ready(desk, pile) if fresh or not is_busy else ()
        return desk.page(
            request, "take.html", pile=pile, files=files, is_fresh=fresh, is_busy=is_busy, has_spss=has_spss()
        )

    def write(request: Request) -> Response:
        pile = desk.pile(request, Right.SETTLE)
        desk.jobs.add(pile.id, JobKind.WRITE, desk.phrases(request).language, now())
        return RedirectResponse(request.app.url_path_for("take", pile=pile.id), 303)

    def fetch(request: Request) -> Response:
        pile = desk.pile(request, Right.SETTLE)
        name = request.path_params["name"]
        path = folder_of(desk, pile) / name
        if name not in FILES or not path.is_file():
            return desk.page(request, "refused.html", 404, key="not_there", detail="")
        if desk.jobs.is_busy(pile.id) and not is_fresh(desk, pile):
            return RedirectResponse(request.app.url_path_for("take", pile=pile.id), 303)
        filename = download_name(pile.name, name.removeprefix("export."))
        return FileResponse(path, media_type=FILES[name], filename=filename)

    return [
        Route("/piles/{pile}/take", show, name="take"),
        Route("/piles/{pile}/take", write, methods=["POST"]),
        Route("/piles/{pile}/take/{name}", fetch, name="fetch"),
    ]


def download_name(pile_name: str, ending: str) -> str:
    """A file's name for the visitor's disk: letters and digits of the pile's name, and what the file is."""
    letters = "".join(letter if letter.isalnum() else "-" for letter in pile_name)
    stem = "-".join(part for part in letters.split("-") if part) or "kryds"
    return f"{stem}-{ending}" if ending.endswith(".pdf") else f"{stem}.{ending}"


def folder_of(desk: Desk, pile: Pile) -> Path:
    """Where the files of a pile are written."""
    return desk.settings.data / "results" / pile.id


def ready(desk: Desk, pile: Pile) -> tuple[Ready, ...]:
    """The files there are."""
    folder = folder_of(desk, pile)
    return tuple(Ready(name, (folder / name).stat().st_size) for name in FILES if (folder / name).is_file())


def is_fresh(desk: Desk, pile: Pile) -> bool:
    """Whether the files are of the pile as it is now."""
    path = folder_of(desk, pile) / STAMP_FILE
    return path.is_file() and path.read_text("utf-8") == _text(desk.store(pile).stamp())


def write_all(desk: Desk, pile: Pile, voice: Voice) -> None:
    """Writes every file of a pile anew. Raises ArgumentError when the disk takes no more."""
    folder = folder_of(desk, pile)
    make_folder(folder.parent)
    make_folder(folder)
    store = desk.store(pile)
    stamp = store.stamp()
    outcome = write_results(store, Place(folder), Manner(), voice)
    options = ExportOptions(phrases_of(outcome.result, Manner(), voice))
    for name in FORMATS if outcome.result.groups else ():
        if name == "sav" and not has_spss():
            continue  # the page says what is lacking
        export(name, outcome.result.groups, folder / f"export.{name}", options)
    with written_whole(folder / STAMP_FILE) as file:
        file.write(_text(stamp).encode())


def has_spss() -> bool:
    """Whether the extra that writes SPSS files is installed."""
    return find_spec("pyreadstat") is not None


def drop_files(desk: Desk, pile: Pile) -> None:
    """Deletes what was written of a pile."""
    shutil.rmtree(folder_of(desk, pile), ignore_errors=True)


def _text(stamp: Stamp) -> str:
    return json.dumps(astuple(stamp))
