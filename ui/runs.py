"""The evaluation's runs as HTML: all of them, the one that stands open, and how it differs from another.

Cases, answers and documents are data: everything goes through `Markup.format`, which escapes it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import isfinite
from typing import Any

from markupsafe import Markup

from evals.casebook import Case
from evals.comparing import Comparison, verdict
from evals.definitions import DEFINITIONS
from evals.intervals import Difference, Estimate
from evals.runs import About
from evals.scores import ALL, Grade, Row
from ui.evaluating import CRAG, Evaluation, Look, Opened
from ui.figures import figure, interval, terms
from ui.run_texts import RUN_TEXTS, RunTexts
from ui.tables import framed
from ui.texts import TEXTS, InterfaceLanguage, number, written_moment

GROUPS = ("kind", "language", "direction", "strategy")
GRADES: tuple[Grade, ...] = ("perfect", "acceptable", "missing", "incorrect")
ORDER = {name: place for place, name in enumerate(DEFINITIONS)}
ROW = Markup('<tr role="row"{}><th role="rowheader" scope="row">{}</th>{}</tr>')
CELL = Markup('<td role="cell" class="figure"><span class="named" aria-hidden="true">{}</span> {}</td>')


def runs(seen: Evaluation, look: Look, language: InterfaceLanguage) -> Markup:
    """Return all runs, and below them the one that stands open."""
    words = RUN_TEXTS[language]
    return Markup(
        '<section class="evaluation addressed" data-run="{}" data-case="{}" data-against="{}"><h2>{}</h2><p class="about">{}</p>'
        '{}<div role="status">{}</div>{}</section>'
    ).format(
        seen.opened.name if seen.opened else "",
        look.case if seen.opened else "",
        seen.other.name if seen.other else "",
        words.title,
        words.about,
        _listed(seen, look, language) if seen.runs else Markup('<p class="none">{}</p>').format(words.none),
        _failed(seen.failure, words) if seen.failure else "",
        _opened(seen, seen.opened, look, language) if seen.opened else "",
    )


def _listed(seen: Evaluation, look: Look, language: InterfaceLanguage) -> Markup:
    words = RUN_TEXTS[language]
    opens = Markup('<button type="button" class="link" id="run-{0}" data-event="run" data-run="{0}"{1}>{0}</button>')

    def row(name: str, about: About) -> Markup:
        current = Markup(' aria-current="true"') if name == look.run else ""
        result = seen.results.get(name)
        figure = _with_interval(result, language) if result else words.not_scored
        return ROW.format(
            "",
            opens.format(name, current),
            _cells(
                (words.started, _moment(about.started, language)),
                (words.documents, number(len(about.documents), language)),
                (words.result, figure),
            ),
        )

    headers = (words.run, words.started, words.documents, words.result)
    return framed(words.title, headers, (row(name, about) for name, about in seen.runs.items()), seen=False)


def _opened(seen: Evaluation, opened: Opened, look: Look, language: InterfaceLanguage) -> Markup:
    words = RUN_TEXTS[language]
    unscored = Markup('<p class="failure">{}</p>').format(words.unscored.format(folder=opened.run.folder))
    return Markup(
        '<section aria-labelledby="run-title"><h2 id="run-title" class="run-title" tabindex="-1">{}</h2>{}{}{}{}</section>'
    ).format(
        opened.name,
        _made(opened, words, language),
        _scores(opened, words, language) if opened.estimates else unscored,
        _against(seen, opened, words, language) if len(seen.runs) > 1 else "",
        _cases(opened, look, words),
    )


def _made(opened: Opened, words: RunTexts, language: InterfaceLanguage) -> Markup:
    about = opened.run.about
    facts: tuple[tuple[str, object], ...] = (
        (words.set, about.name),
        (words.started, _moment(about.started, language)),
        (words.cases, number(len(opened.run.cases), language)),
        (words.repeats, number(about.repeat, language)),
        (words.errors, number(sum(bool(answered.error) for answered in opened.run.answers), language)),
        (words.documents, number(len(about.documents), language)),
    )
    settings = (
        (words.corpus, about.corpus),
        (words.embedder, about.embedder),
        (words.code, about.code),
        *_flat(about.settings, words),
        *about.versions.items(),
    )
    return Markup('<dl class="made">{}</dl><details class="tabled"><summary>{}</summary><dl>{}</dl></details>').format(
        terms(facts), words.settings, terms(settings)
    )


def _flat(settings: Mapping[str, Any], words: RunTexts, within: str = "") -> list[tuple[str, str]]:
    """Settings as names and values, those of a section under its name."""
    found: list[tuple[str, str]] = []
    for name, value in settings.items():
        if isinstance(value, Mapping):
            found += _flat(value, words, f"{within}{name}.")
        else:
            found.append((f"{within}{name}", words.nothing_set if value == "" else str(value)))
    return found


def _scores(opened: Opened, words: RunTexts, language: InterfaceLanguage) -> Markup:
    about = Markup("{} <small>{}</small>")
    rows = (
        ROW.format("", about.format(row.measure, words.definitions.get(row.measure, "")), _estimated(row.value, words, language))
        for row in sorted(opened.estimates, key=lambda row: ORDER.get(row.measure, len(ORDER)))
        if row.by == ALL
    )
    headers = (words.measure, words.value, words.interval, words.cases)
    return Markup('<h3>{}</h3><p class="about">{}</p>{}{}').format(
        words.scores,
        words.scores_about,
        framed(words.scores, headers, rows, seen=False),
        _groups(opened.estimates, words, language),
    )


def _groups(estimates: Sequence[Row], words: RunTexts, language: InterfaceLanguage) -> Markup:
    headers = (words.group, words.value, words.interval, words.cases)

    def table(by: str) -> Markup:
        held = [row for row in estimates if row.by == by and row.measure == CRAG]
        rows = (ROW.format("", row.group, _estimated(row.value, words, language)) for row in held)
        return framed(words.by[by], headers, rows) if held else Markup("")

    return Markup('<details class="tabled"><summary>{}</summary>{}</details>').format(
        words.groups, Markup("").join(map(table, GROUPS))
    )


def _against(seen: Evaluation, opened: Opened, words: RunTexts, language: InterfaceLanguage) -> Markup:
    other = seen.other.name if seen.other else ""
    option = Markup('<option value="{0}"{1}>{0}</option>')
    options = Markup("").join(
        option.format(name, Markup(" selected") if name == other else "") for name in seen.runs if name != opened.name
    )
    compared = _comparison(seen, opened, seen.other, words, language) if seen.other else ""
    return Markup(
        '<form class="topic" data-event="against"><label><span>{}</span><select name="against">{}</select></label>'
        '<button type="submit">{}</button></form>{}'
    ).format(words.compare_with, options, words.compare, compared)


def _comparison(seen: Evaluation, opened: Opened, other: Opened, words: RunTexts, language: InterfaceLanguage) -> Markup:
    title = Markup('<h3 id="compared" tabindex="-1">{}</h3>').format(words.compared.format(other=other.name))
    found = seen.comparison
    if found is None:
        unscored = opened if not opened.scores else other
        return title + Markup('<p class="failure">{}</p>').format(words.unscored.format(folder=unscored.run.folder))
    if not isinstance(found, Comparison):
        return title + Markup('<p class="failure">{}</p>').format(words.incomparable[found])
    return Markup('{}<p class="about">{}</p>{}{}').format(
        title,
        words.compared_about.format(run=opened.name),
        _differences(found.differences, words, language),
        _changes(found, words),
    )


def _differences(differences: Mapping[str, Difference], words: RunTexts, language: InterfaceLanguage) -> Markup:
    def row(name: str, found: Difference) -> Markup:
        shown = verdict(found)
        visible = words.visible.format(least=figure(found.visible, language))
        note = Markup(" <small>{}</small>").format(visible) if shown == "too small to tell" and isfinite(found.visible) else ""
        return ROW.format(
            "",
            name,
            _cells(
                (words.gain, figure(found.mean, language, signed=True)),
                (words.interval, interval(found.low, found.high, language, signed=True)),
                (words.p, figure(found.p, language)),
                (words.counts, f"{found.wins}, {found.ties}, {found.losses}"),
                (words.says, Markup("{}{}").format(words.verdict[shown], note)),
            ),
        )

    headers = (words.measure, words.gain, words.interval, words.p, words.counts, words.says)
    return framed(words.compare, headers, (row(name, found) for name, found in differences.items()), seen=False)


def _changes(found: Comparison, words: RunTexts) -> Markup:
    rows = (
        ROW.format(
            "",
            _case_button(change.case, change.question, "", "changed"),
            _cells((words.before, words.grade_of[change.before]), (words.after, words.grade_of[change.after])),
        )
        for change in found.changes
    )
    if not found.changes:
        return Markup('<p class="about">{}</p>').format(words.changed.format(count=0))
    return Markup('<details class="tabled"><summary>{0}</summary>{1}</details>').format(
        words.changed.format(count=len(found.changes)),
        framed(words.changed.format(count=len(found.changes)), (words.case, words.before, words.after), rows, seen=False),
    )


def _cases(opened: Opened, look: Look, words: RunTexts) -> Markup:
    grades = opened.grades
    box = Markup('<label><input type="checkbox" value="{}" checked> <span>{}</span></label>')

    def row(case: Case) -> Markup:
        score = grades.get(case.id)
        answered = opened.answered(case.id)
        failed = words.errors if answered and answered.error else ""
        return ROW.format(
            Markup(' data-grade="{}"').format(score.grade) if score else "",
            _case_button(case.id, case.question, look.case, "case", case.language),
            _cells(("", case.id), (words.grade, failed or (words.grade_of[score.grade] if score else words.not_scored))),
        )

    return Markup('<div class="cases"><h3>{}</h3>{}{}</div>').format(
        words.cases,
        Markup('<fieldset class="levels"><legend>{}</legend>{}</fieldset>').format(
            words.grades, Markup("").join(box.format(grade, words.grade_of[grade]) for grade in GRADES)
        )
        if grades
        else "",
        framed(words.cases, (words.case, "id", words.grade), map(row, opened.run.cases), seen=False),
    )


def _case_button(id: str, question: str, current: str, place: str, language: str = "") -> Markup:
    return Markup('<button type="button" class="link" id="{}-{}" data-event="case" data-case="{}"{}{}>{}</button>').format(
        place,
        id,
        id,
        Markup(' lang="{}"').format(language) if language else "",
        Markup(' aria-current="true"') if id == current else "",
        question,
    )


def _failed(reason: str, words: RunTexts) -> Markup:
    return Markup('<p class="failure">{} <span lang="en">{}</span></p>').format(words.unreadable, reason)


def _cells(*cells: tuple[str, object]) -> Markup:
    """Cells with their header's name, which a narrow screen shows in the header's place."""
    return Markup("").join(CELL.format(name, value) for name, value in cells)


def _estimated(value: Estimate | None, words: RunTexts, language: InterfaceLanguage) -> Markup:
    return _cells(
        (words.value, figure(value.mean, language) if value else "–"),
        (words.interval, interval(value.low, value.high, language) if value else ""),
        (words.cases, number(value.count if value else 0, language)),
    )


def _with_interval(value: Estimate, language: InterfaceLanguage) -> str:
    return f"{figure(value.mean, language)} ({interval(value.low, value.high, language)})"


def _moment(started: str, language: InterfaceLanguage) -> str:
    return written_moment(datetime.fromisoformat(started), TEXTS[language])
