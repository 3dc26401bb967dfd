"""What every request passes: who asks, how often and how much; and what every response tells a browser (ASGI).

Everything stands behind the one gate: the page, Gradio's own addresses, pictures, uploads, and other programs' addresses.
"""

import asyncio
import hashlib
import json
import logging
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from math import ceil
from typing import Any
from urllib.parse import urlsplit

from corpus.errors import SettingsError
from ui.pacing import Pace
from ui.problems import JSON, problem
from ui.users import User, Users, UsersNow, credentials

log = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

# Gradio starts from a script in the page and makes functions out of text; all else comes from here and goes nowhere else.
PAGE_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"
HEADERS = {b"x-content-type-options": b"nosniff", b"referrer-policy": b"no-referrer", b"x-frame-options": b"DENY"}

PROGRAMS = ("/api/", "/v1/", "/mcp")
UPLOAD = "/documents"
# What costs: questions of programs and of the page, and uploads. A page is made of a hundred small files, which do not.
PACED = (*PROGRAMS, UPLOAD, "/gradio_api/queue/join", "/gradio_api/call/", "/gradio_api/run/")
# Gradio's launch asks for this itself, with nothing to log in by; it says that the program has started, and no more.
OPEN = ("/gradio_api/startup-events",)
LONGEST_BODY = 1024 * 1024
MOST_WAITING = 32
ATTEMPTS_PER_MINUTE = 20
LOG_OUT = "/logout"
NOBODY_AT_ALL = ("-", "-")
"""What the page logs in with to log out (ui/page.js). It gets nothing anywhere else: as a password it is too short."""

LOCAL_NAMES = ("127.0.0.1", "localhost", "::1")
ASK = {"WWW-Authenticate": 'Basic realm="Strategy Assistant", charset="UTF-8"'}


class RequestRefusedError(Exception):
    """A request that is not let through: its status, one sentence, and headers of the response."""

    def __init__(self, status: int, detail: str, **headers: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = headers


class Gate:
    """Lets requests through to `app` and adds headers to what it answers."""

    def __init__(self, app: App, *, users: UsersNow, host: str, per_minute: int) -> None:
        self._app = app
        self._local = host in LOCAL_NAMES
        self._users_now = users
        self._users = Users()
        # Once there was a login there is one until the program ends: removing the last user opens nothing.
        self._guarded = False
        self._pace = Pace(per_minute)
        self._attempts = Pace(ATTEMPTS_PER_MINUTE)
        self._waiting = 0
        self._logins: dict[bytes, User] = {}
        self._secret = secrets.token_bytes(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (https://asgi.readthedocs.io)."""
        if scope["type"] == "websocket":  # Nothing here speaks it, and nothing that might shall pass by the login.
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] != "http":
            await self._app(scope, receive, send)
        else:
            await self._http(scope, receive, _with_headers(send, scope["path"]))

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        try:
            self._look_up_users()
            self._check_host(headers.get(b"host", ""))
            client = scope["client"][0] if scope.get("client") else ""
            if self._guarded and scope["path"] == LOG_OUT:
                await _log_out(headers.get(b"authorization", ""), send)
                return
            if self._guarded and scope["path"] not in OPEN:
                user = await self._login(headers.get(b"authorization", ""), client)
                scope.setdefault("state", {})["user"] = user
                client = f"user {user.name}"
                self._check_role(scope["path"], user)
            self._check_pace(scope["path"], client)
            _check_length(scope["path"], headers)
            await self._let_through(scope, receive, send)
        except RequestRefusedError as refused:
            await _refuse(send, refused)

    def _look_up_users(self) -> None:
        """Follow a change of the users at once; while they cannot be read, nobody gets in."""
        try:
            now = self._users_now()
        except SettingsError as error:
            log.warning("nobody gets in: %s", error)
            now, self._guarded = Users(), True
        if now is not self._users:
            self._users = now
            self._logins.clear()
        self._guarded = self._guarded or bool(now.known)

    def _check_host(self, host: str) -> None:
        """Refuse a page of the web that has its own name lead to this machine (DNS rebinding)."""
        # A log-in is not sent to a strange name by a browser, and a proxy before the program may pass its own name on.
        if self._local and not self._guarded and urlsplit(f"//{host}").hostname not in LOCAL_NAMES:
            raise RequestRefusedError(421, "This program answers under the name of this machine alone.")

    async def _login(self, header: str, client: str) -> User:
        """Return who asks. Who has once logged in is known by a keyed hash of the header, which costs no second scrypt."""
        key = hashlib.blake2b(header.encode(), key=self._secret).digest()
        if user := self._logins.get(key):
            return user
        given = credentials(header)
        if given is None:
            raise RequestRefusedError(401, "Log in with your name and password; a program gives NAME:PASSWORD as its key.", **ASK)
        if wait := self._attempts.wait(client):
            raise _too_many("There were too many attempts to log in; try again in a moment.", wait)
        user = await asyncio.to_thread(self._users.login, *given)
        if user is None:
            raise RequestRefusedError(401, "Name or password are wrong.", **ASK)
        self._logins[key] = user
        return user

    def _check_role(self, path: str, user: User) -> None:
        if path == UPLOAD and not self._users.curates(user.name):
            raise RequestRefusedError(403, "Only a curator may add documents.")

    def _check_pace(self, path: str, client: str) -> None:
        if path.startswith(PACED) and (wait := self._pace.wait(client)):
            raise _too_many("Too many requests came from you; try again in a moment.", wait)

    async def _let_through(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not scope["path"].startswith(PROGRAMS):
            await self._app(scope, receive, send)
            return
        if self._waiting >= MOST_WAITING:
            raise RequestRefusedError(503, "Too many are asking just now; try again in a moment.", **{"Retry-After": "5"})
        self._waiting += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._waiting -= 1


def _with_headers(send: Send, path: str) -> Send:
    policy = DATA_POLICY if path.startswith(PROGRAMS) else PAGE_POLICY
    ours = {**HEADERS, b"content-security-policy": policy.encode()}

    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            kept = [(name, value) for name, value in message.get("headers", []) if name.lower() not in ours]
            message = {**message, "headers": [*kept, *ours.items()]}
        await send(message)

    return sending


def _check_length(path: str, headers: dict[bytes, str]) -> None:
    size = headers.get(b"content-length", "")
    if path == UPLOAD:  # It counts for itself (ui/uploads.py).
        return
    if b"transfer-encoding" in headers:
        raise RequestRefusedError(411, "A request must say how long it is.")
    if size.isdecimal() and int(size) > LONGEST_BODY:
        raise RequestRefusedError(413, f"A request may have {LONGEST_BODY // 1024} KiB at most.")


def _too_many(detail: str, wait: float) -> RequestRefusedError:
    return RequestRefusedError(429, detail, **{"Retry-After": str(ceil(wait))})


async def _log_out(header: str, send: Send) -> None:
    """Have the browser forget its login: it is refused here, and the page offers that of nobody in its place, which is taken."""
    if credentials(header) != NOBODY_AT_ALL:
        raise RequestRefusedError(401, "Log in with your name and password.", **ASK)
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def _refuse(send: Send, refused: RequestRefusedError) -> None:
    body = json.dumps(problem(refused.status, refused.detail)).encode()
    # Closed, because what the request still wanted to send is not read.
    told = {"Content-Type": JSON, "Content-Length": str(len(body)), "Connection": "close", **refused.headers}
    listed = [(name.lower().encode(), value.encode()) for name, value in told.items()]
    await send({"type": "http.response.start", "status": refused.status, "headers": listed})
    await send({"type": "http.response.body", "body": body})
