"""Finds parts: files in their kind's folder, and entry points of installed packages.

The only module that imports parts by name; `facts` finds its checks itself. A part's name is its
file's name, or its entry point's; files that start with an underscore hold what parts share. Only
the file that is asked for is imported.
"""

import dataclasses
import importlib
import pkgutil
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from harness.errors import UsageError, nearest

KINDS = {
    "corpora": "CORPUS",
    "summarisers": "SUMMARISER",
    "metrics": "METRIC",
    "reports": "REPORT",
    "benchmarks": "BENCHMARK",
    "engines": "ENGINE",
}
"""Folder of a kind and the constant that its files end with."""


@cache
def _own(kind: str) -> frozenset[str]:
    folder = importlib.import_module(f"harness.{kind}")
    return frozenset(m.name for m in pkgutil.iter_modules(folder.__path__) if m.name[0] != "_")


@cache
def _foreign(kind: str) -> dict[str, EntryPoint]:
    # a spec may write a hyphen for an underscore, so the names here have none
    found = {e.name.replace("-", "_"): e for e in entry_points(group=f"harness.{kind}")}
    clash = sorted(found.keys() & _own(kind))
    if clash:
        entry = found[clash[0]]
        msg = (
            f"{entry.value} is installed as the part {entry.name!r} of {kind}, a name that harness "
            "itself uses. Rename that entry point."
        )
        raise UsageError(msg)
    return found


def names(kind: str) -> list[str]:
    """Return the names of all parts of a kind, sorted."""
    return sorted(_own(kind) | _foreign(kind).keys())


def foreign_name(part: type[Any]) -> str | None:
    """Return the name under which another package's part is found, None if it is none."""
    place = f"{part.__module__}:{part.__qualname__}"
    entries = (pair for kind in KINDS for pair in _foreign(kind).items())
    return next((name for name, entry in entries if entry.value == place), None)


def _load(entry: EntryPoint, kind: str) -> Any:
    try:
        return entry.load()
    except (ImportError, AttributeError) as error:
        msg = (
            f"The part {entry.name!r} of {kind} cannot be loaded from {entry.value}: {error}. "
            "Mend or uninstall the package that names it."
        )
        raise UsageError(msg) from error


def find(kind: str, name: str) -> type[Any]:
    """Return the class of the part ``name``; raise UsageError with the nearest names."""
    if name in _own(kind):
        module = importlib.import_module(f"harness.{kind}.{name}")
        part = getattr(module, KINDS[kind])
    elif name in _foreign(kind):
        part = _load(_foreign(kind)[name], kind)
    else:
        msg = f"There is no part {name!r} among {kind}. {nearest(name, names(kind))}"
        raise UsageError(msg)
    if not (isinstance(part, type) and dataclasses.is_dataclass(part)):
        msg = f"The part {name!r} of {kind} is {part!r}; a part must be a dataclass."
        raise UsageError(msg)
    return part
