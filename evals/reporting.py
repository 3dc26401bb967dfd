"""Tables for a terminal: retrieval scores with their intervals, two runs compared, and the benchmark's figures."""

from collections import Counter
from collections.abc import Mapping, Sequence

from rich.markup import escape
from rich.table import Table

from evals import anchors
from evals.benchmark import Figure
from evals.comparing import Change, verdict
from evals.intervals import Difference, compare, estimate
from evals.load import Load
from evals.peers import OURS, Trial
from evals.scaling import Cost
from evals.scores import Row

Values = Mapping[str, Mapping[str, Mapping[str, float]]]
"""By set, by measure, by query."""
TRIAL_FIGURES = ("records_per_second", "query_milliseconds", "query_p95", "peak_mebibytes")


def retrieval_table(values: Values) -> Table:
    """One row for each set and language direction: nDCG@10 with its 95 % interval, then the other measures."""
    table = Table("set", "queries", "nDCG@10", "95 %", "RR@10", "R@5", "R@10", "R@20", title="Retrieval")
    for name, measures in values.items():
        for direction in _directions(measures):
            main = estimate(list(measures[f"nDCG@10{direction}"].values()))
            if main is None:
                continue
            rest = [_mean(measures[f"{other}{direction}"]) for other in ("RR@10", "R@5", "R@10", "R@20")]
            table.add_row(f"{name}{direction}", str(main.count), f"{main.mean:.3f}", f"{main.low:.3f}-{main.high:.3f}", *rest)
    return table


def anchors_table(values: Values) -> Table:
    """One row for each set that others have been measured on: our nDCG@10, then theirs (`evals/anchors.py` says of what)."""
    table = Table("set", "ours", *anchors.NAMES, title="Beside others, nDCG@10")
    for name, beside in anchors.ANCHORS.items():
        if name in values:
            theirs = (f"{beside[anchor]:.3f}" if anchor in beside else "" for anchor in anchors.NAMES)
            table.add_row(name, _mean(values[name]["nDCG@10"]), *theirs)
    return table


def comparison_table(first: Values, second: Values) -> Table:
    """One row for each set: how much nDCG@10 gained from the first run to the second, with interval and p."""
    table = Table("set", "queries", "gain in nDCG@10", "95 %", "p", title="Against the other run")
    for name in second:
        found = compare(first[name]["nDCG@10"], second[name]["nDCG@10"])
        if found:
            table.add_row(name, str(found.count), f"{found.mean:+.4f}", f"{found.low:+.4f} {found.high:+.4f}", f"{found.p:.4f}")
    return table


def score_table(rows: Sequence[Row]) -> Table:
    """One row for each measure of each group: its value, the 95 % interval and over how many cases; a dash where undefined."""
    table = Table("group", "measure", "value", "95 %", "cases", title="Scores")
    for row in rows:
        value = row.value
        shown = (f"{value.mean:.3f}", f"{value.low:.3f} to {value.high:.3f}", str(value.count)) if value else ("-", "", "0")
        table.add_row(row.group, row.measure, *shown)
    return table


def differences_table(differences: Mapping[str, Difference]) -> Table:
    """One row for each measure: how much the second run is better, for how many cases, and what that says."""
    caption = "Positive: the second is better. p: paired permutation test, after Holm over the rows."
    table = Table("measure", "gain", "95 %", "p", "won-same-lost", "says", caption=caption)
    for name, found in differences.items():
        counts = f"{found.wins}-{found.ties}-{found.losses}"
        interval = f"{found.low:+.3f} {found.high:+.3f}"
        table.add_row(name, f"{found.mean:+.3f}", interval, f"{found.p:.3f}", counts, says(found))
    return table


def says(found: Difference) -> str:
    """What a difference says in words; where none is shown, how large one had to be for a set of this size to show it."""
    shown = verdict(found)
    return f"{shown}, shows {found.visible:.3f} or more" if shown == "too small to tell" else shown


def changes_table(changes: Sequence[Change]) -> Table:
    """One row for each case whose grade differs."""
    table = Table("case", "question", "before", "after", title=f"{len(changes)} cases changed")
    for change in changes:
        table.add_row(escape(change.case), escape(change.question), change.before, change.after)
    return table


def benchmark_table(figures: Sequence[Figure]) -> Table:
    """One row for each figure, with the peer's and the ratio where there is a peer."""
    table = Table("what", "ours", "peer", "ratio", title="Benchmark", caption="Ratios come from one run on one machine.")
    for figure in figures:
        peer = f"{figure['peer']:,.1f} ({figure['peer_name']})" if figure["peer"] is not None else ""
        ratio = f"{figure['ours'] / figure['peer']:.2f}" if figure["peer"] else ""
        table.add_row(f"{figure['name']} ({figure['unit']})", f"{figure['ours']:,.1f}", peer, ratio)
    return table


def load_table(loads: Sequence[Load], *, users: int, seconds: float) -> Table:
    """One row for each way of asking: how many questions, how fast answers came, and what went wrong how often."""
    columns = ("asked", "questions", "answers/s", "median ms", "p95 ms", "slowest ms", "errors")
    table = Table(*columns, title=f"{users} people for {seconds:.0f} s")
    for load in loads:
        times = (f"{value:,.0f}" for value in (load.p50, load.p95, load.slowest))
        wrong = "; ".join(f"{count} x {escape(error)}" for error, count in Counter(load.errors).items())
        table.add_row(load.way, str(load.asked), f"{load.per_second:.1f}", *times, wrong or "0")
    return table


def peers_table(trials: Sequence[Trial]) -> Table:
    """One row for each set and system; in brackets how many times ours each figure is."""
    names = ("set", "system", "nDCG@10", "records/s indexed", "query, median ms", "query, p95 ms", "peak MiB")
    table = Table(*names, title="Searching the same records", caption="(x): times ours. One run, one thread, one process each.")
    ours = {trial.set: trial for trial in trials if trial.system == OURS}
    for trial in trials:
        pairs = [(getattr(trial, name), getattr(ours[trial.set], name)) for name in TRIAL_FIGURES]
        table.add_row(
            trial.set, trial.system, f"{trial.ndcg:.3f}", *(f"{value:,.1f} ({value / own:.2f})" for value, own in pairs)
        )
    return table


def growth_table(costs: Sequence[Cost]) -> Table:
    """One row for each size of an index: what a query costs, and how that and the size have grown since the row before."""
    columns = ("chunks", "query, median ms", "query, p95 ms", "indexing, s", "chunks grew", "cost grew")
    table = Table(*columns, title="Growth", caption="Milliseconds of one processor core.")
    for before, cost in zip([None, *costs], costs, strict=False):
        grew = (f"{cost.chunks / before.chunks:.1f} x", f"{cost.median / before.median:.1f} x") if before else ("", "")
        table.add_row(f"{cost.chunks:,}", f"{cost.median:.1f}", f"{cost.p95:.1f}", f"{cost.indexing_seconds:.0f}", *grew)
    return table


def _directions(measures: Mapping[str, object]) -> list[str]:
    return [name.removeprefix("nDCG@10") for name in measures if name.startswith("nDCG@10")]


def _mean(values: Mapping[str, float]) -> str:
    return f"{sum(values.values()) / len(values):.3f}" if values else ""
