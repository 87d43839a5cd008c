"""The thresholds of where things are on a page and what is measured there: units, sources and what they absorb."""

from dataclasses import dataclass, replace
from typing import Self


@dataclass(frozen=True)
class PlaceSettings:
    """Numbers of finding fiducials and boxes, and of measuring. Lengths are mm on paper; ink and ratios are 0 to 1."""

    # --- finding the fiducials -----------------------------------------------------------------------------------
    working_long_side_px: int = 1754
    """Long side of the image the fiducials are sought on: A4 at 150 dpi, where a fiducial's cell is 6 px wide."""
    corner_crop: float = 0.23
    """Side of a corner crop, as a share of the page's shorter side: 48 mm of an A4 page. A fiducial's outer edge is
    11 mm in; 3 degrees of skew and 10 mm of shift leave it inside."""
    least_side_px: int = 200
    """Shorter side of the working image below which it is no page: at 100 dpi the smallest paper is 830 px wide."""
    fiducials_wanted: int = 4
    """With four, a homography is well determined; with fewer the search goes on, from crops to the whole page."""
    fiducials_needed: int = 2
    """Two fiducials far apart give eight points, enough for an affine map that the boxes' own outlines then refine."""
    residual_limit_mm: float = 1.6
    """RMS distance of fiducial corners from the fit beyond which a page is refused. A folded or bulging page leaves
    up to 1 mm; a fiducial taken for another leaves tens."""

    # --- snapping boxes to their outlines ------------------------------------------------------------------------
    patch_px_per_mm: float = 6.0
    """Resolution boxes are measured at: the half-size picture of a 300-dpi page, a 0.3 mm line is nearly 2 px."""
    patch_radius_mm: float = 5.3
    """Half the side of a box's patch: half a box (3 mm) and the search range, without touching the next box."""
    snap_range_mm: float = 2.0
    """How far a box may stand from where the fiducials say: uneven paper feed (1 % over half a page), curl."""
    far_fiducials: int = 6
    """For a page whose boxes are not found so near all fiducials are sought: where paper curls, those at its sides
    stand up to 8 mm from where four in the corners say."""
    far_radius_mm: float = 8.0
    far_range_mm: float = 4.0
    """... and these two are larger: between fiducials a sheet that was folded in three, or curls, bulges up to 5 mm.
    Rows are 11 mm apart and boxes 13, so no box is taken for its neighbour."""
    bend_step_mm: float = 24.0
    """A box is looked for if something not farther from it is found: boxes are 13 to 16 mm from the next ..."""
    bend_reach_mm: float = 80.0
    """... and, where marks or shadows hide some, ever farther, up to what a header leaves without a box."""
    bend_front_mm: float = 8.0
    """Of those seen at once the nearest are taken, up to so much farther off, before others are looked for anew."""
    bend_near_mm: float = 28.0
    """How far what is found tells how the paper lies (standard deviation): two boxes, as paper waves by no less."""
    bend_outline: float = 0.5
    """Correlation with the picture of an empty box from which it is taken for one where its neighbours expect one."""
    bend_free_mm: float = 1.5
    """How far a box may stand from where all others say: a stroke taken for one does by more."""
    uneven_mm: float = 0.8
    """How far apart the offsets of a page's boxes are if it may lean: scanners stretch half a page by less ..."""
    least_lean: float = 0.04
    """... and it does if a box leans by so much of its side, 0.25 mm: nearly the width of its line."""
    aside_mm: float = 1.0
    """How far a box may stand from the middle of its patch (5.3 mm) for all of its rim (4.3 mm) to be on it."""
    unbent_times: int = 2
    """So often a page is sampled anew until its boxes do: where it curls steeply, the boxes that say how are not seen
    before those around them are."""
    far_box: float = 0.6
    """Correlation from which it surely is a box: text and rules have less."""
    row_outline: float = 0.45
    """The same of the boxes of a row laid on each other: 0.46 to 0.81 where worn or blurred boxes were, of which one in
    five was seen by itself; up to 0.35 where there were none."""
    covering_ink: float = 0.4
    """Mean ink of a box from which something written covers it: 0.2 if it is empty, 0.35 with a thin pen's cross."""
    line_blocks: int = 3
    """Of the four blocks of a box's line as many must be dark: a printed line runs through all, a pen stroke that
    crosses it does not. On worn print, copied until lines are dots, ..."""
    worn_line_blocks: int = 2
    """... two will do: a sheet of which 25 of 60 boxes were found by three blocks fits by two, at 0.18; layouts that
    were not those of the paper (95 tried) did not fit either way, at 0."""
    snap_free_mm: float = 0.5
    """How far one box may deviate from the smooth field its neighbours agree on; more is a stroke taken for a line."""
    row_apart_mm: float = 0.15
    """How far apart the boxes of one row may be seen to stand as one: within 0.1 mm where the feed jerked ..."""
    row_free_mm: float = 2.0
    """... and how far such a row may stand from the field: a crease leaves up to 1.6, feed that goes to and fro 1.1."""
    outline_weak: float = 0.12
    """Outline response below which a box does not vote on the field: its line is hidden by ink or not printed."""
    outline_page: float = 0.10
    """Median outline response over a page's boxes below which the layout does not fit the paper: it is refused."""
    outline_share: float = 0.75
    """Share of a page's boxes that must be seen where their neighbours say. Where paper curls by a row's height a page
    fits as well a row farther on, but never more than 0.7 of its boxes did (of 240 pages bent so, 16). Of 118 pages
    lying flat one had less, worn print ..."""
    outline_coded: float = 0.3
    """... or so many, if its code says which page it is: of a sheet that toner had left half of 0.42 were seen ..."""
    flat_mm: float = 1.0
    flat_scale: float = 1.03
    """... and a page with less is trusted only if it surely lies flat: no fiducial farther off than this, and no place
    where a millimetre is by so much longer than elsewhere. Scanners stretch paper by 1 %, photos of it lean more."""
    rival_fit: float = 0.6
    """When a page's code is lost and two forms' boxes both fit, one at this share of the other, nobody can tell."""

    # --- light ----------------------------------------------------------------------------------------------------
    uneven_light: float = 0.08
    """Share by which a part of a patch's rim must be darker than most of it for a shadow, or a stain, to lie there. Of
    4,745 patches of copies and scans in black and white, JPEG and colour one in 1,000 had 0.03, and none more than
    this; of 2,200 of grey and damaged scans 7 in 1,000 had more, of 1,811 of photos 9 in 100."""
    deepest_shadow: float = 0.35
    """Share of its light that a shadow leaves at least: what is darker is ink, a lid, the table."""
    shadow_mm: float = 4.0
    """A shadow darkens at least so much of the rim in one piece: a stroke that leaves the patch, or a word's end,
    less."""

    # --- measuring -------------------------------------------------------------------------------------------------
    inner_inset_mm: float = 0.40
    """What is cut from the outer edge before ink is counted: the line (0.3) and the snap's rounding (0.08)."""
    ink_threshold: float = 0.20
    """Darkness, between local paper white and fiducial black, from which a pixel is ink: pencil is 0.3 and up,
    scanner noise and show-through stay below."""
    noise_multiple: float = 4.5
    """The ink threshold is at least this many times the noise measured on the paper around the boxes."""

    def looking_far(self) -> Self:
        """The same settings for a page whose boxes stand far from where its fiducials say."""
        return replace(
            self,
            fiducials_wanted=self.far_fiducials,
            patch_radius_mm=self.far_radius_mm,
            snap_range_mm=self.far_range_mm,
        )

    def looking_at_worn_print(self) -> Self:
        """The same settings for a page whose boxes' lines are dotted."""
        return replace(self, line_blocks=self.worn_line_blocks)
