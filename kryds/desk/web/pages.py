"""A pile's pages: bringing them, seeing them read, and what became of each."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kryds.desk.web.desk import Desk


def routes(desk: Desk) -> list[BaseRoute]:
    """The pages of this group."""

    def show(request: Request) -> Response:
        pile = desk.pile(request)
        return desk.page(request, "pages.html", pile=pile, pages=desk.result(pile).pages)

    return [Route("/piles/{pile}/pages", show, name="pages")]
