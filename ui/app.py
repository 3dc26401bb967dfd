"""The page in the browser: it is put together here, and served to nobody but who can reach its address.

All that a person sees follows from one `Screen` for each room, and each event makes the next one. A Gradio HTML component
changes only those elements of the page that differ from before, so a claim that arrives leaves the rest as it stands.
"""

from threading import Event

import gradio as gr
from gradio.themes import Base

from assistant.answering import Assistant
from ui.parts import page_parts, resource
from ui.serving import add_addresses, application, logged_in
from ui.shelving import uploads_of
from ui.texts import DANISH, ENGLISH
from ui.users import UsersNow, everybody
from ui.views import Views
from ui.wiring import wire_chat, wire_language, wire_taking_along
from ui.wiring_rooms import wire_library, wire_rooms, wire_runs


def build(views: Views, users: UsersNow = everybody) -> gr.Blocks:
    """Return the page, ready to be served; who of `users` is no curator cannot change the library."""
    with gr.Blocks(title=f"{DANISH.title} · {ENGLISH.title}", analytics_enabled=False) as page:
        parts = page_parts()
        asking = wire_chat(parts, views)
        wire_language(page, parts, views, users, asking)
        wire_taking_along(parts, views, asking)
        wire_rooms(parts, views)
        wire_library(parts, views, users)
        wire_runs(parts, views)
    return page  # type: ignore[no-any-return]


def launch(
    page: gr.Blocks, views: Views, *, host: str, port: int, programs: Assistant | None = None, users: UsersNow = everybody
) -> str:
    """Serve the page from threads of its own, to nobody but who can reach `host`, and return its address.

    Other programs may ask `programs`, the assistant of the page, where it is given; `users` must log in, where there are any.
    """
    page.queue(max_size=64, api_open=False)
    server, address, _ = page.launch(
        server_name=host,
        server_port=port,
        share=False,
        quiet=True,
        prevent_thread_lock=True,
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        max_file_size=1,  # Byte. Uploads have an address of their own (ui/serving.py), and Gradio's cannot be closed.
        theme=_theme(),
        css=resource("style.css"),
        head='<meta name="color-scheme" content="light dark">',
        app_kwargs=application(programs, users, host=host, per_minute=views.settings.chat.requests_per_minute),
        auth_dependency=logged_in,
    )
    add_addresses(server, documents=views.assistant.documents, uploads=uploads_of(views.settings))
    return str(address)


def wait(page: gr.Blocks) -> None:
    """Return never, until the process is interrupted; then close the page."""
    try:
        Event().wait()
    finally:
        page.close(verbose=False)


def _theme() -> Base:
    sans = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "sans-serif"]
    return Base(font=sans, font_mono=["ui-monospace", "Consolas", "monospace"])
