"""The store: what is put in comes out, a document is replaced whole, and vectors without an owner are never returned."""

import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

import numpy as np
import pytest

from corpus.errors import EmptyIndexError, MixedEmbeddersError, StoreError
from corpus.generations import adopt, clear_abandoned, has_index, new_generation, open_store
from corpus.store import Store
from corpus.values import Filters
from tests.conftest import PROJECT
from tests.fakes import WordEmbedder, a_chunk, a_document, a_page

EMBEDDER = WordEmbedder()


def put(store: Store, *texts: str, **changes: object) -> None:
    document = a_document(**changes)  # type: ignore[arg-type]
    chunks = [a_chunk(text, document_id=document.id, position=n) for n, text in enumerate(texts)]
    pages = [a_page("\n".join(texts))]
    store.replace(document, pages=pages, chunks=chunks, vectors=EMBEDDER.encode_passages(texts))


def nearest(store: Store, text: str, filters: Filters | None = None, count: int = 5) -> list[str]:
    vector = EMBEDDER.encode_queries([text])[0]
    return [key for key, _ in store.nearest(vector, count=count, filters=filters or Filters())]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = new_generation(tmp_path, embedder=EMBEDDER.name)
    adopt(tmp_path, made)
    return made


def test_what_is_put_in_comes_out_again(store: Store, tmp_path: Path) -> None:
    put(store, "Digital Post er for alle.", "MitID er sikkert.")
    store.close()
    again = open_store(tmp_path, embedder=EMBEDDER.name)
    assert [document.name for document in again.documents()] == ["strategy.pdf"]
    assert again.page("d1", 1) == a_page("Digital Post er for alle.\nMitID er sikkert.")
    assert nearest(again, "MitID er sikkert.")[0] == "d1:1"
    ((chunk, document),) = again.passages(["d1:1"])
    assert (chunk.text, document.id) == ("MitID er sikkert.", "d1")
    assert [row.text.splitlines()[-1] for row in again.rows()] == ["Digital Post er for alle.", "MitID er sikkert."]


def test_the_score_is_the_cosine(store: Store) -> None:
    put(store, "Digital Post er for alle.", "MitID er sikkert.")
    vector = EMBEDDER.encode_queries(["Digital Post og MitID"])[0]
    expected = EMBEDDER.encode_passages(["Digital Post er for alle.", "MitID er sikkert."]) @ vector
    found = dict(store.nearest(vector, count=2, filters=Filters()))
    assert found["d1:0"] == pytest.approx(expected[0], abs=1e-5)
    assert found["d1:1"] == pytest.approx(expected[1], abs=1e-5)


def test_a_replaced_document_leaves_nothing_of_the_old_one(store: Store) -> None:
    put(store, "NemID er gammelt.", "NemID er slut.", id="old")
    before = store.revision
    put(store, "MitID er nyt.", id="new")
    assert [document.id for document in store.documents()] == ["new"]
    assert nearest(store, "NemID er slut.") == ["new:0"]
    assert store.revision != before
    assert store.sweep() == 0


def test_vectors_that_no_document_owns_are_never_returned_and_swept(store: Store) -> None:
    put(store, "MitID er nyt.")
    orphans = ["MitID er nyt nu.", "MitID er nyt igen.", "MitID er nyt her."]
    store._vectors.put([f"dead:{n}" for n in range(3)], EMBEDDER.encode_passages(orphans), document_id="dead")
    assert nearest(store, "MitID er nyt igen.", count=1) == ["d1:0"]
    assert store.sweep() == 3
    assert nearest(store, "MitID er nyt igen.", count=4) == ["d1:0"]


def test_filters_hold_in_every_leg(store: Store) -> None:
    put(store, "Digital Post i den gamle.", id="a", name="a.pdf", strategy="joint-2011-2015")
    put(store, "Digital Post i den nye.", id="b", name="b.pdf", strategy="joint-2026-2029")
    new = Filters(strategies=("joint-2026-2029",))
    assert nearest(store, "Digital Post", new) == ["b:0"]
    assert store.matching(new) == {"b:0"}
    assert store.matching(Filters()) is None
    assert nearest(store, "Digital Post", Filters(documents=("a.pdf",))) == ["a:0"]
    assert nearest(store, "Digital Post", Filters(strategies=("none",))) == []
    assert nearest(store, "Digital Post", Filters(languages=("en",))) == []


def test_a_removed_document_is_gone(store: Store) -> None:
    put(store, "MitID er nyt.")
    store.remove("d1")
    assert store.documents() == []
    assert nearest(store, "MitID") == []
    with pytest.raises(StoreError, match="no page 1"):
        store.page("d1", 1)


def test_no_index_and_another_embedder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(EmptyIndexError, match="python -m ingest"):
        open_store(tmp_path, embedder="words-64")
    adopt(tmp_path, new_generation(tmp_path, embedder="words-64"))
    with pytest.raises(MixedEmbeddersError, match="--rebuild"):
        open_store(tmp_path, embedder="another")


def test_an_abandoned_generation_is_cleared_and_the_current_one_stays(store: Store, tmp_path: Path) -> None:
    put(store, "MitID er nyt.")
    new_generation(tmp_path, embedder="another").close()
    clear_abandoned(tmp_path)
    assert len(list(tmp_path.glob("*/documents.sqlite"))) == 1
    assert nearest(open_store(tmp_path, embedder=EMBEDDER.name), "MitID") == ["d1:0"]


def test_a_missing_generation_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "current").write_text("gone")
    with pytest.raises(StoreError, match="damaged"):
        has_index(tmp_path)


def test_vectors_come_in_the_order_asked_and_a_missing_one_is_an_error(store: Store) -> None:
    put(store, "Digital Post.", "MitID er nyt.")
    found = store.vectors(["d1:1", "d1:0"])
    assert np.allclose(found, EMBEDDER.encode_passages(["MitID er nyt.", "Digital Post."]), atol=1e-6)
    with pytest.raises(StoreError, match="lacks the vectors of 1 chunks"):
        store.vectors(["d1:0", "d9:9"])


def test_a_language_that_few_chunks_have_is_found_among_more_than_one_statement_may_name(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.store.READ_BATCH", 3)
    put(store, *[f"Digital Post nummer {n}." for n in range(10)])
    assert nearest(store, "Digital Post", Filters(languages=("en",)), count=2) == []
    assert len(nearest(store, "Digital Post", Filters(languages=("da",)), count=8)) == 8


def test_many_threads_read_and_write_one_store(store: Store) -> None:
    put(store, "Digital Post er for alle.", id="held", name="held.pdf")
    done = Event()
    wrong: list[object] = []

    def read() -> None:
        try:
            while not done.is_set():
                ids = [row.id for row in store.rows()]
                with store.snapshot():
                    held = {document.id for document in store.documents()}
                    assert {row.document_id for row in store.rows()} == held
                assert all(chunk.document_id == document.id for chunk, document in store.passages(ids))
                assert "held:0" in nearest(store, "Digital Post er for alle.")
                assert store.page("held", 1).text == "Digital Post er for alle."
        except Exception as error:  # noqa: BLE001
            wrong.append(error)

    threads = [Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    try:
        for n in range(15):
            put(store, f"MitID nummer {n}.", "Endnu en sætning.", id=f"new{n}", name="new.pdf")
            assert len(store.documents()) == 2
    finally:
        done.set()
    for thread in threads:
        thread.join(60)
    assert wrong == []
    store.close()


def test_a_store_opened_anew_beside_an_older_one_sees_what_another_process_wrote(store: Store, tmp_path: Path) -> None:
    put(store, "Digital Post er for alle.", id="old", name="old.pdf")
    script = (
        "from pathlib import Path; from corpus.generations import open_store; from tests.test_corpus_store import put; "
        f"put(open_store(Path({str(tmp_path)!r}), embedder=None), 'MitID er nyt.', id='new', name='new.pdf')"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=PROJECT)
    fresh = open_store(tmp_path, embedder=None)
    assert nearest(fresh, "MitID er nyt.")[0] == "new:0"
    store.close()
    assert nearest(fresh, "MitID er nyt.")[0] == "new:0"
    fresh.close()
