"""A chat of its own to be measured from outside: `python -m ui` as a process, its address, and the most memory it took."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

import psutil

from corpus.errors import AssistantError

SETTINGS = "[chat]\nrequests_per_minute = 0\n"
"""Everybody who is played here comes from one address, which would be let through 120 times a minute."""

PROBE_SECONDS = 0.25


@dataclass(slots=True, kw_only=True)
class Chat:
    """A chat that runs: its address without a slash at the end, and the most memory its processes have taken so far, in MiB."""

    address: str
    peak: float = field(default=0.0)


@contextmanager
def running_chat(index: Path) -> Iterator[Chat]:
    """Start a chat over an index that is there and give it once it says its address; `AssistantError` where it does not start."""
    with TemporaryDirectory() as folder:
        settings = Path(folder) / "settings.toml"
        settings.write_text(SETTINGS, encoding="utf-8")
        command = [sys.executable, "-m", "ui", "--index", str(index), "--settings", str(settings)]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        stopped = Event()
        try:
            chat = Chat(address=_address(process))
            for work in (lambda: _watch(process, chat, stopped), lambda: _drain(process)):
                Thread(target=work, daemon=True).start()
            yield chat
        finally:
            stopped.set()
            process.terminate()
            process.wait()


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    said = ""
    for line in process.stderr:
        said = line
        if "http://" in line:
            return line[line.index("http://") :].split()[0].rstrip("/")
    raise AssistantError(f"the chat did not start: {said.strip()}")


def _drain(process: subprocess.Popen[str]) -> None:
    """Read on, so that the process is not held up by a full pipe; what it complains of is shown."""
    assert process.stderr is not None
    for line in process.stderr:
        sys.stderr.write(line)


def _watch(process: subprocess.Popen[str], chat: Chat, stopped: Event) -> None:
    while not stopped.wait(PROBE_SECONDS):
        try:
            whole = psutil.Process(process.pid)
            held = [one.memory_info().rss for one in (whole, *whole.children(recursive=True))]
        except psutil.NoSuchProcess:
            continue
        chat.peak = max(chat.peak, sum(held) / 2**20)
