import json
from pathlib import Path

from kryds.desk.web.jobs import JobKind
from kryds.desk.web.live import progress_of, said
from kryds.model.load import load_phrases
from kryds.model.reading import PageReading, PageState, Reason
from kryds.reader.read import PageRead
from tests.desk.web.desks import MOMENT, browser, new_desk, open_pile

DANISH = load_phrases("da")


def test_a_page_is_told_once_and_the_stream_ends_when_nothing_is_left(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    heard = browser(desk).get(f"/piles/{open_pile(desk).id}/live")
    events = [json.loads(line.removeprefix("data: ")) for line in heard.text.strip().split("\n\n")]

    assert heard.headers["content-type"].startswith("text/event-stream")
    assert events == [
        {"total": 2, "done": 2, "tiles": [[0, "read"], [1, "read"]], "busy": False, "said": "2 sider læst"}
    ]


def test_a_page_that_may_yet_be_known_is_not_lost_while_reading(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    pile = open_pile(desk)
    unknown = PageReading("bunke.pdf", 1, PageState.UNREADABLE, Reason("unknown_edition", (("form", "x"),)))
    desk.store(pile).keep_pages("f" * 64, [PageRead(unknown)])
    assert progress_of(desk, pile).tiles == ("read", "unreadable")
    desk.jobs.add(pile.id, JobKind.READ, "da", MOMENT)
    progress = progress_of(desk, pile)

    assert (progress.tiles, progress.done, progress.counts) == (("read", ""), 1, {"read": 1})
    assert said(progress, DANISH) == "Læser – 1 af 2 sider"
