"""The desk as a program for a web server: the page groups behind a door."""

from importlib import resources

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from kryds.desk.web import pages, piles, results, results_sheets
from kryds.desk.web.desk import Desk
from kryds.desk.web.frame import LANGUAGE_COOKIE, THEME_COOKIE, THEMES
from kryds.desk.web.guard import Door, Guard, words_of
from kryds.model.errors import UserError

#: Every page group; each has routes(desk).
GROUPS = (
    piles,
    pages,
    results,
    results_sheets,
)
#: How long a choice of language or light is remembered, in seconds: a year.
REMEMBERED_S = 365 * 24 * 3600
FONTS = {"regular.ttf": "AtkinsonHyperlegible-Regular.ttf", "bold.ttf": "AtkinsonHyperlegible-Bold.ttf"}


def site(desk: Desk, door: Door) -> ASGIApp:
    """The whole desk."""
    routes: list[BaseRoute] = [route for group in GROUPS for route in group.routes(desk)]
    return Guard(program(desk, routes), door)


def program(desk: Desk, routes: list[BaseRoute]) -> Starlette:
    """These pages, with what every page needs."""

    def look(request: Request) -> Response:
        """Keeps the choice of language, or of light and dark, and shows the same page again."""
        words = words_of(request)
        here = words.get("here", "/")
        answer = RedirectResponse(here if here.startswith("/") and not here.startswith("//") else "/", 303)
        chosen = ((LANGUAGE_COOKIE, "language", desk.frame.languages), (THEME_COOKIE, "theme", THEMES))
        for cookie, name, known in chosen:
            if words.get(name) in known:
                answer.set_cookie(cookie, words[name], REMEMBERED_S, httponly=True, samesite="lax")
        return answer

    def refused(request: Request, error: Exception) -> Response:
        """What is not there or not allowed, as a page."""
        status = error.status_code if isinstance(error, HTTPException) else 400
        key = {403: "not_allowed", 404: "not_there"}.get(status, "not_done")
        detail = str(error) if isinstance(error, UserError) else ""
        return desk.page(request, "refused.html", status, key=key, detail=detail)

    return Starlette(
        routes=[
            *routes,
            Route("/look", look, methods=["POST"]),
            Route("/static/{name:str}.ttf", _font),
            Mount("/static", StaticFiles(packages=[("kryds.desk.web", "static")])),
        ],
        exception_handlers={HTTPException: refused, UserError: refused},
    )


def _font(request: Request) -> Response:
    name = FONTS.get(f"{request.path_params['name']}.ttf")
    if not name:
        raise HTTPException(404)
    data = resources.files("fontpkg_atkinson_hyperlegible").joinpath("files", name).read_bytes()
    return Response(data, media_type="font/ttf")
