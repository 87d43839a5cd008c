"""The whole desk: every page group."""

from starlette.routing import BaseRoute

from kryds.desk.web import (
    bring,
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
from kryds.desk.web.desk import Desk

#: Every page group; each has routes(desk).
GROUPS = (
    bring,
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


def all_routes(desk: Desk) -> list[BaseRoute]:
    """Every page of the desk."""
    return [route for group in GROUPS for route in group.routes(desk)]
