"""How far a pile is read, told as it happens (server-sent events)."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from kryds.desk.reading import EDITION_WANTED
from kryds.desk.web.desk import Desk
from kryds.desk.web.register import Pile
from kryds.model.phrases import Phrases

#: How often the database is asked, in seconds: twice as often as a person takes in a change.
LOOK_S = 0.5


@dataclass(frozen=True, slots=True)
class Progress:
    """``tiles`` are the states of the pages in the order of the input, empty while one is not read."""

    tiles: tuple[str, ...]
    is_busy: bool

    @property
    def done(self) -> int:
        """How many pages are read."""
        return sum(1 for tile in self.tiles if tile)

    @property
    def counts(self) -> Counter[str]:
        """How many pages came to which end."""
        return Counter(tile for tile in self.tiles if tile)


def routes(desk: Desk) -> list[BaseRoute]:
    """The pages of this group."""

    def live(request: Request) -> Response:
        pile = desk.pile(request)
        return StreamingResponse(_events(desk, pile, desk.phrases(request)), media_type="text/event-stream")

    return [Route("/piles/{pile}/live", live, name="live")]


def progress_of(desk: Desk, pile: Pile) -> Progress:
    """How far the pile is read."""
    store = desk.store(pile)
    is_busy = desk.jobs.is_busy(pile.id)
    # The reader knows the bundled forms only at the second look: until then such a page is not read, rather than lost.
    states = store.states(unless=EDITION_WANTED if is_busy else ())
    tiles = [
        states.get((file.sha256, index), "")
        for file in store.files()
        for index in range(file.pages if not file.reason else 0)
    ]
    return Progress(tuple(tiles), is_busy)


async def _events(desk: Desk, pile: Pile, phrases: Phrases) -> AsyncIterator[str]:
    """What changed, until nothing is left to do."""
    told: Progress | None = None
    while True:
        progress = await run_in_threadpool(progress_of, desk, pile)
        if progress != told:
            yield f"data: {json.dumps(_news(progress, told, phrases))}\n\n"
            told = progress
            if progress.is_busy and progress.done == len(progress.tiles):
                desk.latest.look_ahead(desk.store(pile))  # what is looked at when the files are written
        if not progress.is_busy:
            return
        await asyncio.sleep(LOOK_S)


def _news(progress: Progress, told: Progress | None, phrases: Phrases) -> dict[str, object]:
    before = told.tiles if told else ()
    changed = [
        (place, tile) for place, tile in enumerate(progress.tiles) if place >= len(before) or before[place] != tile
    ]
    return {
        "total": len(progress.tiles),
        "done": progress.done,
        "tiles": changed,
        "busy": progress.is_busy,
        "said": said(progress, phrases),
    }


def said(progress: Progress, phrases: Phrases) -> str:
    """The same in words."""
    total, done = len(progress.tiles), progress.done
    if progress.is_busy and (not total or done < total):
        return phrases.say("web.pages.reading" if total else "web.pages.opening", done=done, total=total)
    return phrases.say("web.pages.writing" if progress.is_busy else "web.pages.read", done=done, total=total)
