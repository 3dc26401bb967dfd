"""Growth of the cost: made indexes of a few chunks."""

from evals.benchmark import DIGESTS
from evals.reporting import growth_table
from evals.scaling import measure_growth


def test_each_size_is_indexed_and_asked():
    files = sorted(DIGESTS.glob("digest-joint-2004-2006-*.pdf"))
    costs = measure_growth([20, 40], files, ["Hvad er målet?", "What is the goal?"])
    assert [cost.chunks for cost in costs] == [20, 40]
    assert all(0 < cost.median <= cost.p95 for cost in costs)
    assert growth_table(costs).row_count == 2
