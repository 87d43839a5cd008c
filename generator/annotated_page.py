"""A page of the input with all that is drawn over it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kryds.model.edition import Edition
from kryds.model.reading import Answer, PageReading


@dataclass(frozen=True)
class AnnotatedPage:
    """One page of one scan file.

    ``path`` is the scan file, ``reading`` says which page of it and what was read. ``edition`` is what it was read
    with, None when it was not read. ``answers`` are the final ones, after review, of this page's items; ``points``
    what each item gives, by item id.
    """

    path: Path
    reading: PageReading
    edition: Edition | None = None
    answers: tuple[Answer, ...] = ()
    points: Mapping[str, int] = field(default_factory=dict)
