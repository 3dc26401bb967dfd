"""Distillation (Reimers & Gurevych 2020).

The student's vector of a Danish sentence is to be the teacher's of the English one.
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from training.reader.batches import batches_by_length, padded
from training.reader.transformer import Encoder, mean_vector, save_encoder

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class DistillingPlan:
    """How long, how fast, and from what."""

    tokens: int = 6_000
    longest: int = 64
    rate: float = 3e-4
    word_rate: float = 6e-4
    english: float = 0.2
    scale: float = 20.0
    contrast: float = 0.3
    seed: int = 1
    save_every: int = 150
    last: int | None = 450  # the step after which it ends, before the rate is at its lowest; the reading lowers it


def distil(
    pairs: Sequence[tuple[str, str]],
    student: Encoder,
    teacher: Encoder,
    tokenizers: tuple[Tokenizer, Tokenizer],
    plan: DistillingPlan,
    out: Path,
) -> Encoder:
    """Train the student on Danish-English pairs in one pass and keep it in `out` from time to time."""
    random = Random(plan.seed)
    torch.manual_seed(plan.seed)
    own, theirs = tokenizers
    for tokenizer in tokenizers:
        tokenizer.enable_truncation(plan.longest)
        tokenizer.no_padding()
    learned = [english if random.random() < plan.english else danish for danish, english in pairs]
    rows = [encoding.ids for encoding in own.encode_batch_fast(learned)]
    goals = [encoding.ids for encoding in theirs.encode_batch_fast([english for _, english in pairs])]
    batches = batches_by_length([max(len(row), len(goal)) for row, goal in zip(rows, goals, strict=True)], plan.tokens, random)
    groups = [
        {"params": [student.words.weight], "lr": plan.word_rate, "weight_decay": 0.0},
        {
            "params": [value for name, value in student.named_parameters() if name != "words.weight"],
            "lr": plan.rate,
        },
    ]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    warm = max(1, len(batches) // 20)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min((step + 1) / warm, max(0.02, (len(batches) - step) / (len(batches) - warm + 1))),
    )
    student.train()
    teacher.eval()
    began, closeness = time.monotonic(), 0.0
    for step, batch in enumerate(batches):
        goal = _teach(teacher, [goals[number] for number in batch])
        ids, mask = padded([rows[number] for number in batch])
        with torch.autocast("cpu", torch.bfloat16):
            states = student(ids, mask, torch.zeros_like(ids))
        vector = mean_vector(states, mask)
        near = (vector * goal).sum(-1).mean()
        places = torch.arange(len(batch))
        contrast = functional.cross_entropy(plan.scale * vector @ goal.T, places)
        loss = 3 * (1 - near) + plan.contrast * contrast
        optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(student.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        closeness = 0.95 * closeness + 0.05 * near.item() if step else near.item()
        if step % 20 == 0:
            log.info(
                "distilling %d of %d, cosine %.3f, %.0f s",
                step,
                len(batches),
                closeness,
                time.monotonic() - began,
            )
        if step and step % plan.save_every == 0:
            save_encoder(student, str(out))
        if step == plan.last:
            break
    save_encoder(student, str(out))
    return student


@torch.no_grad()
def _teach(teacher: Encoder, rows: Sequence[Sequence[int]]) -> Tensor:
    """The teacher's vectors of texts, shape (texts, width)."""
    ids, mask = padded(rows)
    with torch.autocast("cpu", torch.bfloat16):
        states = teacher(ids, mask, torch.zeros_like(ids))
    return mean_vector(states, mask)
