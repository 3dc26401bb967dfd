"""From a question to scored sentences: retrieval, then the reader."""
