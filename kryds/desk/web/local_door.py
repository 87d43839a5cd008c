"""The door on this machine alone: only the browser that was given the address, and only by this machine's own name."""

import secrets
from dataclasses import dataclass, field

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from kryds.desk.web.guard import same
from kryds.desk.web.visitor import Role, Visitor

#: Where the page is served: this machine only.
ADDRESS = "127.0.0.1"
_TOKEN_BYTES = 32


@dataclass
class LocalDoor:
    """The keys of one sitting: a token that opens once, and the cookie it is exchanged for.

    Who has it is this machine's own user: ``name`` is whose word decisions are, and everything may be done.
    """

    port: int
    name: str
    token: str = field(default_factory=lambda: secrets.token_urlsafe(_TOKEN_BYTES))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(_TOKEN_BYTES))
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(_TOKEN_BYTES))
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
        return f"kryds-{self.port}"

    def admit(self, visit: HTTPConnection) -> Visitor | Response:
        """This machine's user, the way in, or a refusal."""
        if visit.headers.get("host") not in self.hosts:
            return PlainTextResponse("unknown host", 421)
        if same(visit.cookies.get(self.cookie, ""), self.session):
            return Visitor(self.name, Role.OWNER, self.csrf)
        token = visit.query_params.get("token", "")
        if visit.scope["method"] != "GET" or self.token_is_spent or not same(token, self.token):
            return PlainTextResponse("This address works once. Run the command again for a new one.", 403)
        self.token_is_spent = True
        welcome = RedirectResponse("/", 303)
        # Strict: no page elsewhere can make this browser send it.
        welcome.set_cookie(self.cookie, self.session, httponly=True, samesite="strict")
        return welcome
