"""Benchmarks on the Hugging Face hub: the rows of a data set as records, at a named revision.

A benchmark's ``path`` names the hub in one of these ways; anything else is a folder or a file:

- ``hub``: the benchmark's own repository there, at the revision that its reader was written for;
- ``hub:OWNER/NAME@REVISION``: another repository with the same columns;
- ``hub:FOLDER``: a folder that ``save_to_disk`` wrote, or one with the repository's files.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from harness.benchmarks._read import Record
from harness.errors import InputError, UsageError

_HUB = "hub"
_SAVED = ("dataset_dict.json", "state.json")


@dataclass(frozen=True, slots=True)
class Copy:
    """A repository on the hub, its revision (a commit), and the splits that are read."""

    name: str
    revision: str | None
    splits: tuple[str, ...]

    def __str__(self) -> str:
        """Return the name with the revision, as it is told and written."""
        return f"{self.name}@{self.revision}" if self.revision else self.name


def on_hub(path: str, own: Copy) -> Copy | None:
    """Return what ``path`` names on the hub, None where it is no name there.

    ``own`` is the benchmark's repository. Raises UsageError where the name is not whole.
    """
    kind, colon, name = path.partition(":")
    if kind != _HUB or (colon and not name):
        return None
    if not colon or name == own.name:
        return _pinned(own)
    if Path(name).is_dir():
        return Copy(name, None, own.splits)
    repository, _, revision = name.partition("@")
    return _pinned(replace(own, name=repository, revision=revision or None))


def _pinned(copy: Copy) -> Copy:
    if copy.revision is None:
        msg = (
            f"hub:{copy.name} names no revision, and its content may change. Write "
            f"hub:{copy.name}@COMMIT, one of huggingface.co/datasets/{copy.name}/commits/main, or "
            "hub:FOLDER for a folder that save_to_disk wrote."
        )
        raise UsageError(msg)
    return copy


def rows(copy: Copy, source: str) -> Iterator[tuple[str, Record]]:
    """Yield every row as a record, with the split that it is in; numbers of rows count from 0.

    ``source`` is where the files are, for those who cannot reach the hub.
    """
    import pyarrow
    from datasets.exceptions import DatasetsError  # datasets takes a second

    try:
        for split in copy.splits:
            for number, row in enumerate(_loaded(copy, split)):
                yield split, Record(f"{copy}, split {split}, row {number}", row)
    except (OSError, ValueError, RuntimeError, DatasetsError, pyarrow.ArrowException) as error:
        raise _unreadable(copy, source, error) from None


def _loaded(copy: Copy, split: str) -> Any:
    import datasets

    if not any((Path(copy.name) / name).is_file() for name in _SAVED):
        return datasets.load_dataset(copy.name, split=split, revision=copy.revision)
    found = datasets.load_from_disk(copy.name)
    if not isinstance(found, datasets.DatasetDict):
        own = str(found.split).partition("[")[0]
        if own not in (split, "None"):
            msg = f"it holds the split {own}, not {split}"
            raise ValueError(msg)
        return found
    if split not in found:
        msg = f"it has no split {split}, but {', '.join(found)}"
        raise ValueError(msg)
    return found[split]


def _unreadable(copy: Copy, source: str, error: Exception) -> InputError:
    reason = str(error).partition("\n")[0].rstrip(".")
    if Path(copy.name).is_dir():
        splits = " and ".join(copy.splits)
        advice = f"Give a folder that save_to_disk wrote whole, with the split {splits}."
    else:
        name = copy.name.rpartition("/")[2]
        advice = (
            "Check its name and revision, and whether it asks you to log in. Without a network: "
            f"where there is one, datasets.load_dataset({copy.name!r}, revision="
            f"{copy.revision!r}).save_to_disk({name!r}), and here --data hub:{name}; or get the "
            f"files from {source} and write --data DIR."
        )
    return InputError(f"The data set {copy} cannot be read ({reason}). {advice}")
