"""The door to the web: one address to one file, bounded in bytes, time and redirects, resumed where it broke off.

What comes is saved as it is sent: it is never unpacked, and nothing that a server says becomes a path.
"""

import asyncio
import ipaddress
import json
import re
import socket
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import IO, Literal

import httpx

from corpus.errors import DownloadError

MEGABYTE = 1_000_000
HEAD = 1024
USER_AGENT = "strategy-assistant/0.1 (a person's own reading copy)"
_PAGE = re.compile(rb"<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_PASSING = (408, 425, 429, 500, 502, 503, 504)
_ANSWERS = {401: "asks for a password", 403: "refuses it", 404: "has no such document", 410: "no longer has it"}

Kind = Literal["pdf", "page"]


def is_private(host: str) -> bool:
    """Return whether a host name or address leads anywhere but into the public internet; one that cannot be resolved does not."""
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        return False
    addresses = [ipaddress.ip_address(address) for address in found]
    return any(not (getattr(address, "ipv4_mapped", None) or address).is_global for address in addresses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much is taken from a server: bytes, redirects, attempts, and seconds of silence, of one attempt and between two.

    `private` tells which hosts lie in a private network; none of them is reached by a redirect from a public one.
    """

    file_bytes: int = 100 * MEGABYTE
    page_bytes: int = 5 * MEGABYTE
    redirects: int = 5
    attempts: int = 4
    silence: float = 30
    attempt: float = 600
    pause: float = 1
    longest_pause: float = 60
    private: Callable[[str], bool] = is_private


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """Which version of an address was sent, in the server's words; empty where it said nothing that can be sent back."""

    url: str
    etag: str = ""
    last_modified: str = ""

    @property
    def strong(self) -> str:
        """What stands for the very same bytes, for If-Range; a weak etag does not."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.last_modified


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What lies in the file now, by its first bytes; `url` is where it came from in the end."""

    kind: Kind
    url: str
    version: Version


class _PassingError(Exception):
    """Something that may be over at the next attempt, after `pause` seconds if the server named them."""

    def __init__(self, reason: str, *, pause: float = 0) -> None:
        super().__init__(reason)
        self.pause = pause


def fetch(
    url: str,
    part: Path,
    *,
    held: Version | None = None,
    bounds: Bounds,
    progress: Callable[[int], None] = lambda _: None,
) -> Fetched | None:
    """Save what the address holds in `part`, going on from what lies there of it; None if it is still the version `held`.

    `progress` is called with the bytes that there are. Raises DownloadError with the reason, after as many attempts as are
    worth making; what was received is then kept in `part` for the next call, unless it can be of no use.
    """
    for attempt in range(1, bounds.attempts + 1):
        try:
            return asyncio.run(_attempt(url, part, held=held, bounds=bounds, progress=progress))
        except _PassingError as trouble:
            pause = trouble.pause or bounds.pause * 2 ** (attempt - 1)
            if attempt == bounds.attempts:
                raise DownloadError(f"{trouble}, at each of {attempt} attempts") from trouble
            if pause > bounds.longest_pause:
                raise DownloadError(f"{trouble}; try again in {pause:.0f} seconds") from trouble
            time.sleep(pause)
        except OSError as error:
            raise DownloadError(f"{part.parent}: cannot be written: {error.strerror or error}") from error
    raise DownloadError("no attempt was allowed")


def discard(part: Path) -> None:
    """Delete a part and what was noted about it."""
    part.unlink(missing_ok=True)
    _note(part).unlink(missing_ok=True)


async def _attempt(
    url: str,
    part: Path,
    *,
    held: Version | None,
    bounds: Bounds,
    progress: Callable[[int], None],
) -> Fetched | None:
    begun = _begun(part, url)
    try:
        async with (
            asyncio.timeout(bounds.attempt),
            _client(bounds) as client,
            _answered(client, url, _headers(begun, part, held), bounds) as response,
        ):
            if response.status_code == 304 and held:
                return None
            offset = _offset(response, begun, part)
            kind = await _receive(response, part, offset=offset, url=url, bounds=bounds, progress=progress)
            return Fetched(kind=kind, url=str(response.url), version=_version(response, url))
    except TimeoutError:
        raise _PassingError(f"it was not there after {bounds.attempt:g} seconds") from None
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
        raise DownloadError(f"the server cannot be reached: {error or 'no answer'}") from error
    except httpx.TimeoutException as error:
        raise _PassingError(f"nothing came for {bounds.silence:g} seconds") from error
    except (httpx.NetworkError, httpx.RemoteProtocolError) as error:
        raise _PassingError("the connection broke off, or what came does not follow HTTP") from error
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise DownloadError(f"the address cannot be asked for: {error}") from error


def _client(bounds: Bounds) -> httpx.AsyncClient:
    """Make a client that follows the environment's proxies and no redirect on its own, and asks for nothing packed."""
    headers = {"User-Agent": USER_AGENT, "Accept": "application/pdf, text/html;q=0.8, */*;q=0.1", "Accept-Encoding": "identity"}
    try:
        return httpx.AsyncClient(headers=headers, timeout=bounds.silence)
    except (ImportError, ValueError) as error:
        raise DownloadError(f"the proxy that the environment names cannot be used: {error}") from error


@asynccontextmanager
async def _answered(
    client: httpx.AsyncClient, url: str, headers: Mapping[str, str], bounds: Bounds
) -> AsyncIterator[httpx.Response]:
    """Follow the redirects to an answer; never to another scheme, nor from a public host into a private network."""
    target = _checked(httpx.URL(url))
    inside = bounds.private(target.host)
    for _ in range(bounds.redirects + 1):
        async with client.stream("GET", target, headers=headers) as response:
            if not response.has_redirect_location:
                yield response
                return
            target = _checked(target.join(response.headers["location"]))
        if not inside and bounds.private(target.host):
            raise DownloadError(f"it redirects into a private network, to {target.host}")
    raise DownloadError(f"it redirects more than {bounds.redirects} times")


def _checked(url: httpx.URL) -> httpx.URL:
    if url.scheme not in ("http", "https") or not url.host:
        raise DownloadError(f"only addresses of http and https are fetched, not {str(url)!r}")
    return url.copy_with(fragment=None)


def _headers(begun: Version | None, part: Path, held: Version | None) -> dict[str, str]:
    """Return the conditions: the rest of what was begun, else anything but the version held."""
    if begun:
        return {"Range": f"bytes={part.stat().st_size}-", "If-Range": begun.strong}
    conditions = {"If-None-Match": held.etag, "If-Modified-Since": held.last_modified} if held else {}
    return {name: value for name, value in conditions.items() if value}


def _offset(response: httpx.Response, begun: Version | None, part: Path) -> int:
    """Return from which byte on the answer's body goes; raise what its status means if it has none for us."""
    status = response.status_code
    if status == 200:
        return 0
    if status in (206, 416):
        size = part.stat().st_size if begun else 0
        if begun and status == 206 and re.match(rf"bytes {size}-", response.headers.get("content-range", "")):
            return size
        discard(part)
        raise _PassingError("the server sent another part than was asked for")
    if status in _PASSING:
        raise _PassingError(f"the server answers {status}", pause=_pause(response.headers.get("retry-after", "")))
    raise DownloadError(f"the server {_ANSWERS.get(status, 'has an answer that is no document')} ({status})")


def _pause(retry_after: str) -> float:
    """Return the seconds that a Retry-After asks for, given as a number or as a date; 0 if it says nothing usable."""
    if re.fullmatch(r"[0-9]{1,9}", retry_after.strip()):
        return float(retry_after)
    try:
        until = parsedate_to_datetime(retry_after)
        return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
    except (ValueError, IndexError, TypeError, OverflowError):
        return 0.0


async def _receive(
    response: httpx.Response, part: Path, *, offset: int, url: str, bounds: Bounds, progress: Callable[[int], None]
) -> Kind:
    """Write the body behind the first `offset` bytes of the part and return what it is; too much or something else is deleted."""
    try:
        _refuse_packed(response)
        _refuse_large(offset + _announced(response), bounds.file_bytes)
        with _opened(part, _version(response, url), offset) as file:
            head, size = _head(part), offset
            async for data in response.aiter_raw():
                file.write(data)
                size += len(data)
                head = (head + data)[:HEAD]
                bound = bounds.page_bytes if len(head) == HEAD and _kind(head) == "page" else bounds.file_bytes
                _refuse_large(size, bound)
                progress(size)
        kind = _kind(head)
        if kind == "pdf" and not _ends(part, response):
            raise _PassingError("it ended before the PDF did")
        return kind
    except DownloadError:
        discard(part)
        raise


def _refuse_packed(response: httpx.Response) -> None:
    packed = response.headers.get("content-encoding", "identity")
    if packed != "identity":
        raise DownloadError(f"the server packed it ({packed[:20]!r}) though it was asked not to; it is not unpacked")


def _announced(response: httpx.Response) -> int:
    length = response.headers.get("content-length", "")
    return int(length) if re.fullmatch(r"[0-9]{1,18}", length) else 0


def _refuse_large(size: int, bound: int) -> None:
    if size > bound:
        raise DownloadError(f"it is of {size / MEGABYTE:,.1f} MB or more; at most {bound / MEGABYTE:g} MB are fetched")


def _kind(head: bytes) -> Kind:
    """Return what begins with these bytes; DownloadError if it is neither a PDF nor a web page."""
    if b"%PDF-" in head:
        return "pdf"
    if _PAGE.search(head):
        return "page"
    raise DownloadError("what came is neither a PDF nor a web page" if head else "what came is empty")


def _ends(part: Path, response: httpx.Response) -> bool:
    """Return whether a PDF is whole: the transfer holds to the length announced; without one the PDF's own end must be there."""
    if "content-length" in response.headers or "transfer-encoding" in response.headers:
        return True
    with part.open("rb") as file:
        file.seek(max(0, part.stat().st_size - 2 * HEAD))
        return b"%%EOF" in file.read()


def _opened(part: Path, version: Version, offset: int) -> IO[bytes]:
    """Open a part to write at its end, or anew; a note beside it says of which version it is, if that can be gone on with."""
    if offset:
        return part.open("ab")
    discard(part)
    file = part.open("wb")
    if version.strong:
        _note(part).write_text(json.dumps(asdict(version)), encoding="utf-8")
    return file


def _head(part: Path) -> bytes:
    with part.open("rb") as file:
        return file.read(HEAD)


def _begun(part: Path, url: str) -> Version | None:
    """Return the version of which the part holds the beginning; None if there is none of this address to go on with."""
    try:
        version = Version(**json.loads(_note(part).read_text(encoding="utf-8")))
        usable = version.url == url and bool(version.strong) and part.stat().st_size > 0
    except (OSError, ValueError, TypeError, AttributeError):
        return None
    return version if usable else None


def _note(part: Path) -> Path:
    return part.with_name(part.name + ".json")


def _version(response: httpx.Response, url: str) -> Version:
    """Return the server's words for this version as far as they are well formed, since they are sent back as they are."""
    etag, modified = response.headers.get("etag", ""), response.headers.get("last-modified", "")
    return Version(
        url=url,
        etag=etag if re.fullmatch(r'(W/)?"[\x21\x23-\x7e]{0,200}"', etag) else "",
        last_modified=modified if re.fullmatch(r"[A-Za-z]{3}, [0-9A-Za-z: ]{20,26}", modified) else "",
    )
