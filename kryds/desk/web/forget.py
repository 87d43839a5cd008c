"""Forgetting a pile: all of it, or only what tells who answered; each leaves a receipt."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kryds.desk import tables_of_desk as t
from kryds.desk.archive import Archive
from kryds.desk.forgetting import Forgotten, forget_people, forget_reading
from kryds.desk.store import Store
from kryds.desk.web.desk import Desk, now
from kryds.desk.web.guard import number_in, words_of
from kryds.desk.web.jobs import JobKind
from kryds.desk.web.register import Pile
from kryds.desk.web.take import drop_files
from kryds.desk.web.visitor import Right

#: What a receipt is for.
ALL, PEOPLE = "all", "people"
#: The longest time that may be asked for, in days: ten years.
MAX_DAYS = 3650
RECEIPT_BYTES = 8


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was deleted, by whom and when; ``counts`` by what was counted."""

    id: str
    pile_name: str
    kind: str
    who: str
    at: str
    counts: Mapping[str, int]


def routes(desk: Desk) -> list[BaseRoute]:
    """The pages of this group."""

    def show(request: Request) -> Response:
        pile = desk.pile(request, Right.BRING)
        return desk.page(request, "forget.html", pile=pile, is_busy=desk.jobs.is_busy(pile.id), error="")

    def hear(request: Request) -> Response:
        pile = desk.pile(request, Right.BRING)
        words = words_of(request)
        phrases = desk.phrases(request)
        if words.get("do") == "keep":
            days = number_in(words, "days")
            keep = min(days, MAX_DAYS) if days else None
            desk.register.change(pile, keep_days=keep)
            return RedirectResponse(request.app.url_path_for("forget", pile=pile.id), 303)
        is_busy = desk.jobs.is_busy(pile.id)
        if is_busy or (words.get("do") == ALL and " ".join(words.get("name", "").split()) != pile.name):
            error = "" if is_busy else phrases.say("web.forget.name_wrong")
            return desk.page(request, "forget.html", 409, pile=pile, is_busy=is_busy, error=error)
        who = desk.visitor(request).name
        forget = forget_all if words.get("do") == ALL else strip
        receipt = forget(desk, pile, who, phrases.language)
        return RedirectResponse(request.app.url_path_for("receipt", receipt=receipt.id), 303)

    def receipt(request: Request) -> Response:
        desk.visitor(request, Right.BRING)
        found = desk.there(_receipt(desk, request.path_params["receipt"]))
        return desk.page(request, "receipt.html", receipt=found)

    return [
        Route("/piles/{pile}/forget", show, name="forget"),
        Route("/piles/{pile}/forget", hear, methods=["POST"]),
        Route("/receipts/{receipt}", receipt, name="receipt"),
    ]


def forget_all(desk: Desk, pile: Pile, who: str, language: str) -> Receipt:  # noqa: ARG001 - as ``strip`` is called
    """Deletes scans, pictures, answers, decisions, names and files written of the pile, and the pile."""
    files = desk.uploads.drop(pile.id)
    desk.scans.drop(pile.id)
    drop_files(desk, pile)
    forgotten = forget_reading(desk.store(pile), _others(desk, pile))
    Archive.of_user().forget(forgotten.runs)
    desk.latest.forget(pile.id)
    return _kept(desk, Receipt(_new_id(), pile.name, ALL, who, now(), _counts(forgotten, files)))


def leave_nothing(desk: Desk, pile: Pile) -> None:
    """Deletes what was still written of a pile after it was forgotten, by who was at work on it."""
    desk.scans.drop(pile.id)
    drop_files(desk, pile)
    forget_reading(desk.store(pile), _others(desk, pile))


def strip(desk: Desk, pile: Pile, who: str, language: str) -> Receipt:
    """Deletes scans, pictures and names; answers stay, and the files are written anew without names."""
    files = desk.uploads.drop(pile.id)
    desk.scans.drop(pile.id)
    drop_files(desk, pile)
    forgotten = forget_people(desk.store(pile), _others(desk, pile), now())
    Archive.of_user().forget(forgotten.runs)
    desk.latest.forget(pile.id)
    desk.jobs.add(pile.id, JobKind.WRITE, language, now())
    return _kept(desk, Receipt(_new_id(), pile.name, PEOPLE, who, now(), _counts(forgotten, files)))


def _others(desk: Desk, pile: Pile) -> list[Store]:
    return [desk.store(other) for other in desk.register.piles() if other.id != pile.id]


def _counts(forgotten: Forgotten, files: int) -> dict[str, int]:
    return {
        "scans": files,
        "pages": forgotten.pages,
        "crops": forgotten.crops,
        "decisions": forgotten.decisions,
        "names": forgotten.names,
    }


def _new_id() -> str:
    return secrets.token_hex(RECEIPT_BYTES)


def _kept(desk: Desk, receipt: Receipt) -> Receipt:
    row = {"id": receipt.id, "pile_name": receipt.pile_name, "kind": receipt.kind, "who": receipt.who}
    with desk.engine.begin() as connection:
        counts = json.dumps(dict(receipt.counts))
        connection.execute(sa.insert(t.receipts), [row | {"at": receipt.at, "counts": counts}])
    return receipt


def _receipt(desk: Desk, receipt_id: str) -> Receipt | None:
    if not receipt_id.isalnum():
        return None
    with desk.engine.connect() as connection:
        row = connection.execute(sa.select(t.receipts).where(t.receipts.c.id == receipt_id)).one_or_none()
    return Receipt(row.id, row.pile_name, row.kind, row.who, row.at, json.loads(row.counts)) if row else None
