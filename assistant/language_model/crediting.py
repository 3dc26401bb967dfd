"""What an answer says about the language model that worded it: its name, what it read, and what was dropped and why."""

from collections.abc import Mapping

from assistant.language_model.checking import Fault
from assistant.language_model.formulating import Formulated
from assistant.language_model.numbers import Side

WORDED = {
    "da": "Formuleret af sprogmodellen {model} ud fra {shown} af {of} uddrag; hvert citat er kontrolleret ordret mod siden.",
    "en": "Worded by the language model {model} from {shown} of {of} passages; every quote was checked word for word against "
    "its page.",
}
UNANSWERED = {
    "da": "Sprogmodellen {model} fandt intet svar i {shown} af {of} uddrag.",
    "en": "The language model {model} found no answer in {shown} of {of} passages.",
}
UNPROVEN = {
    "da": "Sprogmodellen {model} svarede ud fra {shown} af {of} uddrag, men intet af det kunne bekræftes, "
    "så svaret er sat sammen af citater alene.",
    "en": "The language model {model} answered from {shown} of {of} passages, but nothing it said could be verified, "
    "so the answer is made of quotes alone.",
}
SHORTENED = {
    "da": "Modellen kan ikke læse flere uddrag på én gang.",
    "en": "The model cannot read more passages at once.",
}
DROPPED = {
    "da": ("Én af dens påstande er udeladt: {reasons}.", "{count} af dens påstande er udeladt: {reasons}."),
    "en": ("One of its claims was dropped: {reasons}.", "{count} of its claims were dropped: {reasons}."),
}
REASONS: Mapping[Side, Mapping[Fault, str]] = {
    "da": {
        "no quote": "uden et citat, der står på siden",
        "number": "med et tal, som citatet ikke har",
        "name": "med et navn, som citatet ikke har",
        "denial": "med en benægtelse, som citatet ikke har",
        "language": "på et andet sprog eller for lang",
        "off its quote": "med andre ord end citatets",
    },
    "en": {
        "no quote": "without a quote that stands on its page",
        "number": "with a number that its quote does not hold",
        "name": "with a name that its quote does not hold",
        "denial": "with a denial that its quote does not hold",
        "language": "in another language or too long",
        "off its quote": "in other words than its quote's",
    },
}


def credit(found: Formulated, *, model: str, of: int, language: Side) -> str:
    """Return the note that closes an answer: who worded it from how many `of` the passages, and how many claims were dropped."""
    outcome = WORDED if found.drafts else UNPROVEN if found.faults else UNANSWERED
    parts = [outcome[language].format(model=model, shown=found.shown, of=of)]
    if found.shortened:
        parts.append(SHORTENED[language])
    if found.faults:
        reasons = ", ".join(f"{count} {REASONS[language][fault]}" for fault, count in found.faults.most_common())
        count = found.faults.total()
        parts.append(DROPPED[language][count > 1].format(count=count, reasons=reasons))
    return " ".join(parts)
