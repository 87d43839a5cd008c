from kryds.desk.web.results_groups import ShownGroup
from kryds.desk.web.results_page import group_page
from kryds.model.edition import Edition
from kryds.model.form import Form
from kryds.model.scores import ScoredSheet
from kryds.scoring.divide import divide
from kryds.scoring.score import score_sheet
from tests.scoring.sheets import EDITION, FORM, sheet


def shown(*given: int | str, edition: Edition = EDITION) -> ShownGroup:
    one = sheet(*given)
    whole = divide(edition, {"": [ScoredSheet(one, score_sheet(edition, one))] * 5}).whole
    assert whole is not None
    return ShownGroup("0", edition, (), whole)


def test_one_group_has_one_bar_to_a_statement() -> None:
    page = group_page(shown(5, 1, 4, 2, 3, 3), None)

    assert [len(line.bars) for section in page.sections for line in section.items] == [1] * 6
    assert [item.item_id for item in page.strongest] == ["1.1", "1.3", "2.2"]
    assert (page.widest, page.groups) == ((), (page.one,))


def test_two_groups_have_two_and_what_differs_most_is_named() -> None:
    page = group_page(shown(5, 3, 3, 1, 3, 3), shown(3, 3, 2, 5, 3, 3))

    assert [len(line.bars) for line in page.sections[0].items] == [2, 2, 2]
    assert [(pair.one.item_id, pair.by) for pair in page.widest] == [("2.1", -4), ("1.1", 2), ("1.3", 1)]
    assert page.sections[0].dots[0].place == (11 / 3 - 1) / 4 * 100


def test_hidden_answers_have_no_bar_and_a_section_with_them_no_mean() -> None:
    page = group_page(shown("blank", 3, 3, 1, 3, 3), None)

    assert page.sections[0].items[0].bars[0].pieces is None
    assert page.sections[0].dots[0].place is None
    assert page.sections[1].dots[0].place is not None


def test_the_other_group_s_words_stand_beside_where_they_differ() -> None:
    sections = [{"title": "A", "items": ["a1", "egen", "a3"]}, {"title": "B", "items": ["b1", "b2", "b3"]}]
    other = Edition(Form.model_validate({**FORM.model_dump(), "id": "ansat", "sections": sections}), EDITION.layout)
    page = group_page(shown(*[3] * 6), shown(*[2] * 6, edition=other))

    assert [line.other_text for line in page.sections[0].items] == ["", "egen", ""]
