"""The token bucket, by the clock of the test."""

from ui.pacing import MOST_CLIENTS, Pace


def test_tokens_are_spent_and_come_back_evenly() -> None:
    now = [0.0]
    pace = Pace(60, clock=lambda: now[0])
    assert [pace.wait("a") for _ in range(60)] == [0.0] * 60
    assert pace.wait("a") == 1.0
    assert pace.wait("b") == 0.0
    now[0] = 0.5
    assert pace.wait("a") == 0.5
    now[0] = 1.0
    assert pace.wait("a") == 0.0
    now[0] = 10_000.0
    assert [pace.wait("a") for _ in range(61)][-2:] == [0.0, 1.0]


def test_zero_lets_everybody_through() -> None:
    pace = Pace(0)
    assert [pace.wait("a") for _ in range(1000)] == [0.0] * 1000


def test_only_so_many_clients_are_remembered() -> None:
    pace = Pace(1, clock=lambda: 0.0)
    for number in range(MOST_CLIENTS + 1):
        pace.wait(str(number))
    assert pace.wait(str(MOST_CLIENTS)) > 0
    assert pace.wait("0") == 0.0
