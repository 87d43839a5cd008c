"""What is asked and how it counts. A form is one YAML file; these types are its schema."""

import unicodedata
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator


def plain(text: str) -> str:
    """The text on one line, letters composed (NFC). ValueError when it holds a character that cannot be printed."""
    if bad := next((c for c in text if unicodedata.category(c) == "Cc" and not c.isspace()), None):
        raise ValueError(f"holds the control character U+{ord(bad):04X}; take it out")
    return unicodedata.normalize("NFC", " ".join(text.split()))


#: A number or a true written without quotes is a text here (kryds.model.yaml_file), and an editor is told so.
_UNQUOTED = {"type": ["string", "number", "boolean"]}

#: Upper-cased it fits a QR code's alphanumeric mode, and as a file name it fits every file system.
Slug = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=24),
    Field(json_schema_extra=_UNQUOTED),
]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=600),
    AfterValidator(plain),
    Field(json_schema_extra=_UNQUOTED),
]
Label = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=40),
    AfterValidator(plain),
    Field(json_schema_extra=_UNQUOTED),
]
#: Three digits and a sign fit the column of the result table.
Weight = Annotated[int, Field(ge=-999, le=999)]


class Part(BaseModel):
    """The root of everything read from a form file: frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Option(Part):
    """One category a person can cross, a column of the sheet."""

    id: Slug = Field(description="Key of the category in the tables, such as af-og-til")
    label: Label = Field(description="What stands above the column")
    weight: Weight = Field(description="Points for one cross in this category")


class Section(Part):
    """Statements that stand together under one heading and are summed together."""

    title: Text
    items: tuple[Text, ...] = Field(min_length=1, description="The statements, in order")


class Result(Part):
    """The part where people count and multiply by hand; leave it out and the sheet has none."""

    title: Text
    text: Text


class Band(Part):
    """A named range of the total, both ends included."""

    low: int
    high: int
    label: Text
    text: Text | None = None
    source: Text = Field(description="The publication the range comes from")

    @model_validator(mode="after")
    def _ends_in_order(self) -> Self:
        if self.low > self.high:
            raise ValueError(f"low ({self.low}) is above high ({self.high}); swap them")
        return self


@dataclass(frozen=True, slots=True)
class Item:
    """One statement: ``id`` is section.number as printed, such as 2.4."""

    id: str
    section: int
    text: str


class Form(Part):
    """A questionnaire in one language."""

    id: Slug = Field(description="Key of the form: small letters, digits and hyphens")
    version: int = Field(ge=1, description="Count up when the text or the weights change")
    language: Language = Field(description="Two-letter code of the language the texts are written in")
    title: Text
    subtitle: Text | None = None
    introduction: Text | None = None
    steps: tuple[Text, ...] = Field(default=(), description="Numbered instructions under the introduction")
    options: tuple[Option, ...] = Field(min_length=2, max_length=10)
    sections: tuple[Section, ...] = Field(min_length=1)
    result: Result | None = None
    bands: tuple[Band, ...] = ()

    @field_validator("options")
    @classmethod
    def _options_make_sense(cls, options: tuple[Option, ...]) -> tuple[Option, ...]:
        ids = [option.id for option in options]
        if twice := next((id_ for id_ in ids if ids.count(id_) > 1), None):
            raise ValueError(f"the id {twice} stands twice; give each option an id of its own")
        if max(option.weight for option in options) <= 0:
            raise ValueError("no weight is above 0, so there are no points to get; give one option a weight above 0")
        return options

    @field_validator("bands")
    @classmethod
    def _bands_do_not_overlap(cls, bands: tuple[Band, ...]) -> tuple[Band, ...]:
        for below, above in pairwise(sorted(bands, key=lambda band: band.low)):
            if above.low <= below.high:
                raise ValueError(f"'{below.label}' and '{above.label}' overlap; let one end below the other")
        return bands

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every statement in printed order."""
        return tuple(
            Item(id=f"{number}.{place}", section=number, text=text)
            for number, section in enumerate(self.sections, start=1)
            for place, text in enumerate(section.items, start=1)
        )

    @property
    def max_weight(self) -> int:
        """The most points one statement can give."""
        return max(option.weight for option in self.options)

    @property
    def max_points(self) -> int:
        """The most points the whole form can give."""
        return self.max_weight * len(self.items)


class SectionTranslation(Part):
    """A section's texts in another language."""

    title: Text
    items: tuple[Text, ...]


class BandTranslation(Part):
    """A band's texts in another language."""

    label: Text
    text: Text | None = None
    source: Text | None = Field(default=None, description="The publication; leave it out to keep the form's words")


class Translation(Part):
    """A form's texts in another language, in the order of the form; options are named by id."""

    language: Language
    title: Text
    subtitle: Text | None = None
    introduction: Text | None = None
    steps: tuple[Text, ...] = ()
    options: dict[Slug, Label]
    sections: tuple[SectionTranslation, ...]
    result: Result | None = None
    bands: tuple[BandTranslation, ...] = ()
