"""Pictures of rows that came to await a person only after their page was read, as when two scans of it disagree."""

from collections.abc import Iterable, Sequence

from kryds.desk.result import Result
from kryds.desk.review_queue import OpenItem, open_items
from kryds.desk.scan_url import on_disk
from kryds.desk.store import Store, StoredFile
from kryds.model.errors import ScanFileError


def keep_missing_pictures(result: Result, store: Store, files: Iterable[StoredFile]) -> None:
    """Cuts the pictures that open answers lack out of ``files``, which must be as they were read, and keeps them.

    An answer whose scan is not among them, or cannot be shown any more, stays without a picture.
    """
    at_hand = {file.source: file for file in files}
    there = store.keys_of_crops()
    lacking: dict[tuple[str, int], list[OpenItem]] = {}
    for item in open_items((sheet.reading for sheet in result.sheets), result.editions):
        place = item.page.source, item.page.index
        if item.page.source in at_hand and (*place, item.answer.item_id) not in there:
            lacking.setdefault(place, []).append(item)
    for (source, _), items in lacking.items():
        _keep(store, at_hand[source], items)


def _keep(store: Store, file: StoredFile, items: Sequence[OpenItem]) -> None:
    """The pictures of one page's ``items``."""
    from kryds.reader.crop import crop_again  # noqa: PLC0415 - OpenCV, for the few that lack one
    from kryds.reader.scan import ScanFault, load_pages  # noqa: PLC0415 - the same

    brief = items[0].page
    reading = store.page((file.sha256, brief.index)) or brief
    layout = items[0].edition.layout.pages[reading.number - 1]
    try:
        pages = list(load_pages(on_disk(file.path), file.source, (reading.index,)))
    except ScanFileError:
        return  # gone since it was looked for
    for page in pages:
        if not isinstance(page, ScanFault):
            crops = crop_again(page, reading, layout, [item.answer.item_id for item in items])
            store.keep_crops((file.sha256, reading.index), crops)
