"""An answer as plain text, for a terminal or another program."""

from assistant.quoting.citing import place
from assistant.values import Answer


def show(answer: Answer) -> str:
    """Return the answer as text: its own, how it was understood, and one line for each citation that says where it stands.

    Control characters are left out: a document could hold some that move the cursor or colour the screen.
    """
    lines = [answer.text]
    if answer.understood.text:
        lines += ["", answer.understood.text]
    cited = answer.citations or answer.nearest
    if cited:
        lines.append("")
    for citation in cited:
        lines.append(f"[{citation.n}] {place(citation, answer.language)} ({citation.quote.document.name})")
    return "".join(character for character in "\n".join(lines) if character == "\n" or character.isprintable())
