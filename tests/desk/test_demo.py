import csv
from pathlib import Path

from kryds.desk.demo import run_demo
from kryds.desk.voice import Voice


def rows(path: Path, encoding: str) -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def test_the_demo_reads_what_stands_in_its_pile_or_asks(tmp_path: Path) -> None:
    outcome = run_demo(tmp_path, None, Voice.in_language("en"))
    truth = {
        (row["sheet"], row["item"]): (row["state"], row["choice"]) for row in rows(tmp_path / "truth.csv", "utf-8")
    }
    told = {
        (row["sheet"], row["item"]): (row["state"], row["choice"])
        for row in rows(tmp_path / "result" / "answers.csv", "utf-8-sig")
    }

    assert outcome.summary == tmp_path / "result" / "summary.pdf"
    assert outcome.summary.is_file()
    assert told.keys() == truth.keys()
    assert {key for key in told if told[key] != truth[key] and told[key][0] != "doubtful"} == set()
    assert sum(told[key] == truth[key] for key in told) >= 114
