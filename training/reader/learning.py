"""Learning to read: batches of examples, the loss, and one pass over them."""

import logging
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.reader.batches import batches_by_length, padded
from training.reader.examples import Example
from training.reader.transformer import ReadingModel

log = logging.getLogger(__name__)
NEVER = -1e4


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningPlan:
    """How fast, and from how much at once."""

    tokens: int = 5_000
    rate: float = 1.5e-4
    head_rate: float = 5e-4
    word_rate: float = 0.0  # nought leaves the word vectors as they are
    dropout: float = 0.0
    each: float = 0.5
    seed: int = 1
    save_every: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Examples as tensors.

    `real` (texts, sentences) is 1 for a sentence, `answers` 1 for one that answers.
    """

    ids: Tensor
    mask: Tensor
    kinds: Tensor
    spread: Tensor
    real: Tensor
    answers: Tensor


def make_batch(examples: Sequence[Example]) -> Batch:
    """Examples as tensors."""
    ids, mask = padded([example.window.ids for example in examples])
    most = max(len(example.window.spans) for example in examples)
    kinds = mask.clone()
    spread = torch.zeros(len(examples), most, ids.shape[1])
    real = torch.zeros(len(examples), most)
    answers = torch.zeros(len(examples), most)
    for row, example in enumerate(examples):
        kinds[row, : example.window.asked] = 0
        for place, (start, end) in enumerate(example.window.spans):
            spread[row, place, start:end] = 1 / (end - start)
        real[row, : len(example.window.spans)] = 1
        answers[row, list(example.answers)] = 1
    return Batch(ids=ids, mask=mask, kinds=kinds, spread=spread, real=real, answers=answers)


def reading_loss(scores: Tensor, nothing: Tensor, batch: Batch, each: float) -> Tensor:
    """Minus the log-likelihood of choosing an answering sentence, or "nothing" (Clark & Gardner 2018).

    And `each` times how wrong each sentence is, taken alone against "nothing", so that several may answer.
    """
    masked = scores.masked_fill(batch.real == 0, NEVER)
    everything = torch.logsumexp(torch.cat([masked, nothing[:, None]], dim=1), dim=1)
    answered = batch.answers.sum(1) > 0
    right = torch.logsumexp(masked.masked_fill(batch.answers == 0, NEVER), dim=1)
    chosen = everything - torch.where(answered, right, nothing)
    alone = functional.binary_cross_entropy_with_logits(masked - nothing[:, None], batch.answers, reduction="none")
    return chosen.mean() + each * (alone * batch.real).sum(1).mean()


def learn(model: ReadingModel, examples: Sequence[Example], plan: LearningPlan, out: Path, threads: int = 1) -> None:
    """Train the model on all examples in one pass; keep it now and then."""
    random = Random(plan.seed)
    torch.manual_seed(plan.seed)
    for part in model.modules():
        if isinstance(part, torch.nn.Dropout):
            part.p = plan.dropout
    words = model.get_parameter("encoder.words.weight")
    words.requires_grad_(plan.word_rate > 0)
    heads = [value for name, value in model.named_parameters() if not name.startswith("encoder.")]
    encoder = [value for name, value in model.named_parameters() if name.startswith("encoder.")]
    body = [value for value in encoder if value is not words]
    learned = [*body, *heads]
    groups: list[dict[str, Any]] = [
        {"params": body, "lr": plan.rate},
        {"params": heads, "lr": plan.head_rate},
    ]
    if plan.word_rate > 0:
        learned.append(words)
        groups.append({"params": [words], "lr": plan.word_rate, "weight_decay": 0.0})
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    batches = batches_by_length([len(example.window.ids) for example in examples], plan.tokens, random)
    warm = max(1, len(batches) // 20)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min((step + 1) / warm, max(0.02, (len(batches) - step) / (len(batches) - warm + 1))),
    )
    learner = _Learner(model, learned, plan.each)
    model.train()
    began, mean = time.monotonic(), 0.0
    with ThreadPoolExecutor(threads, initializer=torch.set_num_threads, initargs=(1,)) as pool:
        for step, numbers in enumerate(batches):
            shares = [numbers[place::threads] for place in range(min(threads, len(numbers)))]
            parts = list(pool.map(learner.gradient, [[examples[number] for number in share] for share in shares]))
            loss = learner.put(parts)
            torch.nn.utils.clip_grad_norm_(learner.parameters, 1.0)
            optimizer.step()
            schedule.step()
            mean = 0.97 * mean + 0.03 * loss if step else loss
            if step % 20 == 0:
                seconds = time.monotonic() - began
                log.info("reading %d of %d, loss %.3f, %.0f s", step, len(batches), mean, seconds)
            if step and step % plan.save_every == 0:
                torch.save(model.state_dict(), out)
    torch.save(model.state_dict(), out)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What one thread worked out of its share of a batch."""

    size: int
    loss: float
    gradient: Sequence[Tensor]


class _Learner:
    """The gradient of a batch, worked out in shares by threads that wait for each other once a step.

    torch's own threads wait after each operation, which is slow where other programs are at work.
    """

    def __init__(self, model: ReadingModel, parameters: Sequence[nn.Parameter], each: float) -> None:
        self.parameters = parameters
        self._model = model
        self._each = each

    def gradient(self, examples: Sequence[Example]) -> _Part:
        """Work out one share."""
        batch = make_batch(examples)
        with torch.autocast("cpu", torch.bfloat16):
            scores, nothing = self._model(batch.ids, batch.mask, batch.kinds, batch.spread)
        loss = reading_loss(scores, nothing, batch, self._each)
        gradient = torch.autograd.grad(loss, self.parameters)
        return _Part(size=len(examples), loss=loss.item(), gradient=gradient)

    def put(self, parts: Sequence[_Part]) -> float:
        """Give the parameters the mean gradient of all shares; return the mean loss."""
        size = sum(part.size for part in parts)
        for place, parameter in enumerate(self.parameters):
            parameter.grad = torch.stack([part.gradient[place] * (part.size / size) for part in parts]).sum(0)
        return sum(part.loss * part.size for part in parts) / size
