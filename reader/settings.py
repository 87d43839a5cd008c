"""Every threshold of the reader: its unit, where it comes from and what it absorbs."""

from dataclasses import dataclass

from kryds.reader.settings_place import PlaceSettings


@dataclass(frozen=True)
class ReaderSettings(PlaceSettings):
    """The reader's numbers: those of places, and of judging. Lengths are mm on paper; ink and ratios are 0 to 1."""

    # --- telling what a page without fiducials is ----------------------------------------------------------------
    blank_ink: float = 0.002
    """Share of dark cells below which a page is an empty back side: specks and show-through stay below, one line of
    handwriting is above."""
    dark_page: float = 90.0
    """Grey value (of 255) that the brightest part of a picture reaches if there is paper on it; recycled paper in the
    shadow of a photo is 110. Below: an open lid, a black sheet."""
    bilevel_greys: float = 0.01
    """Share of pixels that are neither black nor white below which a page was scanned without greys: 0 to 0.0075 on
    bilevel scans, as JPEG too, 0.039 and up on grey ones (of office scanners that clip paper to white)."""
    dotted_turns: float = 0.1
    """Share of the pixels of a bilevel page that differ from the one before above which it is one of dots, which stand
    for greys: up to 0.05 on pages in adaptive black and white with specks all over; on pages of dots 0.06 to 0.6 where
    the paper itself is dotted, and from 0.23 on its dots are taken for marks."""
    noisy_greys: float = 18.0
    """Standard deviation of the noise of single pixels, in grey values (of 255), above which a page is averaged, too.
    Up to 15 as many rows of 1,000 were put to a person without, at 20 three times as many as with it: scanners and
    phones have 1 to 10."""
    dots_apart: float = 0.0004
    """How far pixels are averaged (standard deviation), in longer sides of the page: 0.12 mm of A4. With 0.09 to 0.2 mm
    as few rows of 40 pages of dots were put to a person, 4 of 400; with none 82."""
    bilevel_blanks: int = 3
    """So many blank rows on one bilevel page may be faint ink the scanner threw away: people leave out one row in
    fifty, so three on a page are rare, and of a page in pencil the scanner loses several, not of one marked boldly."""
    faded_rows: int = 2
    """So many rows of a page of which little is left to read say the same of its blank ones, whatever the scan: one may
    be a dot, two are a pen whose ink a scanner, or a copier before it, half lost."""
    faded_ink: float = 0.10
    """Share of a box's inside that is ink below which a row that is hard to read may be so because ink was lost. What
    copiers left of faint pencil was below 0.05; crosses that miss their box, scribbles and doubles are above, or have
    ink around the box (beside_ink)."""
    faint_rows: int = 6
    """So many rows with a trace in one box, and none with two, make a page in a faint pen. Dust would leave many rows
    with none and some with two: with something in every fifth box, six rows have one each one time in 200."""
    faint_share: float = 0.8
    """... if they are so large a share of the page's rows: a crease aslant meets a box in hardly every second ..."""
    faint_choices: int = 3
    """... and the boxes are of so many choices: a streak down a blank page meets one or two columns."""
    faint_pen: float = 0.03
    """... if half of those boxes have less than this share of ink inside. A thin pencil's cross leaves 0.1 and more."""
    faint_most: float = 0.5
    """Share of a page's blank rows, no fewer than faint_rows, that have a trace in one box alone for all of them to be
    put to a person: of a page of crosses that a copier had all but lost 11 of 13 had one."""
    surely_dot: float = 0.9
    """Chance that the box was merely touched above which the one trace of such a row may be a dot all the same."""
    bilevel_trace: float = 0.02
    """Share of its inside that is ink below which the mark in a box of such a page is what the scanner left of one. Of
    13,500 rows scanned so no cross that was decided had as little; the first that was wrong had 0.006."""
    page_margin_mm: float = 12.0
    """Rim left out when looking for ink on a page without fiducials: dark scanner edges and punch holes lie there."""

    # --- deciding on one box -------------------------------------------------------------------------------------
    vacant_ink: float = 0.004
    """Share of the inside that may be ink for a box to count as empty without a closer look: a speck of 0.3 mm."""
    vacant_trace: float = 0.16
    """The strongest straight trace such a box may show, in hundreds of noise units. Bare paper stays below 0.12 on
    four pages in five; the palest pencil of the training corpus that leaves any trace starts at 0.29."""
    vacant_spill: float = 0.03
    """Share of its rim that may be ink: more, and a stroke may reach in or a ring stand around it."""
    box_sure: float = 0.9
    """Chance from which a box is said to be in a state; below, it is doubtful. Rows are judged by their own limit."""

    # --- the manner of a hand ---------------------------------------------------------------------------------------
    usual_odds: float = 0.018
    usual_spread: float = 3.5
    """How many times likelier a letter is than a cross, to the network, for a cross by anybody (the geometric mean),
    and how far marks are apart (standard deviation of the logarithm): neat crosses have 0.0001, loops and rings 1."""
    usual_marks: float = 2.0
    """As many marks by anybody count beside those of a page's hand ..."""
    odd_marks: float = 0.3
    """... and so many of a hand's marks may look as anybody's do: a cross in one stroke among others in two."""
    letter_odds: float = 400.0
    letter_spread: float = 1.5
    """The same for letters in boxes. Of 5,606 answers and 67 letters alone in a box on two corpora not ours these six
    ask about 39 and answer 3, the network's odds alone 196 and 2; of 13,128 answers of ours 7, and 18. With 665 it
    would be 29 and 3, and 3; but of 407 letters of ours 61 would be answered instead of 54."""

    # --- judging a row -------------------------------------------------------------------------------------------
    row_sure: float = 0.95
    """Chance from which a row with a mark is decided without asking. Few rows are so little sure: of 30,000 by hands
    never learned from 33 stood between 0.90 and 0.95, one of them wrong (benchmarks/accuracy); of 2,800 on paper that
    knows nothing of ours 11, three of them wrong: there the chances promise too much."""
    look_again: float = 0.99
    """Chance of a row below which its boxes are looked at again, with what stands around them and mirrored. Of 40,500
    rows 1.3 % were; more looks (from 0.999, a tenth of all boxes) decided no row otherwise."""
    blank_sure: float = 0.99
    """Chance from which a row is called blank without asking. A mark overlooked is the error nobody sees: the first
    rows called blank that were not stood at 0.986."""
    cancelling_ink: float = 0.25
    """Share of a box's inside that is ink below which a lone mark is not taken for a box cancelled: who takes a cross
    back goes on until it shows. Fills alone had 0.31 and more; the crosses that looked cancelled and had less were
    broken to pieces by a scan in black and white."""
    second_chance: float = 0.15
    """Chance that another box is crossed from which its row is not simply answered ..."""
    second_ink: float = 0.5
    """... if it has so large a share of the ink of the answer's box. Two crosses of a curly pen that a scan in black
    and white half lost stood at 0.17 and 0.55; of 31,500 rows with usual marks 7 are asked about so, most of them with
    words written across."""
    touching_ink: float = 0.10
    """Share of its inside that is ink from which a box is not merely touched: a slip of 3 mm leaves half as much."""
    touched_asks: float = 0.2
    """Chance that a box was touched (a dot, the rest of an erasing) from which a row without a mark is not simply
    blank. Fibres and noise stay below 0.1; the dots of a pen, and dust as large as they, are mostly 0.5 and up."""
    hand_rows: int = 6
    """So many rows with one mark ..."""
    hand_share: float = 0.6
    """... if they are so large a share of the page's rows (the others are blank, or corrected) ..."""
    hand_choices: int = 3
    """... in boxes of so many choices (a streak meets one or two columns) ..."""
    hand_ink: float = 0.03
    """... and half of which have so large a share of their box's inside inked (less is a page in a faint pen) ..."""
    hand_doubt: float = 0.25
    """... tell how the page's hand marks boxes: unusually where the others' chance to be anything but a cross is, on
    average, as large. Hands that cross have 0.01; with one box filled in and two gone over 0.1."""
    gone_over: float = 0.2
    """Chance to be cancelled, or a dot, up to which the only question is whether a cross was gone over ..."""
    plain_least: float = 0.7
    plain_most: float = 1.2
    """... and it was not if its ink is between so many times that of the page's marks: of 28 such questions 17 were
    crosses at 0.83 to 1.14, one was a correction at 3.3; crosses midway between two boxes leave a hundredth."""
    hand_least: float = 0.6
    hand_most: float = 1.3
    """A mark is like the others if its ink is between so many times theirs: slips have less; a filled box has more."""
    hand_full: float = 0.9
    """Share of its inside that is ink from which a box is filled in, however much ink the others have."""
    hand_crossed: float = 0.01
    """Chance to be crossed below which a box is surely filled in, or surely a dot, whatever the others are."""
    hand_written: float = 0.05
    hand_rings: float = 0.15
    """Chances to be written in, on average over a page's marks but one, from which its hand's look like letters, and of
    half of its marks, from which it makes rings: 13 of 18 such pages had 0.16 to 0.95, 482 of crosses up to 0.09."""
    hand_dots: float = 0.55
    """Chance to be a dot, on average over the others, from which a page's hand answers with dots: such had 0.57 and
    more, crosses of which a scan in black and white left specks 0.5 ..."""
    half_dots: float = 0.02
    """... or half of them have as much: of 197 pages of dots four in five, of 2,948 pages of crosses one in 60, pale
    or broken ones ..."""
    dots_ink: float = 0.015
    """... if half of them have so large a share: 0.7 mm across. Scans in black and white left less of lost pages ..."""
    dots_least: float = 0.4
    dots_most: float = 2.5
    """... and one is like the others if its ink is between so many times theirs: dust in a blank row had a quarter."""
    dot_chance: float = 0.1
    dots_share: float = 0.3
    """Chance to be a dot that so large a share of a page's marks must have for a speck to be perhaps one of them: where
    a dot was dismissed as a speck 4 of 10 had; on 27 pages where dust, or a rested pen, was at most one other had."""
    taken_back_ink: float = 2.0
    """How many times the ink of the page's crosses a box must have to be taken back where the network is in doubt: of
    485 boxes filled in 83 in 100 had as much, of 179 that were one of two crosses none had more than 1.44 ..."""
    filled_chance: float = 0.1
    """Chance to be taken back from which an answer with so much ink is put to a person: of 15 rows
    between 0.03 and 0.1 among 23,100 all were answers, crosses gone over and circled; no box filled in was one."""
    plain_ink: float = 1.35
    """... and the ink up to which a cross is as they are: 99 in 100 of 8,554 were."""
    dirt_chance: float = 0.05
    """Chance of being anything but empty from which a box beside a clear answer looks strange."""
    dirt_boxes: int = 3
    """So many strange boxes make a dirty page: copies with specks have 4 to 14, scans with streaks 4 to 9, blurred
    photos 11 to 29. One or two are an erasing, or a pen that slipped; on most pages there is none."""
    dirt_mark: float = 0.03
    """Chance that a box holds a mark from which it is not taken for dirt. Of rows left blank on dirty pages two in
    three stay below; marks that did were all beside their box, where their ink is seen."""
    dirt_ink: float = 0.012
    """Share of its inside from which what is rather a dot than nothing is no dirt: a speck 0.6 mm across."""
    bold_rows: int = 4
    """So many answers on a page tell how its writer crosses ..."""
    bold_ink: float = 0.10
    """... and if half of them have this share of their box's inside inked, or more, it is boldly: pencils so faint that
    a scanner might leave a speck of a cross have less."""
    speck_ink: float = 0.03
    """Share of its inside that a dot no larger than a speck leaves of ink, 1 mm across: a pen that rested, or dust. A
    bold dot that a person would take for an answer has 0.04 and more."""
    speck_share: float = 0.12
    """A speck has so large a share of the ink of the page's marks at most. 28 of dust, or where a pen rested, had up to
    0.11; what a copier left of a stroke by a pen that ran dry had 0.18 ..."""
    speck_share_bilevel: float = 0.05
    """... and on a page in black and white: what was left of such a stroke there had 0.06, dust 0.02 and 0.04."""
    speck_mark: float = 0.12
    """Chance that a box holds a mark up to which a speck in it is none ..."""
    speck_spill: float = 0.002
    """... and the share of its rim that is ink up to which it is a dot: of 282 all but 3 had less; strokes of marks
    beside their box that were taken for dots had 0.0022 and 0.017."""
    passed_ink: float = 0.02
    """Share of the inside of its box that is ink below which an answer may be a crease or a stain that passes by."""
    beside_times: float = 1.5
    beside_crossed: float = 0.9
    """A cross beside its box is so many times as far from the middle of any other, and so likely a cross if in one."""
    drop_dark: float = 0.7
    """How dark a mark that is no plain cross is at least, times the page's answers: of 6,254 such none was paler, and
    99 in 100 are above 0.86; drops of coffee that were taken for marks had 0.33 and 0.68."""
    stray_mm2: float = 0.5
    """Ink around the boxes of a row without a mark from which it is not simply blank: 1.7 mm of a stroke of 0.3 mm."""
    surely_crossed: float = 0.97
    """Chance to be crossed from which a box holds a cross, whatever is written across its row."""
    words_box: float = 0.65
    """Chance to be empty below which something surely stands in another box of the row: of words that were taken for
    answers all left 0.63 or less in one, creases mostly leave 0.7 and more ..."""
    words_written: float = 0.01
    """... the answer's own box may be written in (of words that were taken for answers all but two in 166 may) ..."""
    words_ink: float = 0.5
    """... and what stands between the boxes is a pen if it is so dark, times the page's marks; creases are paler ..."""
    words_mm2: float = 4.0
    """... and words if there is so much of it: words that were taken for answers left 5 and more."""
    words_beside_mm2: float = 2.0
    """So much ink next to other boxes tells that what else stands in a row is a word, beside a box that is surely
    crossed: words left 2 to 25 mm2, what stands inside its box 0. None of 600 doubles of simulations was decided so."""
    words_crossed: float = 0.5
    """Chance to be crossed up to which a box holds hardly a cross: beside a plain one it may be but a letter ..."""
    words_side_mm2: float = 1.0
    """... and as an answer it is one if there is so much ink on either side; a cross beside its box has it on one."""
    pepper_share: float = 0.25
    """Share of the gaps of answered rows, away from the answers, that must have as much ink for it to be the page's:
    some scanners make pepper of grey paper in black and white. On such a page a third had; writing fills a tenth."""
    pepper_mm2: float = 2.0
    """... and the limit on such a page: its pieces together reach 1.6 mm2 in a gap; a cross midway leaves 3 or more."""
    reached_ink: float = 0.10
    """Share of a box's inside that is ink below which a mark hardly reaches into it; even a thin pencil's cross that
    is half inside leaves more."""
    midway_mm: float = 1.7
    """A mark whose ink has its centre so near to the middle between two boxes (7.75 mm from either's) may mean both.
    Crosses meant midway had it up to 1.6 mm off; of 441 beside their box one more is asked about than with 1.0 mm."""
    stray_ink: float = 0.10
    """Darkness, averaged over the width of a stroke, from which there is ink between boxes: faint pencil is 0.12 and
    up, the back shining through mostly below."""
    stray_dark: float = 0.4
    """... and how dark it is so at least, times the page's pen: creases and stains are paler. Of 617 blank rows ten
    less are asked about, of 2,400 crosses midway or beside their box none."""
    streak_mm: float = 1.0
    """What runs right through between the boxes and is no wider than this is a scanner's streak or a crease, not a
    mark: streaks are 0.1 to 0.2 mm wide, and lean by half a millimetre on a page 3 degrees askew."""
    line_share: float = 0.7
    """Share of its way above a box, and below it, that a line must be dark to be one that runs right through: noise
    breaks a pale streak, and one 3 degrees askew leaves its column half way."""
    struck_mm: float = 3.0
    """How broad a line through a row is at most, from top to bottom: a marker leaves 2.8, a millimetre of it the
    smoothing ..."""
    struck_more_mm: float = 0.6
    struck_ink: float = 1.5
    """... and how much broader it may be in a box than beside it, and how many times the ink it may have there: a cross
    on a crease is broader in most of its columns, and has the ink of three lines."""
    beside_ink: float = 0.03
    """Share of a box's rim that is ink from which a row without a mark is not simply blank: somebody circled a box,
    or crossed beside it. A speck of 0.5 mm is 0.005 ..."""
    rim_ink: float = 0.015
    """... and a small pale cross above its box left 0.018. Of 159 rows left blank two had as much."""
    ring_share: float = 0.7
    """Share of the directions from its middle in which a ring has ink: 90 in 100 of 738 around a box have as much, and
    70 in 100 of 937 in one, of which its line hides some; words beside a box have half ..."""
    ring_hole: float = 0.5
    ring_inside: float = 0.06
    """... and how much of its ink may be within so large a part of its radius: 86 in 100 of those 937 have no more, and
    18 of 81 letters."""


DEFAULT = ReaderSettings()
