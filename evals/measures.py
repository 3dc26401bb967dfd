"""The door to ir_measures: the value of each ranking measure for each query.

nDCG@10: Järvelin & Kekäläinen 2002. R@k: the share of relevant records among the first k. RR@10: the inverse rank of the
first relevant record, 0 beyond rank 10.
"""

from collections.abc import Mapping, Sequence

import ir_measures

MEASURES = ("nDCG@10", "RR@10", "R@5", "R@10", "R@20")
Judgements = Mapping[str, Mapping[str, int]]
Run = Mapping[str, Mapping[str, float]]


def measure(judgements: Judgements, run: Run, measures: Sequence[str] = MEASURES) -> dict[str, dict[str, float]]:
    """The value of each measure for each judged query; a query that the run lacks has 0."""
    parsed = [ir_measures.parse_measure(name) for name in measures]
    answered = {query: dict(run.get(query, {})) for query in judgements}
    relevant = {query: dict(records) for query, records in judgements.items()}
    values: dict[str, dict[str, float]] = {name: dict.fromkeys(judgements, 0.0) for name in measures}
    for found in ir_measures.iter_calc(parsed, relevant, answered):
        values[str(found.measure)][found.query_id] = float(found.value)
    return values
