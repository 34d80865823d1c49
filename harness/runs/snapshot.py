"""A corpus as it was read: articles kept once, under a fingerprint of all they hold."""

import errno
import hashlib
import itertools
import json
import os
import platform
import re
import shutil
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from harness.errors import InputError, RunError, StorageError
from harness.records import Article
from harness.runs.disk import names, read_bytes, remove_tree, storage, write_bytes
from harness.runs.manifest import CorpusRecord
from harness.runs.parquet import Types
from harness.runs.remote import is_remote
from harness.runs.shards import LARGEST, Shards
from harness.text.words import count_words

_FIELDS = ("id", "text", "references", "title", "published", "cluster")
_KINDS = ("string not null", "string not null", "list<element: string> not null", *["string"] * 3)
_ARTICLES: Types = tuple(zip(_FIELDS, _KINDS, strict=True))
RECORD = "corpus.json"
_HOST = re.sub(r"[^A-Za-z0-9]", "_", platform.node()) or "host"
_PARTIAL = re.compile(r"\.(?:(?P<host>\w+)-)?(?P<pid>\d+)(?:-\d+)?\.partial")


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

    def clusters(self) -> tuple[str | None, ...]:
        """Return the clusters of all articles, in order."""
        return _read(self.shards)[1]

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all articles, in order."""
        return _read(self.shards)[0]


@lru_cache(maxsize=4)
def _read(shards: Shards) -> tuple[tuple[str, ...], tuple[str | None, ...]]:
    """Read ids and clusters once for all runs over a corpus; a fingerprint never changes."""
    ids: list[str] = []
    clusters: list[str | None] = []
    for _, table in shards.read(["id", "cluster"]):
        ids += table["id"].to_pylist()
        clusters += table["cluster"].to_pylist()
    return tuple(ids), tuple(clusters)


def take(articles: Iterable[Article], name: str, spec: str, root: Path) -> Snapshot:
    """Keep the articles of a stream under ``root``, and return them as a snapshot.

    The whole stream is read, so that a bad article is found before any work is done on a good one.
    """
    if is_remote(root):
        with tempfile.TemporaryDirectory(prefix="harness-") as near:
            return _taken(articles, name, spec, Path(near) / "corpus", root)
    sweep_abandoned(root)
    partial = root / f".{_HOST}-{os.getpid()}-{threading.get_ident()}.partial"
    try:
        return _taken(articles, name, spec, partial, root)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _taken(
    articles: Iterable[Article], name: str, spec: str, partial: Path, root: Path
) -> Snapshot:
    record = _write(articles, name, spec, partial)
    place = root / record.fingerprint[:16]
    with storage(place):
        _settle(partial, place, record)
    return Snapshot(record, shards_of(place))


def _settle(partial: Path, place: Path, record: CorpusRecord) -> None:
    """Put a corpus in its place, unless it is there already: another process may be as far."""
    if _is_whole(place, record):
        _touch(place)
    elif is_remote(place):
        for name in sorted(names(partial), key=lambda n: n == RECORD):  # the record comes last
            write_bytes(place / name, (partial / name).read_bytes())
    else:
        _rename(partial, place, record)


def _touch(place: Path) -> None:
    """Make a corpus look used, so that harness runs --prune lets it be for a while."""
    path = place / RECORD
    with suppress(OSError, StorageError):  # whoever may only read the corpus may use it
        if is_remote(path):
            write_bytes(path, read_bytes(path))
        else:
            os.utime(path)


def _rename(partial: Path, place: Path, record: CorpusRecord) -> None:
    try:
        partial.rename(place)
    except OSError as error:
        if error.errno not in {errno.ENOTEMPTY, errno.EEXIST}:
            raise
        if not _is_whole(place, record):
            shutil.rmtree(place, ignore_errors=True)
            partial.rename(place)


def sweep_abandoned(root: Path) -> None:
    """Remove what processes of this machine that ended left half written under ``root``."""
    with storage(root):
        for name in abandoned(root):
            remove_tree(root / name)


def abandoned(root: Path) -> list[str]:
    """Return the folders that processes of this machine that ended left half written."""
    if is_remote(root):
        return []
    found: list[str] = []
    with suppress(FileNotFoundError):
        for match in filter(None, map(_PARTIAL.fullmatch, names(root, link=True))):
            is_ours = match["host"] in {_HOST, None}
            found += [match[0]] if is_ours and not _is_alive(int(match["pid"])) else []
    return found


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True  # somebody else's
    return True


def _is_whole(place: Path, record: CorpusRecord) -> bool:
    try:
        load(place, record.fingerprint)
    except RunError:
        return False
    return True


def shards_of(folder: Path) -> Shards:
    """Return the shards of the corpus that is kept in a folder."""
    return Shards(folder, _ARTICLES)


def load(folder: Path, fingerprint: str) -> Snapshot:
    """Return the snapshot kept in ``folder``; raise RunError unless it is that one, and whole."""
    record = CorpusRecord.load(folder / RECORD)
    shards = shards_of(folder)
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
    shards = shards_of(folder)
    total = hashlib.sha256()
    count = most = referenced = words = 0
    stream = iter(articles)
    while batch := list(itertools.islice(stream, LARGEST)):
        for article in batch:
            total.update(_bytes(article))
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
    record.save(folder / RECORD)
    return record


def _bytes(article: Article) -> bytes:
    """Return an article as it enters the fingerprint."""
    return json.dumps([getattr(article, f) for f in _FIELDS]).encode()


def feed(total: Any, table: Any) -> int:
    """Feed the articles of a table into the digest of a corpus; return how many there were."""
    articles = _from_table(table)
    for article in articles:
        total.update(_bytes(article))
    return len(articles)


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
