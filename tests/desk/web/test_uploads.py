from pathlib import Path

from tests.desk.web.desks import MOMENT, brought, new_desk


def test_files_are_listed_in_the_order_they_were_begun(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    first = desk.uploads.begin("a", ("to.pdf", 5), MOMENT)
    brought(desk, desk.register.add("b", MOMENT), "b.pdf", b"b")
    second = desk.uploads.begin("a", ("en.pdf", 5), MOMENT)

    assert desk.uploads.of("a") == (first, second)
    assert desk.uploads.find("b", first.key) is None


def test_a_file_brought_whole_may_be_brought_again(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    pile = desk.register.add("a", MOMENT)
    key = brought(desk, pile, "a.pdf", b"data")
    again = desk.uploads.begin(pile.id, ("a.pdf", 4), MOMENT)

    assert again.key != key
    assert desk.uploads.received(desk.uploads.of(pile.id)[0]) == 4
    assert desk.uploads.drop(pile.id) == 2
    assert (desk.uploads.of(pile.id), list((tmp_path / "parts").iterdir())) == ((), [])
