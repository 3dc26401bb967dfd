"""The commands of `python -m evals`, one module each: `add` describes its options, `run` does it and returns the exit code."""
