import sys

import pytest

from kryds.desk.voice import Voice, languages, locale_language
from kryds.model.errors import ArgumentError


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "da_DK.UTF-8"}, "da"),
        ({"LANG": "da_DK", "LC_MESSAGES": "en_GB"}, "en"),
        ({"LC_ALL": "da_DK", "LC_MESSAGES": "en_GB"}, "da"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "sv_SE.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_locale_picks_the_language(
    variables: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert locale_language() == language


def test_what_is_asked_for_comes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KRYDS_LANGUAGE", "da")

    assert Voice.in_language(None).phrases.language == "da"
    assert Voice.in_language("en").phrases.language == "en"


def test_a_language_nobody_wrote_is_told() -> None:
    with pytest.raises(ArgumentError, match="choose da, en"):
        Voice.in_language("xx")


def test_languages_are_those_with_phrases() -> None:
    assert languages() == ("da", "en")


def test_the_result_goes_to_stdout_and_the_rest_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    voice = Voice.in_language("en")
    voice.tell("summary", path="s.pdf")
    voice.warn("more_pages", count=3, path="pages.csv")

    assert capsys.readouterr() == ("Summary: s.pdf\n", "… and 3 pages more, see pages.csv\n")


@pytest.mark.parametrize(("watched", "told"), [(True, "Læser"), (False, "")])
def test_progress_is_for_a_person_who_looks_on(
    *, watched: bool, told: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: watched)
    with Voice.in_language("da").progress("reading", 2) as advance:
        advance(2)
    out, err = capsys.readouterr()

    assert out == ""
    assert told in err
    assert bool(err) == watched
