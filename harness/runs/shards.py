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
from harness.runs.disk import storage, sweep, write_whole

LARGEST = 1000
"""Articles in one file at most: what has to be in memory at a time."""

_NAME = re.compile(r"(\d{9})-(\d{9})\.parquet")

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shards:
    """The shards of one table, in one folder."""

    folder: Path

    def _all(self) -> list[Range]:
        try:
            found = [_NAME.fullmatch(p.name) for p in self.folder.iterdir()]
        except FileNotFoundError:
            return []
        except OSError as error:
            msg = f"{self.folder} cannot be read: {error.strerror}. Make it a folder that can."
            raise RunError(msg) from None
        return sorted(((int(m[1]), int(m[2])) for m in found if m), key=lambda r: (r[0], -r[1]))

    def ranges(self) -> list[Range]:
        """Return the ranges kept, in order; one that lies within another counts once."""
        kept: list[Range] = []
        for start, stop in self._all():
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
        import pyarrow.parquet as pq

        write_whole(
            self.path(start, start + table.num_rows),
            lambda path: pq.write_table(table, path, compression="zstd", write_statistics=False),
        )

    def read(self, columns: Sequence[str] | None = None) -> Iterator[tuple[int, Any]]:
        """Yield the first position and the table of every shard, in order."""
        for start, stop in self.ranges():
            yield start, self._load(start, stop, columns)

    def slice(self, start: int, stop: int, columns: Sequence[str] | None = None) -> Any:
        """Return the rows of a range that is wholly kept."""
        import pyarrow as pa

        parts = [
            self._load(a, b, columns).slice(max(start - a, 0), min(stop, b) - max(start, a))
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

    def _load(self, start: int, stop: int, columns: Sequence[str] | None) -> Any:
        import pyarrow as pa
        import pyarrow.parquet as pq

        path = self.path(start, stop)
        try:
            with pq.ParquetFile(path) as file:  # read_table would import pandas
                table = file.read(columns=columns, use_threads=False)
        except (pa.ArrowInvalid, pa.ArrowKeyError, OSError, KeyError) as error:
            msg = f"{path} cannot be read: {error}. Delete it and run the same command again."
            raise RunError(msg) from error
        if table.num_rows != stop - start:
            msg = (
                f"{path} holds {table.num_rows} rows where its name promises {stop - start}. "
                "Delete it and run the same command again."
            )
            raise RunError(msg)
        return table

    def compact(self) -> None:
        """Join neighbouring small shards, up to LARGEST articles, and remove what is joined.

        What a killed process left half written goes too.
        """
        for start, stop in self._groups():
            if self.path(start, stop).exists():
                continue
            self.write(start, self.slice(start, stop).combine_chunks())
        kept = set(self.ranges())
        with storage(self.folder):
            for start, stop in set(self._all()) - kept:
                self.path(start, stop).unlink(missing_ok=True)
        sweep(self.folder)

    def _groups(self) -> list[Range]:
        groups: list[Range] = []
        for start, stop in self.ranges():
            if groups and groups[-1][1] == start and stop - groups[-1][0] <= LARGEST:
                groups[-1] = (groups[-1][0], stop)
            else:
                groups.append((start, stop))
        return groups
