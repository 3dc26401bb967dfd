import pytest

from reader.windows import Limits, Signs, cut_windows, find_signs

SIGNS = Signs(begin=1, end=2, colon=3)
SMALL = Limits(window=16, question=3, heading=2, sentence=6)


def test_a_short_text_is_one_window():
    (window,) = cut_windows([10, 11], [20], [[30, 31], [40]], SIGNS, SMALL)
    assert window.ids == (1, 10, 11, 2, 20, 3, 30, 31, 40, 2)
    assert window.asked == 4
    assert window.sentences == (0, 1)
    assert [window.ids[start:end] for start, end in window.spans] == [(30, 31), (40,)]


def test_a_text_without_heading_has_no_colon():
    (window,) = cut_windows([10], [], [[30]], SIGNS, SMALL)
    assert window.ids == (1, 10, 2, 30, 2)


def test_long_parts_are_cut():
    (window,) = cut_windows([10] * 9, [20] * 9, [[30] * 9], SIGNS, SMALL)
    assert window.ids == (1, 10, 10, 10, 2, 20, 20, 3, *[30] * 6, 2)


def test_every_sentence_of_a_long_text_is_in_a_window_and_none_is_too_long():
    sentences = [[number] * (1 + number % 6) for number in range(30, 60)]
    windows = cut_windows([10, 11, 12], [20, 21], sentences, SIGNS, SMALL)
    assert {number for window in windows for number in window.sentences} == set(range(30))
    assert max(len(window.ids) for window in windows) <= SMALL.window


def test_neighbouring_windows_share_a_sentence_where_it_fits():
    windows = cut_windows([10], [], [[30] * 4, [31] * 4, [32] * 4, [33] * 4, [34] * 4], SIGNS, SMALL)
    assert [window.sentences for window in windows] == [(0, 1, 2), (2, 3, 4)]


def test_sentences_without_a_word_are_in_no_window():
    (window,) = cut_windows([10], [], [[], [30], []], SIGNS, SMALL)
    assert window.sentences == (1,)
    assert cut_windows([10], [20], [[], []], SIGNS, SMALL) == []
    assert cut_windows([10], [20], [], SIGNS, SMALL) == []


def test_a_window_must_hold_its_parts():
    with pytest.raises(ValueError, match="too short"):
        Limits(window=12, question=5, heading=2, sentence=5)


def test_a_vocabulary_without_the_signs_is_told_of():
    with pytest.raises(ValueError, match="lacks"):
        find_signs({"[CLS]": 1, ":": 3}.get)
    assert find_signs({"[CLS]": 1, "[SEP]": 2, ":": 3}.get) == SIGNS
