"""Leases: any number of threads answer at once, and none from an index that has been closed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Barrier, Event, Thread
from typing import Any

import pytest

from assistant.answering import Assistant
from assistant.finding.index import Index
from assistant.leasing import Leases
from assistant.question.routing import Router
from assistant.values import Answer
from assistant.wiring import open_assistant
from corpus.catalogue import load_catalogue
from corpus.embedding import load_embedder
from corpus.errors import StoreError
from corpus.lexicon import load_lexicon
from corpus.settings import Settings
from ingest.pipeline import Tools, ingest
from tests.fakes_index import Text, an_index

POST = Text("post.txt", None, ["# Post\nAlle borgere skal have en digital postkasse senest i 2014."])


class Shelf:
    """A store that says whether it was closed."""

    def __init__(self) -> None:
        self.closed = False

    def close(self) -> None:
        assert not self.closed
        self.closed = True


class Generations:
    """Opens an index with a shelf of its own for each mark."""

    def __init__(self) -> None:
        self.mark = "1"
        self.opened: list[Shelf] = []

    def open(self) -> Index:
        self.opened.append(Shelf())
        return replace(an_index(POST), store=self.opened[-1], mark=self.mark)  # type: ignore[arg-type]


def leases() -> tuple[Leases, Generations]:
    generations = Generations()
    return Leases(generations.open, lambda: generations.mark), generations


def together(*works: Callable[[], Any]) -> list[Any]:
    """What each piece of work gives or raises, each done in a thread of its own."""
    done: list[Any] = [None] * len(works)

    def keep(place: int, work: Callable[[], Any]) -> None:
        try:
            done[place] = work()
        except Exception as error:  # noqa: BLE001
            done[place] = error

    threads = [Thread(target=keep, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return done


def test_an_index_is_closed_when_the_last_one_who_answers_from_it_is_done() -> None:
    held, generations = leases()
    begun, end = Event(), Event()

    def slow() -> str:
        begun.set()
        assert end.wait(30)
        assert not generations.opened[0].closed
        return held.index.mark

    def meanwhile() -> str:
        assert begun.wait(30)
        generations.mark = "2"
        mark = held.run(lambda: held.index.mark)
        assert not generations.opened[0].closed
        end.set()
        return mark

    assert together(lambda: held.run(slow), meanwhile) == ["1", "2"]
    assert [shelf.closed for shelf in generations.opened] == [True, False]


def test_work_inside_other_work_keeps_to_its_index() -> None:
    held, generations = leases()

    def outer() -> tuple[str, str]:
        first = held.index.mark
        generations.mark = "2"
        return first, held.run(lambda: held.index.mark)

    assert held.run(outer) == ("1", "1")
    assert held.run(lambda: held.index.mark) == "2"


def test_work_is_done_again_if_an_ingest_took_away_what_was_read() -> None:
    held, generations = leases()
    tried: list[str] = []

    def read() -> str:
        tried.append(held.index.mark)
        if len(tried) == 1:
            generations.mark = "2"
            raise StoreError("no such page")
        return "read"

    assert held.run(read) == "read"
    assert tried == ["1", "2"]


def test_a_store_that_stays_broken_is_told() -> None:
    held, _ = leases()

    def broken() -> str:
        raise StoreError("no such page")

    with pytest.raises(StoreError, match="no such page"):
        held.run(broken)


def test_an_index_that_cannot_be_opened_leaves_the_old_one_open() -> None:
    generations = Generations()

    def open_index() -> Index:
        if generations.mark == "2":
            raise StoreError("damaged")
        return generations.open()

    held = Leases(open_index, lambda: generations.mark)
    generations.mark = "2"
    with pytest.raises(StoreError, match="damaged"):
        held.run(lambda: held.index.mark)
    generations.mark = "1"
    assert held.run(lambda: held.index.mark) == "1"
    assert not generations.opened[0].closed


def test_what_is_closed_lends_nothing_but_lets_others_end() -> None:
    held, generations = leases()

    def work() -> bool:
        held.close()
        held.close()
        return generations.opened[0].closed

    assert held.run(work) is False
    assert generations.opened[0].closed
    with pytest.raises(StoreError, match="closed"):
        held.run(lambda: None)


def test_several_threads_are_in_the_store_at_once() -> None:
    index = an_index(POST)
    page, inside = index.store.page, Barrier(4, timeout=30)

    def waited(document_id: str, number: int) -> object:
        inside.wait()
        return page(document_id, number)

    index.store.page = waited  # type: ignore[method-assign]
    assistant = Assistant(
        open_index=lambda: index, mark=lambda: index.mark, catalogue=load_catalogue(), router=Router.load(load_embedder())
    )
    pages = together(*[lambda: assistant.page("d1", 1)] * 4)
    assert [found.number for found in pages] == [1] * 4


@pytest.mark.slow
def test_many_threads_ask_while_an_ingest_changes_the_index(tmp_path: Path) -> None:
    """Six threads ask all the time; documents come, change and go. No error, and no quote that is not on its page."""
    folder, settings = tmp_path / "files", Settings(index=tmp_path / "index", ocr=False)
    folder.mkdir()
    tools = Tools(
        settings=settings,
        embedder=load_embedder(),
        lexicon=load_lexicon(),
        catalogue=load_catalogue(),
    )

    def write(name: str, year: int) -> None:
        text = f"# Postkasse {name}\n\nAlle borgere i {name} skal have en digital postkasse senest i {year}.\n"
        (folder / f"{name}.md").write_text(text, encoding="utf-8")

    names = ("Aarhus", "Odense", "Vejle", "Ribe")
    for name in names:
        write(name, 2014)
    ingest([folder], tools=tools)
    done = Event()
    answers: list[Answer] = []
    with open_assistant(settings) as assistant:

        def ask(name: str) -> int:
            count = 0
            while not done.is_set() or not count:
                answer = assistant.answer(f"Hvornår skal alle borgere i {name} have en digital postkasse?")
                assert assistant.documents()
                answers.append(answer)
                count += 1
            return count

        def change() -> int:
            try:
                for year in range(2015, 2020):
                    write(names[year % 4], year)
                    write(f"By{year}", year)
                    assert not ingest([folder], tools=tools).of("failed")
            finally:
                done.set()
            return 1

        found = together(change, *[lambda name=name: ask(name) for name in (*names, "Aarhus", "Vejle")])  # type: ignore[misc]
        assert [one for one in found if not isinstance(one, int)] == []
        assert all(citation.verified for answer in answers for citation in answer.citations)
        assert "2019" in assistant.answer("Hvornår skal alle borgere i By2019 have en digital postkasse?").text
        assert len(assistant.documents()) == len(names) + 5
