"""`python -m ingest PATH...`: bring the index in step with files and folders; `--list`, `--remove`, `--rebuild`.

`--download [ID...]` first fetches the official documents of the catalogue. Exit codes: 0 all is well; 1 nothing could be done
(one line says why); 2 the command line is wrong; 3 some files failed.
"""

import argparse
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from platformdirs import user_data_path
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Column, Table

from corpus.catalogue import load_catalogue
from corpus.embedding import load_embedder
from corpus.errors import AssistantError
from corpus.generations import open_store
from corpus.lexicon import load_lexicon
from corpus.settings import APPLICATION, Settings, read_settings
from corpus.text import printable
from corpus.values import SkippedPage
from ingest.downloading import LICENCE_NOTE, choose, download
from ingest.downloading import Outcome as Download
from ingest.fetching import MEGABYTE
from ingest.pipeline import Report, Tools, ingest, rebuild, remove

CORPUS = Path(__file__).resolve().parent.parent / "corpus" / "digests"
NAMED_PAGES = 12


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _options(arguments)
    console = Console(stderr=True)
    try:
        settings = read_settings(options.settings, index=options.index)
        if options.list:
            _list(settings)
            return 0
        code = _download(options, console) if options.download is not None else 0
        if options.download is not None and (code == 1 or not options.ingest):
            return code
        report = _run(options, settings, console)
    except AssistantError as error:
        console.print(f"ingest: {_shown(error)}", soft_wrap=True)
        return 1
    except KeyboardInterrupt:
        console.print("ingest: stopped; what was done is kept, the next run does the rest")
        return 130
    _show(report, console)
    failed = report.of("failed")
    return code if not failed else 3 if len(failed) < len(report.outcomes) else 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.download is None and (options.to or options.ingest):
        parser.error("--to and --ingest go with --download")
    if options.download is not None and (options.paths or options.shipped):
        parser.error("--download takes ids of strategies or editions, and no paths")
    options.to = options.to or user_data_path(APPLICATION) / "documents"
    return options


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ingest", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders (PDF, DOCX, HTML, Markdown, text)")
    parser.add_argument("--shipped", action="store_true", help="ingest the corpus that comes with the program")
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--list", action="store_true", help="show the documents in the index")
    action.add_argument("--remove", action="store_true", help="take the named documents out of the index")
    action.add_argument("--rebuild", action="store_true", help="make the index anew, with the present settings")
    action.add_argument(
        "--download", nargs="*", metavar="ID", help="fetch the official documents of these strategies or editions, or of all"
    )
    parser.add_argument("--to", type=Path, metavar="DIR", help="where downloads go (default: documents/ in the user data folder)")
    parser.add_argument("--ingest", action="store_true", help="ingest what was downloaded at once")
    parser.add_argument("--index", type=Path, metavar="DIR", help="the index to use (default: as settings.toml says)")
    parser.add_argument("--settings", type=Path, metavar="FILE", help="a settings file other than settings.toml")
    return parser


def _run(options: argparse.Namespace, settings: Settings, console: Console) -> Report:
    paths = [*(sorted(CORPUS.glob("*.pdf")) if options.shipped else []), *options.paths]
    if options.ingest:
        paths = [options.to]
    if not paths and not options.rebuild:
        raise AssistantError("nothing to ingest: name files or folders, or --shipped; --help shows the rest")
    tools = Tools(
        settings=settings,
        embedder=load_embedder(settings.embedding_model),
        lexicon=load_lexicon(),
        catalogue=load_catalogue(),
    )
    if options.remove:
        return remove([str(path) for path in options.paths], tools=tools)
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("", total=None)

        def progress(done: int, total: int, path: Path) -> None:
            bar.update(task, completed=done, total=total, description=_shown(path.name))

        report = (rebuild if options.rebuild else ingest)(paths, tools=tools, progress=progress)
        bar.update(task, total=len(report.outcomes), completed=len(report.outcomes), description="")
    return report


def _download(options: argparse.Namespace, console: Console) -> int:
    """Fetch the editions asked for, say what became of each, and return 0 for all, 3 for some and 1 for none of them."""
    editions = choose(options.download, load_catalogue())
    console.print(f"{LICENCE_NOTE}\nInto {_shown(options.to)}:", soft_wrap=True)
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)

        def progress(done: int, total: int, id: str, size: int) -> None:
            bar.update(task, completed=done, total=total, description=f"{id} {size / MEGABYTE:.1f} MB")

        outcomes = download(editions, folder=options.to, progress=progress)
    _show_downloads(outcomes, console)
    had = [outcome for outcome in outcomes if outcome.file]
    if had and not options.ingest:
        console.print(f"Now: python -m ingest {escape(shlex.quote(str(options.to)))}", soft_wrap=True)
    return 0 if len(had) == len(outcomes) else 3 if had else 1


def _show_downloads(outcomes: Sequence[Download], console: Console) -> None:
    for outcome in outcomes:
        if outcome.reason:
            console.print(f"{outcome.status}: {outcome.edition.id}: {_shown(outcome.reason)}", soft_wrap=True)
    table = Table(Column("strategy"), Column("language"), Column("what"), Column("MB", justify="right"), Column("file"))
    for outcome in outcomes:
        size = f"{outcome.bytes / MEGABYTE:.1f}" if outcome.file else ""
        name = escape(outcome.file.name) if outcome.file else ""
        table.add_row(outcome.edition.strategy, outcome.edition.language, outcome.status, size, name)
    console.print(table)


def _show(report: Report, console: Console) -> None:
    for outcome in report.of("failed", "duplicate", "kept"):
        console.print(f"{outcome.status}: {_shown(outcome.path)}: {_shown(outcome.reason)}", soft_wrap=True)
    for outcome in report.of("added", "replaced"):
        for line in describe_skipped(outcome.skipped):
            console.print(f"skipped: {_shown(outcome.path.name)}, {_shown(line)}", soft_wrap=True)
    for path in report.ignored:
        console.print(
            f"ignored: {_shown(path)}: no reader for {_shown(path.suffix or 'a file without suffix')!r}", soft_wrap=True
        )
    read = report.of("added", "replaced", "kept")
    table = Table(Column("what"), Column("how many", justify="right"))
    figures = {
        "documents read": len(read),
        "pages": sum(outcome.pages for outcome in read),
        "chunks": sum(outcome.chunks for outcome in read),
        "skipped pages": sum(len(outcome.skipped) for outcome in read),
        "documents unchanged": len(report.of("unchanged", "duplicate")),
        "documents removed": len(report.of("removed")),
        "documents failed": len(report.of("failed")),
    }
    for name, count in figures.items():
        table.add_row(name, str(count))
    table.add_row("seconds", f"{report.seconds:.1f}")
    console.print(table)


def _shown(value: object) -> str:
    """Return a path, name or message as the console may print it: it may hold what a file or a server chose."""
    return escape(printable(str(value)))


def describe_skipped(skipped: Sequence[SkippedPage]) -> list[str]:
    """Return one line for each reason, naming its pages, the first twelve of them."""
    reasons: dict[str, list[int]] = {}
    for page in skipped:
        reasons.setdefault(page.reason, []).append(page.number)
    lines = []
    for reason, numbers in reasons.items():
        more = f" and {len(numbers) - NAMED_PAGES} more" if len(numbers) > NAMED_PAGES else ""
        lines.append(f"{'page' if len(numbers) == 1 else 'pages'} {', '.join(map(str, numbers[:NAMED_PAGES]))}{more}: {reason}")
    return lines


def _list(settings: Settings) -> None:
    store = open_store(settings.index, embedder=None, server=settings.chroma_server)
    for document in store.documents():
        kind = "digest of " if document.digest else ""
        about = [
            document.language,
            f"{document.page_count} {'page' if document.paged else 'section'}{'s' if document.page_count != 1 else ''}",
            f"{len(document.skipped)} without text" if document.skipped else "",
            f"{kind}{document.strategy}" if document.strategy else "",
            document.reader,
        ]
        sys.stdout.write(f"{printable(document.name)}\n    {document.title}\n    {', '.join(filter(None, about))}\n")
    store.close()


if __name__ == "__main__":
    sys.exit(main())
