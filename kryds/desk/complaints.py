"""Complaints about a form file, a roster or a number, in the language of who reads them.

They are made in English, deep in rooms that speak to nobody; those words are the key to the others, as in gettext. A
complaint nobody has put into words yet is shown as it is; a test holds that there is none.
"""

import re
from functools import cached_property

from kryds.model.phrases import Phrases

#: What these phrases are called.
COMPLAINTS = "complaints."
_BLANK = re.compile(r"\\\{(\w+)\\\}")


class Interpreter:
    """Says in ``own`` words what was said in ``english`` ones."""

    def __init__(self, english: Phrases, own: Phrases) -> None:
        self._english, self._own = english, own

    def say(self, text: str) -> str:
        """The complaint, each line of it: its place, and what is wrong and the cure."""
        if self._own.language == self._english.language:
            return text
        return "\n".join(self._line(line) for line in text.splitlines())

    def _line(self, text: str) -> str:
        place, colon, rest = text.partition(": ")
        said = self._phrase(rest) if colon else ""
        if not said and ((whole := self._phrase(text)) or not colon):
            return whole or text
        return f"{', '.join(self._phrase(part) or part for part in place.split(', '))}: {said or self._line(rest)}"

    def _phrase(self, text: str) -> str:
        """The phrase whose English words these are; empty when there is none."""
        for key, words in self._known:
            if found := words.fullmatch(text):
                blanks = {name: self._phrase(value) or value for name, value in found.groupdict().items()}
                return self._own.say(key, **blanks)
        return ""

    @cached_property
    def _known(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """Every phrase by its English words; those that say more come before those that would fit too."""
        words = {key: said for key, said in self._english.words.items() if key.startswith(COMPLAINTS)}
        inner = sorted(words, key=lambda key: -len(re.sub(r"\{\w+\}", "", words[key])))
        return tuple((key, _pattern(words[key])) for key in inner)


def _pattern(words: str) -> re.Pattern[str]:
    """What the phrase looks like with its blanks filled; a mere part of a complaint holds none of its signs."""
    anything = ".+?" if "; " in words else "[^:;]+?"
    return re.compile(_BLANK.sub(rf"(?P<\1>{anything})", re.escape(words)))
