"""The door to LangChain's chat models: a system text and a user text in, the model's text out."""

import os
from typing import Any, Protocol

from corpus.errors import LanguageModelError
from corpus.settings import LanguageModelSettings

KEY = "LANGUAGE_MODEL_API_KEY"
RETRIES = 2


class ChatModel(Protocol):
    """Anything that completes a conversation of two texts."""

    @property
    def name(self) -> str: ...  # noqa: D102

    def complete(self, *, system: str, user: str) -> str:
        """Return the model's text; raises `LanguageModelError`."""
        ...


class LangChainModel:
    """A chat model of LangChain, opened by name; servers that speak the OpenAI protocol are reached by their address."""

    def __init__(self, settings: LanguageModelSettings) -> None:
        """Open the model; raises `LanguageModelError` where LangChain does not know it."""
        # Imported here: most runs have no language model, and LangChain takes a second to import.
        from langchain.chat_models import init_chat_model

        self.name = settings.name
        options: dict[str, Any] = {"timeout": settings.timeout_seconds, "max_retries": RETRIES, "temperature": 0}
        if settings.url:
            # A local server wants no key, its client wants some text.
            options |= {"base_url": settings.url, "api_key": os.environ.get(KEY, "none")}
        elif KEY in os.environ:
            options["api_key"] = os.environ[KEY]
        # Each provider raises errors of its own library, so both calls end every one of them here.
        try:
            self._model = init_chat_model(settings.name, model_provider=settings.provider, **options)
        except Exception as error:
            raise LanguageModelError(f"the language model {settings.name!r} cannot be opened: {_first_line(error)}") from error

    def complete(self, *, system: str, user: str) -> str:
        """Return the model's text; raises `LanguageModelError`."""
        try:
            return str(self._model.invoke([("system", system), ("user", user)]).text)
        except Exception as error:
            raise LanguageModelError(f"the language model {self.name!r} gave no answer: {_first_line(error)}") from error


def open_chat_model(settings: LanguageModelSettings) -> ChatModel | None:
    """Return the chat model that the settings name, or None where they name none."""
    return LangChainModel(settings) if settings.name else None


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
