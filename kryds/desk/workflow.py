"""What the commands do, each from beginning to end."""

from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kryds.desk.archive import Archive
from kryds.desk.engine import engine_of
from kryds.desk.intake import is_as_read, take_in
from kryds.desk.known import known_of
from kryds.desk.pictures import keep_missing_pictures
from kryds.desk.processes import cores, pool
from kryds.desk.reading import Readers, read_new_pages
from kryds.desk.reports import write_annotated_file, write_summary_file
from kryds.desk.result import Result, gather, load_result, result_of, with_boxes
from kryds.desk.scan_url import Location
from kryds.desk.store import STORE_FILE, Store, StoredFile
from kryds.desk.tables import write_tables
from kryds.desk.voice import Voice
from kryds.model.errors import ArgumentError
from kryds.model.load import load_phrases
from kryds.model.phrases import Phrases
from kryds.reader.trace import Stopwatch, untraced

if TYPE_CHECKING:
    from kryds.desk.review import Sitting


#: So many pages take longer to annotate (10 ms each) than a second process takes to begin.
PAGES_WORTH_A_PROCESS = 64


@dataclass(frozen=True)
class Place:
    """Where results lie: the folder, and the URL of the store if it is not the one in it."""

    folder: Path
    store_url: str | None = None


@dataclass(frozen=True)
class Manner:
    """How results are written: in which language (None: the form's own), and whether with PDFs.

    ``stopwatch`` counts what each stage takes, if anybody wants to know. With more than one of ``jobs`` the PDFs of a
    large pile are written beside each other.
    """

    language: str | None = None
    pdfs: bool = True
    stopwatch: Stopwatch | None = None
    jobs: int = 1


@dataclass(frozen=True)
class Outcome:
    """The result as written; ``summary`` is the PDF, ``wanting`` those of ``files`` not opened, moved or changed."""

    result: Result
    place: Place
    summary: Path | None
    wanting: tuple[StoredFile, ...]
    files: tuple[StoredFile, ...] = ()


@dataclass(frozen=True)
class Pile:
    """Scans to read, the printed PDFs they may be of, and how many processes shall read, or which engine by its URL."""

    scans: Sequence[Location]
    printed: Sequence[Path] = ()
    jobs: int | None = None
    engine: str | None = None


def read_scans(pile: Pile, place: Place, manner: Manner, voice: Voice) -> Outcome:
    """Reads what is new of the pile, and writes the results of all that was read into the place."""
    make_folder(place.folder)
    trace = manner.stopwatch or untraced
    with Store.of_folder(place.folder, place.store_url) as store, engine_of(pile.engine, pile.jobs) as engine:
        with trace("open"):
            known = known_of(store, Archive.of_user(), pile.printed)
            store.keep_files(take_in(pile.scans, store.files(), place.folder, engine.map))
        read_new_pages(store, known, Readers(engine, voice, manner.stopwatch))
        return write_results(store, place, replace(manner, jobs=pile.jobs or cores()), voice)


def write_reports(place: Place, manner: Manner, voice: Voice) -> Outcome:
    """Writes the results again, as reviewers have settled them."""
    with open_store(place) as store:
        return write_results(store, place, replace(manner, jobs=cores()), voice)


def review(place: Place, sitting: "Sitting", manner: Manner, voice: Voice) -> Outcome:
    """Lets a person settle what awaits one, and writes the results again."""
    from kryds.desk.review import serve_review  # noqa: PLC0415 - a web server only for who reviews

    with open_store(place) as store:
        serve_review(store, lambda: write_results(store, place, manner, voice).summary, voice.phrases, sitting)
        return Outcome(load_result(store), place, None, _wanting(store.files()))


def export_result(place: Place, path: Path, form: tuple[str, bool], saying: tuple[Manner, Voice]) -> None:
    """Writes the result, as reviewers have settled it, as the format named; ``form`` is its name, and semicolons."""
    from kryds.desk.exports import ExportOptions, export  # noqa: PLC0415 - for those who export

    with open_store(place) as store:
        result = load_result(store)
    export(form[0], result.groups, path, ExportOptions(phrases_of(result, *saying), semicolon=form[1]))


def open_store(place: Place) -> Store:
    """The store of a reading that is there. Raises ArgumentError when there is none."""
    if not place.store_url and not (place.folder / STORE_FILE).is_file():
        raise ArgumentError(
            f"{place.folder}: holds no {STORE_FILE}, so nothing was read into it; kryds read SCAN -o {place.folder}"
        )
    store = Store.of_folder(place.folder, place.store_url)
    if place.store_url and not store.files():
        store.close()
        option = f"-o {place.folder} --store {place.store_url}"
        raise ArgumentError(f"{place.folder}: nothing was read into it with that store; kryds read SCAN {option}")
    return store


def page_counts(result: Result) -> Counter[str]:
    """How many pages came to which end."""
    return Counter(page.state.value for page in result.pages)


def sheet_counts(result: Result) -> Counter[str]:
    """How many sheets have which status."""
    return Counter(sheet.score.status.value for sheet in result.sheets)


def write_results(store: Store, place: Place, manner: Manner, voice: Voice) -> Outcome:
    """Writes tables and PDFs of all the store holds into the place."""
    trace = manner.stopwatch or untraced
    with trace("gather"):
        result = load_result(store)
    phrases = phrases_of(result, manner, voice)
    files = store.files()
    wanting = _wanting(files)
    away = set(wanting)
    at_hand = [file for file in files if file not in away]
    keep_missing_pictures(result, store, at_hand)
    summary, annotated = None, None
    with ExitStack() as ending:
        if manner.pdfs and manner.jobs > 1 and len(result.pages) >= PAGES_WORTH_A_PROCESS:
            beside = ending.enter_context(pool(1))
            annotated = beside.submit(annotate, place, at_hand, phrases.language)
        with trace("tables"):
            write_tables(result, store.each_page(), phrases, place.folder)
        if manner.pdfs:
            with trace("summary"):
                summary = write_summary_file(result, store, phrases, place.folder)
            with trace("annotated"):
                if annotated:
                    annotated.result()
                else:
                    write_annotated_file(with_boxes(result, store), at_hand, phrases, place.folder)
    return Outcome(result, place, summary, wanting, files)


def annotate(place: Place, at_hand: Sequence[StoredFile], language: str) -> None:
    """Writes the annotated scans in a process that has nothing at hand but where the store is."""
    with open_store(place) as store:
        result = result_of(gather(store), store)
    write_annotated_file(result, at_hand, load_phrases(language), place.folder)


def _wanting(files: Sequence[StoredFile]) -> tuple[StoredFile, ...]:
    return tuple(file for file in files if not is_as_read(file))


def phrases_of(result: Result, manner: Manner, voice: Voice) -> Phrases:
    """The words of the reports: as asked for, else those of the form that most sheets are of."""
    if manner.language:
        return load_phrases(manner.language)
    if not result.groups:
        return voice.phrases
    return load_phrases(max(result.groups, key=lambda group: len(group.sheets)).edition.form.language)


def make_folder(folder: Path) -> None:
    """Makes the folder if it is not there. Raises ArgumentError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArgumentError(f"{folder}: no folder can be made there ({error.strerror}); name another") from error
