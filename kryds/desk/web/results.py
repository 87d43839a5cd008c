"""A pile's result: a group's answers statement by statement, beside another group or an earlier round."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kryds.desk.web.desk import Desk
from kryds.desk.web.register import Pile
from kryds.desk.web.results_groups import Division, ShownGroup, shown_groups
from kryds.desk.web.results_page import group_page
from kryds.desk.web.results_seen import Sight
from kryds.scoring.anonymity import MIN_GROUP
from kryds.scoring.compare import same_measure

#: What another pile's key begins with, among the keys of what can stand beside a group.
ROUND = "pile:"


@dataclass(frozen=True)
class Choice:
    """What can be chosen on the page, and what is; ``rounds`` are the piles begun before this one."""

    divisions: tuple[Division, ...]
    division: Division
    groups: tuple[ShownGroup, ...]
    rounds: tuple[Pile, ...]
    one: ShownGroup
    other: ShownGroup | None
    round: Pile | None

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
        alone = {group.names[0] for group in self.groups if len(group.names) == 1}
        names = {name: None for result in self.division.results for name, _ in result.sizes if name not in alone}
        return tuple(names) if self.division.column else ()


def routes(desk: Desk) -> list[BaseRoute]:
    """The pages of this group."""
    sight = Sight(desk)

    def show(request: Request) -> Response:
        pile = desk.pile(request)
        seen = sight.of(request, pile)
        choice = _chosen(request, desk, sight)
        if choice is None:
            waiting = desk.result(pile).open_items
            return desk.page(request, "results_none.html", pile=pile, seen=seen, minimum=MIN_GROUP, waiting=waiting)
        group = group_page(choice.one, choice.other)
        return desk.page(request, "results.html", pile=pile, seen=seen, minimum=MIN_GROUP, choice=choice, group=group)

    return [Route("/piles/{pile}/result", show, name="result")]


def _chosen(request: Request, desk: Desk, sight: Sight) -> Choice | None:
    """What the address asks for, as far as it is there; None when no group is large enough to be shown."""
    pile, asked = desk.pile(request), request.query_params
    known = sight.of(request, pile).divisions
    if not known:
        return None
    division = next((each for each in known if each.column == asked.get("by") and each.makes_groups), known[0])
    groups = shown_groups(division)
    if not groups:
        return None
    one = next((group for group in groups if group.key == asked.get("one")), groups[0])
    rounds = tuple(each for each in desk.register.piles() if each.created < pile.created)
    other, earlier = None, None
    key = asked.get("other", "")
    if key.startswith(ROUND):
        earlier = next((each for each in rounds if ROUND + each.id == key), None)
        other = _earlier(sight.of(request, earlier).divisions, division.column, one) if earlier else None
    choice = Choice(known, division, groups, rounds, one, other, earlier)
    if other or earlier:
        return choice
    other = next((group for group in choice.beside if group.key == key), None)
    return Choice(known, division, groups, rounds, one, other, None)


def _earlier(known: tuple[Division, ...], column: str, one: ShownGroup) -> ShownGroup | None:
    """The same group of the same form in an earlier round; None when it is not there or not shown."""
    division = next((each for each in known if each.column == column), known[0] if known else Division("", ()))
    return next(
        (
            group
            for group in shown_groups(division)
            if group.names == one.names
            and group.edition.form.id == one.edition.form.id
            and same_measure(group.edition, one.edition)
        ),
        None,
    )
