"""The report of a scored run: one Markdown file and one HTML page that needs nothing else, both with everything escaped."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from evals import plotting
from evals.abstention import risk_coverage
from evals.casebook import Case
from evals.definitions import DEFINITIONS
from evals.intervals import Estimate
from evals.nuggets import CRAG
from evals.runs import Answered, Run
from evals.scores import ALL, Row, Score
from evals.scoring import given_answers

HERE = Path(__file__).resolve().parent
WORST = 25
GROUPS = ("kind", "language", "direction", "strategy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One case as a report shows it: what was asked, expected and got."""

    case: Case
    score: Score
    answered: Answered


def write_report(run: Run, scores: Sequence[Score], rows: Sequence[Row]) -> tuple[Path, Path]:
    """Write `report.md` and `report.html` of a run's scores and estimates into its folder and return their paths."""
    values: dict[str, Any] = {
        "run": run,
        "rows": [row for row in rows if row.by == ALL],
        "groups": {by: _by_group(rows, by, "CRAG") for by in GROUPS},
        "definitions": DEFINITIONS,
        "anchors": _anchors(rows),
        "worst": worst(run, scores),
        "failures": sum(bool(answered.error) for answered in run.answers),
    }
    pages = (run.folder / "report.md", run.folder / "report.html")
    markdown, html = (_environment().get_template(f"{page.name}.jinja") for page in pages)
    pages[0].write_text(markdown.render(values), encoding="utf-8")
    pages[1].write_text(html.render(values, plots=[Markup(plot) for plot in _plots(run, scores, rows)]), encoding="utf-8")
    return pages


def worst(run: Run, scores: Sequence[Score], count: int = WORST) -> list[Shown]:
    """The cases with the lowest grades, those first where the assistant was surest; perfect ones are left out."""
    cases = {case.id: case for case in run.cases}
    answers = {answered.case: answered for answered in run.answers if answered.repeat == 0}
    bad = [score for score in scores if score.repeat == 0 and score.grade != "perfect"]
    bad.sort(key=lambda score: (CRAG[score.grade], -score.confidence))
    return [Shown(case=cases[score.case], score=score, answered=answers[score.case]) for score in bad[:count]]


def _by_group(rows: Sequence[Row], by: str, measure: str) -> dict[str, Estimate]:
    return {row.group: row.value for row in rows if row.by == by and row.measure == measure and row.value}


def _plots(run: Run, scores: Sequence[Score], rows: Sequence[Row]) -> list[str]:
    drawn = [plotting.bars(f"CRAG score by {by}", found) for by in GROUPS if (found := _by_group(rows, by, "CRAG"))]
    given = given_answers(run, scores)
    if given:
        drawn.append(plotting.risk_curve("Risk over coverage", risk_coverage(np.asarray(given))))
    times = [score.measures["milliseconds"] for score in scores if score.measures.get("milliseconds") is not None]
    if times:
        drawn.append(plotting.histogram("Time to answer", [time for time in times if time is not None], unit="milliseconds"))
    return drawn


def _anchors(rows: Sequence[Row]) -> list[Mapping[str, Any]]:
    ours = {row.measure: row.value for row in rows if row.by == ALL}
    published = tomllib.loads((HERE / "published.toml").read_text(encoding="utf-8"))["anchor"]
    return [{**anchor, "ours": ours.get(anchor["measure"])} for anchor in published]


def _environment() -> Environment:
    environment = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.filters |= {"figure": _figure, "interval": _interval, "cell": _cell}
    return environment


def _figure(value: Estimate | None) -> str:
    return f"{value.mean:,.3f}" if value else "-"


def _interval(value: Estimate | None) -> str:
    return f"{value.low:,.3f} to {value.high:,.3f}" if value else ""


def _cell(text: object) -> Markup:
    """Text for a cell of a Markdown table: escaped as HTML, with nothing left that Markdown would read as its own."""
    escaped = str(escape(" ".join(str(text).split())))
    return Markup("".join(f"\\{character}" if character in "\\|`*_[]!" else character for character in escaped))
