"""Starting sooner: when Gradio is imported it works out a type stub for each of its components, half of the time that takes."""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import ModuleType

MODULE, FUNCTION = "gradio.component_meta", "create_or_modify_pyi"


class _WithoutStubs(SourceFileLoader):
    def exec_module(self, module: ModuleType) -> None:
        super().exec_module(module)
        if hasattr(module, FUNCTION):
            setattr(module, FUNCTION, lambda *_: None)


class _Finder(MetaPathFinder):
    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        found = PathFinder.find_spec(name, path, target) if name == MODULE else None
        if found and isinstance(found.loader, SourceFileLoader):
            found.loader = _WithoutStubs(found.loader.name, found.loader.path)
        return found


def leave_out_stubs() -> None:
    """Have Gradio make no stubs once it is imported; a Gradio that makes them in another way, or none, is left as it is."""
    sys.meta_path.insert(0, _Finder())
