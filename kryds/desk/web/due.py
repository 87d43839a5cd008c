"""Piles whose scans and names have been kept as long as they were to be."""

from datetime import UTC, datetime, timedelta

from kryds.desk.web.desk import Desk
from kryds.desk.web.forget import strip

#: Who is named on the receipt when nobody pressed a button.
CLOCK = "kryds"


def strip_what_is_due(desk: Desk, moment: datetime | None = None) -> int:
    """Drops scans and names of every pile whose days are over, and tells how many there were."""
    now = moment or datetime.now(UTC)
    due = [
        pile
        for pile in desk.register.piles()
        if pile.keep_days
        and not pile.stripped
        and not desk.jobs.is_busy(pile.id)
        and datetime.fromisoformat(pile.created) + timedelta(days=pile.keep_days) <= now
    ]
    for pile in due:
        strip(desk, pile, CLOCK, desk.frame.language)
    return len(due)
