from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import RunError
from harness.runs.shards import LARGEST, Shards


def table(start: int, stop: int) -> pa.Table:
    """Return a table whose rows say their positions."""
    return pa.table({"position": list(range(start, stop))})


def filled(folder: Path, *ranges: tuple[int, int]) -> Shards:
    """Return shards that keep the given ranges."""
    shards = Shards(folder / "t")
    for start, stop in ranges:
        shards.write(start, table(start, stop))
    return shards


def test_what_was_written_is_read_in_order(tmp_path: Path) -> None:
    """Shards come back in the order of their articles, whatever order they were written in."""
    shards = filled(tmp_path, (4, 6), (0, 4))
    assert [(s, t["position"].to_pylist()) for s, t in shards.read()] == [
        (0, [0, 1, 2, 3]),
        (4, [4, 5]),
    ]


def test_a_slice_may_cross_shards(tmp_path: Path) -> None:
    """A range is read from as many shards as hold it."""
    shards = filled(tmp_path, (0, 4), (4, 6), (6, 9))
    assert shards.slice(3, 7)["position"].to_pylist() == [3, 4, 5, 6]


@given(
    done=st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=5),
    start=st.integers(0, 20),
    length=st.integers(0, 30),
    size=st.integers(1, 9),
)
def test_what_is_missing_is_the_complement_of_what_is_kept(
    tmp_path_factory: pytest.TempPathFactory,
    done: list[tuple[int, int]],
    start: int,
    length: int,
    size: int,
) -> None:
    """Missing ranges are short enough, in order, and together with the kept ones cover all."""
    ranges = [(a, a + n) for a, n in done]
    folder = tmp_path_factory.mktemp("s") / "t"
    folder.mkdir()
    for a, b in ranges:
        (folder / f"{a:09}-{b:09}.parquet").touch()
    shards = Shards(folder)
    kept = {i for a, b in shards.ranges() for i in range(a, b)}
    missing = shards.missing(start, start + length, size)
    assert all(0 < b - a <= size for a, b in missing)
    found = [i for a, b in missing for i in range(a, b)]
    assert found == [i for i in range(start, start + length) if i not in kept]


def test_a_stopped_run_makes_the_same_batches(tmp_path: Path) -> None:
    """Batches are cut at the same places whether or not earlier ones are there."""
    whole = Shards(tmp_path / "none").missing(0, 25, 10)
    assert whole == [(0, 10), (10, 20), (20, 25)]
    assert filled(tmp_path, (0, 10)).missing(0, 25, 10) == whole[1:]


def test_compacting_joins_small_shards_and_keeps_every_row(tmp_path: Path) -> None:
    """After compacting there are few files, and the rows are what they were."""
    step = LARGEST // 4
    shards = filled(tmp_path, *[(i * step, (i + 1) * step) for i in range(6)])
    before = shards.slice(0, 6 * step)
    shards.compact()
    assert shards.ranges() == [(0, LARGEST), (LARGEST, 6 * step)]
    assert len(list(shards.folder.iterdir())) == 2
    assert shards.slice(0, 6 * step) == before


def test_a_compaction_that_was_cut_short_counts_nothing_twice(tmp_path: Path) -> None:
    """Small shards beside the large one that holds them are not read, and go at the next chance."""
    shards = filled(tmp_path, (0, 2), (2, 4), (0, 4))
    assert shards.count() == 4
    assert [t["position"].to_pylist() for _, t in shards.read()] == [[0, 1, 2, 3]]
    shards.compact()
    assert len(list(shards.folder.iterdir())) == 1


def test_a_partial_file_of_a_killed_process_is_no_shard(tmp_path: Path) -> None:
    """What a killed writer leaves beside a shard's place is not taken for a shard."""
    shards = filled(tmp_path, (0, 2))
    (shards.folder / ".000000002-000000004.parquet.77.partial").write_bytes(b"PAR1 half")
    assert shards.ranges() == [(0, 2)]


DAMAGE = [
    pytest.param(b"", "cannot be read", id="empty"),
    pytest.param(b"PAR1garbagePAR1", "cannot be read", id="garbage"),
]


@pytest.mark.parametrize(("content", "message"), DAMAGE)
def test_a_damaged_shard_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    """A shard that is not what its name promises is named, with what to do."""
    shards = filled(tmp_path, (0, 2))
    shards.path(0, 2).write_bytes(content)
    with pytest.raises(RunError, match=f"{message}.*Delete it and run"):
        list(shards.read())


def test_a_shard_with_too_few_rows_is_named(tmp_path: Path) -> None:
    """The number of rows is held against the name."""
    shards = filled(tmp_path, (0, 2))
    shards.path(0, 2).rename(shards.path(0, 3))
    with pytest.raises(RunError, match="holds 2 rows where its name promises 3"):
        list(shards.read())


def test_a_range_with_a_hole_is_refused(tmp_path: Path) -> None:
    """What was deleted is told in words; other rows never take its place."""
    shards = filled(tmp_path, (0, 2), (4, 6))
    for start, stop in ((0, 4), (2, 4), (2, 5), (0, 6), (6, 7)):
        with pytest.raises(RunError, match=f"lacks some of the articles {start + 1} to {stop}"):
            shards.slice(start, stop)
    assert shards.slice(4, 6)["position"].to_pylist() == [4, 5]


def test_what_a_killed_process_left_half_written_goes(tmp_path: Path) -> None:
    """Joining the shards removes partial files beside them, and nothing else."""
    shards = filled(tmp_path, (0, 2), (2, 3))
    (shards.folder / ".000000003-000000006.parquet.4711.partial").touch()
    (shards.folder / "notes.txt").touch()
    shards.compact()
    assert sorted(p.name for p in shards.folder.iterdir()) == [
        "000000000-000000003.parquet",
        "notes.txt",
    ]
