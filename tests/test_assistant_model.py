"""A real, very small language model through the whole assistant: whatever it says, nothing unproven comes out.

Not part of `make test`; `make test-model` installs what it needs and runs it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant import looking_up
from assistant.answering import Assistant
from assistant.language_model.formulating import Formulated, formulate
from assistant.wiring import open_assistant
from corpus.errors import LanguageModelError
from corpus.settings import LanguageModelSettings, Settings
from corpus.text import normalise
from tests.openai_server import serving
from tests.serve_smollm import missing, respond_with_smollm

pytestmark = [pytest.mark.slow, pytest.mark.model, pytest.mark.timeout(3600)]

QUESTIONS = (
    "Hvornår blev strategien 2016-2020 offentliggjort?",
    "Hvem står bag strategien 2022-2025?",
    "Hvad er Digital Post?",
    "Hvad er målet med strategien 2011-2015?",
    "Hvad skal den digitale identitetstegnebog bruges til?",
    "Hvad siger strategien 2026-2029 om kunstig intelligens?",
    "Hvor mange borgere er digitalt udsatte?",
    "Hvornår blev det obligatorisk at bruge Digital Post?",
    "Hvad blev der sagt om digital signatur i 2001-2004?",
    "Hvilken rolle har Digitaliseringsstyrelsen?",
    "When was the strategy for 2016-2020 published?",
    "Who agreed the strategy for 2022-2025?",
    "What is Digital Post?",
    "What was the aim of the strategy for 2011-2015?",
    "What is the digital identity wallet for?",
    "What does the strategy for 2026-2029 say about artificial intelligence?",
    "What share of citizens used public digital solutions more than once a week?",
    "How much money was set aside for the strategy?",
    "What was said about digital signatures in 2001-2004?",
    "What does the strategy for 2007-2010 say about citizens?",
)


@pytest.fixture(scope="module")
def assistant(shipped_index: Path) -> Iterator[Assistant]:
    if missing():
        pytest.skip(f"not installed: {', '.join(missing())}; `make test-model` installs them")
    with serving(respond_with_smollm()) as served:
        model = LanguageModelSettings(name="SmolLM2-135M-Instruct", url=served.url, timeout_seconds=120)
        opened = open_assistant(Settings(index=shipped_index, language_model=model))
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def counts() -> Iterator[Counter[str]]:
    counted: Counter[str] = Counter()
    yield counted
    print("\n" + "\n".join(f"{count:4} {what}" for what, count in sorted(counted.items())))  # noqa: T201


@pytest.mark.parametrize("question", QUESTIONS)
def test_nothing_unproven_comes_out(
    question: str, assistant: Assistant, counts: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def counted(*arguments: Any, **options: Any) -> Formulated:
        counts["asked of the model"] += 1
        try:
            found = formulate(*arguments, **options)
        except LanguageModelError as error:
            counts[f"fallback: {str(error)[-40:]}"] += 1
            raise
        counts["claims kept"] += len(found.drafts)
        counts["ids never sent"] += found.unknown
        counts["fallback: nothing verified"] += not found.drafts and bool(found.dropped)
        counts["no answer found"] += not found.drafts and not found.dropped
        counts.update(Counter(f"claims dropped: {dropped.fault}" for dropped in found.dropped))
        return found

    monkeypatch.setattr(looking_up, "formulate", counted)
    counts["questions"] += 1
    answer = assistant.answer(question)
    assert answer.text
    quotes = {citation.n: citation.quote for citation in answer.citations}
    for quote in quotes.values():
        assert normalise(quote.text) in normalise(assistant.page(quote.document.id, quote.page).text)
    for claim in answer.claims:
        held = " ".join(quotes[n].text for n in claim.citations)
        assert set(re.findall(r"\d+", claim.text)) <= set(re.findall(r"\d+", held)), claim.text
