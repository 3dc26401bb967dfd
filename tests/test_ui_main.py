"""`python -m ui` from the outside: each way of not starting is one clear line and its exit code."""

import socket
from pathlib import Path

import pytest

from ui.__main__ import main


def test_an_index_that_is_not_there_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--index", str(tmp_path / "none"), "--port", "7950"]) == 1
    error = capsys.readouterr().err.splitlines()[-1]
    assert error.startswith("ui: ")
    assert "python -m ingest" in error


def test_a_taken_port_is_told_with_the_one_used_instead(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        taken = listener.getsockname()[1]
        main(["--index", str(tmp_path / "none"), "--port", str(taken)])
    first, *_ = capsys.readouterr().err.splitlines()
    assert first.startswith(f"ui: port {taken} is taken, so ")


def test_settings_that_cannot_be_read_are_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text("[chat]\nprot = 1\n", encoding="utf-8")
    assert main(["--settings", str(settings)]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_host_that_is_not_this_machine_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--host", "192.0.2.1"]) == 1
    assert "'192.0.2.1' is not an address to listen on" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1"])
def test_a_port_that_is_none_is_a_wrong_command_line(port: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--port", port])
    assert stopped.value.code == 2
