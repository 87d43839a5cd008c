"""Coming in and going out, when the desk has accounts."""

from urllib.parse import quote

from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kryds.desk.web.accounts import MAX_PASSWORD, SESSION, Accounts, Patience
from kryds.desk.web.desk import Desk
from kryds.desk.web.guard import words_of
from kryds.desk.web.register import plain_name
from kryds.desk.web.visitor import Visitor

COOKIE = "kryds-session"
#: Pages for who is not in yet.
OPEN = ("/login", "/look")


class AccountDoor:
    """Lets in who has a session, and shows others where to get one."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    def admit(self, visit: HTTPConnection) -> Visitor | Response | None:
        """The visitor, None on the page that asks for a password, or the way there."""
        token = visit.cookies.get(COOKIE, "")
        visitor = self._accounts.visitor(token) if token else None
        path = visit.scope["path"]
        if visitor or path in OPEN:
            return visitor
        if visit.scope["method"] == "GET" and "text/html" in visit.headers.get("accept", ""):
            return RedirectResponse(f"/login?to={quote(path)}", 303)
        return PlainTextResponse("log in first", 401)


def routes(desk: Desk, accounts: Accounts) -> list[BaseRoute]:
    """The pages of this group."""
    patience = Patience()

    def show(request: Request) -> Response:
        return desk.page(request, "login.html", to=request.query_params.get("to", "/"), name="", error="")

    def enter(request: Request) -> Response:
        words = words_of(request)
        name, password = plain_name(words.get("name", "")), words.get("password", "")
        place = request.client.host if request.client else ""
        keys = f"name {name.lower()}", f"place {place}"
        error = ""
        if patience.is_over(*keys):
            error = "wait"
        elif len(password) > MAX_PASSWORD or not accounts.is_right(name, password):
            patience.wrong(*keys)
            error = "wrong"
        to = words.get("to", "/")
        if error:
            said = desk.phrases(request).say(f"web.login.{error}")
            status = 429 if error == "wait" else 401
            return desk.page(request, "login.html", status, to=to, name=name, error=said)
        patience.right(keys[0])
        return let_in(request, accounts, name, to if to.startswith("/") and to[1:2] not in ("/", "\\") else "/")

    def leave(request: Request) -> Response:
        accounts.end_session(request.cookies.get(COOKIE, ""))
        answer = RedirectResponse("/login", 303)
        answer.delete_cookie(COOKIE)
        return answer

    return [
        Route("/login", show, name="login"),
        Route("/login", enter, methods=["POST"]),
        Route("/logout", leave, name="logout", methods=["POST"]),
    ]


def let_in(request: Request, accounts: Accounts, name: str, to: str) -> Response:
    """A new session, and the way to where its visitor was going."""
    answer = RedirectResponse(to, 303)
    token, lasts = accounts.begin_session(name), int(SESSION.total_seconds())
    is_safe = request.url.scheme == "https"
    # Lax: a link in a mail may lead in; what changes anything needs the word of a page of ours besides.
    answer.set_cookie(COOKIE, token, lasts, httponly=True, secure=is_safe, samesite="lax")
    return answer
