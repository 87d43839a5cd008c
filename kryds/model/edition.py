"""A form in one language together with the layout it is printed with: what a sheet can be read back by.

The edition travels inside every printed PDF and is kept in the archive, so an old sheet is read with its own
layout and weighed with its own weights whatever has become of the form file since.
"""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from pydantic import TypeAdapter, ValidationError

from kryds.model.errors import FormError
from kryds.model.form import Form, Item
from kryds.model.layout import SheetLayout


@dataclass(frozen=True)
class Edition:
    """A form as printed. Equal editions have equal digests."""

    form: Form
    layout: SheetLayout

    @cached_property
    def digest(self) -> str:
        """Fingerprint that ties paper to form and layout: the first 8 hex digits of SHA-256 over ``to_json``."""
        return hashlib.sha256(self.to_json()).hexdigest()[:8]

    @cached_property
    def items(self) -> dict[str, Item]:
        """The statements by id."""
        return {item.id: item for item in self.form.items}

    def items_of_page(self, number: int) -> tuple[str, ...]:
        """The ids of the items that stand on page ``number`` (from 1), in printed order."""
        return tuple(row.item_id for row in self.layout.pages[number - 1].rows)

    def to_json(self) -> bytes:
        """The edition as UTF-8 JSON, the same bytes for the same edition.

        What has its default value is left out, so that a later kryds whose forms know more keys still finds the
        digest that stands on old paper.
        """
        return _ADAPTER.dump_json(self, exclude_defaults=True)

    @staticmethod
    def from_json(data: bytes, source: str) -> "Edition":
        """The edition ``to_json`` wrote. ``source`` names where it was found, for the FormError if it is damaged."""
        try:
            return _ADAPTER.validate_json(data)
        except ValidationError as error:
            raise FormError(f"{source}: this is not an edition kryds wrote ({error.error_count()} faults)") from error


_ADAPTER = TypeAdapter(Edition)
