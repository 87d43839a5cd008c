import re
import threading
from pathlib import Path

import pytest

from kryds.desk.result import load_result
from kryds.desk.web.accounts import Accounts
from kryds.desk.web.desk import Desk
from kryds.desk.web.entry import AccountDoor
from kryds.desk.web.listening import listening, server_of
from kryds.desk.web.program import program
from kryds.desk.web.register import Pile
from kryds.desk.web.settle import AHEAD
from kryds.desk.web.site import all_routes
from kryds.desk.web.visitor import Role
from tests.desk.web.desks import browser, new_desk, open_pile, read_pile
from tests.desk.web.serving import Script

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path)


def fields(page: str) -> dict[str, str]:
    """The row that is shown, as its form sends it back."""
    return {
        name: found[1]
        for name in ("row", "turn", "after")
        if (found := re.search(f'name="{name}" value="([^"]*)"', page))
    }


def words(desk: Desk, pile: Pile) -> list[tuple[str, str, int | None]]:
    return [(each.item_id, each.state.value, each.choice) for each in desk.store(pile).decisions()]


def test_the_page_shows_the_row_and_says_why_it_is_asked(desk: Desk) -> None:
    page = browser(desk).get(f"/piles/{open_pile(desk, sheets=1).id}/settle").text

    assert "0 af 1 afgjort" in page
    assert "Smørret er blødt" in page
    assert "Der er sat kryds i flere felter (1, 2)" in page
    assert 'href="data:image/jpeg;base64,' in page
    assert page.count('<g class="box') == 6  # the whole row, and the part for a narrow screen


def test_what_the_reader_thought_of_each_box_is_told(desk: Desk, home: Path) -> None:
    assert home
    page = browser(desk).get(f"/piles/{read_pile(desk).id}/settle").text

    assert page.count('class="box crossed"') == 4
    assert re.search(r"kryds, (9\d|100) %", page)


def test_without_a_script_a_form_settles_one_row_after_another(desk: Desk) -> None:
    pile = open_pile(desk)
    visitor, address = browser(desk), f"/piles/{pile.id}/settle"
    for said in ("3", "blank", "multiple"):
        heard = visitor.post(address, do=said, **fields(visitor.get(address).text))
        assert (heard.status, heard.headers["location"]) == (303, address)

    assert words(desk, pile) == [("2.2", "answered", 3), ("1.2", "blank", None), ("1.1", "multiple", None)]
    assert "Alle svar er afgjort" in visitor.get(address).text
    visitor.post(address, do="undo")
    assert words(desk, pile)[-1] == ("1.1", "doubtful", None)
    assert "2 af 3 afgjort" in visitor.get(address).text


def test_without_a_script_a_row_is_skipped_too(desk: Desk) -> None:
    visitor, address = browser(desk), f"/piles/{open_pile(desk).id}/settle"
    first = fields(visitor.get(address).text)
    then = visitor.post(address, do="skip", **first).headers["location"]

    assert fields(visitor.get(then).text)["row"] != first["row"]


@pytest.mark.parametrize("said", ["4", "0", "", "x" * 2000, "doubtful"])
def test_a_word_unheard_of_changes_nothing(desk: Desk, said: str) -> None:
    pile = open_pile(desk)
    visitor, address = browser(desk), f"/piles/{pile.id}/settle"
    visitor.post(address, do=said, **fields(visitor.get(address).text))

    assert words(desk, pile) == []


@pytest.mark.parametrize("row", ["", "x", "0-1.1-zz", "9-1.1-62", "1-1.1-e6"])
def test_a_row_that_is_not_there_changes_nothing(desk: Desk, row: str) -> None:
    pile = open_pile(desk)
    heard = browser(desk).send(f"/piles/{pile.id}/settle", do="1", row=row, turn="1", after="0")

    assert (heard.told["heard"], words(desk, pile)) == (False, [])


def test_the_page_holds_the_next_rows_ready_and_none_twice(desk: Desk) -> None:
    visitor, address = browser(desk), f"/piles/{open_pile(desk, sheets=4).id}/settle"
    shown = fields(visitor.get(address).text)["row"]
    rows = [row["name"] for row in visitor.get(f"{address}/ahead?have={shown}").told["rows"]]
    more = [row["name"] for row in visitor.get(f"{address}/ahead?have={','.join([shown, *rows])}").told["rows"]]

    assert len(rows) == AHEAD
    assert len({shown, *rows, *more}) == 6


def test_readers_may_not_settle_and_reviewers_not_say_how_many_do(desk: Desk) -> None:
    pile = open_pile(desk)

    assert browser(desk, Role.READER).get(f"/piles/{pile.id}/settle").status == 403
    assert browser(desk, Role.READER).post(f"/piles/{pile.id}/settle", do="1").status == 403
    assert browser(desk, Role.REVIEWER).get(f"/piles/{pile.id}/settle").status == 200
    assert browser(desk, Role.REVIEWER).post(f"/piles/{pile.id}/double", people="2").status == 403


def test_an_owner_lets_two_settle_each_answer(desk: Desk) -> None:
    pile = open_pile(desk)
    browser(desk).post(f"/piles/{pile.id}/double", people="2")
    for name in ("Åse", "Bo"):
        visitor, address = browser(desk, name=name), f"/piles/{pile.id}/settle"
        for _ in range(3):
            visitor.post(address, do="1" if name == "Åse" else "2", **fields(visitor.get(address).text))
    page = browser(desk, name="Cecilie").get(f"/piles/{pile.id}/settle").text

    assert "To har svaret forskelligt" in page
    assert "<strong>Åse: Aldrig</strong>" in page
    assert "<strong>Bo: Sjældent</strong>" in page


def test_being_done_has_the_files_written_anew(desk: Desk) -> None:
    pile = open_pile(desk)
    heard = browser(desk).post(f"/piles/{pile.id}/settle", do="finish")

    assert heard.headers["location"] == f"/piles/{pile.id}/take"
    assert desk.jobs.is_busy(pile.id)


PEOPLE = 20


class Reviewer(threading.Thread):
    """Settles until nothing is left, takes every fifth word back and says it again."""

    def __init__(self, script: Script, pile: Pile, place: int) -> None:
        super().__init__(daemon=True)
        self.script, self.place, self.address = script, place, f"/piles/{pile.id}/settle"
        self.heard: list[tuple[str, str]] = []
        self.refused = 0

    def run(self) -> None:
        """Until nothing is left."""
        said = 0
        while rows := self.script.json("GET", f"{self.address}/ahead")["rows"]:
            for row in rows:
                said += 1
                word = str(1 + (self.place + said) % 3)
                if self.say(word, fields(row["html"])) is not None and said % 5 == 0:
                    again = self.say("undo", {"row": row["name"]})
                    assert again
                    self.say(word, fields(again[0]["html"]))

    def say(self, word: str, row: dict[str, str]) -> list[dict[str, str]] | None:
        """What comes again when it was taken back; None when it was not heard."""
        body = "&".join(f"{name}={value}" for name, value in {**row, "do": word}.items())
        told = self.script.json("POST", self.address, body.encode(), Content_Type=FORM)
        if not told["heard"]:
            self.refused += 1
            return None
        self.heard.append((row["row"], word))
        rows: list[dict[str, str]] = told["rows"]
        return rows


@pytest.mark.slow
def test_twenty_people_at_once_lose_no_word_and_settle_nothing_twice(tmp_path: Path, url: str) -> None:
    desk = new_desk(tmp_path, url)
    pile = open_pile(desk, sheets=60)
    accounts = Accounts(desk.engine)
    accounts.keep("Åse", "grøn hest på taget", Role.REVIEWER)
    with listening("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        server = server_of(program(desk, all_routes(desk, accounts), AccountDoor(accounts)))
        serving = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        serving.start()
        people = [Reviewer(entered(accounts, f"Person {place}", port), pile, place) for place in range(PEOPLE)]
        for person in people:
            person.start()
        for person in people:
            person.join(120)
        server.should_exit = True
        serving.join(20)
    decisions = desk.store(pile).decisions()
    spoken = [(person.place, row, word) for person in people for row, word in person.heard]

    assert load_result(desk.store(pile)).open_items == 0
    assert len(decisions) == len(spoken)  # each word that was heard is written down, and no other
    taken_back = sum(word == "undo" for _, _, word in spoken)
    assert len(decisions) - 2 * taken_back == 90  # so every row was settled by one person, once
    assert len({who for who, _, _ in spoken}) > 1


def entered(accounts: Accounts, name: str, port: int) -> Script:
    """One more reviewer, logged in."""
    accounts.keep(name, "grøn hest på taget", Role.REVIEWER)
    script = Script(port, f"kryds-session={accounts.begin_session(name)}")
    script.csrf = script.word()
    return script
