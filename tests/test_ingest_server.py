"""The same ingest and search with the vectors on a Chroma server that `chroma run` starts."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import StoreError
from corpus.generations import open_store
from corpus.values import Filters
from ingest.pipeline import Tools, ingest, rebuild

SECONDS_TO_START = 60


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("chroma")), "run", "--path", str(tmp_path / "server"), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.mark.slow
def test_vectors_live_on_the_server(server: str, tools: Tools, tmp_path: Path) -> None:
    path = tmp_path / "mitid.txt"
    path.write_text("MitID er borgernes digitale identitet, og den bruges hver eneste dag.\n", encoding="utf-8")
    remote = replace(tools, settings=replace(tools.settings, chroma_server=server))
    assert [outcome.status for outcome in ingest([path], tools=remote).outcomes] == ["added"]
    assert [outcome.status for outcome in rebuild([], tools=remote).outcomes] == ["added"]
    store = open_store(remote.settings.index, embedder=tools.embedder.name, server=server)
    vector = tools.embedder.encode_queries(["digitale identitet"])[0]
    assert len(store.nearest(vector, count=3, filters=Filters())) == 1
    assert not list(remote.settings.index.glob("*/chroma"))
    store.close()


def test_a_server_that_is_not_there_is_said_in_one_line(tools: Tools, tmp_path: Path) -> None:
    path = tmp_path / "mitid.txt"
    path.write_text("MitID er borgernes digitale identitet.\n", encoding="utf-8")
    remote = replace(tools, settings=replace(tools.settings, chroma_server="127.0.0.1:9"))
    with pytest.raises(StoreError) as raised:
        ingest([path], tools=remote)
    assert "\n" not in str(raised.value)
    wrong = replace(tools, settings=replace(tools.settings, chroma_server="nonsense"))
    with pytest.raises(StoreError, match="host:port"):
        ingest([path], tools=wrong)
