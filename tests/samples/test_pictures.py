from pathlib import Path

from PIL import Image

from kryds.samples.pictures import WIDTH_PX, draw_pictures
from kryds.samples.pile import BLANK_FILE

HOUSE = Path(__file__).parents[2]
#: A README is opened by people who wait for it.
MAX_BYTES = 200_000


def test_a_picture_is_small_and_has_an_edge(tmp_path: Path) -> None:
    blank = (HOUSE / "samples" / BLANK_FILE).read_bytes()
    (tmp_path / "result").mkdir()
    (tmp_path / BLANK_FILE).write_bytes(blank)
    (tmp_path / "result" / "summary.pdf").write_bytes(blank)

    draw_pictures(tmp_path, tmp_path / "pictures")

    for name in ("sheet.png", "summary.png"):
        path = tmp_path / "pictures" / name
        assert Image.open(path).width == WIDTH_PX + 2
        assert path.stat().st_size < MAX_BYTES


def test_the_pictures_of_the_readmes_are_there() -> None:
    for name in ("sheet.png", "summary.png"):
        assert (HOUSE / "pictures" / name).stat().st_size < MAX_BYTES
