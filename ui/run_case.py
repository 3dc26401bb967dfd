"""One case of a run as HTML: what was asked and expected, and what came in this run and in the one it is compared with."""

from markupsafe import Markup

from evals.casebook import Case, Evidence, Fact
from ui.evaluating import Evaluation, Look, Opened
from ui.evidence import language_attribute
from ui.figures import figure, terms
from ui.run_texts import RUN_TEXTS, RunTexts
from ui.texts import InterfaceLanguage


def case_panel(seen: Evaluation, look: Look, language: InterfaceLanguage) -> Markup:
    """Return the case that stands open, with what the other run made of it where two are compared; or how to open one."""
    words = RUN_TEXTS[language]
    case = seen.opened.case(look.case) if seen.opened else None
    if seen.opened is None or case is None:
        return Markup('<section class="evidence" aria-label="{}"><p class="hint">{}</p></section>').format(words.case, words.hint)
    before = Markup('<p class="where">{}</p>')
    history = Markup("").join(before.format(words.asked_before.format(question=question)) for question in case.history)
    return Markup(
        '<section class="evidence case" aria-labelledby="case-title">'
        '<button type="button" class="link back" data-return="case-{}">{}</button>'
        '<h2 class="evidence-title" id="case-title" tabindex="-1" lang="{}">{}</h2>{}'
        '<div class="folder"><h3>{}</h3>{}{}{}{}</div></section>'
    ).format(
        case.id,
        words.back,
        case.language,
        case.question,
        history,
        words.expected,
        _expected(case, words),
        _got(seen.opened, case, words, words.got_from.format(run=seen.opened.name) if seen.other else words.got),
        _got(seen.other, case, words, words.got_from.format(run=seen.other.name)) if seen.other else "",
        _values(seen.opened, case, words, language),
    )


def _expected(case: Case, words: RunTexts) -> Markup:
    if not case.answerable:
        return Markup("<p>{}</p>").format(words.abstain)
    fact = Markup("<li>{}{}</li>")

    def told(one: Fact) -> Markup:
        return fact.format(" / ".join(one.any_of), "" if one.vital else f" ({words.okay})")

    facts = Markup("<h4>{}</h4><ul>{}</ul>").format(words.facts, Markup("").join(map(told, case.facts))) if case.facts else ""
    evidence = Markup("").join(_evidence(held, words) for held in case.evidence)
    return Markup("{}{}").format(facts, Markup("<h4>{}</h4>{}").format(words.evidence, evidence) if evidence else "")


def _evidence(held: Evidence, words: RunTexts) -> Markup:
    return _quote(held.quote or words.whole_page, held.document, held.page, "", words)


def _got(opened: Opened, case: Case, words: RunTexts, title: str) -> Markup:
    answered, score = opened.answered(case.id), opened.grades.get(case.id)
    heading = Markup('<h3>{} <em class="grade {}">{}</em></h3>').format(
        title, score.grade if score else "", words.grade_of[score.grade] if score else words.not_scored
    )
    if answered is None:
        return Markup("")
    if answered.answer is None:
        return heading + Markup('<p class="warning">{} <span lang="en">{}</span></p>').format(words.no_answer, answered.error)
    record = answered.answer
    checked = [words.found_again if found else words.not_found_again for found in answered.quotes]
    quotes = Markup("").join(
        _quote(cited.quote, cited.document, cited.page, check, words)
        for cited, check in zip(record.citations, checked, strict=False)
    )
    return Markup('{}<p class="said"{}>{}</p>{}').format(
        heading,
        language_attribute(record.language),
        record.answer,
        Markup("<details><summary>{} ({})</summary>{}</details>").format(words.quoted, len(record.citations), quotes)
        if quotes
        else "",
    )


def _quote(text: str, document: str, page: int | None, check: str, words: RunTexts) -> Markup:
    place = words.place.format(document=document, page=page) if page else document
    return Markup('<blockquote>{}</blockquote><p class="place">{}</p>').format(
        text, " · ".join(part for part in (place, check) if part)
    )


def _values(opened: Opened, case: Case, words: RunTexts, language: InterfaceLanguage) -> Markup:
    score = opened.grades.get(case.id)
    if score is None:
        return Markup("")
    values = ((name, figure(value, language)) for name, value in score.measures.items() if value is not None)
    return Markup("<details><summary>{}</summary><dl>{}</dl></details>").format(words.values, terms(values))
