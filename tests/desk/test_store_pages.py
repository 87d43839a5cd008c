from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kryds.desk.store import PageRow, Store, StoredFile
from kryds.model.reading import BoxMeasurement, PageReading, PageState, PixelRect, Reason, RowCrop

A, B, C = "1" * 64, "2" * 64, "3" * 64
BOX = BoxMeasurement("1.1", 1, PixelRect(1, 2, 3, 4), 0.1, 0.9, 0.5, 0.5, 0.0)
PAGE = PageReading("a.pdf", 0, PageState.READ, digest="12345678", number=1, measurements=(BOX,))


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Taken out two pages at a time: a file of five pages of which one is not read yet, and small ones."""
    monkeypatch.setattr("kryds.desk.store_pages.PORTION", 2)
    with Store.of_folder(tmp_path) as made:
        sizes = {"b.pdf": (B, 1), "a.pdf": (A, 5), "c.pdf": (C, 1), "b again.pdf": (B, 1)}
        files = [StoredFile(source, tmp_path / source, *size) for source, size in sizes.items()]
        made.keep_files([*files, StoredFile("d.pdf", tmp_path / "d.pdf", "", 0, Reason("file_not_opened"))])
        made.keep_rows([PageRow.of(A, replace(PAGE, index=index)) for index in (4, 0, 1, 3)])
        made.keep_rows([PageRow.of(B, PAGE), PageRow.of(C, PAGE)])
        yield made


def test_pages_come_in_the_order_of_the_files_however_many_there_are(store: Store) -> None:
    assert [(page.source, page.index, page.state.value) for page in store.each_page()] == [
        ("b.pdf", 0, "read"),
        *(("a.pdf", index, "read") for index in (0, 1, 3, 4)),
        ("c.pdf", 0, "read"),
        ("b again.pdf", 0, "duplicate"),
        ("d.pdf", 0, "unreadable"),
    ]


def test_a_brief_reading_lacks_the_boxes_and_nothing_else(store: Store) -> None:
    whole, brief = list(store.each_page()), list(store.each_page(brief=True))

    assert whole[0].measurements == (BOX,)
    assert brief == [replace(page, measurements=(), marks=()) for page in whole]


def test_what_is_read_anew_takes_the_place_of_what_could_not_be_read(store: Store) -> None:
    left = PageReading("a.pdf", 2, PageState.UNREADABLE, Reason("reader_died"))
    store.keep_rows([PageRow.of(A, left)])
    store.keep_rows([PageRow.of(A, replace(PAGE, index=2), (RowCrop("1.1", b"picture", ()),)), PageRow.of(A, PAGE)])

    assert [page.state for page in store.each_page() if page.source == "a.pdf"] == [PageState.READ] * 5
    assert store.keys_of_crops() == {("a.pdf", 2, "1.1")}


def test_what_is_read_again_the_same_leaves_the_store_as_it_is(store: Store, tmp_path: Path) -> None:
    before = (tmp_path / "kryds.db").read_bytes()
    store.keep_rows([PageRow.of(B, PAGE)])

    assert (tmp_path / "kryds.db").read_bytes() == before
