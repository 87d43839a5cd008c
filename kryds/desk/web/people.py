"""Access: whom the owner lets in, and as what."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kryds.desk.web.accounts import MAX_PASSWORD, MIN_PASSWORD, Accounts
from kryds.desk.web.desk import Desk
from kryds.desk.web.guard import words_of
from kryds.desk.web.register import plain_name
from kryds.desk.web.visitor import Right, Role
from kryds.model.reading import READER

#: The longest name of an account, in letters: it stands in a cell of a table as who decided.
MAX_NAME = 100


def routes(desk: Desk, accounts: Accounts) -> list[BaseRoute]:
    """The pages of this group."""

    def show(request: Request, error: str = "", name: str = "") -> Response:
        desk.visitor(request, Right.RULE)
        return desk.page(
            request, "people.html", 400 if error else 200,
            accounts=accounts.all(), roles=tuple(Role), error=error, name=name, least=MIN_PASSWORD,
        )  # fmt: skip

    def keep(request: Request) -> Response:
        desk.visitor(request, Right.RULE)
        words = words_of(request)
        name, password = plain_name(words.get("name", ""), MAX_NAME), words.get("password", "")
        role = words.get("role", "")
        fault = name_fault(name) or password_fault(password) or ("" if role in tuple(Role) else "role_wrong")
        if not fault and _leaves_no_owner(accounts, name, role):
            fault = "last_owner"
        if fault:
            said = desk.phrases(request).say(f"web.people.{fault}", least=MIN_PASSWORD, most=MAX_PASSWORD)
            return show(request, said, name)
        accounts.keep(name, password, Role(role))
        return RedirectResponse(request.app.url_path_for("people"), 303)

    def drop(request: Request) -> Response:
        desk.visitor(request, Right.RULE)
        name = plain_name(words_of(request).get("name", ""), MAX_NAME)
        if _leaves_no_owner(accounts, name, ""):
            return show(request, desk.phrases(request).say("web.people.last_owner"))
        accounts.drop(name)
        return RedirectResponse(request.app.url_path_for("people"), 303)

    return [
        Route("/people", show, name="people"),
        Route("/people", keep, methods=["POST"]),
        Route("/people/drop", drop, name="drop_person", methods=["POST"]),
    ]


def name_fault(name: str) -> str:
    """Why somebody cannot be called so; empty when they can."""
    return "name_wrong" if not name or name == READER else ""


def password_fault(password: str) -> str:
    """Why it cannot be a password; empty when it can."""
    return "" if MIN_PASSWORD <= len(password) <= MAX_PASSWORD else "password_wrong"


def _leaves_no_owner(accounts: Accounts, name: str, role: str) -> bool:
    """Whether the account is the last owner's and would be one no more."""
    owners = [account.name for account in accounts.all() if account.role is Role.OWNER]
    return owners == [name] and role != Role.OWNER
