"""Sentences the group's pages and the sheets' pages share."""

import re

from kryds.model.phrases import Phrases
from kryds.model.reading import SheetReading

#: The names of sheets whose paper bears no number.
_UNNUMBERED = re.compile(r"u\d+")


def counted(phrases: Phrases, key: str, number: int) -> str:
    """The phrase summary.<key> in the form its number asks for: ``one`` or ``many``."""
    return phrases.say(f"summary.{key}.{'one' if number == 1 else 'many'}", number=number)


def sheet_name(phrases: Phrases, sheet: SheetReading) -> str:
    """The sheet by its number, or said to have none."""
    key = "summary.unnumbered" if _UNNUMBERED.fullmatch(sheet.sheet) else "sheet.serial"
    return phrases.say(key, sheet=sheet.sheet)
