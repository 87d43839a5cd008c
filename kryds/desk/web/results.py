"""A pile's result: a group's answers statement by statement, beside another group or an earlier round."""

from dataclasses import dataclass, field
from threading import Lock
from weakref import ref

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kryds.desk.result import Result
from kryds.desk.web.desk import Desk
from kryds.desk.web.register import Pile
from kryds.desk.web.results_groups import Division, ShownGroup, divisions, forms_of, people_of, shown_groups
from kryds.desk.web.results_page import group_page
from kryds.desk.web.visitor import Right
from kryds.scoring.anonymity import MIN_GROUP
from kryds.scoring.compare import same_measure

#: What another pile's key begins with, among the keys of what can stand beside a group.
ROUND = "pile:"
#: Divided results kept at hand, by pile and language.
AT_HAND = 8


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
    divided = _Divided(desk)

    def show(request: Request) -> Response:
        pile = desk.pile(request)
        forms = divided.of(pile, desk.phrases(request).language)[0].results
        waiting = _waiting(desk, request, pile)
        choice = None if waiting else _chosen(request, desk, divided)
        if choice is None:
            return desk.page(request, "results_none.html", pile=pile, forms=forms, minimum=MIN_GROUP, waiting=waiting)
        group = group_page(choice.one, choice.other)
        return desk.page(request, "results.html", pile=pile, minimum=MIN_GROUP, choice=choice, group=group)

    return [Route("/piles/{pile}/result", show, name="result")]


@dataclass
class _Divided:
    """The divided results as last worked out: a thousand sheets take a second, and a page must not.

    They hold counts; of the result they came from, which tells what each sheet says, only whether it is the same.
    """

    desk: Desk
    known: dict[tuple[str, str], tuple[ref[Result], tuple[Division, ...]]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def of(self, pile: Pile, language: str) -> tuple[Division, ...]:
        """The pile undivided, then divided by each column."""
        result = self.desk.result(pile)
        with self.lock:
            known = self.known.pop((pile.id, language), None)
            if known is None or known[0]() is not result:
                people = people_of(self.desk.store(pile).rosters())
                known = (ref(result), divisions(forms_of(result, language), people))
            self.known[pile.id, language] = known
            for key in list(self.known)[:-AT_HAND]:
                self.known.pop(key)
        return known[1]


def _waiting(desk: Desk, request: Request, pile: Pile) -> int:
    """How many answers must be settled before this visitor sees the result.

    Who settles sees every row anyhow. A reader does not, and the result before and after a row is settled would tell
    what that row says.
    """
    return 0 if desk.visitor(request).may(Right.SETTLE) else desk.result(pile).open_items


def _chosen(request: Request, desk: Desk, divided: _Divided) -> Choice | None:
    """What the address asks for, as far as it is there; None when no group is large enough to be shown."""
    pile, language = desk.pile(request), desk.phrases(request).language
    asked = request.query_params
    known = divided.of(pile, language)
    division = next((each for each in known if each.column == asked.get("by") and each.makes_groups), known[0])
    groups = shown_groups(division)
    if not groups:
        return None
    one = next((group for group in groups if group.key == asked.get("one")), groups[0])
    rounds = tuple(
        each for each in desk.register.piles() if each.created < pile.created and not _waiting(desk, request, each)
    )
    other, earlier = None, None
    key = asked.get("other", "")
    if key.startswith(ROUND):
        earlier = next((each for each in rounds if ROUND + each.id == key), None)
        other = _earlier(divided.of(earlier, language), division.column, one) if earlier else None
    choice = Choice(known, division, groups, rounds, one, other, earlier)
    if other or earlier:
        return choice
    other = next((group for group in choice.beside if group.key == key), None)
    return Choice(known, division, groups, rounds, one, other, None)


def _earlier(known: tuple[Division, ...], column: str, one: ShownGroup) -> ShownGroup | None:
    """The same group of the same form in an earlier round; None when it is not there or not shown."""
    division = next((each for each in known if each.column == column), known[0])
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
