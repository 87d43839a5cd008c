"""A pile's pages: bringing them, seeing them read, and what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kryds.desk.store import StoredFile
from kryds.desk.web.desk import Desk, now
from kryds.desk.web.jobs import JobKind, JobState
from kryds.desk.web.live import progress_of, said
from kryds.desk.web.visitor import Right
from kryds.model.reading import PageReading, PageState

#: Pages a person should look at: not what is read, and not an empty back.
TO_SEE = (PageState.UNREADABLE, PageState.FOREIGN, PageState.DUPLICATE)


@dataclass(frozen=True, slots=True)
class Place:
    """A page by its file's position from 1 and its own number from 1, as addresses have it; 0: no such file."""

    page: PageReading
    file: int
    number: int


def routes(desk: Desk) -> list[BaseRoute]:
    """The pages of this group."""

    def show(request: Request) -> Response:
        pile = desk.pile(request)
        progress = progress_of(desk, pile)
        job = desk.jobs.latest(pile.id)
        # While pages are being read they are told one by one; the sheets are gathered beside, for who looks afterwards.
        if progress.is_busy:
            desk.latest.look_ahead(desk.store(pile))
        result = None if progress.is_busy else desk.result(pile)
        entries = _places(result.pages if result else (), desk.store(pile).files())
        return desk.page(
            request,
            "pages.html",
            pile=pile,
            progress=progress,
            said=said(progress, desk.phrases(request)),
            unfinished=[each for each in desk.uploads.of(pile.id) if not each.complete],
            fault=job.fault if job and job.state is JobState.FAILED else "",
            result=result,
            entries=entries,
            to_see=[place for place in entries if place.page.state in TO_SEE],
            unsure=[sheet.reading for sheet in result.sheets if sheet.reading.problems] if result else [],
        )

    def read_again(request: Request) -> Response:
        pile = desk.pile(request, Right.BRING)
        desk.jobs.add(pile.id, JobKind.READ, desk.phrases(request).language, now())
        return RedirectResponse(request.app.url_path_for("pages", pile=pile.id), 303)

    return [
        Route("/piles/{pile}/pages", show, name="pages"),
        Route("/piles/{pile}/pages", read_again, methods=["POST"]),
    ]


def _places(pages: Sequence[PageReading], files: Sequence[StoredFile]) -> list[Place]:
    positions = {file.source: position for position, file in enumerate(files, start=1)}
    return [Place(page, positions.get(page.source, 0), page.index + 1) for page in pages]
