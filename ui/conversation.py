"""The page's head and the conversation as HTML: questions, and answers with a button for every citation."""

import re
from collections.abc import Mapping

from markupsafe import Markup

from assistant.finding.index import Coverage
from assistant.tables.table_answers import TableAnswer
from assistant.values import Answer, Citation, Claim
from ui.evidence import language_attribute
from ui.marks import Frame, button, place_line
from ui.screen import Screen, Turn
from ui.tables import table
from ui.texts import EXAMPLES, LANGUAGE_NAMES, TEXTS, InterfaceLanguage, Tab, Texts, number

CITATION_MARK = re.compile(r"\[(\d+)\]")


def masthead(texts: Texts, current: Tab = "chat", *, user: str = "") -> Markup:
    """Return the page's head: what this is, the languages of the interface, the way out for who is logged in, and the tabs."""
    switch = Markup('<button type="button" data-event="language" data-language="{0}" lang="{0}" aria-pressed="{1}">{2}</button>')
    buttons = Markup("").join(
        switch.format(language, "true" if language == texts.language else "false", name)
        for language, name in LANGUAGE_NAMES.items()
    )
    out = Markup('<button type="button" class="link out" data-logout="yes">{}</button>').format(texts.log_out.format(name=user))
    tab = Markup('<li><button type="button" data-event="tab" data-tab="{}"{}>{}</button></li>')
    tabs = Markup("").join(
        tab.format(name, Markup(' aria-current="page"') if name == current else "", label) for name, label in texts.tab.items()
    )
    return Markup(
        '<header class="masthead"><div class="switch" role="group" aria-label="{}">{}</div>{}<h1>{}</h1><p>{}</p>'
        '<nav class="rooms" aria-label="{}"><ul>{}</ul></nav></header>'
    ).format(texts.language_switch, buttons, out if user else "", texts.title, texts.tagline, texts.tabs, tabs)


def toolbar(texts: Texts) -> Markup:
    """Return the way to earlier conversations, which the browser keeps and lists by itself, and to take this one along."""
    export = Markup('<button type="button" class="link" data-event="export" data-format="{}">{}</button>')
    exports = export.format("markdown", texts.export_markdown), export.format("word", texts.export_word)
    return Markup(
        '<div class="toolbar"><details class="kept"><summary>{}</summary>'
        '<ul data-none="{}" data-rename="{}" data-name="{}" data-delete="{}"></ul></details>'
        '<span class="exports">{}</span><span class="told" role="status" data-copied="{}"></span></div>'
    ).format(
        texts.kept,
        texts.kept_none,
        texts.kept_rename,
        texts.kept_name,
        texts.kept_delete,
        Markup(" ").join(exports),
        texts.link_copied,
    )


def conversation(screen: Screen, coverage: Coverage | None, *, feedback: bool = False) -> Markup:
    """Return the whole conversation; before the first question, what may be asked and how much is searched."""
    texts = TEXTS[screen.language]
    body = _turns(screen, texts, feedback) if screen.turns else _welcome(coverage, texts)
    # The live region stands there from the start, so that a screen reader hears what comes into it.
    return Markup('<div role="log" aria-live="polite" aria-label="{}">{}</div>').format(texts.conversation, body)


def _turns(screen: Screen, texts: Texts, feedback: bool) -> Markup:
    opened, last = dict([screen.opened]) if screen.opened else {}, len(screen.turns) - 1
    frames = (
        Frame(index=index, opened=opened.get(index), texts=texts, last=index == last, feedback=feedback)
        for index in range(last + 1)
    )
    return Markup('<ol class="turns">{}</ol>').format(Markup("").join(map(_turn, screen.turns, frames)))


def _welcome(coverage: Coverage | None, texts: Texts) -> Markup:
    own_first = sorted(EXAMPLES, key=lambda language: language != texts.language)
    return Markup('<section class="welcome"><h2>{}</h2><div class="examples">{}</div>{}</section>').format(
        texts.examples,
        Markup("").join(_examples(language, texts) for language in own_first),
        _coverage(coverage, texts) if coverage else _failure(texts.failures["store"]),
    )


def _coverage(coverage: Coverage, texts: Texts) -> Markup:
    documents, pages = (number(count, texts.language) for count in (coverage.documents, coverage.pages))
    return Markup('<details class="coverage"><summary>{}</summary><ul>{}</ul></details>').format(
        texts.coverage.format(documents=documents, pages=pages),
        Markup("").join(Markup("<li>{}</li>").format(title) for title in coverage.titles),
    )


def _examples(language: InterfaceLanguage, texts: Texts) -> Markup:
    example = Markup('<li><button type="button" data-event="example" data-question="{0}">{0}</button></li>')
    return Markup('<div><h3>{}</h3><ul lang="{}">{}</ul></div>').format(
        texts.examples_in_danish if language == "da" else texts.examples_in_english,
        language,
        Markup("").join(example.format(question) for question in EXAMPLES[language]),
    )


def _turn(turn: Turn, frame: Frame) -> Markup:
    return Markup('<li class="turn"{}><h2 class="question"><span class="unseen">{}: </span>{}</h2>{}{}</li>').format(
        "" if turn.complete else Markup(' aria-busy="true"'),
        frame.texts.you_asked,
        turn.question,
        _outcome(turn, frame),
        _actions(turn, frame) if turn.complete else "",
    )


def _actions(turn: Turn, frame: Frame) -> Markup:
    """What can be done about a turn: ask anew, take its link along, judge it."""
    texts = frame.texts
    act = Markup('<button type="button" class="link" data-event="{}" data-turn="{}">{}</button>')
    asking = [act.format(event, frame.index, words) for event, words in (("again", texts.again), ("edit", texts.edit))]
    link = [act.format("link", frame.index, texts.answer_link)] if turn.answer else []
    return Markup('<div class="actions">{}{}</div>').format(
        Markup(" ").join([*(asking if frame.last else []), *link]),
        _judging(turn, frame) if turn.answer and frame.feedback else "",
    )


def _judging(turn: Turn, frame: Frame) -> Markup:
    texts = frame.texts
    if turn.judged:
        return Markup('<p class="judged" role="status">{}</p>').format(texts.judged)
    choice = Markup('<li><label><input type="checkbox" name="reason" value="{}"> {}</label></li>')
    return Markup(
        '<button type="button" class="link" data-event="judge" data-turn="{turn}" data-verdict="good">{good}</button>'
        '<details class="judging"><summary>{bad}</summary><form data-turn="{turn}">'
        '<fieldset><legend>{why}</legend><ul>{reasons}</ul></fieldset><button type="submit">{send}</button></form></details>'
    ).format(
        turn=frame.index,
        good=texts.judge_good,
        bad=texts.judge_bad,
        why=texts.judge_why,
        send=texts.judge_send,
        reasons=Markup("").join(choice.format(reason, words) for reason, words in texts.reasons.items()),
    )


def _changes(turn: Turn, texts: Texts) -> Markup:
    line = Markup("<li>{}</li>")
    lines = Markup("").join(line.format(texts.changed[change].format(n=n)) for n, change in turn.changes)
    return Markup('<ul class="changes">{}</ul>').format(lines) if lines else Markup("")


def _outcome(turn: Turn, frame: Frame) -> Markup:
    if turn.failure is not None:
        return _failure(frame.texts.failures[turn.failure])
    if turn.answer is None:
        return Markup(
            '<p class="searching">{}<span aria-hidden="true"> …</span> '
            '<button type="button" class="link" data-event="stop">{}</button></p>'
        ).format(frame.texts.searching, frame.texts.stop)
    return (
        _changes(turn, frame.texts)
        + _understood(turn.answer, frame)
        + _answer(turn.answer, turn.answer.claims[: turn.shown], frame)
    )


def _understood(answer: Answer, frame: Frame) -> Markup:
    """How the question was understood, and on the last turn a button for each bound on the search that takes it away."""
    understood, texts = answer.understood, frame.texts
    if not understood.text:
        return Markup("")
    chip = Markup(
        '<li><button type="button" class="chip" data-event="widen" data-without="{}" aria-label="{}">'
        '{} <span aria-hidden="true">×</span></button></li>'
    )
    bounds = enumerate(understood.restrictions) if frame.last else ()
    chips = Markup("").join(chip.format(index, texts.widen.format(label=bound.label), bound.label) for index, bound in bounds)
    return Markup('<div class="understood" lang="{}"><p>{}</p>{}</div>').format(
        answer.language, understood.text, Markup("<ul>{}</ul>").format(chips) if chips else ""
    )


def _failure(words: str) -> Markup:
    return Markup('<p class="failure">{}</p>').format(words)


def _answer(answer: Answer, claims: tuple[Claim, ...], frame: Frame) -> Markup:
    citations = {citation.n: citation for citation in answer.citations}
    return Markup('<article class="answer{}" lang="{}">{}{}{}{}{}{}</article>').format(
        " abstention" if answer.abstained else "",
        answer.language,
        Markup('<p class="kicker">{}</p>').format(TEXTS[answer.language].no_answer) if answer.abstained else "",
        Markup('<p class="line">{}</p>').format(answer.line) if answer.line else "",
        Markup("").join(_paragraph(line, citations, frame) for line in lead(answer)),
        table(answer, frame)
        if isinstance(answer, TableAnswer)
        else Markup("").join(_claim(claim, citations, frame) for claim in claims),
        Markup("").join(_near(citation, frame) for citation in answer.nearest),
        Markup('<p class="note">{}</p>').format(answer.note) if answer.note else "",
    )


def lead(answer: Answer) -> list[str]:
    """Return the lines of our own words that stand above the quotes."""
    return [line.strip() for line in answer.lead.splitlines() if line.strip()]


def _near(citation: Citation, frame: Frame) -> Markup:
    """A quote that comes near an answer, with the button that opens its page."""
    return Markup('<div class="claim near"><p{} class="quoted"><q>{}</q>{}</p>{}</div>').format(
        language_attribute(citation.quote.spoken),
        citation.quote.text,
        button(citation, frame),
        place_line(citation, frame, numbered=False),
    )


def _paragraph(line: str, citations: Mapping[int, Citation], frame: Frame) -> Markup:
    """Escape one line of an answer, turning each [n] that names a citation into its button."""
    pieces = CITATION_MARK.split(line)
    rendered = [Markup("{}").format(pieces[0])]
    for n, text in zip(map(int, pieces[1::2]), pieces[2::2], strict=True):
        rendered.append(button(citations[n], frame) if n in citations else Markup("[{}]").format(n))
        rendered.append(Markup("{}").format(text))
    return Markup('<p class="lead">{}</p>').format(Markup("").join(rendered))


def _claim(claim: Claim, citations: Mapping[int, Citation], frame: Frame) -> Markup:
    cited = [citations[n] for n in claim.citations if n in citations]
    verbatim = [citation.quote.spoken for citation in cited if citation.quote.text == claim.text]
    return Markup('<div class="claim"><p{} class="{}">{}{}</p>{}</div>').format(
        language_attribute(verbatim[0]) if verbatim else "",
        "quoted" if verbatim else "stated",
        Markup("<q>{}</q>").format(claim.text) if verbatim else claim.text,
        Markup("").join(button(citation, frame) for citation in cited),
        Markup("").join(place_line(citation, frame, numbered=len(cited) > 1) for citation in cited),
    )
