from pathlib import Path

import pytest

from kryds.desk import reading as module
from kryds.desk.engine import Engine
from kryds.desk.intake import take_in
from kryds.desk.known import Known
from kryds.desk.reading import Readers, read_new_pages
from kryds.desk.store import PageRow, Store, StoredFile
from kryds.desk.voice import Voice
from kryds.model.reading import PageReading, PageState, Reason
from kryds.model.roster import Person, Roster
from kryds.samples.paper.files import as_jpeg
from tests.desk.piles import placed, scanned

VOICE = Voice.in_language("en")
EDITIONS = {placed().edition.digest: placed().edition}
NOTHING, OURS = Known({}, {}), Known(EDITIONS, {})


@pytest.fixture
def store(tmp_path: Path) -> Store:
    (tmp_path / "a.jpg").write_bytes(as_jpeg(scanned(1)))
    made = Store.of_folder(tmp_path)
    made.keep_files(take_in([tmp_path / "a.jpg"], (), tmp_path))
    return made


def no_bundled_forms(_: object) -> None:
    raise AssertionError("bundled forms were placed for a pile of known editions")


def states(store: Store) -> list[PageState]:
    return [page.state for page in store.pages()]


def test_bundled_forms_are_not_placed_for_editions_that_are_known(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "bundled_editions", no_bundled_forms)
    read_new_pages(store, OURS, Readers(Engine(1), VOICE))

    assert states(store) == [PageState.READ]
    assert store.editions() == EDITIONS


def test_a_page_of_an_unknown_edition_is_read_as_one_of_a_bundled_form(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "bundled_editions", lambda _: dict(EDITIONS))
    read_new_pages(store, NOTHING, Readers(Engine(1), VOICE))

    assert states(store) == [PageState.READ]


def test_a_page_that_was_of_no_known_edition_is_read_when_it_is(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "bundled_editions", lambda _: {})
    read_new_pages(store, NOTHING, Readers(Engine(1), VOICE))
    assert [page.reason.kind for page in store.pages() if page.reason] == ["unknown_edition"]

    read_new_pages(store, OURS, Readers(Engine(1), VOICE))
    assert states(store) == [PageState.READ]


@pytest.mark.parametrize(
    ("reasons", "wanted"),
    [
        ([Reason("unknown_edition", (("form", "ja-nej"),))], [{"ja-nej"}]),
        ([Reason("unknown_edition", (("form", "ja-nej"),)), Reason("unreadable_code")], [{"ja-nej"}, None]),
        ([Reason("unreadable_code")], [None]),
    ],
)
def test_only_forms_that_pages_may_be_of_are_placed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reasons: list[Reason], wanted: list[set[str] | None]
) -> None:
    pages = [
        PageRow.of("1" * 64, PageReading("a.pdf", at, PageState.UNREADABLE, reason))
        for at, reason in enumerate(reasons)
    ]
    asked: list[set[str] | None] = []
    monkeypatch.setattr(module, "bundled_editions", lambda forms: asked.append(forms) or {})  # type: ignore[func-returns-value]
    read = lambda _, batches, __: ((batch, [pages[at] for at in batch.indices]) for batch in batches)  # noqa: E731
    monkeypatch.setattr(Engine, "read", read)
    with Store.of_folder(tmp_path) as store:
        store.keep_files([StoredFile("a.pdf", tmp_path / "a.pdf", "1" * 64, len(pages))])
        read_new_pages(store, NOTHING, Readers(Engine(1), VOICE))

    assert asked == wanted


def test_what_is_read_is_not_read_again(store: Store, tmp_path: Path) -> None:
    read_new_pages(store, OURS, Readers(Engine(1), VOICE))
    (tmp_path / "a.jpg").unlink()
    read_new_pages(store, OURS, Readers(Engine(1), VOICE))

    assert states(store) == [PageState.READ]


def test_rosters_of_other_piles_are_not_kept(store: Store) -> None:
    read_new_pages(store, Known(EDITIONS, {"K7Q2": Roster("K7Q2", (Person(1, "Åse"),))}), Readers(Engine(1), VOICE))

    assert store.rosters() == ()
