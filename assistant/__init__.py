"""Answers questions about Danish digital strategies from documents, with quotes that are verified against their pages.

Example:
    with open_assistant() as assistant:
        answer = assistant.answer("Hvad er Digital Fuldmagt?")
        print(answer.line or answer.lead)
        for citation in answer.citations:
            print(citation.quote.document.title, citation.quote.page, citation.quote.text)
"""

from assistant.answering import Assistant
from assistant.values import Answer, Citation, Claim
from assistant.wiring import open_assistant
from corpus.values import Filters

__all__ = ["Answer", "Assistant", "Citation", "Claim", "Filters", "open_assistant"]
