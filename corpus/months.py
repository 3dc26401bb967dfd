"""The months of the year in Danish and English, from the Unicode locale data."""

from collections.abc import Mapping

from babel.dates import get_month_names

LOCALES = {"da": ("da",), "en": ("en", "en_GB")}  # British English adds "Sept"
MONTH_NAMES: Mapping[str, tuple[str, ...]] = {
    language: tuple(get_month_names("wide", locale=locales[0])[number] for number in range(1, 13))
    for language, locales in LOCALES.items()
}
"""The twelve names of a language as they are written in it: `MONTH_NAMES["da"][4] == "maj"`."""


def _numbers() -> Mapping[str, int]:
    numbers: dict[str, int] = {}
    for locales in LOCALES.values():
        for locale in locales:
            for width in ("wide", "abbreviated"):
                for number, name in get_month_names(width, locale=locale).items():
                    numbers[name.rstrip(".").lower()] = number
    return numbers


MONTHS: Mapping[str, int] = _numbers()
"""The number of each month by its name or short form, in lower case: `MONTHS["sept"] == 9`."""
# "what one may in 2026" has the verb: before "in" only the capitalised word is the month.
MONTH_PATTERN = rf"(?!(?-i:may)\s+in\b)(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b"
"""A pattern of any name of a month, to be compiled with `re.IGNORECASE`."""
