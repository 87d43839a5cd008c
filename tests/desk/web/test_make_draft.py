import base64
import io

import pytest
from PIL import Image

from kryds.desk.web.make_draft import PAGES_SHOWN, Complaint, data_of, draft_of, pictures_of
from kryds.model.errors import FormError
from kryds.model.geometry import Paper
from kryds.model.load import form_file

FORM = form_file("ja-nej").read_text(encoding="utf-8")


def test_a_form_is_placed_and_drawn_as_it_prints() -> None:
    draft = draft_of(form_file("mus-leder").read_text(encoding="utf-8"), Paper.LETTER)
    assert draft.placed is not None
    first, second = pictures_of(draft.placed)
    image = Image.open(io.BytesIO(base64.b64decode(first.removeprefix("data:image/png;base64,"))))

    assert (draft.complaints, draft.findings) == ((), ())
    assert image.size[0] / image.size[1] == pytest.approx(215.9 / 279.4, abs=0.01)
    assert first != second


def test_every_complaint_tells_line_key_and_cure_and_no_file() -> None:
    text = FORM.replace("version: 1", "version: en").replace("title:", "titel:", 1)
    complaints = draft_of(text, Paper.A4).complaints

    assert {(each.line, each.key) for each in complaints} >= {(3, "version")}
    assert all("/" not in each.said and each.said for each in complaints)
    assert any("title" in each.said for each in complaints if each.key == "titel")


@pytest.mark.parametrize("text", ["", "- a\n- b", "a: [", "a: 'x", "\ta: 1", "a: *b", "x\x00: 1", "language: 3"])
def test_what_is_no_form_is_a_complaint_and_no_sheet(text: str) -> None:
    draft = draft_of(text, Paper.A4)

    assert draft.complaints
    assert (draft.form, draft.placed) == (None, None)


def test_a_language_without_phrases_is_a_complaint() -> None:
    (complaint,) = draft_of(FORM.replace("language: da", "language: fr"), Paper.A4).complaints

    assert isinstance(complaint, Complaint)
    assert "'fr'" in complaint.said


def test_what_a_sheet_could_do_better_is_told() -> None:
    long = "meget langt ord " * 35
    text = FORM.replace("title: ", f"title: {long[:500]} ", 1)

    assert draft_of(text, Paper.A4).findings


def test_of_a_long_form_the_first_pages_are_shown() -> None:
    items = "\n".join(f"      - Udsagn nummer {number}" for number in range(300))
    text = FORM[: FORM.index("sections:")] + f"sections:\n  - title: A\n    items:\n{items}\n"
    placed = draft_of(text, Paper.A4).placed
    assert placed is not None

    assert len(placed.pages) > PAGES_SHOWN
    assert len(list(pictures_of(placed))) == PAGES_SHOWN


def test_keys_and_values_are_read_or_complained_about() -> None:
    assert data_of(FORM)["id"] == "ja-nej"
    with pytest.raises(FormError):
        data_of("- no form")
