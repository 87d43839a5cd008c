"""Pages put together to a program for a web server: with the look, the style, the fonts, and words for what fails."""

from importlib import resources

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from kryds.desk.web.desk import Desk
from kryds.desk.web.frame import LANGUAGE_COOKIE, THEME_COOKIE, THEMES
from kryds.desk.web.guard import Door, Guard, words_of
from kryds.model.errors import UserError

#: How long a choice of language or light is remembered, in seconds: a year.
REMEMBERED_S = 365 * 24 * 3600
FONTS = {"regular": "AtkinsonHyperlegible-Regular.ttf", "bold": "AtkinsonHyperlegible-Bold.ttf"}


def program(desk: Desk, routes: list[BaseRoute], door: Door) -> ASGIApp:
    """These pages behind the door."""

    def look(request: Request) -> Response:
        """Keeps the choice of language, or of light and dark, and shows the same page again."""
        words = words_of(request)
        here = words.get("here", "/")
        answer = RedirectResponse(here if here.startswith("/") and here[1:2] not in ("/", "\\") else "/", 303)
        chosen = ((LANGUAGE_COOKIE, "language", desk.frame.languages), (THEME_COOKIE, "theme", THEMES))
        for cookie, name, known in chosen:
            if words.get(name) in known:
                answer.set_cookie(cookie, words[name], REMEMBERED_S, httponly=True, samesite="lax")
        return answer

    def refused(request: Request, error: Exception) -> Response:
        """What is not there, not allowed or cannot be done, as a page."""
        status = error.status_code if isinstance(error, HTTPException) else 400
        key = {403: "not_allowed", 404: "not_there"}.get(status, "not_done")
        detail = str(error) if isinstance(error, UserError) else ""
        return desk.page(request, "refused.html", status, key=key, detail=detail)

    site = Starlette(
        routes=[
            *routes,
            Route("/look", look, methods=["POST"]),
            Route("/static/{name}.ttf", _font),
            Mount("/static", StaticFiles(packages=[("kryds.desk.web", "static")])),
        ],
        exception_handlers={HTTPException: refused, UserError: refused},
    )
    return Guard(site, door)


def _font(request: Request) -> Response:
    name = FONTS.get(request.path_params["name"])
    if not name:
        return Response(status_code=404)
    data = resources.files("fontpkg_atkinson_hyperlegible").joinpath("files", name).read_bytes()
    return Response(data, media_type="font/ttf")
