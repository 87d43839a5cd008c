import pytest

from kryds.model.phrases import Phrases
from kryds.model.reading import Reason

DANISH = Phrases(
    "da",
    {
        "sheet.page_of": "side {page} af {pages}",
        "number.decimal_sign": ",",
        "number.date": "{day}.{month}.{year}",
        "reasons.low_dpi": "kun {dpi} dpi",
    },
)


def test_a_phrase_fills_its_blanks() -> None:
    assert DANISH.say("sheet.page_of", page=1, pages=2) == "side 1 af 2"


def test_a_phrase_or_a_blank_that_is_not_there_is_a_bug() -> None:
    with pytest.raises(KeyError):
        DANISH.say("sheet.nothing")
    with pytest.raises(KeyError):
        DANISH.say("sheet.page_of", page=1)


def test_a_number_is_written_as_the_language_writes_it() -> None:
    assert DANISH.number(3.44) == "3,4"
    assert DANISH.number(0.5, decimals=2) == "0,50"


def test_a_day_is_written_as_the_language_writes_it() -> None:
    assert DANISH.date("2026-11-24T09:30:00.000+00:00") == "24.11.2026"


def test_a_reason_is_said_with_its_values() -> None:
    assert DANISH.reason(Reason("low_dpi", (("dpi", "72"),))) == "kun 72 dpi"
