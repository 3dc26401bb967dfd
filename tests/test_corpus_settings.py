"""Settings: one file, unknown keys and wrong types refused by name."""

from pathlib import Path

import pytest

from corpus.errors import SettingsError
from corpus.settings import read_settings


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_settings_are_read() -> None:
    settings = read_settings()
    assert settings.embedding_model == "default"
    assert settings.index.is_absolute()
    assert settings.language_model.name == ""


def test_a_file_sets_what_it_names_and_the_command_line_wins(tmp_path: Path) -> None:
    path = written(tmp_path, 'index = "~/here"\nocr = false\n[chat]\nport = 8000\n')
    assert read_settings(path).index == Path.home() / "here"
    assert (read_settings(path).ocr, read_settings(path).chat.port) == (False, 8000)
    assert read_settings(path, index=tmp_path).index == tmp_path


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("indx = 'x'", "unknown key 'indx'"),
        ("[chat]\nprt = 1", "unknown key 'prt'"),
        ("ocr = 'yes'", "ocr must be of type bool"),
        ("chat = 3", "must be a table"),
        ("chunk_characters = 5", "at least 100"),
        ("[language_model]\nurl = 'localhost:11434'", "must begin with http://"),
        ("[language_model]\ntimeout_seconds = 0", "at least 1"),
        ("= nonsense", "cannot be read as settings"),
    ],
)
def test_what_cannot_be_followed_is_said(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        read_settings(written(tmp_path, text))


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such settings file"):
        read_settings(tmp_path / "none.toml")
