"""The colours: every pair of text and ground that the page uses reaches WCAG 2.2 AA, in light and in dark."""

import re
from importlib.resources import files

import pytest

CSS = files("ui").joinpath("style.css").read_text(encoding="utf-8")
PAIRS = [
    ("ink", "ground"),
    ("ink", "sheet"),
    ("muted", "ground"),
    ("muted", "sheet"),
    ("accent", "ground"),
    ("accent", "tint"),
    ("on-accent", "accent"),
    ("on-mark", "mark"),
    ("warn", "ground"),
    ("warn", "sheet"),
    ("accent", "sheet"),
]
EDGES = [("control", "ground"), ("control", "sheet"), ("accent", "ground")]


def palette(selector: str) -> dict[str, tuple[float, float, float]]:
    block = re.search(rf"^{re.escape(selector)} \{{(.*?)^\}}", CSS, re.S | re.M)
    assert block
    colours = re.findall(r"--([\w-]+): #([0-9a-f]{6});", block[1])
    return {name: tuple(int(code[at : at + 2], 16) / 255 for at in (0, 2, 4)) for name, code in colours}  # type: ignore[misc]


def luminance(colour: tuple[float, float, float]) -> float:
    """Relative luminance, WCAG 2.2."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """Contrast ratio, WCAG 2.2, 1.4.3."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("selector", [":root", ".dark"])
def test_text_is_readable(selector: str) -> None:
    colours = palette(selector)
    low = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in PAIRS}
    assert {pair: ratio for pair, ratio in low.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("selector", [":root", ".dark"])
def test_edges_of_controls_can_be_seen(selector: str) -> None:
    colours = palette(selector)
    low = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in EDGES}
    assert {pair: ratio for pair, ratio in low.items() if ratio < 3} == {}


def test_the_style_fetches_nothing() -> None:
    assert "url(" not in CSS
    assert "@import" not in CSS
