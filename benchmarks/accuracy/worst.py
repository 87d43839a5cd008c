"""A picture of the worst rows: silent errors first, the surest of them foremost, then rows asked about."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.accuracy.tally import Judged
from kryds.reader.scan import ScanPage, load_pages
from kryds.samples.paper.outcome import Outcome

CELL = (660, 132)
CAPTION = 26
COLUMNS = 3


def draw_worst(judged: Sequence[Judged], corpus: Path, file: Path, *, limit: int = 60) -> int:
    """Write a PNG of up to ``limit`` rows that were not read right; how many there are on it."""
    wrong = [each for each in judged if each.outcome in (Outcome.SILENT, Outcome.ASKED) and each.verdict]
    ranked = sorted(wrong, key=_badness)[:limit]
    if not ranked:
        return 0
    rows = -(-len(ranked) // COLUMNS)
    sheet = Image.new("L", (CELL[0] * COLUMNS, (CELL[1] + CAPTION) * rows), 255)
    for place, each in enumerate(ranked):
        across, down = place % COLUMNS * CELL[0], place // COLUMNS * (CELL[1] + CAPTION)
        sheet.paste(_crop(each, corpus), (across, down + CAPTION))
        ImageDraw.Draw(sheet).text((across + 6, down + 4), _caption(each), fill=0, font=ImageFont.load_default(15))
    sheet.save(file)
    return len(ranked)


def _badness(each: Judged) -> tuple[bool, float]:
    return each.outcome is not Outcome.SILENT, -(each.verdict[2] if each.verdict else 0.0)


def _caption(each: Judged) -> str:
    case = each.case
    state, choice, confidence = each.verdict or ("", "", 0.0)
    truth, said = f"{case.state} {case.choice}".strip(), f"{state} {choice}".strip()
    return f"{each.outcome}: {truth}, read {said} ({confidence:.3f}); {case.act}, {case.pen}, {case.condition}"


def _crop(each: Judged, corpus: Path) -> Image.Image:
    case = each.case
    (page,) = load_pages(corpus / case.source, case.source, [case.page - 1])
    if not isinstance(page, ScanPage):
        raise TypeError(f"{case.source}, page {case.page}: was read, but cannot be opened")
    strip = page.gray[max(0, case.y) : case.y + case.height, max(0, case.x) : case.x + case.width]
    picture = Image.fromarray(np.ascontiguousarray(strip))
    picture.thumbnail((CELL[0] - 8, CELL[1] - 4), Image.Resampling.LANCZOS)
    return picture
