"""A pile's sheets, and each sheet's answers beside its scan."""

from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kryds.desk.store import Store
from kryds.desk.web.desk import Desk
from kryds.desk.web.results_sheet import sheet_page
from kryds.desk.web.visitor import Right
from kryds.model.reading import PageReading
from kryds.model.scores import ScoredSheet


def routes(desk: Desk) -> list[BaseRoute]:
    """The pages of this group: for those who settle answers, as a sheet tells what one person said."""

    def show_all(request: Request) -> Response:
        pile = desk.pile(request, Right.SETTLE)
        return desk.page(request, "results_sheets.html", pile=pile, groups=desk.result(pile).groups)

    def show_one(request: Request) -> Response:
        pile = desk.pile(request, Right.SETTLE)
        wanted = request.path_params["digest"], request.path_params["sheet"]
        sheets = desk.result(pile).sheets
        places = {(each.reading.digest, each.reading.sheet): at for at, each in enumerate(sheets)}
        if wanted not in places:
            raise HTTPException(404)
        at = places[wanted]
        store = desk.store(pile)
        files = store.files()
        numbers = {file.source: number for number, file in enumerate(files, start=1)}
        return desk.page(
            request,
            "results_sheet.html",
            pile=pile,
            sheet=sheet_page(desk.result(pile).editions[wanted[0]], _with_boxes(sheets[at], store), numbers),
            before=sheets[at - 1] if at else None,
            after=sheets[at + 1] if at + 1 < len(sheets) else None,
        )

    return [
        Route("/piles/{pile}/result/sheets", show_all, name="result-sheets"),
        Route("/piles/{pile}/result/sheets/{digest}/{sheet}", show_one, name="result-sheet"),
    ]


def _with_boxes(scored: ScoredSheet, store: Store) -> ScoredSheet:
    """The sheet with its pages' boxes, which the result at hand has not."""
    pages = tuple(_page_with_boxes(page, store) for page in scored.reading.pages)
    return replace(scored, reading=replace(scored.reading, pages=pages))


def _page_with_boxes(page: PageReading, store: Store) -> PageReading:
    read = store.page(store.key_of(page.source, page.index))
    return replace(page, measurements=read.measurements, marks=read.marks) if read else page
