"""What every request passes: who is it, did it come from a page of ours; every answer bears strict headers."""

import hmac
from collections.abc import Mapping
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kryds.desk.web.visitor import Visitor

#: The largest form of words, in bytes: a questionnaire being written is some 20 kB.
MAX_WORDS = 1_000_000
#: Where a page's script and style lie; they are nobody's secret, and the page that asks for a password needs them.
STATIC = "/static/"
#: The most digits of a number anybody means: Python itself refuses thousands, and a database more than eighteen.
MAX_DIGITS = 15
CSRF_HEADER, CSRF_FIELD = "x-csrf", "csrf"
#: Nothing from elsewhere, nothing inline, no frame around us. Nothing is kept on disk by the browser.
#: Referrer-Policy is not ``no-referrer``, under which browsers hide the origin of a form from ourselves too.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; "
        "connect-src 'self'; frame-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class Door(Protocol):
    """Knows the visitors."""

    def admit(self, visit: HTTPConnection) -> Visitor | Response | None:
        """The visitor; or what to answer instead of the page; or None where the page is open to strangers."""


class Guard:
    """A site behind a door."""

    def __init__(self, site: ASGIApp, door: Door) -> None:
        self._site, self._door = site, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            await self._site(scope, receive, send)
            return
        is_static = scope["path"].startswith(STATIC)
        scope.setdefault("state", {}).update(visitor=None, words={})

        async def send_strict(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers["Cache-Control"] = "no-cache" if is_static else "no-store"
            await send(message)

        answer = None if is_static else await self._checked(scope, receive)
        await (answer or self._site)(scope, receive, send_strict)

    async def _checked(self, scope: Scope, receive: Receive) -> Response | None:
        """What to answer instead of the page. What was found out is put where ``visitor_of`` and ``words_of`` look."""
        visit = HTTPConnection(scope)
        found = self._door.admit(visit)
        if isinstance(found, Response):
            return found
        state = scope["state"]
        state["visitor"] = found
        if scope["method"] in ("GET", "HEAD"):
            return None
        if not _is_own_page(visit):
            return PlainTextResponse("foreign origin", 403)
        if visit.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            words = await _words(Request(scope, receive))
            if words is None:
                return PlainTextResponse("too large", 413)
            state["words"] = words
        token = visit.headers.get(CSRF_HEADER) or state["words"].get(CSRF_FIELD, "")
        if found and not same(token, found.csrf):
            return PlainTextResponse("this form is not of your session; load the page again", 403)
        return None


def visitor_of(request: HTTPConnection) -> Visitor | None:
    """Who sent the request; None for a stranger on a page open to all."""
    visitor: Visitor | None = request.scope["state"]["visitor"]
    return visitor


def words_of(request: HTTPConnection) -> Mapping[str, str]:
    """The fields of the form that was sent, the last of each name."""
    words: Mapping[str, str] = request.scope["state"]["words"]
    return words


def number_in(words: Mapping[str, str], name: str) -> int | None:
    """A whole number from 0 that was written in a field; None for anything else."""
    text = words.get(name, "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS else None


def same(given: str, wanted: str) -> bool:
    """Whether they are equal, in a time that does not tell how much of them is."""
    return hmac.compare_digest(given.encode(), wanted.encode())


def _is_own_page(visit: HTTPConnection) -> bool:
    """Browsers tell the origin of whatever changes something; what hides it has a reason to."""
    return urlsplit(visit.headers.get("origin", "")).netloc == visit.headers.get("host")


async def _words(request: Request) -> dict[str, str] | None:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_WORDS:
            return None
    parsed = parse_qs(body.decode("latin-1"), keep_blank_values=True, encoding="utf-8", errors="replace")
    return {name: values[-1] for name, values in parsed.items()}
