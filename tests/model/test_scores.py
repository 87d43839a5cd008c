from kryds.model.reading import SheetStatus
from kryds.model.scores import CategoryCount, SheetScore


def score(status: SheetStatus) -> SheetScore:
    return SheetScore(
        counts=(),
        sections=(),
        points=0,
        max_points=5,
        answered=0,
        items=1,
        blank=1,
        awaiting=0,
        status=status,
        band=None,
    )


def test_points_are_crosses_times_weight() -> None:
    assert CategoryCount("oftest", "Oftest", weight=4, crosses=3).points == 12


def test_only_a_scored_sheet_is_complete() -> None:
    assert [status for status in SheetStatus if score(status).complete] == [SheetStatus.SCORED]
