import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kryds.desk.cli import cli
from kryds.desk.review import Sitting
from kryds.model.errors import FormError
from kryds.samples.paper.files import as_jpeg, as_pdf
from tests.desk.conftest import Kryds
from tests.desk.piles import foreign, printed, scanned


def test_every_command_shows_an_example(kryds: Kryds) -> None:
    for name in cli.commands:
        told = kryds(name, "--help")

        assert told.exit_code == 0
        assert f"Example: kryds {name}" in told.stdout


def test_help_imports_nothing_heavy() -> None:
    heavy = ["numpy", "cv2", "pydantic", "reportlab", "sqlalchemy", "rich", "ruamel.yaml"]
    program = f"from kryds.desk.cli import cli; import sys; sys.exit(any(m in sys.modules for m in {heavy}))"

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_reader_has_one_thread_unless_told() -> None:
    names = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")
    told = f"import atexit, os; atexit.register(lambda: print(*map(os.environ.get, {names})))"
    program = f"{told}; from kryds.__main__ import main; main()"
    unset = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    command = [sys.executable, "-c", program, "--version"]
    said = subprocess.run(
        command, env=unset | {"OMP_NUM_THREADS": "3"}, capture_output=True, text=True, check=True
    ).stdout

    assert said.splitlines()[-1] == "1 3"


@pytest.mark.usefixtures("kryds")
def test_python_files_that_lie_among_the_scans_are_not_run(tmp_path: Path) -> None:
    (tmp_path / "scans").mkdir()
    (tmp_path / "scans" / "pile.pdf").write_bytes(as_pdf([scanned(1), scanned(2)]))
    (tmp_path / "numpy.py").write_text("raise SystemExit('run!')")
    # As the installed command begins: without the current folder among the places to import from.
    program = "import sys; sys.path.remove(''); from kryds.__main__ import main; main()"
    command = [sys.executable, "-c", program, "read", "scans", "-o", "out", "--no-pdf", "--jobs", "2"]
    unset = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    told = subprocess.run(command, cwd=tmp_path, env=unset, capture_output=True, text=True, check=False)

    assert (told.returncode, "run!" in told.stderr) == (0, False)


def test_the_forms_are_listed_with_their_languages(kryds: Kryds) -> None:
    assert ["mus-leder", "da,en", "MUS-testen.", "Til", "dig", "der", "er", "leder"] in [
        line.split() for line in kryds("forms", "--language", "da").stdout.splitlines()
    ]
    assert "One question" in kryds("forms", "--language", "en").stdout


def test_print_says_where_the_sheets_lie_and_nothing_else(kryds: Kryds, tmp_path: Path) -> None:
    told = kryds("print", "ja-nej", "-o", "s.pdf", "--copies", "2", "--first", "7")

    assert (told.exit_code, told.stdout, told.stderr) == (0, "s.pdf\n", "")
    assert (tmp_path / "s.pdf").read_bytes() == printed(7, 8)


def test_the_layout_is_json_in_millimetres(kryds: Kryds) -> None:
    told = json.loads(kryds("layout", "ja-nej", "--paper", "letter").stdout)

    assert (told["form"], told["paper"], told["unit"], told["width"]) == ("ja-nej", "letter", "mm", 215.9)


def test_a_form_without_fault_passes(kryds: Kryds) -> None:
    told = kryds("check", "mus-leder")

    assert (told.exit_code, told.stdout) == (0, "mus-leder: the form is in order\n")


def test_a_fault_in_a_form_names_file_line_key_and_cure(kryds: Kryds, tmp_path: Path) -> None:
    (tmp_path / "form.yaml").write_text("id: x\nversion: one\n")
    told = kryds("check", "form.yaml")

    assert (told.exit_code, told.stdout) == (4, "")
    assert "form.yaml, line 2, version: is 'one'; write a whole number" in told.stderr


def test_a_finding_is_told_with_its_file_and_is_no_failure(kryds: Kryds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kryds.desk.printing.lint_sheet", lambda _: ("title: takes 3 lines; shorten it to 2",))
    told = kryds("check", "trivsel-60")

    assert told.exit_code == 0
    assert told.stdout.endswith("trivsel-60/form.yaml: title: takes 3 lines; shorten it to 2\n")


def test_reading_tells_counts_and_where_the_summary_lies(kryds: Kryds, tmp_path: Path) -> None:
    (tmp_path / "pile.pdf").write_bytes(as_pdf([scanned(1), scanned(3), scanned(4), foreign()]))
    told = kryds("read", "pile.pdf", "-o", "out")

    assert told.exit_code == 0
    assert told.stdout.splitlines() == [
        "Pages – read: 3, foreign: 1",
        "Sheets – scored: 1, need review: 1, incomplete: 1",
        "Summary: out/summary.pdf",
    ]
    assert "pile.pdf, page 4: The page is not one of our sheets" in told.stderr
    assert "Questions that await a person: 1. Settle them with: kryds review out" in told.stderr
    assert (tmp_path / "out" / "summary.pdf").read_bytes()[:5] == b"%PDF-"
    assert (tmp_path / "out" / "annotated.pdf").read_bytes()[:5] == b"%PDF-"


def test_danish_is_spoken_where_the_locale_is_danish(
    kryds: Kryds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "scan.jpg").write_bytes(as_jpeg(scanned(1)))
    monkeypatch.setenv("LC_ALL", "da_DK.UTF-8")

    assert kryds("read", "scan.jpg", "-o", "out", "--no-pdf").stdout == "Sider – læst: 1\nArk – med point: 1\n"


def test_json_is_one_object_with_counts_and_paths(kryds: Kryds, tmp_path: Path) -> None:
    (tmp_path / "scan.jpg").write_bytes(as_jpeg(scanned(3)))
    told = kryds("read", "scan.jpg", "-o", "out", "--no-pdf", "--json", "--strict")
    account = json.loads(told.stdout)

    assert told.exit_code == 5
    assert (account["pages"]["read"], account["sheets"]["needs_review"], account["open_items"]) == (1, 1, 1)
    assert account["files"]["answers"] == "out/answers.csv"
    assert account["files"]["summary"] is None


def test_strict_is_content_when_nothing_awaits_review(kryds: Kryds, tmp_path: Path) -> None:
    (tmp_path / "scan.jpg").write_bytes(as_jpeg(scanned(4)))

    assert kryds("read", "scan.jpg", "-o", "out", "--no-pdf", "--strict").exit_code == 0


def test_a_file_that_cannot_be_opened_makes_three_and_the_others_are_read(kryds: Kryds, tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 cut short")
    (tmp_path / "scan.jpg").write_bytes(as_jpeg(scanned(1)))
    told = kryds("read", "broken.pdf", "scan.jpg", "nowhere.pdf", "-o", "out", "--no-pdf")
    with (tmp_path / "out" / "pages.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["source"], row["page"], row["state"], bool(row["reason"])) for row in csv.DictReader(file)]

    assert told.exit_code == 3
    assert "nowhere.pdf: there is no such file" in told.stderr
    assert rows == [
        ("broken.pdf", "1", "unreadable", True),
        ("scan.jpg", "1", "read", False),
        ("nowhere.pdf", "1", "unreadable", True),
    ]


def test_a_report_says_which_scan_moved_away_and_writes_the_rest(kryds: Kryds, tmp_path: Path) -> None:
    for copy in (1, 2):
        (tmp_path / f"{copy}.jpg").write_bytes(as_jpeg(scanned(copy)))
    kryds("read", "1.jpg", "2.jpg", "-o", "out", "--no-pdf")
    (tmp_path / "1.jpg").unlink()
    told = kryds("report", "out")

    assert told.exit_code == 3
    assert "1.jpg: The file is no longer where it was read" in told.stderr
    assert (tmp_path / "out" / "annotated.pdf").is_file()
    assert "scored: 2" in told.stdout


def test_a_table_is_exported_beside_the_results(kryds: Kryds, tmp_path: Path) -> None:
    (tmp_path / "scan.jpg").write_bytes(as_jpeg(scanned(1)))
    kryds("read", "scan.jpg", "-o", "out", "--no-pdf")

    assert kryds("export", "out", "--format", "csv").stdout == "out/export.csv\n"
    assert (tmp_path / "out" / "export.csv").is_file()


def test_an_unknown_format_is_a_wrong_argument(kryds: Kryds) -> None:
    told = kryds("export", "out", "--format", "ods")

    assert told.exit_code == 2
    assert "'ods' is not one of csv, xlsx" in told.stderr


@pytest.mark.parametrize("command", [("report", "out"), ("export", "out", "--format", "json")])
def test_results_that_are_not_there_are_a_wrong_argument(kryds: Kryds, command: tuple[str, ...]) -> None:
    told = kryds(*command)

    assert told.exit_code == 2
    assert "out: holds no kryds.db" in told.stderr


def test_the_schemas_are_those_beside_the_forms(kryds: Kryds) -> None:
    assert json.loads(kryds("schema").stdout)["title"] == "Form"
    assert json.loads(kryds("schema", "translation").stdout)["title"] == "Translation"


def test_a_language_without_phrases_is_a_wrong_argument(kryds: Kryds) -> None:
    told = kryds("check", "ja-nej", "--language", "xx")

    assert told.exit_code == 2
    assert "choose da, en" in told.stderr


def test_a_bug_is_a_traceback(kryds: Kryds, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("kryds.desk.printing.placed_sheet", broken)
    with pytest.raises(ZeroDivisionError):
        kryds("layout", "ja-nej")


def test_a_user_error_keeps_its_exit_status(kryds: Kryds, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(_: object) -> None:
        raise FormError("form.yaml, line 3: wrong")

    monkeypatch.setattr("kryds.desk.printing.placed_sheet", faulty)
    told = kryds("layout", "ja-nej")

    assert (told.exit_code, told.stderr) == (4, "kryds: form.yaml, line 3: wrong\n")


@pytest.mark.parametrize(("sent", "jobs"), [(signal.SIGINT, "2"), (signal.SIGTERM, "1")])
def test_stopped_and_begun_again_it_gives_what_it_gives_at_one_go(
    kryds: Kryds, tmp_path: Path, sent: signal.Signals, jobs: str
) -> None:
    (tmp_path / "pile.pdf").write_bytes(as_pdf([scanned(copy) for copy in (1, 2, 3, 4)] * 3))
    command = [sys.executable, "-m", "kryds", "read", "pile.pdf", "-o", "out", "--no-pdf", "--jobs", jobs]
    running = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True, env={**os.environ})
    while not (tmp_path / "out" / "kryds.db").exists() and running.poll() is None:
        time.sleep(0.02)
    running.send_signal(sent)
    _, told = running.communicate(timeout=60)

    assert running.returncode == 130
    assert told == "Stopped. What was read is kept; the same command goes on from there\n"
    kryds("read", "pile.pdf", "-o", "out", "--no-pdf")
    kryds("read", "pile.pdf", "-o", "at-one-go", "--no-pdf")
    for path in (tmp_path / "at-one-go").glob("*.csv"):
        assert (tmp_path / "out" / path.name).read_bytes() == path.read_bytes()
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".csv", ".db"}


def test_the_demo_ends_by_saying_where_the_summary_lies(kryds: Kryds, tmp_path: Path) -> None:
    told = kryds("demo", "-o", "shown", "--language", "da")

    assert told.exit_code == 0
    assert told.stdout.splitlines()[-1] == "Sammenfatning: shown/result/summary.pdf"
    assert (tmp_path / "shown" / "result" / "summary.pdf").is_file()


def test_a_review_is_held_under_the_name_given_and_tells_what_is_left(
    kryds: Kryds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[Sitting] = []
    monkeypatch.setattr(
        "kryds.desk.review.serve_review", lambda _store, _finish, _phrases, sitting: held.append(sitting)
    )
    (tmp_path / "scan.jpg").write_bytes(as_jpeg(scanned(3)))
    kryds("read", "scan.jpg", "-o", "out", "--no-pdf")
    told = kryds("review", "out", "--reviewer", "Åse", "--port", "8800", "--no-browser")

    assert held == [Sitting("Åse", 8800, open_browser=False)]
    assert "Questions that await a person: 1" in told.stderr
