"""Has a summariser become worse than it was? A decision for builds, made on the interval.

The new run and the old one are compared on the articles that both scored. The decision is about the
95 % interval of the paired difference, never about a bare number: a gate on bare means fires on
noise, or sleeps through a real loss.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from harness.analysis import Difference, analyse
from harness.comparison import Heading, compare
from harness.errors import RunError, UsageError, nearest
from harness.runs import Run
from harness.stats.gate import Decision, decide


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision about one column, and what it stands on. ``tolerance`` is in shown units."""

    new: str
    old: str
    heading: Heading
    tolerance: float
    decision: Decision
    difference: Difference | None

    def __str__(self) -> str:
        """Return the verdict as one line in words."""
        name = self.heading.column.name
        if self.difference is None:
            return f"{name}: cannot tell: no article was scored for both."
        found, scale = self.difference.interval, self.heading.column.scale
        mean, low, high = (f"{scale * v:+.2f}" for v in (found.estimate, found.low, found.high))
        return (
            f"{name}: {self.decision}: {self.new} minus {self.old} is {mean} [{low}, {high}] "
            f"on {found.n} articles, {self.tolerance:g} tolerated "
            f"({self.heading.column.better} is better)."
        )


def gate(new: Run, old: Run, columns: Sequence[str], tolerance: float = 0.0) -> list[Verdict]:
    """Decide for every named column whether ``new`` is worse than ``old`` by more than tolerated.

    Raises IncomparableError where corpora or signatures differ, and UsageError for a column that is
    unknown or has no better direction.
    """
    if new.record.id == old.record.id:
        msg = f"{new.record.id} is held against itself. Name the run it should be held against."
        raise RunError(msg)
    comparison = compare([new, old], metrics=None)
    names = [h.column.name for h in comparison.headings]
    at = [_position(name, names) for name in columns]
    # The old run is the baseline by position: both may have one name.
    analysis = analyse(comparison, at, baseline=1)
    verdicts = []
    for column, position in enumerate(at):
        heading = comparison.headings[position]
        better = heading.column.better
        if better is None:
            msg = f"Neither more nor less of {heading.column.name!r} is better: no gate can use it."
            raise UsageError(msg)
        difference = analysis.difference(0, column)
        interval = None if difference is None else difference.interval
        decision = decide(interval, better, tolerance / heading.column.scale)
        verdicts.append(
            Verdict(new.record.id, old.record.id, heading, tolerance, decision, difference)
        )
    return verdicts


def _position(name: str, names: Sequence[str]) -> int:
    if name not in names:
        msg = f"There is no column {name!r} in both runs. {nearest(name, names)}"
        raise UsageError(msg)
    if names.count(name) > 1:
        msg = f"Two metrics of these runs have a column {name!r}. Gate runs that have one of them."
        raise UsageError(msg)
    return names.index(name)


def overall(verdicts: Sequence[Verdict]) -> Decision:
    """Return worse if anything is worse, else cannot tell if anything cannot be told."""
    decisions = {v.decision for v in verdicts}
    for decision in (Decision.WORSE, Decision.CANNOT_TELL):
        if decision in decisions:
            return decision
    return Decision.NOT_WORSE


def junit(verdicts: Sequence[Verdict]) -> str:
    """Return the verdicts as JUnit XML: worse is a failure, cannot tell is an error."""
    worse = sum(v.decision is Decision.WORSE for v in verdicts)
    unsure = sum(v.decision is Decision.CANNOT_TELL for v in verdicts)
    counts = f'tests="{len(verdicts)}" failures="{worse}" errors="{unsure}"'
    head = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuite name="harness gate" {counts}>']
    return "\n".join([*head, *map(_case, verdicts), "</testsuite>", ""])


def _case(verdict: Verdict) -> str:
    name = quoteattr(f"{verdict.heading.column.name} of {verdict.new}")
    if verdict.decision is Decision.NOT_WORSE:
        return f'  <testcase classname="harness.gate" name={name}/>'
    tag = "failure" if verdict.decision is Decision.WORSE else "error"
    message = quoteattr(str(verdict))
    return f'  <testcase classname="harness.gate" name={name}><{tag} message={message}/></testcase>'


def markdown(verdicts: Sequence[Verdict]) -> str:
    """Return the verdicts as a Markdown list, for the summary page of a build."""
    sign = {Decision.NOT_WORSE: "passed", Decision.WORSE: "**failed**"}
    lines = [f"- {sign.get(v.decision, '**open**')}: {v}" for v in verdicts]
    return "\n".join([f"### harness gate: {overall(verdicts)}", "", *lines, ""])
