from dataclasses import replace
from pathlib import Path

from kryds.desk.result import Result
from kryds.desk.tables import answer_rows, box_rows, page_rows, sheet_columns, sheet_rows, write_tables
from kryds.model.load import load_phrases
from kryds.model.page_code import PageCode
from kryds.model.reading import (
    Answer,
    AnswerState,
    BoxMeasurement,
    BoxState,
    Mark,
    PageReading,
    PageState,
    PixelRect,
    Reason,
    SheetReading,
)
from kryds.scoring.summarise import summarise
from tests.desk.piles import placed

DANISH = load_phrases("da")
EDITION, OTHER = placed().edition, placed("team-pulse", "en").edition
BOX = BoxMeasurement("1.1", 1, PixelRect(10.04, 20.0, 35.46, 35.5), 0.1, 1.0, 0, 0, 0)
YES = Answer("1.1", 1, AnswerState.ANSWERED, 0.98765)
READ = PageReading(
    "a.pdf",
    0,
    PageState.READ,
    code=PageCode("ja-nej", EDITION.digest, "K7Q2", 7, 1),
    digest=EDITION.digest,
    number=1,
    rotation_deg=180,
    dpi=299.7,
    residual_mm=0.04567,
    measurements=(BOX,),
    marks=(Mark("1.1", 1, BoxState.CROSSED, 0.999949, (0.0, 1.0, 0.0, 0.0)),),
    answers=(YES,),
)


def result(answer: Answer = YES) -> Result:
    sheet = SheetReading("K7Q2-7", EDITION.digest, "Åse, Ærø", (READ,), (answer,))
    reason = Reason("too_few_fiducials", (("found", "2"),))
    others = (
        replace(READ, index=1, state=PageState.DUPLICATE, reason=Reason("sheet_unknown")),
        PageReading("a.pdf", 2, PageState.UNREADABLE, reason, code=PageCode("x", "0a1b2c3d", "", 3, 2)),
    )
    return Result((READ, *others), (summarise(EDITION, [sheet]),), {EDITION.digest: EDITION})


def test_an_answer_is_told_with_choice_category_and_value() -> None:
    assert [tuple(str(cell) for cell in row.values()) for row in answer_rows(result())] == [
        (
            *("a.pdf", "1", "ja-nej", "K7Q2-7", "Åse, Ærø"),
            *("1.1", "1", "ja", "1", "answered", "0.9877", "reader"),
        )
    ]


def test_choice_category_and_value_are_empty_unless_the_answer_counts() -> None:
    for state in (AnswerState.BLANK, AnswerState.MULTIPLE, AnswerState.DOUBTFUL):
        [row] = answer_rows(result(Answer("1.1", None, state, 0.5)))

        assert [row[key] for key in ("choice", "category", "value", "state")] == ["", "", "", state]


def test_a_box_is_told_where_it_was_found() -> None:
    assert [tuple(str(cell) for cell in row) for row in box_rows(result(), result().pages)] == [
        ("a.pdf", "1", "1.1", "1", "10", "20", "35.5", "35.5", "crossed", "0.9999")
    ]


def test_a_sheet_is_told_with_counts_sections_and_items() -> None:
    [row] = sheet_rows(result())

    assert {key: str(value) for key, value in row.items()} == {
        "sheet": "K7Q2-7",
        "form": "ja-nej",
        "respondent": "Åse, Ærø",
        "status": "scored",
        "score": "1",
        "max_score": "1",
        "answered": "1",
        "n_ja": "1",
        "n_nej": "0",
        "score_1": "1",
        "1.1": "1",
    }


def test_columns_of_several_forms_are_joined() -> None:
    one = result()
    both = replace(one, groups=(*one.groups, summarise(OTHER, [])))
    columns = sheet_columns(both)

    assert columns[7:9] == ("n_ja", "n_nej")
    assert columns[9 : 9 + len(OTHER.form.options)] == tuple(f"n_{option.id}" for option in OTHER.form.options)
    assert columns[-len(OTHER.form.items) :] == tuple(item.id for item in OTHER.form.items)
    assert len(set(columns)) == len(columns)


def test_every_page_is_told_with_what_became_of_it() -> None:
    read, duplicate, unreadable = (
        {key: str(value) for key, value in row.items()} for row in page_rows(result(), DANISH)
    )

    assert read == {
        "source": "a.pdf",
        "page": "1",
        "state": "read",
        "reason": "",
        "form": "ja-nej",
        "sheet": "K7Q2-7",
        "sheet_page": "1",
        "rotation": "180",
        "dpi": "300",
        "residual_mm": "0.046",
    }
    assert (duplicate["state"], duplicate["sheet"]) == ("duplicate", "K7Q2-7")
    assert unreadable == {
        "source": "a.pdf",
        "page": "3",
        "state": "unreadable",
        "form": "x",
        "sheet": "3",
        "sheet_page": "2",
        "reason": "Kun 2 af hjørnemærkerne kan ses – scan siden igen, så hele papiret er med",
        "dpi": "",
    }


def test_the_files_open_in_a_spreadsheet_by_a_double_click(tmp_path: Path) -> None:
    write_tables(result(), result().pages, DANISH, tmp_path)

    assert (tmp_path / "sheets.csv").read_bytes() == (
        "\ufeffsheet,form,respondent,status,score,max_score,answered,n_ja,n_nej,score_1,1.1\r\n"
        'K7Q2-7,ja-nej,"Åse, Ærø",scored,1,1,1,1,0,1,1\r\n'
    ).encode()
    assert {path.name for path in tmp_path.iterdir()} == {"answers.csv", "boxes.csv", "sheets.csv", "pages.csv"}
