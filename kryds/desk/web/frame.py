"""The frame around every page: navigation, language, light or dark; templates filled with escaped words only."""

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse
from starlette.routing import NoMatchFound

from kryds.desk.complaints import Interpreter
from kryds.desk.voice import languages
from kryds.desk.web.guard import visitor_of
from kryds.desk.web.visitor import Right
from kryds.model.load import load_phrases
from kryds.model.phrases import Phrases

LANGUAGE_COOKIE, THEME_COOKIE = "kryds-language", "kryds-theme"
THEMES = ("auto", "light", "dark")
#: Tabs of a pile: the name of its route, and who sees it. A tab without a route is left out.
TABS = (
    ("pages", Right.SEE),
    ("settle", Right.SETTLE),
    ("result", Right.SEE),
    ("take", Right.SETTLE),
    ("forget", Right.BRING),
)
#: What stands at the top of every page, as above.
PLACES = (("piles", Right.SEE), ("make", Right.BRING), ("people", Right.RULE))


class Frame:
    """The templates, and the words for them; ``language`` is spoken to who asks for none we have.

    ``asks_browser``: unless the visitor chose another, the browser's language counts before ``language``.
    """

    def __init__(self, language: str, *, asks_browser: bool = True) -> None:
        self._asks_browser = asks_browser
        self._phrases = {name: load_phrases(name) for name in languages()}
        english = self._phrases["en"]
        self._interpreters = {name: Interpreter(english, own) for name, own in self._phrases.items()}
        self._language = language
        self._environment = Environment(
            loader=PackageLoader("kryds.desk.web", "pages"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    @property
    def language(self) -> str:
        """What is spoken to who asks for none we have."""
        return self._language

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages a visitor may choose among."""
        return tuple(self._phrases)

    def phrases(self, request: HTTPConnection) -> Phrases:
        """The words in the language chosen, else one the browser asks for."""
        of_browser = _languages_asked(request.headers) if self._asks_browser else ()
        asked = (request.cookies.get(LANGUAGE_COOKIE, ""), *of_browser, self._language)
        return self._phrases[next(name for name in asked if name in self._phrases)]

    def part(self, template: str, phrases: Phrases, **values: Any) -> str:  # noqa: ANN401 - as the template takes them
        """A part of a page, as a script puts it in."""
        say = lambda key, /, **blanks: phrases.say(f"web.{key}", **blanks)  # noqa: E731
        return self._environment.get_template(template).render(say=say, phrases=phrases, **values)

    def page(self, request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:  # noqa: ANN401 - as the template takes them
        """A page in the visitor's language."""
        phrases = self.phrases(request)
        theme = request.cookies.get(THEME_COOKIE, "")
        visitor = visitor_of(request)
        pile = values.get("pile")
        text = self._environment.get_template(template).render(
            {
                "say": lambda key, /, **blanks: phrases.say(f"web.{key}", **blanks),
                "phrases": phrases,
                "told": self._interpreters[phrases.language].say,
                "language": phrases.language,
                "languages": self.languages,
                "theme": theme if theme in THEMES else "auto",
                "themes": THEMES,
                "visitor": visitor,
                "csrf": visitor.csrf if visitor else "",
                "here": request.url.path,
                "url": lambda route, /, **blanks: request.app.url_path_for(route, **blanks),
                "places": _links(request, PLACES) if visitor else (),
                "tabs": _links(request, TABS, pile=pile.id) if visitor and pile else (),
                "leave": _address(request, "logout"),
                "own": _address(request, "own") if visitor else "",
                "rename": _address(request, "rename", pile=pile.id)
                if visitor and pile and visitor.may(Right.BRING)
                else "",
                "pile": None,
                "Right": Right,
            }
            | values
        )
        return HTMLResponse(text, status)


def _links(request: Request, wanted: tuple[tuple[str, Right], ...], **blanks: str) -> tuple[tuple[str, str], ...]:
    """Name and address of those that are there and that the visitor may see."""
    visitor = visitor_of(request)
    seen = [name for name, right in wanted if visitor and visitor.may(right)]
    return tuple((name, address) for name in seen if (address := _address(request, name, **blanks)))


def _address(request: Request, name: str, **blanks: str) -> str:
    """Where a page is; empty when this desk has none of that name."""
    try:
        return str(request.app.url_path_for(name, **blanks))
    except NoMatchFound:
        return ""


def _languages_asked(headers: Headers) -> list[str]:
    """The browser's languages, in the order it names them, which is that of its wish (RFC 9110, 12.5.4)."""
    return [part.split(";")[0].strip()[:2].lower() for part in headers.get("accept-language", "").split(",")]
