"""Every error that a person may meet. Each message is one line that says what is wrong and what to do.

AssistantError
├── SettingsError        settings.toml or the environment says something that cannot be followed
├── CatalogueError       catalogue.toml is not valid; the message names the line
├── ReadingError         one source file cannot be read
│   ├── EncryptedError       it asks for a password
│   ├── DamagedError         it is empty, cut short or not what its name says
│   ├── UnsupportedError     no reader knows its format
│   └── TooLargeError        reading it would take more memory or time than is allowed
├── DownloadError        an official document cannot be fetched, or not be kept
├── EmbedderError        the embedding or the reranking model is missing, damaged or of the wrong kind
├── ReaderError          the model that reads question and passage is missing or damaged
├── LexiconError         the bilingual lexicon is missing, damaged or of another version
├── StoreError           the index cannot be opened, read or written
│   ├── EmptyIndexError      nothing has been ingested yet
│   ├── MixedEmbeddersError  the index was made with another embedder
│   └── LockedError          another ingest is at work in this index
├── LanguageModelError   the language model cannot be reached or says nothing usable
│   └── ContextLengthError   what it is to read is longer than it can read
└── QuestionError        a question, filter or batch line that cannot be answered as given
"""


class AssistantError(Exception):
    """The root of every error that this project raises on purpose."""


class SettingsError(AssistantError):
    """The settings cannot be followed."""


class CatalogueError(AssistantError):
    """The catalogue of strategies is not valid."""


class ReadingError(AssistantError):
    """One source file cannot be read."""


class EncryptedError(ReadingError):
    """The file asks for a password."""


class DamagedError(ReadingError):
    """The file is empty, cut short or not what its name says."""


class UnsupportedError(ReadingError):
    """No reader knows the file's format."""


class TooLargeError(ReadingError):
    """Reading the file would take more memory or time than is allowed."""


class DownloadError(AssistantError):
    """An official document cannot be fetched, or not be kept."""


class EmbedderError(AssistantError):
    """The embedding or the reranking model is missing, damaged or of the wrong kind."""


class ReaderError(AssistantError):
    """The model that reads question and passage is missing or damaged."""


class LexiconError(AssistantError):
    """The bilingual lexicon is missing, damaged or of another version."""


class StoreError(AssistantError):
    """The index cannot be opened, read or written."""


class EmptyIndexError(StoreError):
    """Nothing has been ingested yet."""


class MixedEmbeddersError(StoreError):
    """The index was made with another embedder."""


class LockedError(StoreError):
    """Another ingest is at work in this index."""


class LanguageModelError(AssistantError):
    """The language model cannot be reached or says nothing usable."""


class ContextLengthError(LanguageModelError):
    """What the language model is to read is longer than it can read."""


class QuestionError(AssistantError):
    """A question, filter or batch line cannot be answered as given."""
