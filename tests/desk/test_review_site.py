from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from starlette.applications import Starlette

from kryds.desk.decisions import Decision, settle
from kryds.desk.review_queue import open_items
from kryds.desk.review_site import FILES, Picture, ReviewSite, picture_of
from kryds.model.errors import ArgumentError
from kryds.model.load import load_phrases
from kryds.model.reading import PixelRect
from tests.desk.exports.groups import group
from tests.desk.review_work import BOXES, CROPS, FIRST, GROUPS, SECOND, Desk, ask


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def site(desk: Desk) -> ReviewSite:
    return ReviewSite(desk.work, load_phrases("da"), "Åse")


@pytest.fixture
def app(site: ReviewSite) -> Starlette:
    return site.app()


def test_the_page_shows_the_row_and_says_why_it_is_asked(app: Starlette) -> None:
    ask(app, number="0", do="3")
    page = ask(app).text

    assert "2 af 3" in page
    assert "Ark 1" in page
    assert "Smørret er blødt" in page
    assert "Der er sat kryds i flere felter (1, 2)" in page
    assert 'href="data:image/jpeg;base64,' in page
    assert page.count('<g class="box"') == 6  # the whole row, and the part for a narrow screen


def test_a_name_cannot_write_on_the_page(app: Starlette) -> None:
    ask(app, number="0", do="3")

    assert "&lt;b&gt;Bo&lt;/b&gt;" in ask(app).text


def test_a_row_without_a_picture_says_where_to_look(desk: Desk) -> None:
    work = replace(desk.work, crops={})

    assert "se den i bunke.pdf, side 5" in ask(ReviewSite(work, load_phrases("da"), "Åse").app()).text


def test_a_category_is_written_down_at_once_with_who_when_and_where(app: Starlette, desk: Desk) -> None:
    heard = ask(app, number="0", do="3")
    (decision,) = desk.decisions

    assert (heard.status, heard.headers["location"]) == (303, "/")
    assert (decision.who, decision.sheet, decision.source, decision.index) == ("Åse", "2", "bunke.pdf", 4)
    assert desk.words == [("2.2", "answered", 3)]
    assert datetime.now(UTC) - datetime.fromisoformat(decision.when) < timedelta(minutes=1)


def test_what_was_said_is_told_once(app: Starlette) -> None:
    ask(app, number="0", do="3")

    assert "Ark 2, 2.2: Altid" in ask(app).text
    assert "Ark 2, 2.2: Altid" not in ask(app).text


def test_no_cross_and_several_crosses_are_answers_too(app: Starlette, desk: Desk) -> None:
    ask(app, number="0", do="blank")
    ask(app, number="1", do="multiple")

    assert desk.words == [("2.2", "blank", None), ("1.2", "multiple", None)]


def test_undo_adds_a_decision_that_leaves_the_answer_open_again(app: Starlette, desk: Desk) -> None:
    ask(app, number="0", do="3")
    ask(app, number="1", do="undo")

    assert desk.words == [("2.2", "answered", 3), ("2.2", "doubtful", None)]
    assert settle([FIRST, SECOND], desk.decisions) == (FIRST, SECOND)
    assert "Fortrudt – her er ark 2, 2.2 igen" in ask(app).text


def test_what_is_settled_is_not_asked_next_time(app: Starlette, desk: Desk) -> None:
    ask(app, number="0", do="3")

    assert len(open_items([group(*settle([FIRST, SECOND], desk.decisions))], CROPS)) == 2


def test_skipping_writes_nothing_and_can_be_undone(app: Starlette, desk: Desk) -> None:
    ask(app, number="0", do="skip")
    assert "Ark 2, 2.2 kommer igen til sidst" in ask(app).text
    ask(app, number="1", do="undo")

    assert 'name="number" value="0"' in ask(app).text
    assert desk.decisions == []


@pytest.mark.parametrize(
    ("number", "do"), [("1", "3"), ("", "3"), ("0", "4"), ("0", "0"), ("0", ""), ("0", "x" * 2000), ("0", "undo")]
)
def test_a_word_out_of_turn_or_unheard_of_changes_nothing(app: Starlette, desk: Desk, number: str, do: str) -> None:
    assert ask(app, number=number, do=do).status == 303
    assert 'name="number" value="0"' in ask(app).text
    assert desk.decisions == []


def test_the_second_of_two_windows_is_told_that_the_answer_is_settled(app: Starlette, desk: Desk) -> None:
    ask(app, number="0", do="3")
    ask(app, number="0", do="2")

    assert "allerede afgjort" in ask(app).text
    assert desk.words == [("2.2", "answered", 3)]


def test_at_the_end_the_person_is_asked_to_finish_and_may_still_undo(app: Starlette) -> None:
    for number in "012":
        ask(app, number=number, do="1")
    page = ask(app).text

    assert "Alle svar er afgjort" in page
    assert 'value="finish"' in page
    assert 'value="undo"' in page


def test_finishing_writes_the_results_and_then_ends_the_server(app: Starlette, desk: Desk, site: ReviewSite) -> None:
    ended: list[int] = []
    site.stop = lambda: ended.append(desk.finished)
    page = ask(app, number="0", do="finish").text

    assert (ended, site.finished) == ([1], True)
    assert "resultat/summary.pdf" in page
    assert "Svar, der stadig venter: 3." in page


def test_without_a_reason_to_stop_the_page_may_be_finished_alone(app: Starlette, desk: Desk) -> None:
    assert ask(app, number="0", do="finish").status == 200
    assert desk.finished == 1


def test_a_file_that_cannot_be_written_is_named_and_the_page_stays(desk: Desk) -> None:
    def refuse() -> None:
        raise ArgumentError("summary.pdf: cannot be written; close it")

    site = ReviewSite(replace(desk.work, finish=refuse), load_phrases("da"), "Åse")
    for number in "012":
        ask(site.app(), number=number, do="1")

    assert "summary.pdf: cannot be written; close it" in ask(site.app(), number="", do="finish").text
    assert not site.finished


def test_an_answer_that_could_not_be_written_down_is_still_to_be_given(desk: Desk) -> None:
    def refuse(_: Decision) -> None:
        raise ArgumentError("kryds.db: is locked")

    app = ReviewSite(replace(desk.work, decide=refuse), load_phrases("da"), "Åse").app()

    assert "kryds.db: is locked" in ask(app, number="0", do="1").text
    assert 'name="number" value="0"' in ask(app).text


@pytest.mark.parametrize("path", FILES)
def test_all_the_page_asks_for_is_served(app: Starlette, path: str) -> None:
    heard = ask(app, path)

    assert (heard.status, heard.headers["content-type"].split(";")[0]) == (200, FILES[path][2])
    assert heard.text


def test_the_narrow_picture_reaches_from_the_first_box_to_the_last() -> None:
    picture = picture_of(open_items(GROUPS, CROPS)[0])

    assert picture is not None
    assert (picture.width, picture.height) == (800, 80)
    assert picture.narrow.x < BOXES[0].x
    assert BOXES[-1].x + BOXES[-1].width < picture.narrow.x + picture.narrow.width <= picture.width


def test_a_picture_without_boxes_is_shown_whole() -> None:
    picture = Picture("", 10, 20, ())

    assert picture.narrow == picture.whole == PixelRect(0, -34, 10, 54)
