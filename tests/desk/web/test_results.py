import csv
import re
from pathlib import Path

import pytest

from kryds.desk.web.desk import Desk
from kryds.desk.web.jobs import JobKind
from kryds.desk.web.register import Pile
from kryds.desk.web.visitor import Role
from kryds.desk.web.worker import work_off
from kryds.model.edition import Edition
from kryds.model.form import Form
from kryds.samples import __file__ as samples_file
from tests.desk.web.desks import MOMENT, brought, browser, new_desk
from tests.desk.web.filled_piles import Filled, edition, likely, pile_of

SAMPLES = Path(samples_file).parent
ALL_SAY_3 = [[3] * 20] * 6
DEPARTMENTS = {"afdeling": ["Salg"] * 9 + ["Lager"] * 3 + ["Kontor"] * 8}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path)


def shown(desk: Desk, pile: Pile, query: str = "", role: Role = Role.OWNER) -> str:
    answer = browser(desk, role).get(f"/piles/{pile.id}/result{query}")
    assert answer.status == 200
    return re.sub(r"\s+", " ", answer.text)


def counts(page: str) -> list[str]:
    """What each bar says, as it is spoken."""
    return re.findall(r'<svg class="bar" role="img" aria-label="([^"]*)"', page)


def test_every_statement_has_its_counts_and_its_mean(desk: Desk) -> None:
    page = shown(desk, pile_of(desk, Filled([[1] * 20, *[[4] * 20] * 5])))

    assert counts(page) == ["Aldrig: 1, Oftest: 5"] * 20
    assert page.count('<span class="mean">3,5</span>') == 23  # 20 statements and 3 sections


def test_the_counts_of_the_sample_pile_are_the_truth(desk: Desk) -> None:
    pile = desk.register.add("Prøven", MOMENT)
    brought(desk, pile, "pile.pdf", (SAMPLES / "pile.pdf").read_bytes())
    desk.jobs.add(pile.id, JobKind.READ, "da", MOMENT)
    assert work_off(desk)
    with (SAMPLES / "truth.csv").open(encoding="utf-8-sig", newline="") as file:
        truth = [(row["item"], row["choice"]) for row in csv.DictReader(file)]
    rows = re.findall(r'<td>(\d\.\d)</td><th scope="row">.*?</th>(.*?)</tr>', shown(desk, pile))

    assert len(rows) == 20
    for item, cells in rows:
        found = [int(count) for count in re.findall(r'class="number">(\d+)<', cells)]
        assert found[:5] == [truth.count((item, str(choice))) for choice in range(1, 6)], item
        assert sum(found[:9]) == 6  # blank, multiple, awaiting and unread are counted too


def test_numbers_stand_in_a_table_too(desk: Desk) -> None:
    page = shown(desk, pile_of(desk, Filled([*ALL_SAY_3, ["blank", *[3] * 19], ["multiple", *[3] * 19]])))
    row = re.findall(r"<td>1\.1</td><th scope=\"row\">MUS gennemføres</th>(.*?)</tr>", page)

    assert re.findall(r'class="number">([^<]*)<', row[0]) == ["0", "0", "6", "0", "0", "1", "1", "0", "0", "3,0"]


def test_four_sheets_show_nothing_but_how_many_there_are(desk: Desk) -> None:
    page = shown(desk, pile_of(desk, Filled(ALL_SAY_3[:4])))

    assert "for få ark" in page
    assert "4 ark" in page
    assert counts(page) == []


def test_an_empty_pile_says_how_to_begin(desk: Desk) -> None:
    assert "ingen læste ark" in shown(desk, desk.register.add("Tom", "2026-11-24T10:00:00.000"))


def test_what_lacks_is_counted_out_loud(desk: Desk) -> None:
    page = shown(desk, pile_of(desk, Filled([*ALL_SAY_3, ["doubtful", *[3] * 19]])))

    assert "Svar, der venter på en person: 1." in page
    assert "1 af 35 svar mangler" in page
    assert "1 uden svar" in page
    assert f"/piles/{desk.register.piles()[0].id}/settle" in page


def test_a_group_stands_beside_another(desk: Desk) -> None:
    sheets = [[2] * 20] * 9 + [[3] * 20] * 3 + [[5] * 20] * 8
    page = shown(desk, pile_of(desk, Filled(sheets, DEPARTMENTS)), "?by=afdeling&one=0.1&other=0.0")

    assert counts(page)[:2] == ["Sjældent: 9", "Af og til: 3, Altid: 8"]
    assert "Vises ikke alene" in page
    assert page.count("−2,5") >= 20


def test_no_address_shows_a_group_that_is_too_small(desk: Desk) -> None:
    sheets = [[2] * 20] * 9 + [[3] * 20] * 3 + [[5] * 20] * 8
    pile = pile_of(desk, Filled(sheets, DEPARTMENTS))
    keys = ("", "0", "0.0", "0.1", "0.2", "0.-1", "Lager", f"pile:{pile.id}")
    tried = [f"?by={by}&one={one}&other={other}" for by in ("", "afdeling") for one in keys for other in keys]

    for query in tried:
        assert not any(re.search(r"(^|, )Af og til: 3$", said) for said in counts(shown(desk, pile, query)))


def test_columns_that_would_tell_a_few_apart_are_not_offered(desk: Desk) -> None:
    people = {"afdeling": ["Salg"] * 6 + ["Lager"] * 6, "rolle": ["leder"] * 5 + ["ansat"] * 7}
    page = shown(desk, pile_of(desk, Filled([[3] * 20] * 12, people)))

    assert '<option value="afdeling">' in page
    assert '<option value="rolle">' not in page
    assert "Kan ikke deles efter: rolle" in page


def test_an_earlier_round_stands_beside_with_the_change(desk: Desk) -> None:
    before = pile_of(desk, Filled([[2] * 20] * 5), name="Forår", created="2026-04-01")
    pile = pile_of(desk, Filled([[4] * 20] * 6), name="Efterår", created="2026-10-01")
    page = shown(desk, pile, f"?other=pile:{before.id}")

    assert counts(page)[:2] == ["Oftest: 6", "Sjældent: 5"]
    assert "+2,0" in page
    assert "Her er ændringen størst" in page


def test_leaders_stand_beside_employees_of_another_pile_and_form(desk: Desk) -> None:
    leaders = edition()
    form = Form.model_validate({**leaders.form.model_dump(), "id": "mus-medarbejder", "title": "Medarbejdere"})
    employees = pile_of(desk, Filled([[2] * 20] * 5, of=Edition(form, leaders.layout)), name="Medarbejdere")
    page = shown(desk, pile_of(desk, Filled([[4] * 20] * 6), name="Ledere"), f"?other=pile:{employees.id}")

    assert counts(page)[:2] == ["Oftest: 6", "Sjældent: 5"]
    assert "Her er forskellen størst" in page


def test_two_forms_in_one_pile_stand_beside_each_other_and_a_third_is_told(desk: Desk) -> None:
    leaders, pulse = edition(), edition("team-pulse", "en")
    form = Form.model_validate({**leaders.form.model_dump(), "id": "mus-medarbejder"})
    others = Filled([[2] * 20] * 5, of=Edition(form, leaders.layout))
    pile = pile_of(desk, Filled([[4] * 20] * 6), others, Filled(likely(1, 3, of=pulse), of=pulse))
    page = shown(desk, pile, "?one=0&other=1")

    assert counts(page)[:2] == ["Oftest: 6", "Sjældent: 5"]
    assert "Team pulse: 3 ark. Det er for få" in page


def test_an_earlier_round_that_is_too_small_is_told_and_not_shown(desk: Desk) -> None:
    before = pile_of(desk, Filled([[2] * 20] * 4), created="2026-04-01", name="Forår")
    page = shown(desk, pile_of(desk, Filled(ALL_SAY_3)), f"?other=pile:{before.id}")

    assert "I stakken Forår er der ikke nok ark" in page
    assert counts(page) == ["Af og til: 6"] * 20


def test_names_of_people_and_groups_cannot_write_on_the_page(desk: Desk) -> None:
    bad = "<script>alert(1)</script>"
    pile = pile_of(desk, Filled([[3] * 20] * 12, {bad: [bad] * 6 + ["b"] * 6}), name=bad)
    page = shown(desk, pile, "?by=%3Cscript%3Ealert(1)%3C/script%3E&one=0.0")

    assert bad not in page
    assert "&lt;script&gt;" in page


def test_a_reader_sees_no_result_while_answers_wait(desk: Desk) -> None:
    pile = pile_of(desk, Filled([*ALL_SAY_3, ["doubtful", *[3] * 19]]))

    assert counts(shown(desk, pile, role=Role.READER)) == []
    assert "Der venter 1." in shown(desk, pile, role=Role.READER)
    assert counts(shown(desk, pile, role=Role.REVIEWER))


def test_a_reader_sees_the_group_and_no_way_to_a_sheet(desk: Desk) -> None:
    page = shown(desk, pile_of(desk, Filled(ALL_SAY_3)), role=Role.READER)

    assert len(counts(page)) == 20
    assert "/result/sheets" not in page


def test_an_english_visitor_reads_english(desk: Desk) -> None:
    pulse = edition("team-pulse", "en")
    pile = pile_of(desk, Filled(likely(1, 12, of=pulse), of=pulse))
    answer = browser(desk).get(f"/piles/{pile.id}/result", **{"accept-language": "en"})

    assert "Highest mean" in answer.text
    assert "Gennemsnit" not in answer.text


@pytest.mark.parametrize("end", ["take", "scan/1/1.jpg", "settle", "result/sheets"])
def test_a_reader_comes_to_no_sheet_by_another_way(desk: Desk, end: str) -> None:
    pile = pile_of(desk, Filled(ALL_SAY_3))

    assert browser(desk, Role.READER).get(f"/piles/{pile.id}/{end}").status == 403
