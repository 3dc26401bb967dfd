"""From a question to an answer whose every quote is verified: understanding, retrieving, composing, citing."""
