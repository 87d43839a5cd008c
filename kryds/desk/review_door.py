"""Who may come in: only the browser that was given the address, only to this machine, only from our own page."""

import hmac
import secrets
from dataclasses import dataclass, field

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Where the page is served: this machine only.
ADDRESS = "127.0.0.1"
_TOKEN_BYTES = 32
#: Nothing from elsewhere, nothing inline, no frame around us; pictures come inside the page. Nothing is kept on disk.
#: Referrer-Policy is not ``no-referrer``, under which browsers hide the origin of a form from ourselves too.
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@dataclass
class Door:
    """The keys of one sitting: a token that opens once, and the cookie it is exchanged for."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(_TOKEN_BYTES))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(_TOKEN_BYTES))
    token_is_spent: bool = False

    @property
    def url(self) -> str:
        """The address that opens the page, once."""
        return f"http://{ADDRESS}:{self.port}/?token={self.token}"

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names the page answers to; another in the Host header is a foreign site that was pointed here."""
        return (f"{ADDRESS}:{self.port}", f"localhost:{self.port}")

    @property
    def cookie(self) -> str:
        """The cookie's name: cookies do not tell ports apart, and two sittings may be open at once."""
        return f"kryds-review-{self.port}"

    def answer(self, scope: Scope) -> Response | None:
        """What to answer instead of the page: a refusal, or the way in; None for who is in already."""
        visit = HTTPConnection(scope)
        if visit.headers.get("host") not in self.hosts:
            return PlainTextResponse("unknown host", 421)
        if _same(visit.cookies.get(self.cookie, ""), self.session):
            own_page = visit.headers.get("origin") in {f"http://{host}" for host in self.hosts}
            return None if scope["method"] in ("GET", "HEAD") or own_page else PlainTextResponse("foreign origin", 403)
        token = visit.query_params.get("token", "")
        if scope["method"] != "GET" or self.token_is_spent or not _same(token, self.token):
            return PlainTextResponse("This address works once. Run kryds review again for a new one.", 403)
        self.token_is_spent = True
        welcome = RedirectResponse("/", 303)
        welcome.set_cookie(self.cookie, self.session, httponly=True, samesite="strict")
        return welcome


class Guarded:
    """A site behind a door; every answer bears the headers that keep browsers strict."""

    def __init__(self, site: ASGIApp, door: Door) -> None:
        self._site, self._door = site, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""

        async def send_strict(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await (self._door.answer(scope) or self._site)(scope, receive, send_strict)


def _same(given: str, wanted: str) -> bool:
    """Whether they are equal, in a time that does not tell how much of them is."""
    return hmac.compare_digest(given.encode(), wanted.encode())
