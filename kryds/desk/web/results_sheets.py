"""A pile's sheets, and each sheet's answers beside its scan."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kryds.desk.web.desk import Desk
from kryds.desk.web.results_sheet import sheet_page
from kryds.desk.web.visitor import Right


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
        files = desk.store(pile).files()
        numbers = {file.source: number for number, file in enumerate(files, start=1)}
        return desk.page(
            request,
            "results_sheet.html",
            pile=pile,
            sheet=sheet_page(desk.result(pile).editions[wanted[0]], sheets[at], numbers),
            before=sheets[at - 1] if at else None,
            after=sheets[at + 1] if at + 1 < len(sheets) else None,
        )

    return [
        Route("/piles/{pile}/result/sheets", show_all, name="result-sheets"),
        Route("/piles/{pile}/result/sheets/{digest}/{sheet}", show_one, name="result-sheet"),
    ]
