"""What a run was made with: versions and the machine's kind, to learn later why numbers moved."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version

_PACKAGES = (
    "harness",
    "numpy",
    "pyarrow",
    "rouge-score",
    "nltk",
    "datasets",
    "transformers",
    "tokenizers",
    "torch",
)


def environment() -> dict[str, str]:
    """Return the versions of Python and of the packages that numbers depend on, and the cores."""
    found = {
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": f"{platform.system()} {platform.machine()}",
        "cores": str(os.cpu_count()),
    }
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found
