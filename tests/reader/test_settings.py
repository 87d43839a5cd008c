from dataclasses import fields

import pytest

from kryds.reader.settings import DEFAULT, ReaderSettings


@pytest.mark.parametrize("name", [field.name for field in fields(ReaderSettings)])
def test_every_number_is_above_nought(name: str) -> None:
    assert getattr(DEFAULT, name) > 0
