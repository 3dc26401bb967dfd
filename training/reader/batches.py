"""Batches of token ids: texts of like length together, so that little is padding."""

from collections.abc import Sequence
from random import Random

import numpy as np
import torch
from torch import Tensor


def batches_by_length(lengths: Sequence[int], tokens: int, random: Random) -> list[list[int]]:
    """The numbers of all texts in batches of at most `tokens` padded tokens, in random order."""
    order = sorted(range(len(lengths)), key=lambda number: (lengths[number] + random.random() * 2, number))
    batches: list[list[int]] = [[]]
    longest = 0
    for number in order:
        longest = max(longest, lengths[number])
        if batches[-1] and longest * (len(batches[-1]) + 1) > tokens:
            batches.append([])
            longest = lengths[number]
        batches[-1].append(number)
    random.shuffle(batches)
    return batches


def padded(rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Rows of ids as one tensor (rows, longest), and a mask of the same shape that is 1 where a token is."""
    longest = max(map(len, rows))
    ids = np.zeros((len(rows), longest), np.int64)
    mask = np.zeros((len(rows), longest), np.int64)
    for number, row in enumerate(rows):
        ids[number, : len(row)] = row
        mask[number, : len(row)] = 1
    return torch.from_numpy(ids), torch.from_numpy(mask)
