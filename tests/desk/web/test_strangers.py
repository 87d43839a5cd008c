"""What a stranger, or one with fewer rights, tries at every address of the desk; also at those yet to be written."""

from pathlib import Path

import pytest
from starlette.routing import Route

from kryds.desk.web.accounts import Accounts
from kryds.desk.web.desk import Desk
from kryds.desk.web.jobs import JobKind
from kryds.desk.web.program import program
from kryds.desk.web.register import Pile
from kryds.desk.web.site import all_routes
from kryds.desk.web.visitor import Role
from kryds.desk.web.worker import work_off
from tests.desk.web.desks import CSRF, FORM, MOMENT, Browser, OpenDoor, brought, new_desk

#: What is for who only reads; every other address is refused to them.
FOR_READERS = {
    ("GET", "/"), ("GET", "/piles/{pile}/pages"), ("GET", "/piles/{pile}/live"), ("GET", "/piles/{pile}/result"),
    ("GET", "/login"), ("POST", "/login"), ("POST", "/logout"), ("GET", "/own"), ("POST", "/own"),
}  # fmt: skip
#: What reviewers may besides.
FOR_REVIEWERS = {
    ("GET", "/piles/{pile}/settle"), ("POST", "/piles/{pile}/settle"), ("GET", "/piles/{pile}/settle/ahead"),
    ("GET", "/piles/{pile}/take"), ("POST", "/piles/{pile}/take"), ("GET", "/piles/{pile}/take/{name}"),
    ("GET", "/piles/{pile}/result/sheets"), ("GET", "/piles/{pile}/result/sheets/{digest}/{sheet}"),
    ("GET", "/piles/{pile}/scan/{file:int}/{page:int}.jpg"),
}  # fmt: skip
MANY_DIGITS = "9" * 5000


def everything(desk: Desk) -> list[tuple[str, str]]:
    """Method and path of every page of the desk."""
    routes = [route for route in all_routes(desk, Accounts(desk.engine)) if isinstance(route, Route)]
    return [(method, route.path) for route in routes for method in route.methods or () if method != "HEAD"]


def site(desk: Desk, role: Role) -> Browser:
    return Browser(program(desk, all_routes(desk, Accounts(desk.engine)), OpenDoor("Bo", role)))


def at(path: str, pile: Pile) -> str:
    blanks = {"pile": pile.id, "file:int": 1, "page:int": 1, "name": "x", "key": "x", "digest": "x", "sheet": "1"}
    blanks |= {"form": "ja-nej", "receipt": "x"}
    for blank, value in blanks.items():
        path = path.replace(f"{{{blank}}}", str(value))
    return path


@pytest.mark.parametrize(("role", "may"), [(Role.READER, FOR_READERS), (Role.REVIEWER, FOR_READERS | FOR_REVIEWERS)])
def test_nobody_gets_further_than_their_role(desk: Desk, pile: Pile, role: Role, may: set[tuple[str, str]]) -> None:
    refused = {
        (method, path)
        for method, path in everything(desk)
        if site(desk, role).ask(method, at(path, pile), b"csrf=" + CSRF.encode(), {"content-type": FORM}).status == 403
    }

    assert refused == set(everything(desk)) - may


def test_nothing_is_changed_without_the_word_of_a_page_of_ours_nor_from_elsewhere(desk: Desk, pile: Pile) -> None:
    owner = site(desk, Role.OWNER)
    changing = [(method, at(path, pile)) for method, path in everything(desk) if method != "GET"]
    for method, path in changing:
        assert owner.ask(method, path, b"csrf=guessed", {"content-type": FORM}).status == 403, path
        assert owner.ask(method, path, b"", {"content-type": "text/plain"}).status == 403, path
        foreign = {"content-type": FORM, "origin": "http://elsewhere.test"}
        assert owner.ask(method, path, b"csrf=" + CSRF.encode(), foreign).status == 403, path
    assert len(changing) > 15


@pytest.mark.parametrize(
    "path",
    [
        "/piles/\0/pages",
        "/piles/../pages",
        "/piles/x' OR 1=1/pages",
        "/receipts/\0",
        "/static/../desk.db",
        "/static/%2e%2e/desk.db",
        "/make/print/..",
        "/make/print/\0",
    ],
)
def test_an_address_that_leads_nowhere_is_not_there(tmp_path: Path, url: str, path: str) -> None:
    heard = site(new_desk(tmp_path / "desk", url), Role.OWNER).get(path)

    assert heard.status == 404


@pytest.mark.parametrize("page", [0, 3, 10**30])
def test_a_page_that_the_file_has_not_is_not_there(desk: Desk, pile: Pile, page: int) -> None:
    assert site(desk, Role.OWNER).get(f"/piles/{pile.id}/scan/1/{page}.jpg").status == 404


def test_a_number_of_thousands_of_digits_is_none(desk: Desk, pile: Pile) -> None:
    owner, here = site(desk, Role.OWNER), f"/piles/{pile.id}"
    assert owner.send(f"{here}/uploads", name="a.pdf", size=MANY_DIGITS).status == 400
    assert owner.post(f"{here}/forget", do="keep", days=MANY_DIGITS).status == 303
    assert owner.post(f"{here}/minimum", minimum=MANY_DIGITS).status == 303
    row = desk.store(pile).decisions()
    assert owner.send(f"{here}/settle", row=f"0-2.2-{b'bunke.pdf'.hex()}", do="1", turn="1", after=MANY_DIGITS).told

    assert (desk.register.find(pile.id), row) == (pile, ())
    assert desk.store(pile).decisions() == ()


def test_what_a_roster_or_a_file_is_called_is_text_on_every_page(desk: Desk) -> None:
    pile = desk.register.add("<script>alert(1)</script>", MOMENT)
    brought(desk, pile, "<img src=x onerror=alert(1)>.pdf", b"no scan")
    desk.jobs.add(pile.id, JobKind.READ, "da", MOMENT)
    assert work_off(desk)
    owner = site(desk, Role.OWNER)
    for page in ("pages", "settle", "result", "take", "forget"):
        text = owner.get(f"/piles/{pile.id}/{page}").text

        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "&lt;script&gt;alert" in text


def test_a_file_that_arrives_when_its_pile_is_forgotten_leaves_nothing(desk: Desk, pile: Pile) -> None:
    upload = desk.uploads.begin(pile.id, ("a.pdf", 4), MOMENT)
    desk.uploads.part(upload.key).write_bytes(b"data")
    site(desk, Role.OWNER).post(f"/piles/{pile.id}/forget", do="all", name=pile.name)
    desk.uploads.part(upload.key).write_bytes(b"data")  # what was being written then

    assert not desk.uploads.is_there(upload)
    assert not desk.uploads.part(upload.key).exists()
    desk.uploads.part(upload.key).write_bytes(b"data")  # or was whole a moment before
    assert not desk.uploads.finish(upload)
    assert not list(desk.settings.data.rglob("*.pdf"))
