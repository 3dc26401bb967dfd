"""Finding a port to listen on."""

import errno
import socket
from ipaddress import ip_address

PORTS_TRIED = 21

# Another program listens there, or only an administrator may.
TAKEN = (errno.EADDRINUSE, errno.EACCES)


def is_free(host: str, port: int) -> bool:
    """Return whether `port` of `host` can be listened on now; raises `OSError` where `host` is no address of ours."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        # As the server itself does: a port whose last connections still linger counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            if error.errno in TAKEN:
                return False
            raise
    return True


def first_free(host: str, first: int) -> int | None:
    """Return the first port from `first` on that can be listened on, `None` where the next 20 are taken as well."""
    ports = range(first, min(first + PORTS_TRIED, 65536))
    return next((port for port in ports if is_free(host, port)), None)


def is_loopback(host: str) -> bool:
    """Return whether only this machine reaches `host`."""
    address = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0][4][0]
    return ip_address(address).is_loopback
