"""harness runs: verifying what is kept, and deleting what is no longer needed."""

import json
from pathlib import Path

import pytest

from tests.conftest import Call


@pytest.fixture
def kept(here: Path, call: Call) -> Path:
    """Return the folder in which two runs are kept."""
    assert call("eval").code == 0
    return here / "runs"


def damage(kept: Path) -> Path:
    """Flip one bit in the middle of a run's summaries, and return the file."""
    path = next(kept.glob("*lead*/summaries/*.parquet"))
    data = bytearray(path.read_bytes())
    data[60] ^= 4
    path.write_bytes(data)
    return path


def test_sound_runs_are_verified(kept: Path, call: Call) -> None:
    """Nothing is printed, and the end says how much was looked at."""
    assert kept.exists()
    said = call("runs", "--check")
    assert (said.code, said.out) == (0, "")
    assert said.err == "2 runs and 1 corpus verified: nothing is damaged\n"


def test_a_flipped_bit_is_found_and_repaired(kept: Path, call: Call) -> None:
    """The exit code is 4 until no damage is left; an evaluation then makes what is missing."""
    path = damage(kept)
    found = call("runs", "--check")
    assert found.code == 4
    assert "lead" in found.out
    assert "damaged" in found.out
    assert found.err.endswith(
        "some of it is damaged\nharness runs --check --repair repairs what can be repaired\n"
    )
    assert path.exists()
    repaired = call("runs", "--check", "--repair")
    assert repaired.code == 0
    assert repaired.out.startswith("repaired: ")
    assert not path.exists()
    assert call("eval").code == 0
    assert path.exists()
    assert call("runs", "--check").out == ""


def test_findings_as_json_are_one_object_a_line(kept: Path, call: Call) -> None:
    """Programs get the place, the kind and what would be deleted."""
    path = damage(kept)
    [line] = call("runs", "--check", "--json").out.splitlines()
    found = json.loads(line)
    assert (found["kind"], found["repaired"]) == ("damaged", False)
    assert found["removes"] == [str(path.relative_to(kept))]
    assert json.loads(call("runs", "--check", "--repair", "--json").out)["repaired"] is True


def test_a_deletion_is_shown_before_it_is_done(kept: Path, call: Call) -> None:
    """Without --yes nothing goes; with it, exactly what was shown does."""
    before = {p.name for p in kept.iterdir()}
    assert call("eval", "--fresh").code == 0
    shown = call("runs", "--prune")
    assert len(shown.out.splitlines()) == 2
    assert "there is a newer complete run of 'lead'" in shown.out
    assert shown.err.endswith("Nothing is deleted yet: add --yes\n")
    assert before <= {p.name for p in kept.iterdir()}
    places = [
        json.loads(line)["place"] for line in call("runs", "--prune", "--json").out.splitlines()
    ]
    assert set(places) < before
    done = call("runs", "--prune", "--yes")
    assert (done.code, done.out) == (0, shown.out)
    assert done.err == "2 places deleted\n"
    assert not set(places) & {p.name for p in kept.iterdir()}
    assert call("runs", "--check").code == 0


def test_options_of_prune_are_obeyed(kept: Path, call: Call) -> None:
    """Runs of today are not older than a day; no run is kept where none is to be."""
    assert kept.exists()
    assert call("runs", "--prune", "--keep", "0", "--older-than", "1d").out == ""
    assert len(call("runs", "--prune", "--keep", "0").out.splitlines()) == 2


WRONG = [
    pytest.param(("--repair",), "--repair belongs to --check", id="repair-alone"),
    pytest.param(("--yes",), "belong to --prune", id="yes-alone"),
    pytest.param(("--check", "--keep", "2"), "belong to --prune", id="check-keep"),
    pytest.param(("--check", "--prune"), "are two commands", id="both"),
    pytest.param(("--prune", "--keep", "-1"), "keeps fewer than none", id="keep"),
    pytest.param(("--prune", "--older-than", "30"), "is no age", id="no-unit"),
    pytest.param(("--prune", "--older-than", "d"), "is no age", id="no-number"),
    pytest.param(("--prune", "--older-than", "²d"), "is no age", id="odd-number"),
    pytest.param(("--prune", "--older-than", "9999999w"), "is no age", id="too-old"),
]


@pytest.mark.parametrize(("words", "message"), WRONG)
def test_options_that_make_no_sense_are_refused(
    tmp_path: Path, call: Call, words: tuple[str, ...], message: str
) -> None:
    """Nothing is deleted on a guess."""
    said = call("runs", "--runs", tmp_path / "none", *words)
    assert said.code == 2
    assert message in said.err


def test_a_name_from_outside_moves_no_cursor(kept: Path, call: Call) -> None:
    """What a terminal would obey is spelled out in the list."""
    path = next(kept.glob("*lead*/run.json"))
    record = json.loads(path.read_text())
    record["corpus"]["name"] = "a\x1b[2Jb"
    path.write_text(json.dumps(record))
    said = call("runs")
    assert "a\\x1b[2Jb" in said.out
    assert "\x1b" not in said.out
