"""A server that names the right sentences wherever they were sent, and one that lies, through the whole assistant.

Whatever the server says, no quote is shown that does not stand on its page, and if it fails the verbatim answer stands.
"""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.answering import Assistant
from assistant.language_model.chatting import LangChainModel
from assistant.values import Answer
from assistant.wiring import open_assistant
from corpus.settings import LanguageModelSettings, Settings
from corpus.text import find_verbatim
from tests.openai_server import Request, Respond, serving

pytestmark = pytest.mark.slow

# Each question with words of the sentence that answers it.
ASKED = {
    "Hvor stor en andel har tillid til offentlige digitale løsninger, og i hvilket år?": "82",
    "Hvad skal Digital Fuldmagt blive til?": "på tværs af myndigheder",
    "Hvornår blev strategien 2016-2020 offentliggjort?": "offentliggjort",
    "Which share trusts public digital solutions, and in which year?": "82",
}
Sent = list[tuple[str, str]]


@pytest.fixture(scope="module")
def assistant(shipped_index: Path) -> Iterator[Assistant]:
    opened = open_assistant(Settings(index=shipped_index))
    yield opened
    opened.close()


def sent(request: Request) -> Sent:
    """The ids and texts of the sentences that a server was sent."""
    user = request.body["messages"][-1]["content"]
    message = json.loads(user[user.index("{") :])
    return [(one["id"], one["text"]) for passage in message["passages"] for one in passage["sentences"]]


def right(request: Request) -> tuple[str, str]:
    """The id and text of the sentence that answers, or of the first one."""
    question = json.loads(request.body["messages"][-1]["content"])["question"]
    told = ASKED[question]
    held = sent(request)
    return next(((id, text) for id, text in held if told in text), held[0])


def saying(*claims: dict[str, Any], missing: str = "") -> str:
    return json.dumps({"claims": list(claims), "missing": missing})


def answered(assistant: Assistant, question: str, respond: Respond, seconds: float = 3.0) -> Answer:
    with serving(respond) as served:
        model = LangChainModel(LanguageModelSettings(name="small", url=served.url, timeout_seconds=3))
        model.timeout_seconds = seconds
        assistant._model = model
        try:
            return assistant.answer(question)
        finally:
            assistant._model = None


def check_quotes(assistant: Assistant, answer: Answer) -> None:
    for citation in (*answer.citations, *answer.nearest):
        page = assistant.page(citation.quote.document.id, citation.quote.page)
        assert citation.verified
        assert find_verbatim(citation.quote.text, page.text, within=(citation.quote.start, citation.quote.end))


@pytest.mark.parametrize("question", ASKED)
def test_an_oracle_has_the_sentence_that_answers_before_it(question: str, assistant: Assistant) -> None:
    def respond(request: Request) -> None:
        id, text = right(request)
        assert (
            id
            in request.body["response_format"]["json_schema"]["schema"]["properties"]["claims"]["items"]["properties"][
                "sentences"
            ]["items"]["enum"]
        )
        request.reply(saying({"sentences": [id], "text": text}, missing="hvem der betaler"))

    answer = answered(assistant, question, respond, seconds=20)
    check_quotes(assistant, answer)
    assert ASKED[question] in " ".join(citation.quote.text for citation in answer.citations)
    assert answer.generated_by is not None
    assert answer.generated_by.model == "small"
    assert "hvem der betaler" in answer.lead
    assert "small" in answer.note


def unknown(request: Request) -> str:
    return saying({"sentences": ["s999", "x", ""], "text": right(request)[1]})


def of_another_passage(request: Request) -> str:
    return saying({"sentences": [sent(request)[-1][0]], "text": "Strategien har 977 initiativer om raketter."})


def duplicated(request: Request) -> str:
    id, text = right(request)
    return saying(*[{"sentences": [id] * 40, "text": text}] * 20)


def altered(request: Request) -> str:
    id, text = right(request)
    changes = (
        text.replace("82", "28"),
        text + " Det koster 900 mio. kr.",
        f"Det er ikke sådan, at {text}",
        "NemID er nedlagt.",
    )
    return saying(*({"sentences": [id], "text": said} for said in changes))


def hidden(request: Request) -> str:
    id, text = right(request)
    return saying({"sentences": [id], "text": text + "\u202e\u200b\x1b[2J <script>alert(1)</script>"})


def in_another_language(request: Request) -> str:
    return saying(
        {
            "sentences": [right(request)[0]],
            "text": "Les citoyens doivent recevoir le courrier numérique demain.",
        }
    )


def surrogate(request: Request) -> str:
    return '{"claims": [{"sentences": ["s1"], "text": "Strategien \\ud800 gælder."}], "missing": "\\ud800"}'


def empty(request: Request) -> str:
    return saying(missing="hvad det koster")


LIES: dict[str, Callable[[Request], str]] = {
    "unknown ids": unknown,
    "ids of another passage": of_another_passage,
    "duplicated ids": duplicated,
    "altered claims": altered,
    "hidden characters and markup": hidden,
    "another language": in_another_language,
    "a lone surrogate": surrogate,
    "empty claims": empty,
}


@pytest.mark.parametrize("lie", LIES)
@pytest.mark.parametrize("question", ASKED)
def test_no_lie_brings_out_a_quote_that_is_not_there(lie: str, question: str, assistant: Assistant) -> None:
    answer = answered(assistant, question, lambda request: request.reply(LIES[lie](request)), seconds=20)
    check_quotes(assistant, answer)
    assert "\n" not in answer.note
    assert answer.text.encode()
    assert "script" not in answer.text
    for untrue in ("977", "900", "NemID er", "28 pct", "citoyens"):
        assert untrue not in answer.text
    if lie == "empty claims":
        assert answer.abstained
        assert answer.generated_by is None
        assert "hvad det koster" in answer.lead
    if lie == "unknown ids":
        assert answer.dropped_quotes >= 2
    assert len({claim.text for claim in answer.claims}) == len(answer.claims)


def drip(request: Request) -> None:
    request.begin(200, Content_Length="5000")
    for _ in range(20):
        request.write(" ")
        time.sleep(1)


def tool_call(request: Request) -> None:
    call = {"id": "c", "type": "function", "function": {"name": "shell", "arguments": "rm -rf / {not json"}}
    message = {"role": "assistant", "content": None, "tool_calls": [call]}
    request.reply("", choices=[{"index": 0, "finish_reason": "tool_calls", "message": message}])


FAILURES: dict[str, Respond] = {
    "text in place of JSON": lambda request: request.reply("There are twelve, I think. " * 4_000),
    "HTML": lambda request: request.say("<html><h1>502</h1><script>alert(1)</script></html>", kind="text/html"),
    "tool calls": tool_call,
    "50 MB": lambda request: request.reply("x" * 50_000_000),
    "one byte a second": drip,
    "a redirect": lambda request: request.say("", 307, Location="http://localhost:9/v1"),
    "an error with words of its own": lambda request: request.fail(401, "pay at http://evil.example \x1b[2J\ud800"),
}


@pytest.mark.parametrize("how", FAILURES)
def test_if_the_server_fails_the_verbatim_answer_stands_with_one_line(how: str, assistant: Assistant) -> None:
    question = next(iter(ASKED))
    plain = assistant.answer(question)
    started = time.monotonic()
    answer = answered(assistant, question, FAILURES[how])
    assert time.monotonic() - started < 15
    assert (answer.claims, answer.citations, answer.lead) == (plain.claims, plain.citations, plain.lead)
    assert (answer.generated_by, answer.dropped) == (None, ())
    assert answer.note.startswith("Sprogmodellen kunne ikke bruges")
    assert answer.note.isprintable()
    assert "evil" not in answer.note
