"""The door to matplotlib: plots as SVG text that stands in a page by itself, with its words kept as text."""

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evals.intervals import Estimate

STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "strategy-assistant",  # the same run gives the same bytes
    "font.family": "sans-serif",
    "axes.spines.top": False,
    "axes.spines.right": False,
}
BLUE, GREY = "#1d4f91", "#8a8f98"
BAR_HEIGHT = 0.32


def bars(title: str, values: Mapping[str, Estimate]) -> str:
    """A dot with its 95 % interval for each group, and the number of cases beside its name."""

    def draw(axes: Axes) -> None:
        for place, found in enumerate(values.values()):
            axes.plot([found.low, found.high], [place, place], color=GREY, linewidth=2, solid_capstyle="butt")
            axes.plot(found.mean, place, "o", color=BLUE)
        axes.set_yticks(range(len(values)), [f"{_plain(name)} ({found.count})" for name, found in values.items()])
        axes.invert_yaxis()
        axes.axvline(0, color=GREY, linewidth=0.8)

    return _svg(title, draw, height=1.1 + BAR_HEIGHT * len(values))


def risk_curve(title: str, points: Sequence[tuple[float, float]]) -> str:
    """The risk of the answers given over the share of them that is given, the most confident first."""

    def draw(axes: Axes) -> None:
        axes.step([coverage for coverage, _ in points], [risk for _, risk in points], where="post", color=BLUE)
        axes.set(xlabel="coverage (share of the answers given)", ylabel="risk (share not right)", xlim=(0, 1), ylim=(0, 1))

    return _svg(title, draw, height=3.4)


def histogram(title: str, values: Sequence[float], *, unit: str) -> str:
    """How many values there are of each size."""

    def draw(axes: Axes) -> None:
        axes.hist(values, bins=30, color=BLUE)
        axes.set(xlabel=unit, ylabel="answers")

    return _svg(title, draw, height=2.8)


def _svg(title: str, draw: Callable[[Axes], None], *, height: float) -> str:
    with rc_context(STYLE):
        figure = Figure(figsize=(7, height), layout="constrained")
        axes = figure.add_subplot()
        draw(axes)
        axes.set_title(title, loc="left", fontsize=11)
        file = io.StringIO()
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    text = file.getvalue()
    return text[text.index("<svg") :]


def _plain(name: str) -> str:
    """A dollar sign would begin a formula."""
    return name.replace("$", r"\$")
