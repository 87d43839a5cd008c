"""A pile's result: a group's answers statement by statement, beside another group or an earlier round."""

from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kryds.desk.web.desk import Desk
from kryds.desk.web.guard import number_in, words_of
from kryds.desk.web.register import Pile
from kryds.desk.web.results_groups import Division, ShownGroup, shown_groups
from kryds.desk.web.results_page import group_page
from kryds.desk.web.results_seen import Sight
from kryds.desk.web.visitor import Right
from kryds.scoring.anonymity import LEAST_MIN_GROUP
from kryds.scoring.compare import same_measure
from kryds.scoring.divide import DividedResult

#: What another pile's key begins with, among the keys of what can stand beside a group.
PILE = "pile:"
#: The most that may be asked of a group: above it no group of an ordinary pile would be shown.
MOST_MIN_GROUP = 100


@dataclass(frozen=True)
class Choice:
    """What can be chosen on the page, and what is: ``one`` group, and an ``other`` beside it or in another ``pile``."""

    divisions: tuple[Division, ...]
    division: Division
    one: ShownGroup
    other: ShownGroup | None
    pile: Pile | None
    piles: tuple[Pile, ...]

    @property
    def groups(self) -> tuple[ShownGroup, ...]:
        """The groups that are shown."""
        return shown_groups(self.division)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that make groups."""
        return tuple(each.column for each in self.divisions if each.makes_groups)

    @property
    def withheld(self) -> tuple[str, ...]:
        """The columns that would tell apart a few people beside the others."""
        return tuple(each.column for each in self.divisions if each.withheld)

    @property
    def beside(self) -> tuple[ShownGroup, ...]:
        """The groups that can stand beside the one."""
        return tuple(
            group
            for group in self.groups
            if group.key != self.one.key and same_measure(group.edition, self.one.edition)
        )

    @property
    def hidden(self) -> tuple[str, ...]:
        """The groups of the division that are not shown by themselves."""
        if not self.division.column:
            return ()
        results = self.division.results
        alone = [{group.names[0] for group in result.groups if len(group.names) == 1} for result in results]
        pairs = zip(results, alone, strict=True)
        return tuple({name: None for result, those in pairs for name, _ in result.sizes if name not in those})

    @property
    def too_few(self) -> tuple[DividedResult, ...]:
        """The forms with too few sheets to be shown."""
        return tuple(result for result in self.division.results if result.whole is None)

    @property
    def is_change(self) -> bool:
        """Whether the other is of the same form, so that the difference is a change."""
        return bool(self.pile and self.other and self.other.edition.form.id == self.one.edition.form.id)


def routes(desk: Desk) -> list[BaseRoute]:
    """The pages of this group."""
    sight = Sight(desk)

    def show(request: Request) -> Response:
        pile = desk.pile(request)
        seen = sight.of(request, pile)
        choice = _chosen(request, desk, sight)
        if choice is None:
            waiting = desk.result(pile).open_items
            return desk.page(request, "results_none.html", pile=pile, seen=seen, waiting=waiting, **minimum_of(pile))
        group = group_page(choice.one, choice.other)
        return desk.page(request, "results.html", pile=pile, seen=seen, choice=choice, group=group, **minimum_of(pile))

    def keep_minimum(request: Request) -> Response:
        pile = desk.pile(request, Right.BRING)
        asked = number_in(words_of(request), "minimum")
        if asked is not None:
            desk.register.change(pile, min_group=min(max(asked, LEAST_MIN_GROUP), MOST_MIN_GROUP))
        return RedirectResponse(request.app.url_path_for("result", pile=pile.id), 303)

    return [
        Route("/piles/{pile}/result", show, name="result"),
        Route("/piles/{pile}/minimum", keep_minimum, name="minimum", methods=["POST"]),
    ]


def minimum_of(pile: Pile) -> dict[str, int]:
    """The pile's smallest group, and what it can be, as the pages show it."""
    return {"minimum": pile.min_group, "least": LEAST_MIN_GROUP, "most": MOST_MIN_GROUP}


def _chosen(request: Request, desk: Desk, sight: Sight) -> Choice | None:
    """What the address asks for, as far as it is there; None when no group is large enough to be shown."""
    pile, asked = desk.pile(request), request.query_params
    known = sight.of(request, pile).divisions
    division = next((each for each in known if each.column == asked.get("by") and each.makes_groups), None)
    division = division or next(iter(known), None)
    groups = shown_groups(division) if division else ()
    if not division or not groups:
        return None
    one = next((group for group in groups if group.key == asked.get("one")), groups[0])
    piles = tuple(each for each in desk.register.piles() if each.id != pile.id)
    choice = Choice(known, division, one, None, None, piles)
    key = asked.get("other", "")
    if beside := next((each for each in piles if PILE + each.id == key), None):
        other = _there(sight.of(request, beside).divisions, division.column, one)
        return replace(choice, other=other, pile=beside)
    return replace(choice, other=next((group for group in choice.beside if group.key == key), None))


def _there(known: tuple[Division, ...], column: str, one: ShownGroup) -> ShownGroup | None:
    """The same group in another pile: of the same form, if it has sheets of that; None where it is not shown."""
    division = next((each for each in known if each.column == column), next(iter(known), None))
    if division is None:
        return None
    has_form = any(result.edition.form.id == one.edition.form.id for result in division.results)
    alike = (
        group
        for group in shown_groups(division)
        if group.names == one.names
        and same_measure(group.edition, one.edition)
        and (not has_form or group.edition.form.id == one.edition.form.id)
    )
    return next(alike, None)
