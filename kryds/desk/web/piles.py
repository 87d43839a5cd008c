"""The piles: every one with its name and date, and a place to begin another."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kryds.desk.web.desk import Desk, now
from kryds.desk.web.guard import words_of
from kryds.desk.web.register import plain_name
from kryds.desk.web.visitor import Right


def routes(desk: Desk) -> list[BaseRoute]:
    """The pages of this group."""

    def show(request: Request) -> Response:
        desk.visitor(request)
        return desk.page(request, "piles.html", piles=desk.register.piles(), first=_first_page(desk, request))

    def begin(request: Request) -> Response:
        desk.visitor(request, Right.BRING)
        moment = now()
        phrases = desk.phrases(request)
        name = plain_name(words_of(request).get("name", ""))
        name = name or phrases.say("web.piles.unnamed", date=phrases.date(moment))
        pile = desk.register.add(name, moment)
        return RedirectResponse(request.app.url_path_for("pages", pile=pile.id), 303)

    def rename(request: Request) -> Response:
        pile = desk.pile(request, Right.BRING)
        if name := plain_name(words_of(request).get("name", "")):
            desk.register.change(pile, name=name)
        return RedirectResponse(request.app.url_path_for("pages", pile=pile.id), 303)

    return [
        Route("/", show, name="piles"),
        Route("/piles", begin, methods=["POST"]),
        Route("/piles/{pile}/name", rename, name="rename", methods=["POST"]),
    ]


def _first_page(desk: Desk, request: Request) -> str:
    """Where a pile opens: at its pages; for who only reads, at its result."""
    return "pages" if desk.visitor(request).may(Right.SETTLE) else "result"
