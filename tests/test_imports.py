"""The rooms of the house: imports point down only, and siblings never import each other.

The page shows the evaluation's runs: it may import the modules that read them, which are light, and no other of `evals`.
"""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
MAY_IMPORT = {
    "corpus": {"corpus"},
    "reader": {"reader", "corpus"},
    "ingest": {"ingest", "corpus"},
    "assistant": {"assistant", "reader", "corpus"},
    "ui": {"ui", "evals", "assistant", "ingest", "reader", "corpus"},
    "evals": {"evals", "assistant", "ingest", "reader", "corpus"},
    "training": {"training", "evals", "assistant", "ingest", "reader", "corpus"},
}
# The serialised form of an answer, which a run is made of, and what it is made of.
RECORDS = {"assistant.records", "assistant.values"}
READING_RUNS = {"evals.casebook", "evals.comparing", "evals.definitions", "evals.intervals", "evals.runs", "evals.scores"}
# One door per foreign library, as a rule one module: nobody else imports it.
DOORS = {
    "chromadb": {"corpus/vectors.py"},
    "sentence_transformers": {"corpus/embedding.py", "assistant/finding/cross_encoding.py"},
    "bm25s": {"corpus/lexical.py"},
    "Stemmer": {"corpus/stemming.py"},
    "lingua": {"corpus/language.py"},
    "rapidfuzz": {"assistant/finding/spelling.py"},
    "sqlite3": {"corpus/database.py"},
    "sentencex": {"ingest/chunking.py"},
    "pypdf": {"ingest/reading/pdf.py", "ingest/reading/extracting.py"},
    "pypdfium2": {"corpus/page_images.py"},
    "docx": {"assistant/tables/exporting.py", "ingest/reading/docx.py", "ui/word.py"},
    "trafilatura": {"ingest/reading/html.py"},
    "markdown_it": {"ingest/reading/markdown.py"},
    "httpx": {"ingest/fetching.py"},
    "gradio": {"ui/app.py", "ui/parts.py", "ui/wiring.py", "ui/wiring_rooms.py"},
    "starlette": {"ui/serving.py"},
    "babel": {"corpus/months.py"},
    "fastapi": {"ui/openai_protocol.py", "ui/rest.py"},
    "mcp": {"ui/tools.py"},
    "mcp_types": {"ui/tools.py"},
    "onnxruntime": {"reader/model.py", "training/reader/exporting.py"},
    "typst": {"corpus/digests/typeset.py"},
}


# The doors of the evaluation; nobody else needs these libraries.
EVALS_DOORS = {
    "ir_measures": {"evals/measures.py"},
    "sklearn": {"evals/abstention.py", "training/confidence.py", "training/kinds.py"},
    "openpyxl": {"evals/spreadsheet.py"},
    "matplotlib": {"evals/plotting.py"},
    "jinja2": {"evals/publishing.py"},
}


def imported(path: Path) -> set[str]:
    """The top-level names of the modules that a file imports, relative imports included."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.add(path.relative_to(PROJECT).parts[0] if node.level else (node.module or "").split(".")[0])
    return found


def imported_modules(path: Path) -> set[str]:
    """The full names of the modules that a file imports by absolute imports."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}


def modules(package: str) -> list[Path]:
    return sorted((PROJECT / package).rglob("*.py"))


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_point_down(package: str) -> None:
    assert modules(package)
    for path in modules(package):
        wrong = imported(path) & set(MAY_IMPORT) - MAY_IMPORT[package]
        assert not wrong, f"{path.relative_to(PROJECT)} imports {sorted(wrong)}"


def test_the_page_reads_runs_and_nothing_else_of_the_evaluation() -> None:
    for path in modules("ui"):
        wrong = {name for name in imported_modules(path) if name.split(".")[0] == "evals"} - READING_RUNS
        assert not wrong, f"{path.relative_to(PROJECT)} imports {sorted(wrong)}"
    for name in READING_RUNS:
        wrong = imported_modules(PROJECT / f"{name.replace('.', '/')}.py")
        assert {
            found for found in wrong if found.split(".")[0] in ("evals", "ingest", "assistant", "ui")
        } <= READING_RUNS | RECORDS


def test_opening_the_page_loads_nothing_that_measures() -> None:
    heavy = [*sorted(set(EVALS_DOORS) - {"jinja2"}), "scipy.stats"]  # Gradio brings Jinja2 itself
    script = f"import sys, ui.app; print([name for name in {heavy} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=PROJECT)
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize(("library", "doors"), DOORS.items())
def test_a_foreign_library_is_imported_at_its_door_alone(library: str, doors: set[str]) -> None:
    users = {str(path.relative_to(PROJECT)) for package in MAY_IMPORT for path in modules(package) if library in imported(path)}
    benchmarks = {user for user in users if user.startswith("evals/")}  # a peer is measured through its own library
    assert users - benchmarks == doors


@pytest.mark.parametrize(("library", "doors"), EVALS_DOORS.items())
def test_a_library_of_the_evaluation_is_imported_at_its_door_alone(library: str, doors: set[str]) -> None:
    users = {str(path.relative_to(PROJECT)) for package in MAY_IMPORT for path in modules(package) if library in imported(path)}
    assert users == doors
