import json
import shutil
from pathlib import Path

import pytest

from corpus.errors import ReaderError
from reader import open_reader
from reader.opening import MODEL, PIECES, SETTINGS, SHIPPED


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped reader."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "copied"))


def test_a_folder_is_a_reader_of_its_own_name(folder: Path) -> None:
    assert open_reader(str(folder)).name.startswith("copied@")
    assert open_reader(str(folder)).name.partition("@")[2] == open_reader().name.partition("@")[2]


def test_a_folder_that_is_not_there() -> None:
    with pytest.raises(ReaderError, match="folder does not exist"):
        open_reader("/nowhere/at/all")


@pytest.mark.parametrize("name", [MODEL, PIECES, SETTINGS])
def test_a_missing_file_is_one_clear_line(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ReaderError, match=f"{name}.*missing or damaged") as caught:
        open_reader(str(folder))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", [MODEL, PIECES, SETTINGS])
def test_a_file_cut_short_is_one_clear_line(folder: Path, name: str) -> None:
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content[: len(content) // 2])
    with pytest.raises(ReaderError, match=f"{name}.*missing or damaged") as caught:
        open_reader(str(folder))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "change",
    [{"format": 99}, {"limits": {"window": 3}}, {"limits": {"strange": 1}}, {"calibration": {}}, {"calibration": None}],
)
def test_settings_that_cannot_be_followed(folder: Path, change: dict[str, object]) -> None:
    settings = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
    (folder / SETTINGS).write_text(json.dumps(settings | change), encoding="utf-8")
    with pytest.raises(ReaderError, match="settings"):
        open_reader(str(folder))


def test_the_vocabulary_of_another_model(folder: Path) -> None:
    other = SHIPPED.parent.parent / "corpus" / "embedder" / "model" / "tokenizer.json"
    shutil.copy(other, folder / PIECES)
    with pytest.raises(ReaderError, match="lacks"):
        open_reader(str(folder))
