"""The README's example in Python runs as it stands."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT


@pytest.mark.slow
def test_the_example_in_python_prints_quotes(shipped_index: Path, tmp_path: Path) -> None:
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    (tmp_path / "strategy-assistant").mkdir()
    (tmp_path / "strategy-assistant" / "index").symlink_to(shipped_index, target_is_directory=True)
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path)}
    ran = subprocess.run(
        [sys.executable, "-c", example], cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert "[1]" in ran.stdout
    assert "confidence" in ran.stdout
