"""Kept runs: what evaluations leave on disk, and the only code that knows how it lies there.

    runs/
      corpora/<fingerprint>/             the articles as they were read, once for all runs over them
        corpus.json
        <start>-<stop>.parquet
      <time>-<candidate>-<hash>/         one candidate over one corpus
        run.json                         status, specs, signatures, environment
        summaries/<start>-<stop>.parquet one row per article
        scores/<metric>-<hash>/<start>-<stop>.parquet
        timings.jsonl                    seconds per batch: how long, never what
      locks/<key>.lock                   held by the process that writes the run with that key

Every file but timings.jsonl is whole or absent: written beside its place, flushed to the disk and
renamed, or put at once where runs lie on an object store. There a batch's seconds are the name of
an empty object in timings/, and a lock is a folder with an object of its holder (lease.py). A
shard's name is the range of articles it holds, so that what is missing can be seen from names
alone; its pages have checksums, so that what changed is not read as something else.
"""

from harness.runs.run import Run
from harness.runs.snapshot import Snapshot
from harness.runs.store import Store

__all__ = ["Run", "Snapshot", "Store"]
