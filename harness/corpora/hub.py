"""Hugging Face data sets, from the hub or from disk."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.corpora._fields import Chooser
from harness.corpora._table import Row, read_table
from harness.errors import InputError, nearest
from harness.parts import Corpus
from harness.records import Article

_BETWEEN_REPORTS = "|||||"
"""What multi_news puts between the reports of one event."""


@dataclass(frozen=True, slots=True)
class Hub:
    """A Hugging Face data set: ``abisee/cnn_dailymail``, or a folder that save_to_disk wrote.

    ``config`` and ``revision`` are the hub's; ``split`` is one of the data set's, in the hub's
    syntax (``test[:100]``), and for a folder a plain one. ``streaming`` reads from the network as
    it goes instead of fetching first. Columns are named, or guessed, as for ``jsonl``; only those
    are read. Rows count from 0, and a row's number is its id where there is no id column.
    ``|||||``, which multi_news puts between reports, becomes the end of a paragraph. Data sets that
    need code of their own to be loaded are refused.
    """

    name: str
    config: str | None = None
    split: str = "test"
    revision: str | None = None
    streaming: bool = False
    text: str | None = None
    references: str | tuple[str, ...] | None = None
    id: str | None = None
    title: str | None = None
    published: str | None = None
    cluster: str | None = None
    skip: tuple[str, ...] = ()
    duplicates: bool = False

    def articles(self) -> Iterator[Article]:
        """Yield the articles, read as they are asked for."""
        what = f"{self.name}, split {self.split}"
        return read_table(self, self._rows(what), lambda row: f"{what}, row {row}", what)

    def _rows(self, what: str) -> Iterator[Row]:
        import pyarrow
        from datasets.exceptions import DatasetsError  # datasets takes 1.8 s

        try:
            for number, row in enumerate(self._select(self._load(), what)):
                yield number, {name: _whole(value) for name, value in row.items()}
        except (OSError, ValueError, RuntimeError, DatasetsError, pyarrow.ArrowException) as error:
            raise self._unreadable(error) from None

    def _load(self) -> Any:
        path = Path(self.name)
        if path.is_dir():
            return self._from_disk(path)
        if path.exists() or self.name.startswith((".", "/", "~")):
            what = "is a file" if path.exists() else "does not exist"
            msg = (
                f"{self.name} {what}. Allowed: a data set's name on the hub, or a folder that "
                "save_to_disk wrote; for a file: jsonl(path), csv(path), parquet(path)."
            )
            raise InputError(msg)
        import datasets

        return datasets.load_dataset(
            self.name,
            self.config,
            split=self.split,
            revision=self.revision,
            streaming=self.streaming,
        )

    def _from_disk(self, path: Path) -> Any:
        import datasets

        found = datasets.load_from_disk(str(path))
        if isinstance(found, datasets.DatasetDict):
            if self.split not in found:
                msg = f"{self.name} has no split {self.split!r}. {nearest(self.split, found)}"
                raise InputError(f"{msg} Say which: split='...'.")
            return found[self.split]
        own = None if found.split is None else str(found.split).partition("[")[0]
        if own not in (None, self.split):
            msg = f"{self.name} holds the split {own!r}, not {self.split!r}. Say split={own!r}."
            raise InputError(msg)
        return found

    def _select(self, found: Any, what: str) -> Any:
        """Return the data set without the columns that nothing asks for, which may be images."""
        if found.column_names is None:  # streamed from a source that does not say
            return found
        fields = Chooser(self).fields(found.column_names, what)
        named = (fields.text, *fields.references, fields.id, fields.title)
        return found.select_columns(
            [c for c in (*named, fields.published, fields.cluster) if c is not None]
        )

    def _unreadable(self, error: Exception) -> InputError:
        reason = str(error).partition("\n")[0].rstrip(".")
        if Path(self.name).is_dir():
            advice = "Give a folder that datasets.Dataset.save_to_disk wrote whole."
        elif isinstance(error, OSError):
            advice = (
                "The hub must be reached once, or the data set given as a folder that "
                "save_to_disk wrote: hub('path/to/folder')."
            )
        else:
            advice = "Check name, config, split and revision; code of a data set is never run."
        return InputError(f"The data set {self.name} cannot be read ({reason}). {advice}")


def _whole(value: object) -> object:
    if isinstance(value, str) and _BETWEEN_REPORTS in value:
        return "\n\n".join(part.strip() for part in value.split(_BETWEEN_REPORTS) if part.strip())
    return value


CORPUS: type[Corpus] = Hub
