"""Users: added, checked, written for nobody else to read, and never by a password in the clear."""

import base64
import io
import stat
from pathlib import Path

import pytest

from corpus.errors import SettingsError
from ui.__main__ import main
from ui.users import FILE, Users, credentials, read_users, write_users

PASSWORD = "a good long: password"


@pytest.fixture(scope="module")
def users() -> Users:
    return Users().with_user("anna", "curator", PASSWORD).with_user("søren", "reader", "endnu et langt ord")


def test_name_and_password_must_both_be_right(users: Users) -> None:
    assert users.login("anna", PASSWORD) == users.known["anna"]
    assert users.login("anna", PASSWORD + ".") is None
    assert users.login("søren", PASSWORD) is None
    assert users.login("nobody", PASSWORD) is None
    assert users.login("", "") is None


def test_a_curator_curates_and_everybody_does_where_nobody_logs_in(users: Users) -> None:
    assert [users.curates(name) for name in ("anna", "søren", "nobody", None)] == [True, False, False, False]
    assert Users().curates(None)


def test_they_are_read_as_written_and_hold_no_password(users: Users, tmp_path: Path) -> None:
    write_users(users, tmp_path)
    assert read_users(tmp_path) == users
    assert PASSWORD not in (tmp_path / FILE).read_text(encoding="utf-8")
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"anna": {}}', '{"anna": {"role": "king", "salt": "", "hash": ""}}'])
def test_a_damaged_file_lets_nobody_in(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match="the users cannot be read"):
        read_users(tmp_path)


@pytest.mark.parametrize("name", ["", "a:b", " a", "a\nb"])
def test_a_name_that_cannot_log_in_is_refused(name: str) -> None:
    with pytest.raises(SettingsError, match="no name"):
        Users().with_user(name, "reader", PASSWORD)


def test_a_short_password_is_refused() -> None:
    with pytest.raises(SettingsError, match="12 to 200"):
        Users().with_user("anna", "reader", "short")


@pytest.mark.parametrize(
    ("header", "given"),
    [
        ("Basic " + base64.b64encode("søren:a:b".encode()).decode(), ("søren", "a:b")),
        ("Bearer anna:secret", ("anna", "secret")),
        ("bearer anna", None),
        ("Basic !!!", None),
        ("Basic " + base64.b64encode(b"\xff:\xff").decode(), None),
        ("Digest a:b", None),
        ("", None),
    ],
)
def test_headers_are_read(header: str, given: tuple[str, str] | None) -> None:
    assert credentials(header) == given


def test_the_command_adds_and_removes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    index = ["--index", str(tmp_path / "index")]
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\nshort\n"))
    assert main([*index, "--add-user", "anna", "--role", "curator"]) == 0
    data = tmp_path / "index-data"
    assert read_users(data).login("anna", PASSWORD) is not None
    assert read_users(data).curates("anna")
    assert main([*index, "--add-user", "anna"]) == 1
    assert main([*index, "--remove-user", "eva"]) == 1
    assert main([*index, "--remove-user", "anna"]) == 0
    assert read_users(data) == Users()
    assert PASSWORD not in capsys.readouterr().err
