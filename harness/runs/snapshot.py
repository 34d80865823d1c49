"""A corpus as it was read: articles kept once, under a fingerprint of all they hold."""

import errno
import hashlib
import itertools
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from harness.errors import InputError, RunError
from harness.records import Article
from harness.runs.disk import storage
from harness.runs.manifest import CorpusRecord
from harness.runs.shards import LARGEST, Shards
from harness.text.words import count_words

_FIELDS = ("id", "text", "references", "title", "published", "cluster")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The articles of a corpus on disk, to be read in ranges."""

    record: CorpusRecord
    shards: Shards

    def articles(self, start: int = 0, stop: int | None = None) -> list[Article]:
        """Return the articles of a range of positions."""
        end = self.record.articles if stop is None else stop
        return _from_table(self.shards.slice(start, end)) if end > start else []

    def stream(self) -> Iterator[tuple[int, list[Article]]]:
        """Yield the articles shard by shard, with the position of each shard's first."""
        for start, table in self.shards.read():
            yield start, _from_table(table)

    def clusters(self) -> tuple[tuple[str, str | None], ...]:
        """Return every article's id and cluster, in order."""
        return _clusters(self.shards)

    def ids(self) -> list[str]:
        """Return the ids of all articles, in order."""
        return [article for article, _ in self.clusters()]


@lru_cache(maxsize=4)
def _clusters(shards: Shards) -> tuple[tuple[str, str | None], ...]:
    """Read ids and clusters once for all runs over a corpus; a fingerprint never changes."""
    found: list[tuple[str, str | None]] = []
    for _, table in shards.read(["id", "cluster"]):
        found += zip(table["id"].to_pylist(), table["cluster"].to_pylist(), strict=True)
    return tuple(found)


def take(articles: Iterable[Article], name: str, spec: str, root: Path) -> Snapshot:
    """Keep the articles of a stream under ``root``, and return them as a snapshot.

    The whole stream is read, so that a bad article is found before any work is done on a good one.
    """
    partial = root / f".{os.getpid()}.partial"
    shutil.rmtree(partial, ignore_errors=True)
    try:
        record = _write(articles, name, spec, partial)
        place = root / record.fingerprint[:16]
        with storage(place):
            _settle(partial, place, record)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return Snapshot(record, Shards(place))


def _settle(partial: Path, place: Path, record: CorpusRecord) -> None:
    """Put a corpus in its place, unless it is there already: another process may be as far."""
    if _is_whole(place, record):
        return
    try:
        partial.rename(place)
    except OSError as error:
        if error.errno not in {errno.ENOTEMPTY, errno.EEXIST}:
            raise
        if not _is_whole(place, record):
            shutil.rmtree(place, ignore_errors=True)
            partial.rename(place)


def _is_whole(place: Path, record: CorpusRecord) -> bool:
    try:
        load(place, record.fingerprint)
    except RunError:
        return False
    return True


def load(folder: Path, fingerprint: str) -> Snapshot:
    """Return the snapshot kept in ``folder``; raise RunError unless it is that one, and whole."""
    record = CorpusRecord.load(folder / "corpus.json")
    shards = Shards(folder)
    if record.fingerprint != fingerprint:
        msg = (
            f"{folder} holds another corpus, {record.name} ({record.fingerprint[:12]}). "
            "Restore it, or delete the folder and run the same harness eval again."
        )
        raise RunError(msg)
    if shards.count() != record.articles:
        msg = (
            f"{folder} holds {shards.count()} of {record.articles} articles. "
            "Restore it, or run the same harness eval again."
        )
        raise RunError(msg)
    return Snapshot(record, shards)


def _write(articles: Iterable[Article], name: str, spec: str, folder: Path) -> CorpusRecord:
    shards = Shards(folder)
    total = hashlib.sha256()
    count = most = referenced = words = 0
    stream = iter(articles)
    while batch := list(itertools.islice(stream, LARGEST)):
        for article in batch:
            total.update(json.dumps([getattr(article, f) for f in _FIELDS]).encode())
            words += count_words(article.text)
            most = max(most, len(article.references))
            referenced += bool(article.references)
        shards.write(count, _to_table(batch))
        count += len(batch)
    if not count:
        msg = f"The corpus {spec} holds no article."
        raise InputError(msg)
    record = CorpusRecord(
        name=name,
        spec=spec,
        fingerprint=total.hexdigest(),
        articles=count,
        references=most,
        referenced=referenced,
        words=words,
    )
    record.save(folder / "corpus.json")
    return record


def _to_table(articles: Sequence[Article]) -> Any:
    import pyarrow as pa

    text = pa.string()
    schema = pa.schema([(f, pa.list_(text) if f == "references" else text) for f in _FIELDS])
    rows = {f: [getattr(a, f) for a in articles] for f in _FIELDS}
    rows["references"] = [list(a.references) for a in articles]
    return pa.table(rows, schema=schema)


def _from_table(table: Any) -> list[Article]:
    columns = (table[f].to_pylist() for f in _FIELDS)
    return [
        Article(i, text, tuple(references), title, published, cluster)
        for i, text, references, title, published, cluster in zip(*columns, strict=True)
    ]
