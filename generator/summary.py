"""GroupSummary -> PDF: for every form the group's result, then a page for each sheet."""

from collections.abc import Mapping, Sequence
from typing import BinaryIO

from kryds.generator.summary_answers import place_statements
from kryds.generator.summary_group import draw_group
from kryds.generator.summary_pages import SummaryPages
from kryds.generator.summary_sheet import draw_sheet
from kryds.generator.typeface import BODY
from kryds.model.geometry import Paper
from kryds.model.phrases import Phrases
from kryds.model.reading import RowCrop
from kryds.model.scores import GroupSummary

#: Pictures of items that await a person, by source, page index (from 0) and item id.
Crops = Mapping[tuple[str, int, str], RowCrop]


def write_summary(groups: Sequence[GroupSummary], crops: Crops, phrases: Phrases, file: BinaryIO) -> None:
    """Writes the summary of one or more groups to ``file``, each on paper of the size its sheets were printed on.

    The same arguments give the same bytes.
    """
    pages = SummaryPages(_title(groups, phrases), phrases, file)
    for group in groups:
        layout = group.edition.layout
        pages.end_page()
        pages.begin_paper(layout.width_mm, layout.height_mm)
        draw_group(pages, group)
        statements = place_statements(pages, group.edition)
        for sheet in group.sheets:
            draw_sheet(pages, statements, sheet, crops)
    if not groups:
        _draw_nothing(pages)
    pages.save()


def _title(groups: Sequence[GroupSummary], phrases: Phrases) -> str:
    """Title of the document: what it is, and of which forms."""
    forms = dict.fromkeys(group.edition.form.title for group in groups)
    if not forms:
        return phrases.say("summary.nothing")
    return phrases.say("summary.document", forms=", ".join(forms))


def _draw_nothing(pages: SummaryPages) -> None:
    """One page that says that no sheet was read."""
    pages.begin_paper(*Paper.A4.size_mm)
    said = pages.phrases.say("summary.nothing")
    pages.begin_chapter(said, said, level=0)
    pages.write(said, BODY)
