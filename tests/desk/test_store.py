from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kryds.desk.decisions import Decision
from kryds.desk.store import STORE_FILE, Store, StoredFile
from kryds.model.page_code import PageCode
from kryds.model.reading import Answer, AnswerState, PageReading, PageState, PixelRect, Reason, RowCrop
from kryds.model.roster import Person, Roster
from kryds.reader.read import PageRead
from tests.desk.piles import placed

ONE, TWO = "1" * 64, "2" * 64
ANSWER = Answer("1.1", None, AnswerState.DOUBTFUL, 1 / 3, (Reason("mark_unclear", (("choices", "2"),)),))
PAGE = PageReading("a.pdf", 0, PageState.READ, code=PageCode("x", "0a1b2c3d", "", 7, 1), answers=(ANSWER,), dpi=299.7)
CROP = RowCrop("1.1", b"\xff\xd8\0", (PixelRect(1.5, 2.5, 3.5, 4.5),))
DECISION = Decision("0a1b2c3d", "7", "a.pdf", 0, "1.1", AnswerState.ANSWERED, 2, "Åse", "2026-01-02T03:04:05Z", "")


def file(source: str, sha256: str, pages: int = 1) -> StoredFile:
    return StoredFile(source, Path("/scans") / source, sha256, pages)


@pytest.fixture
def store(url: str, tmp_path: Path) -> Iterator[Store]:
    with Store.of_folder(tmp_path, url) as made:
        yield made


def test_what_was_read_comes_back_as_it_was(store: Store) -> None:
    store.keep_files([file("a.pdf", ONE)])
    store.keep_pages(ONE, [PageRead(PAGE, (CROP,))])

    assert store.pages() == (PAGE,)
    assert store.crops() == {("a.pdf", 0, "1.1"): CROP}
    assert store.keys_read() == {(ONE, 0)}


def test_editions_and_rosters_are_kept_once(store: Store) -> None:
    roster = Roster("K7Q2", (Person(1, "Åse"),))
    for _ in range(2):
        store.keep_editions({placed().edition.digest: placed().edition})
        store.keep_rosters({"K7Q2": roster})

    assert store.editions() == {placed().edition.digest: placed().edition}
    assert store.rosters() == (roster,)


def test_pages_come_in_the_order_of_the_files_and_under_their_names(store: Store) -> None:
    store.keep_pages(ONE, [PageRead(replace(PAGE, index=1)), PageRead(PAGE)])
    store.keep_pages(TWO, [PageRead(PAGE)])
    store.keep_files([file("b.pdf", TWO), file("renamed.pdf", ONE, 2)])

    assert [(page.source, page.index) for page in store.pages()] == [
        ("b.pdf", 0),
        ("renamed.pdf", 0),
        ("renamed.pdf", 1),
    ]


def test_pages_of_a_file_that_is_there_twice_are_duplicates(store: Store) -> None:
    store.keep_files([file("a.pdf", ONE), file("copy.pdf", ONE)])
    store.keep_pages(ONE, [PageRead(PAGE)])
    _, copy = store.pages()

    assert (copy.source, copy.state) == ("copy.pdf", PageState.DUPLICATE)
    assert copy.reason == Reason("read_before", (("source", "a.pdf"), ("page", "1")))


def test_a_file_that_could_not_be_opened_is_one_unreadable_page(store: Store) -> None:
    reason = Reason("file_not_opened", (("detail", "empty"),))
    broken = StoredFile("b.pdf", Path("/b.pdf"), "", 0, reason)
    store.keep_files([broken])

    assert store.files() == (broken,)
    assert store.pages() == (PageReading("b.pdf", 0, PageState.UNREADABLE, reason),)


def test_a_page_that_could_not_be_read_gives_way_to_one_that_could(store: Store) -> None:
    store.keep_files([file("a.pdf", ONE)])
    store.keep_pages(ONE, [PageRead(PageReading("a.pdf", 0, PageState.UNREADABLE, Reason("unknown_edition")))])
    assert store.keys_read(unless=["unknown_edition"]) == set()

    store.keep_pages(ONE, [PageRead(PAGE)])
    assert store.keys_read(unless=["unknown_edition"]) == {(ONE, 0)}
    assert store.pages() == (PAGE,)


def test_decisions_are_only_added(store: Store) -> None:
    store.keep_files([file("a.pdf", ONE)])
    store.decide(DECISION)
    store.decide(replace(DECISION, state=AnswerState.BLANK, choice=None))

    first, second = store.decisions()
    assert replace(first, number=0) == DECISION
    assert replace(second, number=0) == replace(DECISION, state=AnswerState.BLANK, choice=None)
    assert first.number < second.number


def test_decisions_and_pictures_of_files_no_longer_asked_for_rest(store: Store) -> None:
    store.keep_files([file("a.pdf", ONE)])
    store.keep_pages(ONE, [PageRead(PAGE, (CROP,))])
    store.decide(DECISION)
    store.keep_files([file("b.pdf", TWO)])

    assert (store.decisions(), store.crops(), store.pages()) == ((), {}, ())


def test_piles_in_one_database_keep_their_files_and_decisions_apart(url: str, tmp_path: Path) -> None:
    with Store.of_folder(tmp_path / "one", url) as one, Store.of_folder(tmp_path / "two", url) as two:
        one.keep_files([file("a.pdf", ONE)])
        one.keep_pages(ONE, [PageRead(PAGE, (CROP,))])
        one.decide(DECISION)
        two.keep_files([file("b.pdf", ONE)])

        assert [(each.files()[0].source, len(each.decisions())) for each in (one, two)] == [("a.pdf", 1), ("b.pdf", 0)]
        assert two.pages() == (replace(PAGE, source="b.pdf"),)
        assert two.crops() == {("b.pdf", 0, "1.1"): CROP}

        two.keep_files([file("b.pdf", TWO)])
        assert (two.pages(), two.crops(), two.keys_of_crops()) == ((), {}, set())
        assert one.pages() == (PAGE,)


def test_a_picture_made_later_is_added(store: Store) -> None:
    store.keep_files([file("a.pdf", ONE)])
    store.keep_pages(ONE, [PageRead(PAGE)])
    assert store.keys_of_crops() == set()

    store.keep_crops((ONE, 0), [CROP])
    assert (store.keys_of_crops(), store.crops()) == ({("a.pdf", 0, "1.1")}, {("a.pdf", 0, "1.1"): CROP})


def test_a_decision_about_an_unknown_scan_is_a_bug(store: Store) -> None:
    with pytest.raises(KeyError):
        store.decide(DECISION)


def test_saying_the_same_again_leaves_the_file_as_it_is_to_the_byte(tmp_path: Path) -> None:
    for _ in range(2):
        with Store.of_folder(tmp_path) as store:
            store.keep_files([file("a.pdf", ONE)])
            store.keep_pages(ONE, [PageRead(PAGE, (CROP,))])
        before = (tmp_path / STORE_FILE).read_bytes()
    with Store.of_folder(tmp_path) as store:
        store.keep_pages(ONE, [PageRead(PAGE, (CROP,))])

    assert (tmp_path / STORE_FILE).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [STORE_FILE]
