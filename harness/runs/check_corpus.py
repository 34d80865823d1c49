"""One kept corpus held against its fingerprint: every text of every article."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from harness.errors import RunError
from harness.runs.disk import exists, names
from harness.runs.findings import Finding, kind_of
from harness.runs.manifest import CorpusRecord, is_intact
from harness.runs.shards import range_of
from harness.runs.snapshot import RECORD, feed, shards_of


def check_corpus(root: Path, name: str) -> list[Finding]:
    """Return what is wrong with the corpus in the folder ``name`` of ``root``."""
    place, folder = f"corpora/{name}", root / name
    try:
        if not exists(folder / RECORD):
            words = "half written, or half deleted. harness runs --prune deletes it in a while"
            return [Finding(place, "leftover", words)]
        record = CorpusRecord.load(folder / RECORD)
        return [
            *_record(place, folder, record),
            *_texts(place, folder, record),
            *_strangers(place, folder),
        ]
    except RunError as error:
        return [Finding(place, kind_of(error), str(error))]
    except OSError as error:
        return [Finding(place, "unreadable", f"{folder} cannot be read: {error}")]


def _record(place: str, folder: Path, record: CorpusRecord) -> Iterator[Finding]:
    if not is_intact(folder / RECORD) or record.fingerprint[:16] != folder.name:
        words = f"{folder / RECORD} does not say what it said when it was written. Restore it"
        yield Finding(place, "damaged", words)


def _texts(place: str, folder: Path, record: CorpusRecord) -> Iterator[Finding]:
    """Hold the articles against the fingerprint; name the shards that cannot be read."""
    total, shards = hashlib.sha256(), shards_of(folder)
    count, readable = 0, True
    for start, stop in shards.ranges():
        try:
            count += feed(total, shards.load(start, stop))
        except RunError as error:
            readable = False
            yield _unread(place, shards.path(start, stop).name, error)
    if not readable:
        return
    if count != record.articles:
        words = f"it has {count} of {record.articles} articles. The same harness eval restores it"
        yield Finding(place, "incomplete", words)
    elif total.hexdigest() != record.fingerprint:
        words = "its articles are not those of its fingerprint. Restore it, or delete the folder"
        yield Finding(place, "damaged", words)


def _unread(place: str, name: str, error: RunError) -> Finding:
    if kind_of(error) == "unreadable":
        return Finding(place, "unreadable", str(error))
    words = (
        f"{place}/{name} {error.__cause__}. The same harness eval writes it again once it is gone"
    )
    return Finding(place, "damaged", words, (f"{place}/{name}",))


def _strangers(place: str, folder: Path) -> Iterator[Finding]:
    for name in names(folder):
        if name != RECORD and range_of(name) is None:
            yield Finding(place, "unknown", f"{place}/{name} is no file of a corpus")
