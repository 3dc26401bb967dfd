"""The door to LangChain's chat models: a system text and a user text in, the model's text out, within a time.

Each request runs on one event loop in a thread of its own, since only there can a request be ended at a given moment,
whatever its server does. Waiting and retrying count towards that time. What is asked goes to the address in the settings and
nowhere else: no redirect is followed.
"""

import asyncio
import json
import logging
import math
import os
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from functools import cache, cached_property
from threading import Thread
from typing import Any, Protocol
from urllib.parse import urlsplit

from corpus.errors import ContextLengthError, LanguageModelError
from corpus.settings import LanguageModelSettings
from corpus.text import printable

KEY = "LANGUAGE_MODEL_API_KEY"
OPENAI = ("openai", "azure_openai")
TRIES = 3
FIRST_WAIT = 0.5  # seconds, doubled at each retry
LONGEST_GOODBYE = 0.5  # seconds
MOST_TOKENS = 4_000  # of a reply; a small model may never come to an end
MOST_BYTES = 2_000_000  # of a reply with all that its protocol wraps around it
REJECTED = (400, 422, 501)
PLAIN = {"Accept-Encoding": "identity"}
REPORT_SECONDS = 3.0  # for a server to say how much its model reads
# Tokens of sentences that a model is shown: one that reads little, one of which nothing is known (Ollama cuts what is beyond
# 4,096 off in silence), one that reads much.
SMALL, USUAL, LARGE = 1_500, 2_400, 6_000
READS_LITTLE, READS_MUCH = 8_192, 32_768
# How servers report the tokens that a model reads: vLLM, LM Studio and others, llama.cpp (within "meta").
CONTEXT_KEYS = ("max_model_len", "loaded_context_length", "max_context_length", "context_length", "n_ctx")
# What servers say that LangChain does not know: vLLM, llama.cpp, Ollama and others each have words of their own.
TOO_LONG = re.compile(
    r"context (?:length|size|window)|context_length|maximum context|too many (?:input )?tokens|prompt is too long",
    re.I,
)

ADDRESS = re.compile(r"\b(?:https?|ftp)://\S+|\bwww\.\S+", re.I)
MARKUP = re.compile(r"</?[a-z!][^>]*>|[<>]", re.I)


class ChatModel(Protocol):
    """Anything that completes a conversation of two texts; an answer may take `timeout_seconds` of it in all.

    `server` is where it runs, without what is secret in its address. `context_tokens` says how much it is shown.
    """

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def server(self) -> str: ...  # noqa: D102
    @property
    def timeout_seconds(self) -> float: ...  # noqa: D102
    @property
    def context_tokens(self) -> int: ...  # noqa: D102

    def complete(self, *, system: str, user: str, schema: Mapping[str, Any], seconds: float) -> str:
        """Return the model's text, a JSON object of `schema` where the model can be held to one, within `seconds`.

        Raises `ContextLengthError` where the texts are longer than the model reads, else `LanguageModelError`.
        """
        ...


class LangChainModel:
    """A chat model of LangChain, opened by name; servers that speak the OpenAI protocol are reached by their address."""

    def __init__(self, settings: LanguageModelSettings) -> None:
        """Open the model; raises `LanguageModelError` where LangChain does not know it."""
        # Imported here: most runs have no language model, and LangChain takes a second to import.
        from langchain.chat_models import init_chat_model

        # The client's own log has each address in full, with a key if there is one in it.
        for logger in ("httpx", "httpx2", "openai"):
            logging.getLogger(logger).setLevel(logging.WARNING)
        self.name = settings.name
        self.server = _server(settings)
        self._settings = settings
        self.timeout_seconds = float(settings.timeout_seconds)
        self._plainly = False
        options = _options(settings)
        # Each provider raises errors of its own library, so every one of them ends here and in `complete`.
        try:
            self._model = init_chat_model(settings.name, model_provider=settings.provider, **options, temperature=0)
            self._plain = init_chat_model(settings.name, model_provider=settings.provider, **options)
        except Exception as error:
            raise LanguageModelError(f"the language model {settings.name!r} cannot be opened: {_reason(error)}") from error

    @cached_property
    def context_tokens(self) -> int:
        """How many tokens of sentences it is shown: as set, else by what its server reports that it reads."""
        return self._settings.context_tokens or _fitting(_reported(self._settings))

    def complete(self, *, system: str, user: str, schema: Mapping[str, Any], seconds: float) -> str:
        """Return the model's text within `seconds`; raises `ContextLengthError` or `LanguageModelError`."""
        asked = asyncio.wait_for(self._patiently([("system", system), ("user", user)], schema, seconds), seconds)
        running = asyncio.run_coroutine_threadsafe(asked, _loop())
        try:
            # A client that takes its time to hang up is not waited for.
            return running.result(seconds + LONGEST_GOODBYE)
        except TimeoutError:
            raise LanguageModelError(f"the language model {self.name!r} gave no answer in {seconds:.0f} seconds") from None
        except Exception as error:
            kind = ContextLengthError if _is_too_long(error) else LanguageModelError
            raise kind(f"the language model {self.name!r} gave no answer: {_reason(error)}") from error
        finally:
            # Also where the person asking has stopped waiting.
            running.cancel()

    async def _patiently(self, messages: list[tuple[str, str]], schema: Mapping[str, Any], seconds: float) -> str:
        """Ask again where that may help, unless the server wants a longer wait than there is time for."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        for wait in (FIRST_WAIT * 2**tried for tried in range(TRIES - 1)):
            try:
                return await self._ask(messages, schema)
            except Exception as error:
                wait = _asked_to_wait(error) or wait
                if not _may_pass(error) or loop.time() + wait >= end:
                    raise
            await asyncio.sleep(wait)
        return await self._ask(messages, schema)

    async def _ask(self, messages: list[tuple[str, str]], schema: Mapping[str, Any]) -> str:
        """Ask for a reply in the schema's form; plainly, now and from now on, where the server takes no such request."""
        if not self._plainly:
            try:
                # A model without structured output says so here, a server in its reply.
                return _text(await self._shaped(messages, schema))
            except Exception as error:
                rejected = isinstance(error, NotImplementedError) or getattr(error, "status_code", 0) in REJECTED
                if not rejected or _is_too_long(error):
                    raise
        text = _text(await self._plain.ainvoke(messages))
        self._plainly = True
        return text

    async def _shaped(self, messages: list[tuple[str, str]], schema: Mapping[str, Any]) -> Any:
        """The model's message in the schema's form, as it is: LangChain's parser of half JSON would never end on a long one."""
        if self._settings.provider in OPENAI:
            # A server that is strict takes only schemas that are closed.
            strict = schema.get("additionalProperties") is False
            form = {"name": schema.get("title", "reply"), "schema": dict(schema), "strict": strict}
            return await self._model.bind(response_format={"type": "json_schema", "json_schema": form}).ainvoke(messages)
        shaped: Any = self._model.with_structured_output(dict(schema), include_raw=True)
        return (await shaped.first.ainvoke(messages))["raw"]


def open_chat_model(settings: LanguageModelSettings) -> ChatModel | None:
    """Return the chat model that the settings name, or None where they name none."""
    return LangChainModel(settings) if settings.name else None


def _options(settings: LanguageModelSettings) -> dict[str, Any]:
    options: dict[str, Any] = {
        "timeout": settings.timeout_seconds,
        "max_retries": 0,
        "max_tokens": MOST_TOKENS,
    }
    key = os.environ.get(KEY)
    if settings.url:
        # A local server wants no key, its client wants some text; a key meant for another address is never sent there.
        options |= {"base_url": settings.url, "api_key": key or "none"}
    elif key:
        options["api_key"] = key
    if settings.provider in OPENAI:
        from openai import DefaultAsyncHttpxClient

        options["http_async_client"] = DefaultAsyncHttpxClient(
            event_hooks={"response": [_bound]}, follow_redirects=False, headers=PLAIN
        )
    return options


def _server(settings: LanguageModelSettings) -> str:
    """Where a model runs: its server's address without user, key and path, or the provider's name."""
    if not settings.url:
        return settings.provider
    address = urlsplit(settings.url)
    return f"{address.scheme}://{address.netloc.rpartition('@')[2]}"


def _fitting(context: int) -> int:
    """How much a model is shown that reads a number of tokens, 0 where that is not known."""
    if not context:
        return USUAL
    return min(SMALL, context // 2) if context <= READS_LITTLE else LARGE if context >= READS_MUCH else USUAL


def _reported(settings: LanguageModelSettings) -> int:
    """How many tokens a server says that the model reads; 0 if it does not say."""
    if settings.provider not in OPENAI or not settings.url:
        return 0
    asked = asyncio.wait_for(_models(settings), REPORT_SECONDS)
    running = asyncio.run_coroutine_threadsafe(asked, _loop())
    try:
        listed = running.result(REPORT_SECONDS + LONGEST_GOODBYE)
        found = next((one for one in listed["data"] if one.get("id") == settings.name), listed["data"][0])
        said = {**(found.get("meta") or {}), **found}
        return next((int(said[key]) for key in CONTEXT_KEYS if isinstance(said.get(key), int)), 0)
    # A server may list its models in any way, or none, and is asked all the same.
    except Exception:  # noqa: BLE001
        return 0
    finally:
        running.cancel()


async def _models(settings: LanguageModelSettings) -> Any:
    from httpx2 import AsyncClient

    headers = {"Authorization": f"Bearer {os.environ.get(KEY) or 'none'}", **PLAIN}
    async with AsyncClient(event_hooks={"response": [_bound]}, follow_redirects=False, headers=headers) as client:
        response = await client.get(f"{settings.url.rstrip('/')}/models")
        return response.raise_for_status().json()


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """The one loop of all requests: the clients below keep connections open, which belong to the loop that opened them."""
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, name="language model", daemon=True).start()
    return loop


async def _bound(response: Any) -> None:
    """Let a reply be read up to `MOST_BYTES` and no further; one that is compressed, which none was asked for, is not read."""
    from httpx2 import AsyncByteStream

    if response.headers.get("content-encoding", "identity").strip().casefold() not in ("", "identity"):
        raise _TooLargeError("the reply is compressed, though it was asked for as it is")

    class Bounded(AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            room = MOST_BYTES
            async for part in stream:
                room -= len(part)
                if room < 0:
                    raise _TooLargeError(f"the reply is larger than {MOST_BYTES:,} bytes")
                yield part

        async def aclose(self) -> None:
            await stream.aclose()

    stream = response.stream
    response.stream = Bounded()


class _TooLargeError(Exception):
    """A reply without end, or one whose length cannot be known."""


def _text(message: Any) -> str:
    """The text of a reply; where the provider gives structure by a call of a tool, what the tool was called with."""
    return str(message.text) or (json.dumps(message.tool_calls[0]["args"]) if message.tool_calls else "")


def _may_pass(error: Exception) -> bool:
    return bool(getattr(error, "is_retryable", False)) and not any(isinstance(held, _TooLargeError) for held in _causes(error))


def _asked_to_wait(error: Exception) -> float:
    """The seconds that a server's Retry-After asks for; 0 where it asks for none, or for a date."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    with suppress(ValueError):
        wait = float(headers.get("retry-after", ""))
        return max(wait, 0.0) if math.isfinite(wait) else 0.0
    return 0.0


def _is_too_long(error: Exception) -> bool:
    from langchain_core.exceptions import ContextOverflowError

    return isinstance(error, ContextOverflowError) or (
        getattr(error, "status_code", 0) in (*REJECTED, 413, 500) and bool(TOO_LONG.search(str(error)))
    )


def _causes(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


def _reason(error: Exception) -> str:
    """One line on what went wrong, with the deepest cause where the error itself says little; never with the key in it."""
    if isinstance(error, LookupError | TypeError | AttributeError):
        return f"its server's reply is not of the protocol ({type(error).__name__})"
    if 300 <= getattr(error, "status_code", 0) < 400:
        return "its server sends questions on to another address, which is not followed"
    said = str(error) if len(str(error)) > len("Connection error.") else str(_causes(error)[-1]) or str(error)
    line = (said.strip().splitlines() or [type(error).__name__])[0]
    line = ADDRESS.sub("…", MARKUP.sub("", printable(line)))[:200]
    return line.replace(os.environ.get(KEY) or "\n", "…")
