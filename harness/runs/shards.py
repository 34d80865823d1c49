"""A table of one row per article, kept as Parquet files that each hold a range of articles.

A file is named ``<start>-<stop>.parquet`` after the positions of its articles in the corpus. It is
written once and never changed; small files are joined into larger ones when their run is complete.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import RunError
from harness.runs.disk import names, read_bytes, remove, sweep, write_bytes
from harness.runs.parquet import MisfitError, Types, decode, encode

LARGEST = 1000
"""Articles in one file at most: what has to be in memory at a time."""

_NAME = re.compile(r"(\d{9})-(\d{9})\.parquet")

Range = tuple[int, int]


def range_of(name: str) -> Range | None:
    """Return the range that a shard's name promises, None where it is no name of a shard."""
    found = _NAME.fullmatch(name)
    start, stop = (int(found[1]), int(found[2])) if found else (0, 0)
    return (start, stop) if start < stop <= start + LARGEST else None


@dataclass(frozen=True, slots=True)
class Shards:
    """The shards of one table, in one folder, with columns of certain types."""

    folder: Path
    types: Types = ()

    def all(self) -> list[Range]:
        """Return the range of every shard, in order, also of those that lie within another."""
        try:
            found = [range_of(name) for name in names(self.folder)]
        except FileNotFoundError:
            return []
        except OSError as error:
            msg = f"{self.folder} cannot be read: {error.strerror}. Make it a folder that can."
            raise RunError(msg) from error
        return sorted((r for r in found if r), key=lambda r: (r[0], -r[1]))

    def ranges(self) -> list[Range]:
        """Return the ranges kept, in order; one that lies within another counts once."""
        kept: list[Range] = []
        for start, stop in self.all():
            if not kept or start >= kept[-1][1]:
                kept.append((start, stop))
        return kept

    def missing(self, start: int, stop: int, size: int) -> list[Range]:
        """Return what is not kept between two positions, in ranges of at most ``size``.

        The ranges are cut at ``start`` plus multiples of ``size``, so that a run that was stopped
        makes the same batches as one that was not.
        """
        gaps = []
        done = start
        for a, b in [*self.ranges(), (stop, stop)]:
            edges = [done, *range(done - (done - start) % size + size, min(a, stop), size)]
            gaps += [(x, min(x - (x - start) % size + size, a, stop)) for x in edges if x < a]
            done = max(done, b)
        return [(a, b) for a, b in gaps if a < b]

    def count(self) -> int:
        """Return how many articles are kept."""
        return sum(stop - start for start, stop in self.ranges())

    def path(self, start: int, stop: int) -> Path:
        """Return the file of a range."""
        return self.folder / f"{start:09}-{stop:09}.parquet"

    def write(self, start: int, table: Any) -> None:
        """Keep a table of the articles from ``start`` on."""
        write_bytes(self.path(start, start + table.num_rows), encode(table))

    def read(self, columns: Sequence[str] | None = None) -> Iterator[tuple[int, Any]]:
        """Yield the first position and the table of every shard, in order."""
        for start, stop in self.ranges():
            yield start, self.load(start, stop, columns)

    def slice(self, start: int, stop: int, columns: Sequence[str] | None = None) -> Any:
        """Return the rows of a range that is wholly kept."""
        import pyarrow as pa

        parts = [
            self.load(a, b, columns).slice(max(start - a, 0), min(stop, b) - max(start, a))
            for a, b in self.ranges()
            if a < stop and b > start
        ]
        if sum(part.num_rows for part in parts) != stop - start:
            msg = (
                f"{self.folder} lacks some of the articles {start + 1} to {stop}. "
                "They were deleted, or never written: run the same harness eval again."
            )
            raise RunError(msg)
        return pa.concat_tables(parts, promote_options="default")  # some may lack details

    def load(self, start: int, stop: int, columns: Sequence[str] | None = None) -> Any:
        """Return the table of one shard, or some of its columns; raise RunError if it cannot.

        The error's cause is a MisfitError where the shard is damaged, an OSError where the disk or
        the connection is at fault.
        """
        path = self.path(start, stop)
        try:
            return decode(read_bytes(path), stop - start, self.types, columns)
        except MisfitError as error:
            msg = f"{path} {error}. Delete it and run the same command again."
            raise RunError(msg) from error
        except OSError as error:
            msg = f"{path} cannot be read: {error.strerror or error}. See to that, and try again."
            raise RunError(msg) from error

    def compact(self) -> None:
        """Join neighbouring small shards, up to LARGEST articles, and remove what is joined.

        What a killed process left half written goes too.
        """
        there = set(self.all())
        for start, stop in self._groups():
            if (start, stop) in there:
                continue
            self.write(start, self.slice(start, stop).combine_chunks())
        kept = set(self.ranges())
        for start, stop in set(self.all()) - kept:
            remove(self.path(start, stop))
        sweep(self.folder)

    def _groups(self) -> list[Range]:
        groups: list[Range] = []
        for start, stop in self.ranges():
            if groups and groups[-1][1] == start and stop - groups[-1][0] <= LARGEST:
                groups[-1] = (groups[-1][0], stop)
            else:
                groups.append((start, stop))
        return groups
