"""`python -m assistant "question"`: print the answer with its citations; `-` reads the question from standard input.

Exit codes: 0 answered; 1 no answer could be given (one line says why); 2 the command line is wrong; 3 some lines of a batch
could not be answered, each with its `error` in its place; 4 the assistant abstained, or no document speaks of the topic.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from assistant.answering import Assistant
from assistant.batch import BatchQuestion, error_record, read_batch, read_filters
from assistant.recording import answer_record
from assistant.showing import show
from assistant.tables.table_options import add_table_options, make_table, table_topic, wrong_table
from assistant.wiring import open_assistant
from corpus.errors import AssistantError, QuestionError
from corpus.settings import read_settings
from corpus.values import Filters


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if sum(asked is not None for asked in (options.question, options.batch, table_topic(options))) != 1:
        parser.error('give a question, "-", --batch FILE, or one of --compare, --timeline and --list with a topic')
    if wrong := wrong_table(options):
        parser.error(wrong)
    try:
        assistant = open_assistant(read_settings(options.settings, index=options.index))
        try:
            if table_topic(options) is not None:
                return _table(assistant, options)
            return _batch(assistant, options.batch) if options.batch else _one(assistant, options)
        finally:
            assistant.close()
    except AssistantError as error:
        sys.stderr.write(f"assistant: {error}\n")
        return 1
    except BrokenPipeError:
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m assistant", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("question", nargs="?", help='a question in Danish or English; "-" reads it from standard input')
    parser.add_argument("--json", action="store_true", help="print the answer as one JSON object")
    parser.add_argument("--batch", metavar="FILE", help="answer every line of a JSONL file, one JSON object a line")
    parser.add_argument("--everywhere", action="store_true", help="search every document, whatever strategy the question names")
    parser.add_argument("--strategy", metavar="ID", action="append", default=[], help="search this strategy's documents alone")
    parser.add_argument("--language", metavar="CODE", action="append", default=[], help="search text in this language alone")
    parser.add_argument("--index", type=Path, metavar="DIR", help="the index to use (default: as settings.toml says)")
    parser.add_argument("--settings", type=Path, metavar="FILE", help="a settings file other than settings.toml")
    add_table_options(parser)
    return parser


def _one(assistant: Assistant, options: argparse.Namespace) -> int:
    question = sys.stdin.read() if options.question == "-" else options.question
    answer = assistant.answer(question, filters=_filters(options))
    if options.json:
        _write(answer_record(answer, question_id="1").data())
    else:
        sys.stdout.write(f"{show(answer)}\n")
    return 4 if answer.abstained else 0


def _table(assistant: Assistant, options: argparse.Namespace) -> int:
    shown, found = make_table(assistant, options)
    sys.stdout.write(f"{shown}\n")
    return 0 if found else 4


def _filters(options: argparse.Namespace) -> Filters:
    record = {"strategies": options.strategy, "languages": options.language, "everything": options.everywhere}
    return read_filters(record)


def _batch(assistant: Assistant, name: str) -> int:
    code = 0
    try:
        with nullcontext(sys.stdin) if name == "-" else open(name, encoding="utf-8") as lines:
            for item in read_batch(lines):
                record = _answer_item(assistant, item)
                code = 3 if "error" in record else code
                _write(record)
    except (OSError, UnicodeDecodeError) as error:
        raise AssistantError(f"{name}: the batch cannot be read: {error}") from error
    return code


def _answer_item(assistant: Assistant, item: BatchQuestion) -> dict[str, object]:
    if item.error:
        return error_record(item, item.error)
    try:
        answer = assistant.answer(item.question, history=item.history, filters=item.filters)
    except QuestionError as error:
        return error_record(item, str(error))
    return answer_record(answer, question_id=item.id).data()


def _write(record: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
