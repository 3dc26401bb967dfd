"""`python -m ui`: open the chat in the browser, on http://127.0.0.1:7860 unless told otherwise.

Exit codes: 0 stopped by Ctrl-C; 1 it could not start (one line says why); 2 the command line is wrong.
"""

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from getpass import getpass
from pathlib import Path

from corpus.errors import AssistantError
from corpus.settings import Settings, read_settings
from ui.ports import PORTS_TRIED, first_free, is_loopback
from ui.starting import leave_out_stubs
from ui.users import ROLES, Register, read_users, write_users

# Before Gradio is imported: it sends statistics home unless told not to.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    try:
        settings = read_settings(options.settings, index=options.index)
        if options.add_user or options.remove_user:
            _change_users(settings, options)
            return 0
        if options.mcp:
            _serve_tools(settings)
            return 0
        host = options.host or settings.chat.host
        port = _port(host, settings.chat.port if options.port is None else options.port)
        _serve(settings, host, port)
    except (AssistantError, OSError) as error:
        _say(str(error))
        return 1
    except KeyboardInterrupt:
        _say("stopped")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ui", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    default = "(default: as settings.toml says)"
    parser.add_argument("--host", metavar="HOST", help=f"the address to listen on {default}")
    parser.add_argument("--port", type=_port_number, metavar="PORT", help=f"the first port to try {default}")
    parser.add_argument("--index", type=Path, metavar="DIR", help=f"the index to use {default}")
    parser.add_argument("--settings", type=Path, metavar="FILE", help="a settings file other than settings.toml")
    parser.add_argument(
        "--add-user", metavar="NAME", help="let NAME log in, with a password that is asked for; ends the open access"
    )
    parser.add_argument("--role", choices=ROLES, default="reader", help="of --add-user: a curator may change the library")
    parser.add_argument("--remove-user", metavar="NAME", help="let NAME log in no more")
    parser.add_argument("--mcp", action="store_true", help="open no chat; serve the tools of the Model Context Protocol on stdio")
    return parser


def _port_number(value: str) -> int:
    if not value.isdecimal() or not 1 <= int(value) <= 65535:
        raise argparse.ArgumentTypeError(f"{value!r} is not a port between 1 and 65535")
    return int(value)


def _port(host: str, wanted: int) -> int:
    try:
        port = first_free(host, wanted)
    except OSError as error:
        raise AssistantError(f"{host!r} is not an address to listen on: {error.strerror}") from error
    if port is None:
        raise AssistantError(f"ports {wanted} to {wanted + PORTS_TRIED - 1} are taken; name another with --port")
    if port != wanted:
        _say(f"port {wanted} is taken, so {port} is used")
    return port


def _serve(settings: Settings, host: str, port: int) -> None:
    leave_out_stubs()
    # Here, not above: these imports take seconds, which --help and a wrong option should not cost.
    from assistant.wiring import open_assistant
    from corpus.catalogue import load_catalogue
    from ui.app import build, launch, wait
    from ui.views import Views

    users = Register(settings.data)
    if not users().known and not is_loopback(host):
        _say(f"whoever reaches {host} may ask, upload and remove; --add-user makes everybody log in")
    assistant = open_assistant(settings)
    try:
        views = Views(assistant=assistant, catalogue=load_catalogue(), settings=settings)
        page = build(views, users)
        _say(f"the chat is at {launch(page, views, host=host, port=port, programs=assistant, users=users)} (Ctrl-C stops it)")
        wait(page)
    finally:
        assistant.close()


def _change_users(settings: Settings, options: argparse.Namespace) -> None:
    users = read_users(settings.data)
    if options.add_user:
        users = users.with_user(options.add_user, options.role, _password())
    else:
        users = users.without(options.remove_user)
    write_users(users, settings.data)
    if users.known:
        _say(f"{len(users.known)} may log in, from now on")
    else:
        _say("nobody is left who may log in: a chat that runs lets nobody in, the next one asks for no login")


def _password() -> str:
    return getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def _serve_tools(settings: Settings) -> None:
    from assistant.wiring import open_assistant
    from ui.tools import tools

    assistant = open_assistant(settings)
    try:
        tools(assistant).run("stdio")
    finally:
        assistant.close()


def _say(line: str) -> None:
    sys.stderr.write(f"ui: {line}\n")


if __name__ == "__main__":
    sys.exit(main())
