"""Figures of the evaluation as each language writes them, and names with their values."""

from collections.abc import Iterable

from markupsafe import Markup

from ui.texts import InterfaceLanguage

TERM = Markup("<div><dt>{}</dt><dd>{}</dd></div>")


def terms(rows: Iterable[tuple[str, object]]) -> Markup:
    """Return names with their values, for a list of definitions."""
    return Markup("").join(TERM.format(name, value) for name, value in rows)


def figure(value: float, language: InterfaceLanguage, *, signed: bool = False) -> str:
    """Return a figure with three decimals, fewer from a hundred on, as the language writes it."""
    places = 3 if abs(value) < 100 else 0
    value = round(value, places) or 0.0  # no minus before a nought
    written = f"{value:+,.{places}f}" if signed and value else f"{value:,.{places}f}"
    written = written.replace("-", "\u2212")
    return written.translate(str.maketrans(",.", ".,")) if language == "da" else written


def interval(low: float, high: float, language: InterfaceLanguage, *, signed: bool = False) -> str:
    """Return an interval from its lower to its upper end."""
    return f"{figure(low, language, signed=signed)} … {figure(high, language, signed=signed)}"
