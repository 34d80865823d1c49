import tomllib
from pathlib import Path

import pytest

from harness import spec
from harness.errors import UsageError
from harness.parts import Metric
from harness.records import JSON, Article, Judgement, Span
from harness.validation.checks import Checks, as_toml, checks
from harness.validation.spans import touched

FACTS: Metric = spec.parse("metrics", "facts")
TEXT = "The mill burned on Monday. Nobody was hurt, said its owner. The bridge is closed."
WRONG = "The mill burned on Friday."


def judged(summary: str, spans: tuple[Span, ...] | None) -> Judgement:
    """Return a judgement of a summary of the text."""
    return Judgement(Article("a", TEXT), summary, spans=spans)


def test_a_flag_is_right_where_people_marked() -> None:
    """Of the same flag three times, the one on a mark is right; unasked people say nothing."""
    benchmark = spec.build("benchmarks", spec.Call("own", {"path": "."}))
    day = Span(WRONG.index("Friday"), len(WRONG) - 1)
    rows = [judged(WRONG, spans) for spans in ((day,), (), (Span(0, 3),), None)]
    said = as_toml(checks(FACTS, [(benchmark, rows[:2]), (benchmark, rows[2:])]))
    found = tomllib.loads(said)
    assert found["source"] == "own (none), 2 summaries and own (none), 1 summaries, pooled"
    ((tier, one),) = found["checks"]["dates"].items()
    assert tier in "AB"
    assert one == {"precision": 0.333, "n": 3}
    assert "`harness validate facts --on own --on own --data DIR --checks`" in said


def test_without_a_flag_there_is_no_table() -> None:
    """What was looked at is said, and what to name instead."""
    benchmark = spec.build("benchmarks", spec.Call("own", {"path": "."}))
    with pytest.raises(UsageError, match=r"flagged nothing by a check .*1 of own"):
        checks(FACTS, [(benchmark, [judged(TEXT[:26], ())])])


def test_claims_that_name_no_check_are_counted_by_type_alone() -> None:
    """Another metric's claims need not say what flagged them."""
    claims: JSON = {"claims": [{"start": 0, "end": 3, "type": "date"}]}
    found = touched([judged(WRONG, (Span(1, 2),))], [claims])
    assert (found.claims, found.right) == ({"date": 1}, {"date": 1})
    assert not found.checks


def test_what_is_shipped_has_this_form() -> None:
    """The table beside the checks is read by the same keys."""
    shipped = Path(spec.__file__).parent / "facts" / "precision.toml"
    held = tomllib.loads(shipped.read_text(encoding="utf-8"))
    assert set(held) == {"source", "checks"}
    assert all(
        {"precision", "n"} == set(row) for c in held["checks"].values() for row in c.values()
    )


def test_any_name_of_a_check_makes_a_table() -> None:
    """Another package's checks may be called what TOML does not take as it stands."""
    claims: JSON = {"claims": [{"start": 0, "end": 3, "check": 'a "b".c', "tier": "1"}]}
    counts = touched([judged(WRONG, ())], [claims])
    found = tomllib.loads(as_toml(Checks(FACTS, (), counts)))
    assert found["checks"] == {'a "b".c': {"1": {"precision": 0.0, "n": 1}}}
