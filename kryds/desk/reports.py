"""Result -> summary.pdf and annotated.pdf."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from kryds.desk.hashing import sha256_of
from kryds.desk.result import Result
from kryds.desk.scan_url import copy_to
from kryds.desk.store import Store, StoredFile
from kryds.desk.written import remove, written_whole
from kryds.model.errors import ScanFileError
from kryds.model.phrases import Phrases
from kryds.model.reading import Answer, PageState
from kryds.model.scores import ScoredSheet

SUMMARY_FILE, ANNOTATED_FILE = "summary.pdf", "annotated.pdf"


def write_summary_file(result: Result, store: Store, phrases: Phrases, folder: Path) -> Path | None:
    """Writes the summary and tells where; None when no sheet was read, as there is nothing to sum up."""
    from kryds.generator.summary import write_summary  # noqa: PLC0415 - ReportLab is for those who want a PDF

    path = folder / SUMMARY_FILE
    if not result.groups:
        remove(path)
        return None
    with written_whole(path) as file:
        write_summary(result.groups, store.crops(), phrases, file)
    return path


def write_annotated_file(result: Result, files: Sequence[StoredFile], phrases: Phrases, folder: Path) -> None:
    """Writes the scans with what was read over them: those in ``files``, which must be as they were read."""
    with _at_hand(files) as paths:
        _write_annotated_file(result, paths, phrases, folder)


@contextmanager
def _at_hand(files: Sequence[StoredFile]) -> Iterator[Mapping[str, Path]]:
    """Where each file can be opened, by its source. Those that lie elsewhere are fetched meanwhile.

    One that cannot be fetched, or is not as it was read, is left out.
    """
    with TemporaryDirectory(prefix="kryds-") as copies:
        paths = {}
        for number, file in enumerate(files):
            if isinstance(file.path, Path):
                paths[file.source] = file.path
                continue
            try:
                copy = copy_to(Path(copies), file.path, str(number))
            except ScanFileError:
                continue  # gone since it was read: there is nothing to draw on
            if sha256_of(copy) == file.sha256:
                paths[file.source] = copy
        yield paths


def _write_annotated_file(result: Result, paths: Mapping[str, Path], phrases: Phrases, folder: Path) -> None:
    from kryds.generator.annotate import AnnotatedPage, write_annotated  # noqa: PLC0415 - as above

    sheets = {(page.source, page.index): sheet for sheet in result.sheets for page in sheet.reading.pages}
    pages = []
    for page in result.pages:
        if page.source not in paths:
            continue
        sheet = sheets.get((page.source, page.index))
        if sheet is None or page.state is not PageState.READ:
            pages.append(AnnotatedPage(paths[page.source], page))
            continue
        edition = result.editions[page.digest]
        items = edition.items_of_page(page.number)
        answers = tuple(answer for answer in sheet.reading.answers if answer.item_id in items)
        pages.append(AnnotatedPage(paths[page.source], page, edition, answers, _points(result, sheet, answers)))
    if not pages:
        remove(folder / ANNOTATED_FILE)
        return
    with written_whole(folder / ANNOTATED_FILE) as file:
        write_annotated(pages, phrases, file)


def _points(result: Result, sheet: ScoredSheet, answers: Sequence[Answer]) -> Mapping[str, int]:
    options = result.editions[sheet.reading.digest].form.options
    return {answer.item_id: options[answer.choice - 1].weight for answer in answers if answer.choice}
