"""The reader: a small model that reads a question and a text together, in Danish and English.

`open_reader().read(question, texts)` tells of each sentence how likely it answers,
and of each text how likely nothing in it does.
"""

from reader.opening import open_reader
from reader.values import Reader, Reading, Text

__all__ = ["Reader", "Reading", "Text", "open_reader"]
