from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa

from kryds.desk.decisions import Decision
from kryds.desk.forgetting import forget_people, forget_reading
from kryds.desk.result import load_result
from kryds.desk.store import Store, StoredFile
from kryds.desk.tables_of_desk import piles
from kryds.model.page_code import PageCode
from kryds.model.reading import AnswerState, PageReading, RowCrop
from kryds.model.roster import Person, Roster
from kryds.reader.read import PageRead
from tests.desk.exports.groups import EDITION, sheet

ONE, TWO = "1" * 64, "2" * 64
RUN = "K7Q2"
MOMENT = "2026-11-24T10:00:00.000+00:00"


def page(copy: int) -> PageReading:
    made = sheet(str(copy), "", 1, "multiple", 2, 2, 2).pages[0]
    return replace(made, source="Åse Ægir.pdf", index=0, code=PageCode("frokost", EDITION.digest, RUN, copy, 1))


def pile(url: str, name: str, *files: str) -> Store:
    store = Store(url, name)
    store.keep_editions({EDITION.digest: EDITION})
    store.keep_rosters({RUN: Roster(RUN, (Person(1, "Åse Ægir"), Person(2, "Bo Østergård")))})
    store.keep_files(
        [StoredFile(f"Åse Ægir {at}.pdf", Path(f"/scans/{at}.pdf"), sha, 1) for at, sha in enumerate(files)]
    )
    for number, sha in enumerate(files, start=1):
        store.keep_pages(sha, [PageRead(page(number), (RowCrop("1.2", b"a picture", ()),))])
    return store


def left(store: Store, table: str) -> int:
    with store.engine.connect() as connection:
        return connection.scalar(sa.text(f"SELECT count(*) FROM {table}")) or 0  # noqa: S608 - our own names


def decision(why: str = "") -> Decision:
    return Decision(EDITION.digest, f"{RUN}-1", "Åse Ægir 0.pdf", 0, "1.2", AnswerState.BLANK, None, "Bo", "t", why)


def test_nothing_is_left_of_a_pile_forgotten(url: str) -> None:
    store = pile(url, "a", ONE, TWO)
    store.decide(decision())
    forgotten = forget_reading(store, ())

    assert (forgotten.pages, forgotten.crops, forgotten.decisions, forgotten.names) == (2, 2, 1, 2)
    assert forgotten.runs == (RUN,)
    assert [left(store, table) for table in ("files", "pages", "crops", "decisions", "rosters")] == [0] * 5


def test_what_another_pile_is_made_of_too_stays_for_that_one(url: str) -> None:
    store, other = pile(url, "a", ONE, TWO), pile(url, "b", ONE)
    forgotten = forget_reading(store, [other])

    assert (forgotten.pages, forgotten.names) == (1, 0)
    assert [scored.reading.respondent for scored in load_result(other).sheets] == ["Åse Ægir"]


def test_nothing_is_left_in_the_file_of_the_database(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    store = pile(f"sqlite:///{path}", "a", ONE)
    assert "Østergård".encode() in path.read_bytes()
    forget_reading(store, ())

    data = path.read_bytes()
    assert all(word.encode() not in data for word in ("Østergård", "Ægir", "a picture"))


def test_answers_and_decisions_stay_when_people_are_forgotten(url: str) -> None:
    store = pile(url, "a", ONE)
    with store.engine.begin() as connection:
        connection.execute(sa.insert(piles), [{"id": "a", "name": "A", "created": MOMENT}])
    store.decide(decision(why="several_crosses 1, 2"))
    before = load_result(store).sheets[0]
    forgotten = forget_people(store, (), MOMENT)
    after = load_result(store).sheets[0]

    assert (forgotten.crops, forgotten.names) == (1, 2)
    assert (before.reading.respondent, after.reading.respondent) == ("Åse Ægir", "")
    assert (after.score, after.reading.answers) == (before.score, before.reading.answers)
    assert (after.reading.answers[1].state, after.reading.answers[1].decided_by) == (AnswerState.BLANK, "Bo")
    assert [file.source for file in store.files()] == ["scan-1.pdf"]
    assert store.crops() == {}


def test_no_name_is_left_in_the_file_when_people_are_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    store = pile(f"sqlite:///{path}", "a", ONE)
    forget_people(store, (), MOMENT)

    assert "Ægir".encode() not in path.read_bytes()


def test_a_question_that_named_a_file_does_so_by_its_new_name(url: str) -> None:
    store = pile(url, "a", ONE, TWO)
    store.decide(decision(why="scans_disagree Åse Ægir 1.pdf 1"))
    forget_people(store, (), MOMENT)

    assert [each.why for each in store.decisions()] == ["scans_disagree scan-2.pdf 1"]


def test_a_pile_without_files_is_forgotten_too(url: str) -> None:
    assert forget_reading(Store(url, "nothing"), ()).pages == 0
