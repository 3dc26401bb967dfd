"""What we know and where it is kept: values, settings, catalogue, embedding, lexical index and store."""
