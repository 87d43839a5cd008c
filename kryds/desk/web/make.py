"""Make a test: choose a form, or write one with its sheet beside it; the number of copies or the names; the PDF."""

import io
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kryds.desk.archive import Archive
from kryds.desk.printing import Copies, FormChoice, placed_sheet
from kryds.desk.web.desk import Desk
from kryds.desk.web.guard import words_of
from kryds.desk.web.make_draft import pictures_of
from kryds.desk.web.make_kept import FOLDER, KnownForm, Shelf
from kryds.desk.web.visitor import Right
from kryds.generator.sheet import write_sheets
from kryds.model.errors import ArgumentError, UserError
from kryds.model.geometry import Paper
from kryds.model.page_code import MAX_COPY
from kryds.model.roster import Roster

#: So many sheets at once: a print shop's job, and some 20 MB.
MAX_COPIES = 5000
#: For whom a sheet is printed: nobody (to be photocopied), numbers, or names.
KINDS = ("blank", "copies", "roster")


@dataclass(frozen=True)
class Asked:
    """A form and what was chosen of it; ``refusal`` says what hindered the last choice."""

    known: KnownForm
    words: Mapping[str, str]
    refusal: str = ""


def routes(desk: Desk) -> list[BaseRoute]:
    """The pages of this group: for those who bring piles."""
    shelf = Shelf(desk.settings.data / FOLDER)

    def choose(request: Request) -> Response:
        desk.visitor(request, Right.BRING)
        return desk.page(request, "make.html", forms=shelf.forms(desk.phrases(request).language))

    def show(request: Request) -> Response:
        desk.visitor(request, Right.BRING)
        return _page(desk, request, Asked(_known(shelf, request), request.query_params))

    def print_(request: Request) -> Response:
        desk.visitor(request, Right.BRING)
        known, words = _known(shelf, request), words_of(request)
        if words.get("do") != "print":
            return _page(desk, request, Asked(known, words))
        try:
            pdf = _pdf(known, words)
        except UserError as error:
            return _page(desk, request, Asked(known, words, str(error)))
        headers = {"Content-Disposition": f'attachment; filename="{known.form.id}.pdf"'}
        return Response(pdf, media_type="application/pdf", headers=headers)

    def drop(request: Request) -> Response:
        desk.visitor(request, Right.BRING)
        shelf.drop(request.path_params["form"])
        return RedirectResponse(request.app.url_path_for("make"), 303)

    return [
        Route("/make", choose, name="make"),
        Route("/make/print/{form}", show, name="make-print"),
        Route("/make/print/{form}", print_, methods=["POST"]),
        Route("/make/drop/{form}", drop, methods=["POST"], name="make-drop"),
    ]


def paper_in(words: Mapping[str, str]) -> Paper:
    """The paper asked for, else A4."""
    return next((paper for paper in Paper if paper.value == words.get("paper")), Paper.A4)


def _known(shelf: Shelf, request: Request) -> KnownForm:
    known = shelf.find(request.path_params["form"])
    if known is None:
        raise HTTPException(404)
    return known


def _page(desk: Desk, request: Request, asked: Asked) -> Response:
    """The form's sheet, and what can be chosen of it."""
    known, words = asked.known, asked.words
    wishes = (words.get("language"), desk.phrases(request).language)
    language = next((wish for wish in wishes if wish in known.languages), known.form.language)
    paper = paper_in(words)
    placed = placed_sheet(FormChoice(str(known.path), language, paper))
    return desk.page(
        request,
        "make_print.html",
        422 if asked.refusal else 200,
        known=known,
        form=placed.edition.form,
        chosen={"language": language, "paper": paper.value, "kind": _kind(words)},
        words=words,
        papers=tuple(each.value for each in Paper),
        kinds=KINDS,
        max_copies=MAX_COPIES,
        pictures=tuple(pictures_of(placed)),
        pages=len(placed.pages),
        refusal=asked.refusal,
    )


def _kind(words: Mapping[str, str]) -> str:
    return next((kind for kind in KINDS if kind == words.get("kind")), "copies")


def _pdf(known: KnownForm, words: Mapping[str, str]) -> bytes:
    """The sheets as asked for, kept in the archive so that they can be read back. Raises UserError."""
    language = words.get("language") if words.get("language") in known.languages else None
    placed = placed_sheet(FormChoice(str(known.path), language, paper_in(words)))
    fillable = "fillable" in words
    people = _people(words, fillable=fillable)
    file = io.BytesIO()
    write_sheets(placed, people, file, fillable=fillable)
    Archive.of_user().keep(placed.edition, people)
    return file.getvalue()


def _people(words: Mapping[str, str], *, fillable: bool) -> Roster:
    """For whom. A list of names is read like any roster's file; what is wrong is told without a name of ours."""
    first = _number(words, "first", MAX_COPY - MAX_COPIES)
    match _kind(words):
        case "blank":
            return Copies(fillable=fillable).people()
        case "copies":
            return Copies(_number(words, "count", MAX_COPIES), None, first, fillable).people()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.csv"
        path.write_text(words.get("roster", ""), encoding="utf-8", errors="replace")
        try:
            people = Copies(None, path, first, fillable).people()
        except UserError as error:
            raise ArgumentError(str(error).removeprefix(f"{path}, ")) from error
    if len(people.people) > MAX_COPIES:
        raise ArgumentError(f"{len(people.people)} people: {MAX_COPIES} at most; part the list")
    return people


def _number(words: Mapping[str, str], name: str, most: int) -> int:
    """A whole number from 1. Raises ArgumentError."""
    text = words.get(name, "").strip() or "1"
    if not text.isascii() or not text.isdecimal() or int(text[:12]) < 1:
        raise ArgumentError(f"{text[:12]}: write a whole number, 1 or more")
    if int(text[:12]) > most:
        raise ArgumentError(f"{text[:12]}: {most} at most")
    return int(text[:12])
