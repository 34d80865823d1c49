"""Fuzz one target in this process: `python -m fuzz.one NAME [libFuzzer's arguments]`.

Nothing of harness may have been imported before, for what is imported here is instrumented.
"""

import importlib
import sys


def main() -> None:
    """Instrument harness, import the target that is named, and fuzz it."""
    import atheris

    with atheris.instrument_imports(include=["harness"], enable_loader_override=False):
        module = importlib.import_module(f"fuzz.targets.{sys.argv[1]}")
        shared = importlib.import_module("fuzz.target")
    shared.run(module.TARGET, sys.argv[2:])


if __name__ == "__main__":
    main()
