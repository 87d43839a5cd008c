"""The whole desk: every page group."""

from starlette.routing import BaseRoute

from kryds.desk.web import (
    bring,
    entry,
    forget,
    live,
    make,
    make_write,
    own,
    pages,
    people,
    piles,
    results,
    results_sheets,
    scan_pictures,
    settle,
    take,
)
from kryds.desk.web.accounts import Accounts
from kryds.desk.web.desk import Desk

#: Every page group; each has routes(desk).
GROUPS = (
    bring,
    forget,
    live,
    make,
    make_write,
    pages,
    piles,
    results,
    results_sheets,
    scan_pictures,
    settle,
    take,
)


def all_routes(desk: Desk, accounts: Accounts | None = None) -> list[BaseRoute]:
    """Every page of the desk; with accounts also those to come in by, and to let others in."""
    routes = [route for group in GROUPS for route in group.routes(desk)]
    return routes + (_with_accounts(desk, accounts) if accounts else [])


def _with_accounts(desk: Desk, accounts: Accounts) -> list[BaseRoute]:
    return [route for group in (entry, own, people) for route in group.routes(desk, accounts)]
