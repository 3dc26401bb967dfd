"""What an answer says about the language model that worded it: its name, what it read, and what was dropped and why."""

from collections import Counter
from collections.abc import Mapping

from assistant.language_model.formulating import Formulated
from assistant.language_model.numbers import Side

WORDED = {
    "da": "Formuleret af sprogmodellen {model} ud fra {shown}; hvert citat er sidens egne ord.",
    "en": "Worded by the language model {model} from {shown}; every quote is the page's own words.",
}
UNANSWERED = {
    "da": "Sprogmodellen {model} fandt intet svar i {shown}.",
    "en": "The language model {model} found no answer in {shown}.",
}
UNPROVEN = {
    "da": "Sprogmodellen {model} svarede ud fra {shown}, men intet af det kunne bekræftes, "
    "så svaret er sat sammen af citater alene.",
    "en": "The language model {model} answered from {shown}, but nothing it said could be verified, so the answer is made of "
    "quotes alone.",
}
SHOWN = {
    "da": (("sætning", "sætninger"), ("dokument", "dokumenter"), "{sentences} fra {documents}"),
    "en": (("sentence", "sentences"), ("document", "documents"), "{sentences} of {documents}"),
}
SHORTENED = {
    "da": "Modellen kan ikke læse mere på én gang.",
    "en": "The model cannot read more at once.",
}
DROPPED = {
    "da": ("Én af dens påstande er udeladt: {reasons}.", "{count} af dens påstande er udeladt: {reasons}."),
    "en": ("One of its claims was dropped: {reasons}.", "{count} of its claims were dropped: {reasons}."),
}
REASONS: Mapping[Side, Mapping[str, str]] = {
    "da": {
        "no quote": "uden et citat, der står på siden",
        "number": "med et tal, som citatet ikke har",
        "name": "med et navn, som citatet ikke har",
        "denial": "med en anden benægtelse end citatets",
        "language": "på et andet sprog, med skjulte tegn eller for lang",
        "unit": "med en anden enhed eller et andet tidsrum end citatets",
        "date": "med en anden dato end citatets",
        "sureness": "mere eller mindre sikker end citatet",
        "quantity": "om flere eller færre end citatet",
        "bound": "med en anden grænse end citatets",
        "opposite": "modsat citatet",
        "order": "med en anden rækkefølge eller årsag end citatets",
        "condition": "uden citatets betingelse",
        "exchange": "der bytter om på, hvad der gælder hvem",
        "off its quote": "med andre ord end citatets",
    },
    "en": {
        "no quote": "without a quote that stands on its page",
        "number": "with a number that its quote does not hold",
        "name": "with a name that its quote does not hold",
        "denial": "with another denial than its quote's",
        "language": "in another language, with hidden characters or too long",
        "unit": "with another unit or period than its quote's",
        "date": "with another date than its quote's",
        "sureness": "surer or less sure than its quote",
        "quantity": "about more or fewer than its quote",
        "bound": "with another bound than its quote's",
        "opposite": "opposite to its quote",
        "order": "with another order or cause than its quote's",
        "condition": "without its quote's condition",
        "exchange": "that exchanges what is said of whom",
        "off its quote": "in other words than its quote's",
    },
}


def credit(found: Formulated, *, model: str, language: Side) -> str:
    """Return the note that closes an answer: who worded it, from how much, and how many claims were dropped and why."""
    outcome = WORDED if found.drafts else UNPROVEN if found.dropped else UNANSWERED
    sentences, documents, both = SHOWN[language]
    shown = both.format(
        sentences=_counted(len(found.shown.sentences), sentences),
        documents=_counted(found.shown.documents, documents),
    )
    parts = [outcome[language].format(model=model, shown=shown)]
    if found.shortened:
        parts.append(SHORTENED[language])
    if found.dropped:
        faults = Counter(claim.fault for claim in found.dropped)
        reasons = ", ".join(f"{count} {REASONS[language][fault]}" for fault, count in faults.most_common())
        count = faults.total()
        parts.append(DROPPED[language][count > 1].format(count=count, reasons=reasons))
    return " ".join(parts)


def _counted(count: int, forms: tuple[str, str]) -> str:
    return f"{count} {forms[count != 1]}"
