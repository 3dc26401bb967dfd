"""The rooms in which a topic is compared or followed, as HTML: the form that takes the topic, and the table that comes of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup

from assistant.tables.comparing import Comparison
from assistant.tables.table_answers import TableAnswer
from corpus.catalogue import Catalogue, Level, Strategy
from ui.conversation import lead
from ui.marks import Frame
from ui.screen import Screen, Turn
from ui.table_texts import TABLE_TEXTS, TableTexts
from ui.tables import table
from ui.tabling import LONGEST_TOPIC
from ui.texts import TEXTS, InterfaceLanguage

LEVELS: tuple[Level, ...] = ("joint", "national", "sector", "regional", "municipal")


def compare_form(catalogue: Catalogue, screen: Screen) -> Markup:
    """Return the form that takes a topic and the strategies to compare, as asked last; none ticked means all."""
    words, language, chosen = TABLE_TEXTS[screen.language], screen.language, screen.strategies
    everything = words.all_strategies.format(count=len(catalogue.strategies))
    levels = ((level, [known for known in catalogue.strategies if known.level == level]) for level in LEVELS)
    return Markup('<h2>{}</h2><p class="about">{}</p>{}').format(
        words.compare_title,
        words.compare_about,
        _form(
            "compare",
            (words.topic, words.topic_compared, words.compare),
            Markup(
                '<details class="choosing"><summary>{}: <span data-all="{}" data-some="{}">{}</span></summary>{}</details>'
            ).format(
                words.choose_strategies,
                everything,
                words.some_strategies,
                words.some_strategies.format(count=len(chosen)) if chosen else everything,
                Markup("").join(_choices(words.level[level], known, chosen, language) for level, known in levels if known),
            ),
            asked_last(screen),
        ),
    )


def trace_form(screen: Screen) -> Markup:
    """Return the form that takes a topic to follow through time, with the one asked last."""
    words = TABLE_TEXTS[screen.language]
    return Markup("<h2>{}</h2>{}").format(
        words.trace_title, _form("trace", (words.topic, words.topic_traced, words.trace), Markup(""), asked_last(screen))
    )


def result(screen: Screen) -> Markup:
    """Return what came of the topic asked last, with the files to take a comparison along."""
    words, turn = TABLE_TEXTS[screen.language], screen.turns[-1] if screen.turns else None
    # The live region stands there from the start and tells the summary alone: a table is not read out unasked.
    return Markup('{}<div role="status">{}</div>{}{}').format(
        _address(screen), _told(turn, screen), _downloads(turn, words), _table(turn, screen) if turn else ""
    )


def asked_last(screen: Screen) -> str:
    """Return the topic asked last, empty where none was."""
    return screen.turns[-1].question if screen.turns else ""


def _address(screen: Screen) -> Markup:
    """What the page's address says of the room, for `room_of_address` to read."""
    if screen.room == "timeline":
        return Markup('<div class="addressed" data-follow="{}" hidden></div>').format(asked_last(screen))
    return Markup('<div class="addressed" data-topic="{}" data-strategies="{}" hidden></div>').format(
        asked_last(screen), ",".join(screen.strategies)
    )


def room_of_address(screen: Screen, parameters: Mapping[str, str]) -> Screen:
    """Return the screen of a room with the topic and the strategies that an address names, which are still to be asked."""
    topic = parameters.get("follow" if screen.room == "timeline" else "topic", "").strip()
    ids = tuple(parameters.get("strategies", "").split(",")) if screen.room == "compare" else ()
    return replace(screen, turns=(Turn(question=topic),), strategies=ids) if topic else screen


def _form(event: str, labels: tuple[str, str, str], more: Markup, topic: str) -> Markup:
    label, example, send = labels
    return Markup(
        '<form class="topic" data-event="{}"><label><span>{}</span><input type="text" name="topic" required maxlength="{}" '
        'autocomplete="off" placeholder="{}" value="{}"></label><button type="submit">{}</button>{}</form>'
    ).format(event, label, LONGEST_TOPIC, example, topic, send, more)


def _choices(level: str, strategies: Iterable[Strategy], chosen: Sequence[str], language: InterfaceLanguage) -> Markup:
    choice = Markup('<li><label><input type="checkbox" name="strategy" value="{}"{}> {}</label></li>')
    return Markup("<fieldset><legend>{}</legend><ul>{}</ul></fieldset>").format(
        level,
        Markup("").join(
            choice.format(strategy.id, Markup(" checked") if strategy.id in chosen else "", strategy.name(language))
            for strategy in strategies
        ),
    )


def _told(turn: Turn | None, screen: Screen) -> Markup:
    texts = TEXTS[screen.language]
    if turn is None:
        return Markup("")
    if turn.failure is not None:
        return Markup('<p class="failure">{}</p>').format(texts.failures[turn.failure])
    if turn.answer is None:
        return Markup('<p class="searching">{}<span aria-hidden="true"> …</span></p>').format(texts.searching)
    lines = Markup("").join(Markup('<p class="lead">{}</p>').format(line) for line in lead(turn.answer))
    return Markup('<div lang="{}">{}</div>').format(turn.answer.language, lines)


def _downloads(turn: Turn | None, words: TableTexts) -> Markup:
    if turn is None or not isinstance(turn.answer, TableAnswer) or not isinstance(turn.answer.table, Comparison):
        return Markup("")
    button = Markup('<button type="button" class="link" data-event="export" data-format="{}">{}</button>')
    return Markup('<p class="downloads">{} {}</p>').format(
        button.format("csv", words.download_csv), button.format("word", words.download_word)
    )


def _table(turn: Turn, screen: Screen) -> Markup:
    if not isinstance(turn.answer, TableAnswer):
        return Markup("")
    opened = screen.opened[1] if screen.opened else None
    frame = Frame(index=0, opened=opened, texts=TEXTS[screen.language], room=screen.room)
    return Markup('<div lang="{}">{}</div>').format(turn.answer.language, table(turn.answer, frame))
