"""Many people at once: each asks, reads for some seconds and asks again, over HTTP, in the chat's queue or from a program."""

import asyncio
import json
import random
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import httpx
import numpy as np

from corpus.errors import AssistantError
from evals.casebook import SHIPPED, read_cases

Way = Literal["chat", "REST"]
WAYS: tuple[Way, ...] = ("chat", "REST")
THINKING = (2.0, 6.0)
"""Seconds between an answer and the next question: evenly drawn from these bounds."""

TIMEOUT = 60.0
FAILURE = 'class="failure"'
PICTURE = re.compile(r"pages/[\w-]+/\d+\.png")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question that was put: in which way, what went wrong (empty for nothing), and how many seconds its answer took.

    In the chat that is until the picture of the page quoted is there as well, and the first time the page itself.
    """

    way: Way
    seconds: float
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What came of one way of asking; times are of answers, in milliseconds."""

    way: Way
    asked: int
    per_second: float
    p50: float
    p95: float
    slowest: float
    errors: tuple[str, ...]


def questions() -> list[str]:
    """Return the questions of the golden set's development split that stand alone, in both languages."""
    return [case.question for case in read_cases(SHIPPED / "golden.jsonl") if case.split == "dev" and not case.history]


def measure_load(address: str, *, users: int, seconds: float) -> list[Load]:
    """Let people ask at an address, every second one in the chat and the others as programs, and sum up each way."""
    if users < len(WAYS) or seconds <= 0:
        raise AssistantError(f"a load needs at least {len(WAYS)} users and some seconds")
    asked = asyncio.run(_play(address, users, seconds, questions()))
    return [_summed(way, [one for one in asked if one.way == way], seconds) for way in WAYS]


def _summed(way: Way, asked: Sequence[Asked], seconds: float) -> Load:
    times = [1000 * one.seconds for one in asked if not one.error]
    p50, p95 = np.percentile(times, [50, 95]) if times else (float("nan"), float("nan"))
    return Load(
        way=way,
        asked=len(asked),
        per_second=len(times) / seconds,
        p50=float(p50),
        p95=float(p95),
        slowest=max(times, default=float("nan")),
        errors=tuple(one.error for one in asked if one.error),
    )


async def _play(address: str, users: int, seconds: float, pool: Sequence[str]) -> list[Asked]:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=4 * users)
    async with httpx.AsyncClient(base_url=address, timeout=TIMEOUT, limits=limits) as client:
        number = await _number_of_asking(client)
        until = time.monotonic() + seconds
        people = (_person(client, number, WAYS[n % len(WAYS)], n, until, pool) for n in range(users))
        return [asked for person in await asyncio.gather(*people) for asked in person]


async def _person(client: httpx.AsyncClient, number: int, way: Way, seed: int, until: float, pool: Sequence[str]) -> list[Asked]:
    lots = random.Random(seed)
    fetched: set[str] = set()

    async def fetch(path: str) -> None:
        """As a browser does: each thing once."""
        if path not in fetched:
            (await client.get(path)).raise_for_status()
            fetched.add(path)

    async def chat(question: str) -> None:
        await fetch("/")
        if picture := await _ask_in_the_chat(client, number, f"person{seed}", question):
            await fetch(f"/{picture}")

    async def program(question: str) -> None:
        answer = (await client.post("/api/ask", json={"question": question})).raise_for_status().json()
        if answer["question"] != question:
            raise ValueError("the answer is to another question")

    asked: list[Asked] = []
    ask = chat if way == "chat" else program
    # Nobody begins at the very same moment.
    await asyncio.sleep(lots.uniform(0, THINKING[1]))
    while time.monotonic() < until:
        asked.append(await _timed(way, ask, lots.choice(pool)))
        await asyncio.sleep(lots.uniform(*THINKING))
    return asked


async def _timed(way: Way, ask: Callable[[str], Awaitable[None]], question: str) -> Asked:
    started, error = time.perf_counter(), ""
    try:
        await ask(question)
    except (httpx.HTTPError, ValueError, KeyError) as reason:
        error = f"{type(reason).__name__}: {reason}"
    return Asked(way=way, seconds=time.perf_counter() - started, error=error)


async def _ask_in_the_chat(client: httpx.AsyncClient, number: int, session: str, question: str) -> str:
    """Ask as the page does, through Gradio's queue, and return the address of the picture of the first page quoted, if any."""
    joined = {"fn_index": number, "data": [question, None], "session_hash": session}
    (await client.post("/gradio_api/queue/join", json=joined)).raise_for_status()
    async with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as told:
        told.raise_for_status()
        async for line in told.aiter_lines():
            message: dict[str, Any] = json.loads(line.removeprefix("data:")) if line.startswith("data:") else {}
            if message.get("msg") == "process_completed":
                if not message["success"]:
                    raise ValueError(f"the chat says {message['output']!r}")
                shown = "".join(part for part in message["output"]["data"] if isinstance(part, str))
                if FAILURE in shown:
                    raise ValueError("the chat shows a failure in the place of an answer")
                found = PICTURE.search(shown)
                return found[0] if found else ""
    raise ValueError("the chat fell silent before its answer was whole")


async def _number_of_asking(client: httpx.AsyncClient) -> int:
    config = (await client.get("/config")).raise_for_status().json()
    return next(int(found["id"]) for found in config["dependencies"] if found["api_name"] == "ask")
