"""The settings: one `settings.toml`, one frozen value, one reader. Secrets come from the environment alone."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TypeVar

from platformdirs import user_data_path

from corpus.errors import SettingsError

APPLICATION = "strategy-assistant"
LEAST_CONTEXT_TOKENS = 200
SETTINGS_FILE = Path(__file__).resolve().parent.parent / "settings.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatSettings:
    """Where the chat listens, how large an uploaded file may be, how often one may ask, and whether verdicts may be left."""

    host: str = "127.0.0.1"
    port: int = 7860
    upload_mebibytes: int = 50
    requests_per_minute: int = 120
    feedback: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageModelSettings:
    """Which chat model words the answer; with an empty name there is none.

    `context_tokens` is how much of the documents it is shown for one question; 0 leaves that to what its server reports.
    """

    name: str = ""
    provider: str = "openai"
    url: str = ""
    timeout_seconds: int = 60
    context_tokens: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set."""

    index: Path
    embedding_model: str = "default"
    reranking_model: str = ""
    reader_model: str = "shipped"
    reader_threads: int = 1
    chroma_server: str = ""
    chunk_characters: int = 900
    ocr: bool = True
    chat: ChatSettings = field(default_factory=ChatSettings)
    language_model: LanguageModelSettings = field(default_factory=LanguageModelSettings)

    @property
    def data(self) -> Path:
        """The folder beside the index for what people leave: uploaded files, verdicts, answers with a link."""
        return self.index.with_name(f"{self.index.name}-data")


Section = TypeVar("Section")
SECTIONS = {"chat": ChatSettings, "language_model": LanguageModelSettings}


def read_settings(path: Path | None = None, *, index: Path | None = None) -> Settings:
    """Return the settings of `path` (default: the project's `settings.toml`, if there), with `index` put over its index.

    Raises `SettingsError` for a file that is not TOML, an unknown key or a value of the wrong type.
    """
    table = _read_table(path or SETTINGS_FILE, must_exist=path is not None)
    for name, section in SECTIONS.items():
        table[name] = _fill(section, table.get(name, {}), where=f"[{name}]")
    folder = index or table.pop("index", "") or user_data_path(APPLICATION) / "index"
    table["index"] = Path(str(folder)).expanduser()
    settings = _fill(Settings, table, where="settings.toml")
    model = settings.language_model
    if model.url and not model.url.startswith(("http://", "https://")):
        raise SettingsError(f"[language_model]: url must begin with http:// or https://, not {model.url!r}")
    if model.timeout_seconds < 1:
        raise SettingsError(f"[language_model]: timeout_seconds must be at least 1, not {model.timeout_seconds}")
    if model.context_tokens and model.context_tokens < LEAST_CONTEXT_TOKENS:
        raise SettingsError(
            f"[language_model]: context_tokens must be 0 or at least {LEAST_CONTEXT_TOKENS}, not {model.context_tokens}"
        )
    if settings.chunk_characters < 100:
        raise SettingsError(f"settings.toml: chunk_characters must be at least 100, not {settings.chunk_characters}")
    if settings.reader_threads < 1:
        raise SettingsError(f"settings.toml: reader_threads must be at least 1, not {settings.reader_threads}")
    return settings


def _read_table(path: Path, *, must_exist: bool) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if must_exist:
            raise SettingsError(f"{path}: there is no such settings file") from None
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read as settings: {error}") from error


def _fill(kind: type[Section], table: object, *, where: str) -> Section:
    if not isinstance(table, Mapping):
        raise SettingsError(f"{where} must be a table, not {table!r}")
    known = {item.name: item.type for item in fields(kind)}  # type: ignore[arg-type]
    for name, value in table.items():
        if name not in known:
            raise SettingsError(f"{where}: unknown key {name!r}; known are {', '.join(sorted(known))}")
        if type(value) is not known[name] and not isinstance(value, Path):
            raise SettingsError(f"{where}: {name} must be of type {known[name].__name__}, not {value!r}")  # type: ignore[union-attr]
    return kind(**table)
