import math

import numpy as np
import pytest

from reader.calibration import Calibration, joined, logistic


def test_the_logistic_function_by_hand():
    assert logistic(np.array([0.0, math.log(3), -math.log(3)])) == pytest.approx([0.5, 0.75, 0.25])
    assert logistic(np.array([1e6, -1e6])) == pytest.approx([1.0, 0.0])


def test_the_score_of_any():
    assert joined(np.array([0.0, 0.0])) == pytest.approx(math.log(2))
    assert joined(np.array([900.0, -900.0])) == pytest.approx(900.0)
    assert joined(np.array([])) == -math.inf


def test_a_calibration_is_a_straight_line_of_log_odds():
    calibration = Calibration(answer_slope=2.0, answer_offset=-1.0, nothing_slope=0.5, nothing_offset=1.0)
    assert calibration.answers(np.array([0.5])) == pytest.approx([0.5])
    assert calibration.nothing(-2.0) == pytest.approx(0.5)
