"""The door to chat models, against a small server that speaks the OpenAI protocol, and fails at it in every way we know."""

import gzip
import itertools
import json
import time
from typing import Any

import pytest

from assistant.language_model.chatting import KEY, MOST_BYTES, LangChainModel, open_chat_model
from corpus.errors import ContextLengthError, LanguageModelError
from corpus.settings import LanguageModelSettings
from tests.openai_server import Request, Respond, completion, serving

SCHEMA = {"title": "claims", "type": "object", "properties": {"claims": {"type": "array", "items": {}}}, "required": ["claims"]}
TEXT = '{"claims": []}'
SECONDS = 20.0  # enough for a busy machine
IMPATIENT = 1.5


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (KEY, "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)


def opened(url: str) -> LangChainModel:
    return LangChainModel(LanguageModelSettings(name="small", url=url, timeout_seconds=2))


def asked(url: str, seconds: float = SECONDS) -> str:
    return opened(url).complete(system="Rules.", user="Data.", schema=SCHEMA, seconds=seconds)


def first_then(first: Respond, then: Respond) -> Respond:
    return lambda request: first(request) if request.number == 0 else then(request)


def well(request: Request) -> None:
    request.reply(TEXT)


def test_without_a_name_there_is_no_model() -> None:
    assert open_chat_model(LanguageModelSettings()) is None


def test_a_server_is_asked_for_the_schema_and_its_text_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "meant for another address")
    with serving(well) as served:
        assert asked(served.url) == TEXT
    (request,) = served.asked
    assert [(turn["role"], turn["content"]) for turn in request.body["messages"]] == [("system", "Rules."), ("user", "Data.")]
    assert (request.body["model"], request.body["temperature"]) == ("small", 0)
    assert request.body["response_format"]["json_schema"]["schema"]["required"] == ["claims"]
    assert request.headers["authorization"] == "Bearer none"


def test_the_key_comes_from_the_environment_and_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, "sesame-1234")
    with (
        serving(lambda request: request.fail(401, f"wrong key: {request.headers['authorization']}")) as served,
        pytest.raises(LanguageModelError, match="wrong key") as raised,
    ):
        asked(served.url)
    assert served.asked[0].headers["authorization"] == "Bearer sesame-1234"
    assert "sesame" not in str(raised.value)


def refuse_options(request: Request) -> None:
    if {"response_format", "temperature"} & request.body.keys():
        request.fail(400, "response_format is not supported")
    else:
        request.reply(TEXT)


def test_a_server_that_takes_no_schema_is_asked_plainly_from_then_on() -> None:
    with serving(refuse_options) as served:
        model = opened(served.url)
        for _ in range(2):
            assert model.complete(system="Rules.", user="Data.", schema=SCHEMA, seconds=SECONDS) == TEXT
    assert len(served.asked) == 3


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_may_pass_is_tried_again(status: int) -> None:
    with serving(first_then(lambda request: request.fail(status, "busy"), well)) as served:
        assert asked(served.url) == TEXT
    assert len(served.asked) == 2


def test_a_wait_that_the_server_asks_for_is_kept() -> None:
    with serving(first_then(lambda request: request.fail(429, "slow down", Retry_After="1"), well)) as served:
        started = time.monotonic()
        assert asked(served.url) == TEXT
    assert time.monotonic() - started >= 1


def test_a_wait_longer_than_there_is_time_for_is_not_begun() -> None:
    with (
        serving(lambda request: request.fail(429, "slow down", Retry_After="3600")) as served,
        pytest.raises(LanguageModelError, match=r"429.*slow down"),
    ):
        asked(served.url)
    assert len(served.asked) == 1


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (400, "This model's maximum context length is 2048 tokens. However, you requested 5000 tokens."),
        (400, "the request exceeds the available context size, try increasing it"),
        (413, "prompt is too long: 300000 tokens > 200000 maximum"),
    ],
)
def test_too_long_a_text_is_told_apart(status: int, message: str) -> None:
    with serving(lambda request: request.fail(status, message)) as served, pytest.raises(ContextLengthError, match=message[:20]):
        asked(served.url)
    assert len(served.asked) == 1


def hang_up(request: Request) -> None:
    request.begin(200, Content_Length="5000")
    request.write(completion(TEXT)[:60])


def drip(request: Request) -> None:
    request.begin()
    for character in itertools.cycle(" "):
        request.write(character)
        time.sleep(0.05)


def never_end(request: Request) -> None:
    request.begin()
    while True:
        request.write("x" * 65_536)


def stream_without_end(request: Request) -> None:
    request.begin(200, "text/event-stream")
    for number in itertools.count():
        request.write(f'data: {{"choices": [{{"index": 0, "delta": {{"content": "{number} "}}}}]}}\n\n')


MISBEHAVIOUR: dict[str, tuple[Respond, str]] = {
    "a page of HTML": (lambda request: request.say("<html><h1>It works!</h1></html>", kind="text/html"), "gave no answer"),
    "HTML called JSON": (lambda request: request.say("<html>It works!</html>"), "gave no answer"),
    "half a JSON": (lambda request: request.say('{"choices": '), "gave no answer"),
    "a JSON list": (lambda request: request.say("[]"), "gave no answer"),
    "a JSON null": (lambda request: request.say("null"), "gave no answer"),
    "no choices": (lambda request: request.reply("", choices=[]), "gave no answer"),
    "null choices": (lambda request: request.reply("", choices=None), "gave no answer"),
    "choices of another type": (lambda request: request.reply("", choices="many"), "gave no answer"),
    "a message of another type": (lambda request: request.reply("", choices=[{"message": 5}]), "gave no answer"),
    "an error with status 200": (lambda request: request.say('{"error": "overloaded"}'), "gave no answer"),
    "a wrong key": (lambda request: request.fail(401, "no key"), "no key"),
    "an unknown model": (lambda request: request.fail(404, "no such model"), "no such model"),
    "a server's fault": (lambda request: request.fail(500, "out of memory"), "out of memory"),
    "an empty body": (lambda request: request.say(""), "gave no answer"),
    "a redirect to itself": (lambda request: request.say("", 307, Location="/v1/chat/completions"), "gave no answer"),
    "a connection cut": (hang_up, "gave no answer"),
    "a slow drip": (drip, "no answer in 2 seconds"),
    "silence": (lambda _: time.sleep(IMPATIENT * 2), "no answer in 2 seconds|timed out"),
    "a body without end": (never_end, f"larger than {MOST_BYTES:,} bytes"),
    "a stream without end": (stream_without_end, f"larger than {MOST_BYTES:,} bytes"),
    "5 MB of text": (lambda request: request.reply("word " * 1_000_000), f"larger than {MOST_BYTES:,} bytes"),
}


@pytest.mark.parametrize("how", MISBEHAVIOUR)
def test_a_server_that_misbehaves_is_one_line_within_the_time(how: str) -> None:
    respond, words = MISBEHAVIOUR[how]
    with serving(respond) as served:
        model = opened(served.url)
        started = time.monotonic()
        with pytest.raises(LanguageModelError, match=words) as raised:
            model.complete(system="Rules.", user="Data.", schema=SCHEMA, seconds=IMPATIENT)
    assert time.monotonic() - started < SECONDS
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 300


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("content", [None, "", 5, {"a": 1}, ["x"]])
def test_content_of_another_type_is_text_or_one_line(content: object) -> None:
    with serving(lambda request: request.say(completion(content))) as served:
        try:
            said = asked(served.url)
        except LanguageModelError as error:
            said = str(error)
    assert isinstance(said, str)
    assert "\n" not in said


def test_after_a_failure_the_next_question_is_answered() -> None:
    with serving(first_then(drip, well)) as served:
        model = opened(served.url)
        with pytest.raises(LanguageModelError):
            model.complete(system="Rules.", user="Data.", schema=SCHEMA, seconds=0.3)
        assert json.loads(model.complete(system="Rules.", user="Data.", schema=SCHEMA, seconds=SECONDS)) == {"claims": []}


def test_a_redirect_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, "sesame-1234")
    with serving(well) as other:
        elsewhere = other.url.replace("127.0.0.1", "localhost") + "/chat/completions"
        for status in (301, 302, 307, 308):
            with (
                serving(lambda request, status=status: request.say("", status, Location=elsewhere)) as served,  # type: ignore[misc]
                pytest.raises(LanguageModelError, match="another address, which is not followed"),
            ):
                asked(served.url)
    assert other.asked == []


def test_a_compressed_reply_is_not_read() -> None:
    bomb = gzip.compress(b" " * 50_000_000)

    def respond(request: Request) -> None:
        assert request.headers["accept-encoding"] == "identity"
        request.begin(200, Content_Encoding="gzip", Content_Length=str(len(bomb)))
        request.handler.wfile.write(bomb)

    with serving(respond) as served, pytest.raises(LanguageModelError, match="compressed"):
        asked(served.url)
    assert len(served.asked) == 1


def test_a_long_reply_without_form_costs_one_answer_and_not_the_next() -> None:
    with serving(first_then(lambda request: request.reply('{"claims": [{' + "prose " * 50_000), well)) as served:
        model = opened(served.url)
        started = time.monotonic()
        assert model.complete(system="Rules.", user="Data.", schema=SCHEMA, seconds=SECONDS).endswith("prose ")
        assert model.complete(system="Rules.", user="Data.", schema=SCHEMA, seconds=SECONDS) == TEXT
    assert time.monotonic() - started < SECONDS / 2


def test_one_byte_a_second_takes_no_longer_than_the_time() -> None:
    def one_a_second(request: Request) -> None:
        request.begin(200, Content_Length="5000")
        for _ in range(10):
            request.write(" ")
            time.sleep(1)

    with serving(one_a_second) as served:
        started = time.monotonic()
        with pytest.raises(LanguageModelError):
            asked(served.url, IMPATIENT)
        assert time.monotonic() - started < IMPATIENT + 2


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("bad key \ud800 really", "bad key really"),
        ("\x1b[2JYour licence expired\u202e, see http://evil.example/pay <b>now</b>", "Your licence expired, see … now"),
    ],
)
def test_what_a_server_says_of_its_failure_is_cleaned(message: str, said: str) -> None:
    with serving(lambda request: request.fail(401, message)) as served, pytest.raises(LanguageModelError) as raised:
        asked(served.url)
    text = " ".join(str(raised.value).split())
    assert said in text
    assert text.isprintable()
    assert text.encode()


@pytest.mark.parametrize("wait", ["nan", "inf", "-1", "soon"])
def test_a_wait_that_is_no_number_is_not_kept(wait: str) -> None:
    with serving(first_then(lambda request: request.fail(429, "slow down", Retry_After=wait), well)) as served:
        started = time.monotonic()
        assert asked(served.url) == TEXT
    assert time.monotonic() - started < 5


def test_a_key_in_the_address_is_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    with serving(well) as served:
        model = opened(served.url.replace("http://", "http://anna:sesame-1234@"))
        model.complete(system="Rules.", user="Data.", schema=SCHEMA, seconds=SECONDS)
        assert model.server == served.url.removesuffix("/v1")
    with pytest.raises(LanguageModelError) as raised:
        asked("http://anna:sesame-1234@127.0.0.1:9/v1?key=sesame-1234")
    assert "sesame" not in str(raised.value) + caplog.text


@pytest.mark.parametrize(
    ("listed", "tokens"),
    [
        ({"id": "small", "max_model_len": 4096}, 1_500),
        ({"id": "small", "max_model_len": 2048}, 1_024),
        ({"id": "small", "meta": {"n_ctx": 16_384}}, 2_400),
        ({"id": "small", "loaded_context_length": 65_536}, 6_000),
        ({"id": "small"}, 2_400),
        ({"id": "small", "max_model_len": "many"}, 2_400),
    ],
)
def test_what_a_server_says_that_its_model_reads_decides_how_much_it_is_shown(listed: dict[str, Any], tokens: int) -> None:
    with serving(well, models=json.dumps({"data": [{"id": "other", "max_model_len": 99_999}, listed]})) as served:
        assert opened(served.url).context_tokens == tokens


@pytest.mark.parametrize("models", ["", "<html>", "[]", '{"data": []}', '{"data": null}'])
def test_a_server_that_lists_no_models_is_shown_the_usual(models: str) -> None:
    with serving(well, models=models) as served:
        assert opened(served.url).context_tokens == 2_400


def test_what_is_set_comes_before_what_a_server_says() -> None:
    settings = LanguageModelSettings(name="small", url="http://127.0.0.1:9/v1", context_tokens=700)
    assert LangChainModel(settings).context_tokens == 700


def test_a_server_that_is_not_there_is_one_line() -> None:
    with pytest.raises(LanguageModelError, match=r"gave no answer: .*[Cc]onnect"):
        asked("http://127.0.0.1:9/v1")


def test_an_unknown_provider_is_one_line() -> None:
    with pytest.raises(LanguageModelError, match="cannot be opened"):
        open_chat_model(LanguageModelSettings(name="x", provider="nonsense"))
