"""Finding a port, with real sockets."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress

import pytest

from ui.ports import first_free, is_free

HOST = "127.0.0.1"


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody listens."""
    with socket.create_server((HOST, 0)) as listener:
        yield listener.getsockname()[1]


def test_a_port_that_is_listened_on_is_not_free(taken: int) -> None:
    assert not is_free(HOST, taken)


def test_the_next_free_port_is_taken_instead(taken: int) -> None:
    found = first_free(HOST, taken)
    assert found is not None
    assert taken < found <= taken + 20
    assert is_free(HOST, found)


def test_a_free_port_is_kept(taken: int) -> None:
    found = first_free(HOST, taken)
    assert found is not None
    assert first_free(HOST, found) == found


def test_after_twenty_more_it_gives_up() -> None:
    with ExitStack() as stack:
        first = _twenty_one_in_a_row(stack)
        assert first_free(HOST, first) is None


def test_the_last_port_of_all_is_the_end() -> None:
    with ExitStack() as stack:
        with suppress(OSError):  # Somebody else having it serves as well.
            stack.enter_context(socket.create_server((HOST, 65535)))
        assert first_free(HOST, 65535) is None


def test_an_address_that_is_not_ours_is_an_error_and_not_a_taken_port() -> None:
    with pytest.raises(OSError, match="assign"):
        is_free("192.0.2.1", 7860)


def _twenty_one_in_a_row(stack: ExitStack) -> int:
    for first in range(20000, 60000, 21):
        with ExitStack() as attempt:
            try:
                for port in range(first, first + 21):
                    attempt.enter_context(socket.create_server((HOST, port)))
            except OSError:
                continue
            stack.push(attempt.pop_all())
            return first
    pytest.skip("no 21 free ports in a row on this machine")
