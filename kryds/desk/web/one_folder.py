"""The settling page alone, on the results of one folder: what kryds review opens."""

from collections.abc import Callable
from pathlib import Path

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from kryds.desk.store import Store
from kryds.desk.web.desk import Desk, Settings, now
from kryds.desk.web.frame import Frame
from kryds.desk.web.guard import Door
from kryds.desk.web.program import program
from kryds.desk.web.register import Pile
from kryds.desk.web.settle import settling_routes


class OneFolder:
    """``finish`` writes the results and tells where the summary lies; ``stop`` ends the server after that."""

    def __init__(self, store: Store, finish: Callable[[], Path | None], language: str) -> None:
        self._finish = finish
        self._pile = Pile("here", "", now())
        frame = Frame(language, asks_browser=False)
        self._desk = Desk(Settings(Path(), ""), store.engine, frame, only=(self._pile, store))
        self.is_finished = False
        self.stop: Callable[[], None] = lambda: None

    def app(self, door: Door) -> ASGIApp:
        """The page behind the door."""

        def enter(request: Request) -> Response:
            return RedirectResponse(request.app.url_path_for("settle", pile=self._pile.id), 303)

        return program(self._desk, [Route("/", enter), *settling_routes(self._desk, self._finished)], door)

    def _finished(self, request: Request, pile: Pile) -> Response:
        summary = self._finish()
        self.is_finished = True
        left = self._desk.result(pile).open_items
        page = self._desk.page(request, "settled.html", summary=summary, left=left)
        page.background = BackgroundTask(self.stop)
        return page
