"""Who may use the program, where somebody was added: names, roles and hashed passwords in one file beside the index."""

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from corpus.errors import SettingsError

Role = Literal["reader", "curator"]
ROLES: tuple[Role, ...] = get_args(Role)
FILE = "users.json"
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
# OWASP's Password Storage Cheat Sheet: one of its equal choices for scrypt, the one of 16 MiB.
COST, BLOCK, PARALLEL, BYTES = 2**14, 8, 5, 32


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person or a program that logs in. A reader asks; a curator also puts documents in and takes them out."""

    name: str
    role: Role
    salt: str
    hash: str


NOBODY = User(name="", role="reader", salt="", hash="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Users:
    """Everybody who may log in, by name. Where there is nobody, there is no login and everybody may do everything."""

    known: Mapping[str, User] = field(default_factory=dict)

    def login(self, name: str, password: str) -> User | None:
        """Return who that is, None where name or password are wrong; both take as long (some 0.2 s)."""
        user = self.known.get(name, NOBODY)
        right = hmac.compare_digest(_hash(password[:LONGEST_PASSWORD], user.salt), user.hash)
        return user if right else None

    def curates(self, name: str | None) -> bool:
        """Return whether somebody may change what the library holds."""
        user = self.known.get(name or "")
        return not self.known or (user is not None and user.role == "curator")

    def with_user(self, name: str, role: Role, password: str) -> "Users":
        """Return them with one added or given another role and password; raises `SettingsError` for what cannot be."""
        if not name or not name.isprintable() or ":" in name or name != name.strip():
            raise SettingsError(f"{name!r} is no name to log in with: it may hold no colon and no space around it")
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            raise SettingsError(f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters")
        salt = secrets.token_hex(16)
        return Users(known={**self.known, name: User(name=name, role=role, salt=salt, hash=_hash(password, salt))})

    def without(self, name: str) -> "Users":
        """Return them without one; raises `SettingsError` where there is none of that name."""
        if name not in self.known:
            raise SettingsError(f"there is no user {name!r}")
        return Users(known={key: user for key, user in self.known.items() if key != name})


UsersNow = Callable[[], Users]
"""Who may log in at the moment."""


EVERYBODY = Users()


def everybody() -> Users:
    """Return nobody that is known, so that there is no login."""
    return EVERYBODY


class Register:
    """The users of a data folder as they are at the moment: the file is read again once it has changed."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._state: tuple[int, ...] | None = None
        self._users = Users()

    def __call__(self) -> Users:
        """Return them; raises `SettingsError` for a file that cannot be read, which lets nobody in."""
        state = self._read_state()
        if state != self._state:
            self._users = read_users(self._data)
            self._state = state
        return self._users

    def _read_state(self) -> tuple[int, ...]:
        try:
            found = (self._data / FILE).stat()
        except FileNotFoundError:
            return ()
        return found.st_ino, found.st_mtime_ns, found.st_size


def read_users(data: Path) -> Users:
    """Return the users of a data folder; raises `SettingsError` for a file that cannot be read, which lets nobody in."""
    path = data / FILE
    try:
        records = json.loads(path.read_text(encoding="utf-8"))
        return Users(known={name: _user(name, record) for name, record in records.items()})
    except FileNotFoundError:
        return Users()
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise SettingsError(f"{path}: the users cannot be read: {error}") from error


def write_users(users: Users, data: Path) -> None:
    """Write the users of a data folder, whole or not at all, for nobody else on this machine to read."""
    data.mkdir(parents=True, exist_ok=True)
    records = {user.name: {"role": user.role, "salt": user.salt, "hash": user.hash} for user in users.known.values()}
    unfinished = data / f"{FILE}.{secrets.token_hex(8)}.part"
    with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(records, file, ensure_ascii=False, indent=1)
    os.replace(unfinished, data / FILE)


def credentials(header: str) -> tuple[str, str] | None:
    """Return name and password of an `Authorization` header: Basic, or Bearer with NAME:PASSWORD as the key."""
    scheme, _, value = header.partition(" ")
    if scheme.lower() == "basic":
        try:
            value = base64.b64decode(value, validate=True).decode("utf-8")
        except ValueError:
            return None
    elif scheme.lower() != "bearer":
        return None
    name, colon, password = value.partition(":")
    return (name, password) if colon else None


def _user(name: str, record: Mapping[str, str]) -> User:
    role = next((role for role in ROLES if role == record["role"]), None)
    if role is None:
        raise ValueError(f"{name!r} has no role of {', '.join(ROLES)}")
    return User(name=name, role=role, salt=str(record["salt"]), hash=str(record["hash"]))


def _hash(password: str, salt: str) -> str:
    hashed = hashlib.scrypt(password.encode(), salt=salt.encode(), n=COST, r=BLOCK, p=PARALLEL, dklen=BYTES, maxmem=2**26)
    return hashed.hex()
