"""Which index is being answered from: opened anew after an ingest, and closed once nobody answers from it any more."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from threading import Lock, local
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from assistant.finding.index import Index
from corpus.errors import StoreError

TRIES = 3  # an ingest may take away what is being read; the next try reads what is there then

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(slots=True, kw_only=True)
class _Open:
    """An open index with how many threads answer from it; `retired` once another has taken its place."""

    index: Index
    users: int = 0
    retired: bool = False


class Leases:
    """The index that is in use, lent to any number of threads at a time."""

    def __init__(self, open_index: Callable[[], Index], mark: Callable[[], str]) -> None:
        """Open the index; `mark` differs from the index's own once an ingest has changed it."""
        self._open_index = open_index
        self._mark = mark
        self._lock = Lock()  # held for a moment, to count
        self._opening = Lock()  # held while an index is opened
        self._lent = local()
        self._closed = False
        self._current = _Open(index=open_index())

    @property
    def index(self) -> Index:
        """The index that this thread answers from, else the one opened last."""
        lent: Index | None = getattr(self._lent, "index", None)
        return lent or self._current.index

    def run(self, work: Callable[[], T], *, follow: bool = True) -> T:
        """Do the work with one index, which stays open until the work is done.

        Work inside other work uses the same index. If the store cannot be read, because an ingest has just taken away what
        was being read, the work is done again.
        """
        if getattr(self._lent, "index", None) is not None:
            return work()
        for _ in range(TRIES - 1):
            try:
                return self._run_once(work, follow=follow)
            except StoreError:
                follow = True
        return self._run_once(work, follow=follow)

    def follow(self) -> None:
        """Open the index anew if an ingest has changed it; the old one is closed when nobody answers from it."""
        with self._opening:
            if self._closed or self._mark() == self._current.index.mark:
                return
            opened = _Open(index=self._open_index())
            with self._lock:
                before, self._current = self._current, opened
            self._retire(before)

    def close(self) -> None:
        """Close the index as soon as nobody answers from it, and lend none any more."""
        with self._opening:
            self._closed = True
            self._retire(self._current)

    def _run_once(self, work: Callable[[], T], *, follow: bool) -> T:
        if follow:
            self.follow()
        with self._lease() as index:
            self._lent.index = index
            try:
                return work()
            finally:
                self._lent.index = None

    @contextmanager
    def _lease(self) -> Iterator[Index]:
        with self._lock:
            if self._closed:
                raise StoreError("the assistant is closed")
            held = self._current
            held.users += 1
        try:
            yield held.index
        finally:
            with self._lock:
                held.users -= 1
                unused = held.retired and not held.users
            if unused:
                held.index.store.close()

    def _retire(self, held: _Open) -> None:
        with self._lock:
            unused = not held.retired and not held.users
            held.retired = True
        if unused:
            held.index.store.close()


class Leasing(Protocol):
    """Something that answers from leased indexes."""

    @property
    def leases(self) -> Leases:
        """The indexes."""


S = TypeVar("S", bound=Leasing)


def leased(method: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """Let a method follow the index and then do all its work with one."""

    @wraps(method)
    def run(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return self.leases.run(lambda: method(self, *args, **kwargs))

    return run
