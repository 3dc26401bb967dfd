"""The [n] of a citation: the button that opens its evidence, and the line that says where it is from."""

from dataclasses import dataclass

from markupsafe import Markup

from assistant.quoting.citing import page_words, place
from assistant.values import Citation
from ui.texts import Tab, Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What every part of one turn needs: its room and which turn it is, which citation stands open, and the words."""

    index: int
    opened: int | None
    texts: Texts
    last: bool = False
    feedback: bool = False
    room: Tab = "chat"

    @property
    def key(self) -> str:
        """What tells this turn from all others of the page."""
        return key_of(self.room, self.index)


def key_of(room: Tab, turn: int) -> str:
    """Return what tells a turn from all others of the page: its number in the chat, with the room's name in another room."""
    return str(turn) if room == "chat" else f"{room}-{turn}"


def button(citation: Citation, frame: Frame) -> Markup:
    """Return the [n] that opens a citation."""
    texts = frame.texts
    # The space before the button cannot break, so that [n] never begins a line alone.
    return Markup(
        '&nbsp;<button type="button" class="cite" id="cite-{5}-{1}" data-event="cite" data-turn="{0}" data-n="{1}" '
        'aria-label="{2}" lang="{3}"{4}>[{1}]</button>'
    ).format(
        frame.index,
        citation.n,
        texts.open_citation.format(n=citation.n, place=place(citation, texts.language)),
        texts.language,
        Markup(' aria-current="true"') if citation.n == frame.opened else "",
        frame.key,
    )


def place_line(citation: Citation, frame: Frame, *, numbered: bool) -> Markup:
    """Return where a citation is from, in one line: whether that is our own text, how it stands, page, title and heading."""
    quote, document, texts = citation.quote, citation.quote.document, frame.texts
    parts = (
        f"[{citation.n}]" if numbered else "",
        Markup("<strong>{}</strong>").format(texts.our_own) if document.digest else "",
        Markup('<span class="standing">{}</span>').format(citation.standing.words(texts.language)) if citation.standing else "",
        # The page comes first, because a narrow screen cuts off what is too long.
        page_words(citation, texts.language),
        document.title,
        *(heading for heading in quote.heading_path[-1:] if heading != document.title),
    )
    # A mouse may take the whole line; the button before it serves the keyboard and the screen reader.
    return Markup('<p class="place" data-event="cite" data-turn="{}" data-n="{}">{}</p>').format(
        frame.index, citation.n, Markup(" · ").join(part for part in parts if part)
    )
