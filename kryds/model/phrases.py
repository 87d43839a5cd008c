"""The fixed words of sheets, summaries, screens and commands, in one language."""

from collections.abc import Mapping
from dataclasses import dataclass

from kryds.model.reading import Reason


@dataclass(frozen=True)
class Phrases:
    """Words by key, such as ``sheet.page_of``; the blanks in them are written {name}."""

    language: str
    words: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """The phrase with its blanks filled. A key or a blank that is not there is a bug: KeyError."""
        return self.words[key].format(**values)

    def number(self, value: float, decimals: int = 1) -> str:
        """A number as this language writes it: 3,4 in Danish, 3.4 in English."""
        return f"{value:.{decimals}f}".replace(".", self.words["number.decimal_sign"])

    def date(self, moment: str) -> str:
        """The day of a moment (ISO 8601) as this language writes it: 24.11.2026 in Danish."""
        year, month, day = moment[:10].split("-")
        return self.say("number.date", year=year, month=month, day=day)

    def reason(self, reason: Reason) -> str:
        """A reason in words a clerk understands."""
        return self.say(f"reasons.{reason.kind}", **dict(reason.values))
