import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from kryds.desk.web.jobs import JobKind
from kryds.desk.web.latest import PILES_AT_HAND, Latest
from kryds.desk.web.queue import Queue, Word
from kryds.model.reading import AnswerState
from tests.desk.web.desks import MOMENT, browser, new_desk, open_pile
from tests.desk.web.serving import until


def test_a_result_is_worked_out_anew_only_when_something_changed(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    pile = open_pile(desk)
    before = desk.result(pile)
    assert desk.result(pile) is before
    queue = Queue(desk.store(pile))
    queue.refresh(desk.latest.gathered(queue.store))
    queue.decide(queue.next("Åse", 1)[0], "Åse", Word(AnswerState.BLANK))
    after = desk.result(pile)

    assert (before.open_items, after.open_items) == (3, 2)
    assert after.pages is before.pages  # the sheets themselves were not gathered again


def test_more_pages_are_taken_in(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    pile = open_pile(desk)
    assert len(desk.result(pile).sheets) == 2
    store = desk.store(pile)
    [file] = store.files()
    store.keep_files([file, replace(file, source="igen.pdf")])

    assert [page.state for page in desk.result(pile).pages] == ["read", "read", "duplicate", "duplicate"]


def test_few_piles_are_kept_at_hand(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    latest = Latest()
    first = desk.store(open_pile(desk))
    result = latest.result(first)
    for _ in range(PILES_AT_HAND):
        latest.result(desk.store(open_pile(desk)))
    assert latest.result(first) is not result
    again = latest.result(first)
    latest.forget(first.pile)

    assert latest.result(first) is not again


def test_while_pages_are_read_a_result_of_a_moment_ago_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = new_desk(tmp_path)
    pile = open_pile(desk)
    clock = itertools.count()
    now = [0.0]
    # A second passes at each look.
    monkeypatch.setattr("time.monotonic", lambda: now[0] + next(clock))
    before = desk.result(pile)
    store = desk.store(pile)
    [file] = store.files()
    store.keep_files([file, replace(file, source="igen.pdf")])
    desk.jobs.add(pile.id, JobKind.READ, "da", MOMENT)

    assert desk.result(pile) is before
    now[0] = 100
    desk.result(pile)  # is not kept waiting: the new one is worked out beside
    until(lambda: desk.result(pile) is not before)
    desk.jobs.drop(pile.id)
    store.keep_files([file])
    assert len(desk.result(pile).pages) == 2


def test_what_is_looked_at_after_the_reading_is_worked_out_during_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = new_desk(tmp_path)
    pile = open_pile(desk)
    desk.jobs.add(pile.id, JobKind.READ, "da", MOMENT)
    browser(desk).get(f"/piles/{pile.id}/pages")
    until(lambda: pile.id in desk.latest._known)  # noqa: SLF001 - that nobody has to wait for it is the point
    desk.jobs.drop(pile.id)
    monkeypatch.setattr("kryds.desk.web.latest.gather", None)

    assert "2 ark er læst" in browser(desk).get(f"/piles/{pile.id}/pages").text
