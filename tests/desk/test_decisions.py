from dataclasses import replace

from kryds.desk.decisions import Decision, question_of, settle
from kryds.model.reading import Answer, AnswerState, PageReading, PageState, Reason, SheetReading

OPEN = Answer("1.1", None, AnswerState.DOUBTFUL, 0.4)
SURE = Answer("1.2", 3, AnswerState.ANSWERED, 0.99)
PAGE = PageReading("scan.pdf", 0, PageState.READ, digest="0a1b2c3d", number=1, answers=(OPEN, SURE))
SHEET = SheetReading("7", "0a1b2c3d", "", (PAGE,), (OPEN, SURE))
YES = Decision("0a1b2c3d", "7", "scan.pdf", 0, "1.1", AnswerState.ANSWERED, 2, "Åse", "2026-01-02T03:04:05Z")


def test_a_decision_lies_over_the_reading_and_says_whose_it_is() -> None:
    [sheet] = settle([SHEET], [YES])

    assert sheet.answers == (Answer("1.1", 2, AnswerState.ANSWERED, 1.0, decided_by="Åse"), SURE)
    assert sheet.pages == SHEET.pages


def test_a_person_may_find_nothing_or_too_much() -> None:
    for state in (AnswerState.BLANK, AnswerState.MULTIPLE):
        [sheet] = settle([SHEET], [replace(YES, state=state, choice=None)])

        assert (sheet.answers[0].state, sheet.answers[0].is_open) == (state, False)


def test_of_two_decisions_the_later_holds() -> None:
    [sheet] = settle([SHEET], [YES, replace(YES, choice=4, who="Bo")])

    assert (sheet.answers[0].choice, sheet.answers[0].decided_by) == (4, "Bo")


def test_a_word_taken_back_leaves_the_answer_open() -> None:
    assert settle([SHEET], [YES, replace(YES, state=AnswerState.DOUBTFUL, choice=None)]) == (SHEET,)


def test_a_decision_on_another_scan_or_another_edition_does_not_count() -> None:
    others = [replace(YES, source="other.pdf"), replace(YES, index=1), replace(YES, digest="ffffffff")]

    assert settle([SHEET], others) == (SHEET,)


def test_a_question_that_came_later_is_asked_although_an_earlier_one_was_answered() -> None:
    unclear, disagree = Reason("mark_unclear", (("choices", "2"),)), Reason("scans_disagree")
    asked, later = replace(OPEN, reasons=(unclear,)), replace(OPEN, reasons=(disagree, unclear))
    answered = replace(YES, why=question_of(asked))

    assert settle([replace(SHEET, answers=(asked, SURE))], [answered])[0].answers[0].choice == 2
    assert settle([replace(SHEET, answers=(later, SURE))], [answered])[0].answers == (later, SURE)


def test_the_question_tells_the_reasons_and_what_they_are_about() -> None:
    reasons = (Reason("mark_unclear", (("choices", "2"),)), Reason("ink_beside"))

    assert question_of(replace(OPEN, reasons=reasons)) == "mark_unclear 2; ink_beside"
