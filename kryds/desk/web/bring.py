"""Bringing a pile: files come in chunks, go on where they stopped, and are read as soon as one is whole."""

import asyncio
from collections import defaultdict

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from kryds.desk.web.desk import Desk, now
from kryds.desk.web.guard import number_in, words_of
from kryds.desk.web.jobs import JobKind
from kryds.desk.web.register import Pile
from kryds.desk.web.uploads import Upload
from kryds.desk.web.visitor import Right

OFFSET_HEADER = "upload-offset"
#: Megabytes, as people are told sizes.
MEGA = 1_000_000
TOO_LARGE, NO_ROOM, ELSEWHERE = 413, 507, 409


def routes(desk: Desk) -> list[BaseRoute]:
    """The pages of this group."""
    being_written: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def begin(request: Request) -> Response:
        """Says where to send a file, and how much of it is here."""
        pile = desk.pile(request, Right.BRING)
        words = words_of(request)
        size = number_in(words, "size") or 0
        if fault := _fault(desk, request, pile, size):
            return fault
        upload = desk.uploads.begin(pile.id, (words.get("name", ""), size), now())
        address = request.app.url_path_for("chunk", pile=pile.id, key=upload.key)
        return JSONResponse({"address": str(address), "received": desk.uploads.received(upload)})

    def tell(request: Request) -> Response:
        return JSONResponse({"received": desk.uploads.received(_upload(desk, request))})

    async def take(request: Request) -> Response:
        """Adds a chunk at the offset it is meant for; one meant for another place is refused, and told where it is."""
        upload = await run_in_threadpool(_upload, desk, request)
        async with being_written[upload.key]:
            received = desk.uploads.received(upload)
            if upload.complete or request.headers.get(OFFSET_HEADER) != str(received):
                return JSONResponse({"received": received}, ELSEWHERE)
            try:
                received = await _append(desk, request, upload)
            except OSError:
                return _told(desk, request, "no_room", NO_ROOM)
            if not await run_in_threadpool(desk.uploads.is_there, upload):
                return JSONResponse({}, 404)  # forgotten while it was on its way
            if received > upload.size:
                desk.uploads.part(upload.key).write_bytes(b"")
                return _told(desk, request, "not_as_said", TOO_LARGE)
            if received == upload.size:
                await run_in_threadpool(_finish, desk, request, upload)
                being_written.pop(upload.key, None)
        return JSONResponse({"received": received})

    return [
        Route("/piles/{pile}/uploads", begin, name="uploads", methods=["POST"]),
        Route("/piles/{pile}/uploads/{key}", tell, methods=["GET"]),
        Route("/piles/{pile}/uploads/{key}", take, name="chunk", methods=["PATCH"]),
    ]


def _upload(desk: Desk, request: Request) -> Upload:
    pile = desk.pile(request, Right.BRING)
    return desk.there(desk.uploads.find(pile.id, request.path_params["key"]))


async def _append(desk: Desk, request: Request, upload: Upload) -> int:
    """Writes what comes to the end of the part, as far as it belongs there; what a broken line lost comes again."""
    with desk.uploads.part(upload.key).open("ab") as file:
        async for chunk in request.stream():
            file.write(chunk)
            if file.tell() > upload.size:
                break
        return file.tell()


def _finish(desk: Desk, request: Request, upload: Upload) -> None:
    if desk.uploads.finish(upload):
        desk.jobs.add(upload.pile, JobKind.READ, desk.phrases(request).language, now())


def _fault(desk: Desk, request: Request, pile: Pile, size: int) -> Response | None:
    """Why a file of this size is not taken."""
    settings = desk.settings
    if size < 1:
        return _told(desk, request, "empty", 400)
    if size > settings.max_upload_bytes:
        return _told(desk, request, "too_large", TOO_LARGE, limit=settings.max_upload_bytes // MEGA)
    if size + sum(each.size for each in desk.uploads.of(pile.id)) > settings.max_pile_bytes:
        return _told(desk, request, "pile_too_large", TOO_LARGE, limit=settings.max_pile_bytes // MEGA)
    return None


def _told(desk: Desk, request: Request, key: str, status: int, **blanks: object) -> Response:
    return JSONResponse({"error": desk.phrases(request).say(f"web.bring.{key}", **blanks)}, status)
