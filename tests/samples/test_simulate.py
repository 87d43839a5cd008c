import numpy as np
import pytest

from kryds.model.reading import AnswerState
from kryds.samples.paper.acts import USUAL, Act, plan_sheet
from kryds.samples.paper.hand import writer
from kryds.samples.paper.pen import GEL
from kryds.samples.paper.phone import PHONE, PhotoProfile
from kryds.samples.paper.printer import SHRUNK
from kryds.samples.paper.scanner import COLOUR_150, ScannerProfile
from kryds.samples.paper.simulate import PrintedSheet, Scene, SimulatedSheet, simulate_sheet


def _simulated(sheet: PrintedSheet, scanner: ScannerProfile | PhotoProfile, seed: int = 1) -> SimulatedSheet:
    rng = np.random.default_rng(seed)
    plan = plan_sheet(sheet.edition.layout, {Act.CROSS: 0.8, Act.CORRECTION: 0.2}, rng)
    return simulate_sheet(sheet, plan, Scene(writer(1, GEL), SHRUNK, scanner), rng)


@pytest.mark.parametrize("scanner", [ScannerProfile(dpi=150), COLOUR_150, PHONE], ids=["grey", "colour", "phone"])
def test_the_boxes_that_were_crossed_are_the_dark_ones(
    sheet: PrintedSheet, scanner: ScannerProfile | PhotoProfile
) -> None:
    result = _simulated(sheet, scanner)
    answers = {truth.item_id: truth for truth in result.truth}
    for scanned, layout in zip(result.pages, sheet.edition.layout.pages, strict=True):
        grey = scanned.pixels if scanned.pixels.ndim == 2 else scanned.pixels[:, :, 1]
        ink = {}
        for box in layout.boxes:
            inner = box.rect.inset(0.8)
            corners = scanned.find(np.array([[inner.x, inner.y], [inner.right, inner.bottom]]))
            (x0, y0), (x1, y1) = corners.round().astype(int)
            patch = grey[y0:y1, x0:x1]
            ink[box.item_id, box.choice] = float(np.median(patch) - np.percentile(patch, 2)) + float(255 - patch.mean())
        for row in layout.rows:
            darkest = max((1, 2, 3), key=lambda choice: ink[row.item_id, choice])
            boxes = answers[row.item_id].boxes
            assert boxes[darkest - 1] != "empty"


def test_the_truth_lists_every_item(sheet: PrintedSheet) -> None:
    truth = _simulated(sheet, ScannerProfile(dpi=100)).truth
    assert [t.item_id for t in truth] == [item.id for item in sheet.edition.form.items]
    assert {t.state for t in truth} <= {AnswerState.ANSWERED, AnswerState.CORRECTED}


def test_the_same_seed_gives_the_same_pixels(sheet: PrintedSheet) -> None:
    first, second, other = (_simulated(sheet, ScannerProfile(dpi=100), seed) for seed in (5, 5, 6))
    assert all((a.pixels == b.pixels).all() for a, b in zip(first.pages, second.pages, strict=True))
    assert any((a.pixels != b.pixels).any() for a, b in zip(first.pages, other.pages, strict=True))


def test_people_mostly_cross_one_box() -> None:
    assert USUAL[Act.CROSS] > sum(share for act, share in USUAL.items() if act is not Act.CROSS)
