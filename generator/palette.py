"""Colours of the summary's charts: a scale from pale to dark that works in grey, and amber for what is in doubt."""

from kryds.generator.typeface import Colour

WHITE, BLACK = "FFFFFF", "000000"
#: The empty part of a bar: just seen, on paper and on a screen.
TRACK = "E9EEEF"
#: Lines between rows: they lead the eye and are no more than that.
RULE = "BECACC"
#: What a person must look at. Always with a sign or words beside it; 5.9:1 on white.
DOUBT = "A34A00"
#: The ground under what is in doubt.
DOUBT_GROUND = "FBF1E6"

#: The ends and the middle of the scale; their luminance falls evenly, so that neighbours differ in grey too.
_SCALE = ("DCE9EA", "63A0A8", str(Colour.ACCENT))


def shades(count: int) -> tuple[str, ...]:
    """``count`` colours (2 or more), each darker than the one before."""
    return tuple(_mixed(at / (count - 1) * (len(_SCALE) - 1)) for at in range(count))


def shades_of(weights: tuple[int, ...]) -> tuple[str, ...]:
    """A colour per category: the more points it gives, the darker; equal weights get neighbouring shades."""
    scale = shades(len(weights))
    ranked = sorted(range(len(weights)), key=lambda at: (weights[at], at))
    return tuple(scale[ranked.index(at)] for at in range(len(weights)))


def text_on(ground: str) -> str:
    """Black or white, whichever stands out most; never less than 4.5:1, on any ground."""
    return max((BLACK, WHITE), key=lambda colour: contrast(colour, ground))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, contrast ratio)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(colour)]  # noqa: PLR2004 - sRGB
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def rgb(colour: str) -> tuple[float, float, float]:
    """Red, green and blue, 0 to 1, of RRGGBB."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def _mixed(place: float) -> str:
    """The colour at ``place`` on the scale, 0 at its first anchor."""
    at = min(int(place), len(_SCALE) - 2)
    share = place - at
    pairs = zip(rgb(_SCALE[at]), rgb(_SCALE[at + 1]), strict=True)
    return "".join(f"{round((low + (high - low) * share) * 255):02X}" for low, high in pairs)
