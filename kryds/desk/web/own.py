"""One's own access: another password, when the desk has accounts."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kryds.desk.web.accounts import MAX_PASSWORD, MIN_PASSWORD, Accounts, Patience
from kryds.desk.web.desk import Desk
from kryds.desk.web.entry import let_in
from kryds.desk.web.guard import words_of
from kryds.desk.web.people import password_fault


def routes(desk: Desk, accounts: Accounts) -> list[BaseRoute]:
    """The pages of this group."""
    patience = Patience()

    def show(request: Request, error: str = "") -> Response:
        desk.visitor(request)
        changed = "changed" in request.query_params
        return desk.page(request, "own.html", 400 if error else 200, error=error, changed=changed, least=MIN_PASSWORD)

    def change(request: Request) -> Response:
        """Another password for who knows the present one; every other session of the account ends."""
        visitor, words = desk.visitor(request), words_of(request)
        old, new = words.get("old", ""), words.get("new", "")
        fault = ""
        if patience.is_over(visitor.name):
            fault = "login.wait"
        elif len(old) > MAX_PASSWORD or not accounts.is_right(visitor.name, old):
            patience.wrong(visitor.name)
            fault = "own.wrong"
        elif password_fault(new):
            fault = f"people.{password_fault(new)}"
        if fault:
            return show(request, desk.phrases(request).say(f"web.{fault}", least=MIN_PASSWORD, most=MAX_PASSWORD))
        accounts.keep(visitor.name, new, visitor.role)
        return let_in(request, accounts, visitor.name, f"{request.app.url_path_for('own')}?changed")

    return [Route("/own", show, name="own"), Route("/own", change, methods=["POST"])]
