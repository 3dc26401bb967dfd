"""Comparisons, timelines and lists on the command line: what is asked for, shown as text, JSON, CSV or a Word file."""

import argparse
import json
import re
from collections.abc import Sequence
from pathlib import Path

from assistant.answering import Assistant
from assistant.question.asking import content_words
from assistant.quoting.citing import place
from assistant.recording import cited_record
from assistant.tables.comparing import Comparison, chosen_strategies
from assistant.tables.exporting import comparison_csv, comparison_docx
from assistant.tables.listing import strategies_between
from assistant.tables.table_answers import Table, table_words
from assistant.values import AnswerLanguage, Citation
from corpus.catalogue import Strategy
from corpus.errors import AssistantError, QuestionError
from corpus.language import question_language
from corpus.values import Filters

IT = re.compile(r"\bit\b", re.IGNORECASE)


def add_table_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that ask for a table to a command."""
    group = parser.add_argument_group("one topic in all the documents")
    asked = group.add_mutually_exclusive_group()
    asked.add_argument("--compare", metavar="TOPIC", help="what each strategy says of a topic, or that it does not mention it")
    asked.add_argument("--timeline", metavar="TOPIC", help="the dated events of a topic in their order")
    asked.add_argument("--list", metavar="TOPIC", help="everything that is said of a topic")
    group.add_argument("--strategies", metavar="A,B", help="of these strategies alone: ids, periods or titles")
    group.add_argument("--after", type=int, metavar="YEAR", help="of strategies that began after a year")
    group.add_argument("--before", type=int, metavar="YEAR", help="of strategies that began before a year")
    group.add_argument("--csv", type=Path, metavar="FILE", help="write the comparison as a table for a spreadsheet")
    group.add_argument("--docx", type=Path, metavar="FILE", help="write the comparison as a Word file")


def wrong_table(options: argparse.Namespace) -> str:
    """Return what is wrong about the options for a table, empty where nothing is."""
    if (options.csv or options.docx) and not options.compare:
        return "--csv and --docx go with --compare"
    narrowed = options.strategies or options.after is not None or options.before is not None
    return "" if table_topic(options) or not narrowed else "--strategies, --after and --before go with a topic"


def table_topic(options: argparse.Namespace) -> str | None:
    """Return the topic of the table asked for, None where none is."""
    topic: str | None = next((text for text in (options.compare, options.timeline, options.list) if text is not None), None)
    return topic


def topic_language(topic: str) -> AnswerLanguage:
    """Return the language of a topic, by the words beside "it", which is no English one in "it-sikkerhed"."""
    beside = IT.sub(" ", topic)
    return question_language(beside if content_words(beside) else topic)


def make_table(assistant: Assistant, options: argparse.Namespace) -> tuple[str, bool]:
    """Make the table that the options ask for; return what to print, and whether anything was found.

    Files asked for are written. Raises `QuestionError` for a topic or a strategy that cannot be asked about, and
    `AssistantError` where a file cannot be written.
    """
    table = _table(assistant, options)
    for path, content in _files(table, options):
        try:
            path.write_bytes(content)
        except OSError as error:
            raise AssistantError(f"{path}: cannot be written: {error.strerror or error}") from error
    shown = json.dumps(cited_record(table).data(), ensure_ascii=False) if options.json else show_table(table)
    return shown, bool(table.citations)


def show_table(table: Table) -> str:
    """Return a table for a terminal: its lines, and one for each citation that says where the quote stands."""
    lines = [table_words(table)]
    lines += [f"\n{_where(table.citations[0], table)}"] if table.citations else []
    lines += [_where(citation, table) for citation in table.citations[1:]]
    # As in an answer: a document could hold characters that move the cursor or colour the screen.
    return "".join(character for character in "\n".join(lines) if character == "\n" or character.isprintable())


def _where(citation: Citation, table: Table) -> str:
    return f"[{citation.n}] {place(citation, table.language)} ({citation.quote.document.name})"


def _table(assistant: Assistant, options: argparse.Namespace) -> Table:
    topic = table_topic(options) or ""
    language = topic_language(topic)
    strategies = _strategies(assistant, options)
    if options.compare is not None:
        return assistant.compare(topic, language=language, strategies=strategies)
    filters = Filters(strategies=tuple(strategy.id for strategy in strategies))
    if options.timeline is not None:
        return assistant.trace(topic, language=language, filters=filters)
    return assistant.list_all(topic, language=language, filters=filters)


def _strategies(assistant: Assistant, options: argparse.Namespace) -> Sequence[Strategy]:
    """The strategies asked about; none stands for all."""
    catalogue = assistant.catalogue
    named: Sequence[Strategy] = ()
    if options.strategies is not None:
        named = chosen_strategies([name.strip() for name in options.strategies.split(",")], catalogue)
    if options.after is None and options.before is None:
        return named
    between = strategies_between(catalogue, after=options.after, before=options.before)
    found = [strategy for strategy in between if not named or strategy in named]
    if not found:
        raise QuestionError("the catalogue has no strategy that began in those years")
    return found


def _files(table: Table, options: argparse.Namespace) -> Sequence[tuple[Path, bytes]]:
    if not isinstance(table, Comparison):
        return []
    csv = [(options.csv, comparison_csv(table).encode())] if options.csv else []
    return [*csv, (options.docx, comparison_docx(table))] if options.docx else csv
