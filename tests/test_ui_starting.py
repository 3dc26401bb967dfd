"""Starting sooner: Gradio makes no stubs, and works as before."""

import subprocess
import sys

SCRIPT = """
import sys
from ui.starting import leave_out_stubs
leave_out_stubs()
import gradio
print(gradio.component_meta.create_or_modify_pyi.__module__, gradio.HTML(js_on_load="trigger('cite')").cite is not None)
"""


def test_gradio_makes_no_stubs_and_its_components_are_whole() -> None:
    found = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["ui.starting", "True"]
