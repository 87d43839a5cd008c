"""Write a form in the page, as fields or as YAML, with its sheet and what is wrong with it beside."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kryds.desk.web.desk import Desk
from kryds.desk.web.guard import words_of
from kryds.desk.web.make import paper_in
from kryds.desk.web.make_draft import Complaint, Draft, data_of, draft_of, pictures_of
from kryds.desk.web.make_fields import Fields, slug, yaml_of
from kryds.desk.web.make_kept import FOLDER, Shelf
from kryds.desk.web.visitor import Right
from kryds.model.errors import FormError, UserError
from kryds.model.geometry import Paper
from kryds.model.phrases import Phrases

#: The longest form file that is looked at, in letters: a form of a hundred statements is some 10,000.
MAX_LETTERS = 100_000


@dataclass(frozen=True)
class Writing:
    """What stands in the page; ``fields`` when it is written in fields, ``was`` the id of the kept form it is of."""

    text: str
    fields: Fields | None
    was: str
    paper: Paper


def routes(desk: Desk) -> list[BaseRoute]:
    """The pages of this group: for those who bring piles."""
    shelf = Shelf(desk.settings.data / FOLDER)

    def begin(request: Request) -> Response:
        desk.visitor(request, Right.BRING)
        text = yaml_of(_example(desk.phrases(request)))
        return _page(desk, request, Writing(text, Fields.from_data(data_of(text)), "", Paper.A4))

    def open_(request: Request) -> Response:
        desk.visitor(request, Right.BRING)
        name = request.path_params["form"]
        known, text = shelf.find(name), shelf.text(name)
        if known is None or text is None:
            raise HTTPException(404)
        if known.own:
            return _page(desk, request, Writing(text, Fields.from_data(data_of(text)), name, Paper.A4))
        data = {**data_of(text), "id": slug(known.form.title, shelf.taken()), "version": "1"}
        copy = yaml_of(data)
        return _page(desk, request, Writing(copy, Fields.from_data(data_of(copy)), "", Paper.A4))

    def write(request: Request) -> Response:
        desk.visitor(request, Right.BRING)
        words, phrases = words_of(request), desk.phrases(request)
        writing, wish = _writing(words, phrases, shelf), words.get("do", "")
        if wish == "keep":
            return _kept(desk, request, writing, shelf)
        if wish == "fields":
            writing = _in_fields(writing)
        elif wish == "yaml":
            writing = Writing(writing.text, None, writing.was, writing.paper)
        return _page(desk, request, writing)

    return [
        Route("/make/write", begin, name="make-write"),
        Route("/make/write", write, methods=["POST"]),
        Route("/make/write/{form}", open_, name="make-change"),
    ]


def _writing(words: Mapping[str, str], phrases: Phrases, shelf: Shelf) -> Writing:
    """What was sent. Fields are written into the form file they came from."""
    text, was, paper = words.get("text", "")[:MAX_LETTERS], words.get("was", ""), paper_in(words)
    if words.get("mode") != "fields":
        return Writing(text, None, was, paper)
    fields = Fields.from_words(words).changed(words.get("do", ""))
    try:
        base = data_of(text)
    except FormError:
        base = {}
    data = fields.onto(base, {key: phrases.say(f"web.make.result_{key}") for key in ("title", "text")})
    if not was:
        data["id"] = slug(fields.title, shelf.taken())
    return Writing(yaml_of({"id": was, "version": "1", **data})[:MAX_LETTERS], fields, was, paper)


def _in_fields(writing: Writing) -> Writing:
    """The same in fields, if it is a form; what is not one cannot be shown in them."""
    if writing.fields or not draft_of(writing.text, writing.paper).form:
        return writing
    return Writing(writing.text, Fields.from_data(data_of(writing.text)), writing.was, writing.paper)


def _kept(desk: Desk, request: Request, writing: Writing, shelf: Shelf) -> Response:
    """Keeps the form and goes on to printing it; the page again when it is no form yet, or its id is taken."""
    draft = draft_of(writing.text, writing.paper)
    if draft.form is None:
        return _page(desk, request, writing)
    text = writing.text if writing.fields is None else _counted_up(writing, shelf)
    try:
        shelf.keep(draft.form, text, writing.was)
    except UserError as error:
        return _page(desk, request, writing, Complaint(str(error)))
    return RedirectResponse(request.app.url_path_for("make-print", form=draft.form.id), 303)


def _counted_up(writing: Writing, shelf: Shelf) -> str:
    """The text with a version of its own, if it says something else than what was kept before."""
    before = shelf.text(writing.was)
    if before is None or yaml_of(data_of(before)) == writing.text:
        return writing.text
    data = data_of(writing.text)
    return yaml_of({**data, "version": str(int(data["version"]) + 1)})


def _page(desk: Desk, request: Request, writing: Writing, refusal: Complaint | None = None) -> Response:
    draft = draft_of(writing.text, writing.paper)
    phrases = desk.phrases(request)
    lacking = _lacking(writing.fields, phrases) if writing.fields else ()
    complaints = lacking or draft.complaints
    return desk.page(
        request,
        "make_write.html",
        422 if words_of(request).get("do") == "keep" else 200,
        writing=writing,
        fields=writing.fields,
        papers=tuple(each.value for each in Paper),
        complaints=((refusal,) if refusal else ()) + complaints,
        findings=draft.findings,
        pictures=_pictures(draft),
        pages=len(draft.placed.pages) if draft.placed else 0,
    )


def _pictures(draft: Draft) -> tuple[str, ...]:
    return tuple(pictures_of(draft.placed)) if draft.placed else ()


def _lacking(fields: Fields, phrases: Phrases) -> tuple[Complaint, ...]:
    """What is not written yet, in the visitor's words: the file's own complaints speak of keys and lines."""
    wanting = {
        "title": not fields.title.strip(),
        "options": sum(bool(row.label.strip()) for row in fields.options) < 2,  # noqa: PLR2004 - a choice is among two
        "weight": any(row.label.strip() and not row.weight.strip() for row in fields.options),
        "label": any(row.weight.strip() and not row.label.strip() for row in fields.options),
        "items": not any(row.items.strip() for row in fields.sections),
        "section_items": any(row.title.strip() and not row.items.strip() for row in fields.sections),
        "section_title": any(row.items.strip() and not row.title.strip() for row in fields.sections),
    }
    if wanting["items"]:
        wanting["section_items"] = False
    return tuple(Complaint(phrases.say(f"web.make.lack_{key}")) for key, is_wanting in wanting.items() if is_wanting)


def _example(phrases: Phrases) -> dict[str, Any]:
    """A small form to write over."""

    def say(key: str) -> str:
        return phrases.say(f"web.make.example_{key}")

    title = say("title")
    labels = [say(f"option_{number}") for number in range(1, 6)]
    made: list[dict[str, str]] = []
    for weight, label in enumerate(labels, start=1):
        made.append({"id": slug(label, [each["id"] for each in made]), "label": label, "weight": str(weight)})
    return {
        "id": slug(title),
        "version": "1",
        "language": phrases.language,
        "title": title,
        "introduction": say("introduction"),
        "options": made,
        "sections": [{"title": say("section"), "items": [say(f"item_{number}") for number in range(1, 4)]}],
    }
