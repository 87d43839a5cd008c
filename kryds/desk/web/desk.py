"""What every page group is given: the settings, the piles with their stores and results, the words, the frame."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from kryds.desk.result import Gathered, Result
from kryds.desk.store import Store
from kryds.desk.web.frame import Frame
from kryds.desk.web.guard import visitor_of
from kryds.desk.web.jobs import Jobs
from kryds.desk.web.latest import Latest
from kryds.desk.web.register import Pile, Register
from kryds.desk.web.scans import Scans
from kryds.desk.web.uploads import Uploads
from kryds.desk.web.visitor import Right, Visitor
from kryds.model.phrases import Phrases

Found = TypeVar("Found")

__all__ = ["Desk", "Settings", "now"]


@dataclass(frozen=True)
class Settings:
    """Where things lie and how much is too much.

    ``data`` is the desk's folder on this machine; ``scans_url`` where scans are kept, a folder or a URL that fsspec
    knows. ``max_upload_bytes`` is the largest file, ``max_pile_bytes`` the largest pile.
    """

    data: Path
    scans_url: str
    max_upload_bytes: int = 2_000_000_000
    max_pile_bytes: int = 20_000_000_000


@dataclass(frozen=True)
class Desk:
    """The desk; ``engine`` is its database, which holds every pile; or ``only`` one, in a store of its own."""

    settings: Settings
    engine: sa.Engine
    frame: Frame
    latest: Latest = field(default_factory=Latest)
    only: tuple[Pile, Store] | None = None

    @cached_property
    def register(self) -> Register:
        """The piles by name and date."""
        return Register(self.engine)

    @cached_property
    def scans(self) -> Scans:
        """Where the scans are kept."""
        return Scans(self.settings.scans_url, self.settings.data / "copies")

    @cached_property
    def uploads(self) -> Uploads:
        """The files that were brought, and those on their way."""
        return Uploads(self.engine, self.settings.data / "parts", self.scans)

    @cached_property
    def jobs(self) -> Jobs:
        """What the worker has to do."""
        return Jobs(self.engine)

    def pile(self, request: Request, right: Right = Right.SEE) -> Pile:
        """The pile in the address, for a visitor who has the right: HTTP 404 and 403 otherwise."""
        self.visitor(request, right)
        return self.only[0] if self.only else self.there(self.register.find(request.path_params["pile"]))

    def visitor(self, request: Request, right: Right = Right.SEE) -> Visitor:
        """Who is asking. HTTP 403 for one who has not the right."""
        visitor = visitor_of(request)
        if visitor is None or not visitor.may(right):
            raise HTTPException(403)
        return visitor

    def there(self, found: Found | None) -> Found:
        """What was looked for, if it is there: HTTP 404 otherwise."""
        if found is None:
            raise HTTPException(404)
        return found

    def store(self, pile: Pile) -> Store:
        """What was read of a pile and decided about it."""
        return self.only[1] if self.only else Store(self.engine, pile.id)

    def result(self, pile: Pile) -> Result:
        """The pile's result as it stands; worked out anew when something was read or decided since.

        While pages are being read it may be of a moment ago.
        """
        return self.latest.result(self.store(pile), may_lag=self.is_busy(pile))

    def gathered(self, pile: Pile) -> Gathered:
        """The pile's sheets before anybody decided anything."""
        return self.latest.gathered(self.store(pile), may_lag=self.is_busy(pile))

    def is_busy(self, pile: Pile) -> bool:
        """Whether the worker has something to do for the pile."""
        return self.only is None and self.jobs.is_busy(pile.id)

    def phrases(self, request: Request) -> Phrases:
        """The words in the visitor's language."""
        return self.frame.phrases(request)

    def page(self, request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:  # noqa: ANN401 - as the template takes them
        """A page in the frame; with ``pile`` among the values, under that pile's tabs."""
        return self.frame.page(request, template, status, **values)


def now() -> str:
    """The time in UTC, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
