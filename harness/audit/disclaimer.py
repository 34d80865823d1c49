"""The generic line under an AI summary, replaced by what was measured of the summariser.

The words never say that a summary is right: they say how many were checked, in how many something
was flagged, by what detector, and how often such flags were right where people had looked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from harness.errors import RunError
from harness.facts.precision import Measured, of_check, source
from harness.records import JSON, Scores
from harness.runs import Run
from harness.runs.shards import LARGEST
from harness.stats.rates import wilson

FEWEST = 20
"""Summaries below which a rate is not worth printing."""


@dataclass(frozen=True, slots=True)
class Disclaimer:
    """What was measured of one run.

    ``precision`` is the mean measured precision of the checks behind the run's flags, weighted by
    how often each spoke; None where nothing was flagged, or none of them was ever measured.
    """

    run: str
    candidate: str
    summaries: int
    flagged: int
    low: float
    high: float
    detector: str
    precision: float | None
    measured_on: str
    controls: str | None

    def __str__(self) -> str:
        """Return the words that a publisher could print."""
        share = 100 * self.flagged / self.summaries
        return (
            f"This summary was written by a machine ({self.candidate}). An automatic detector "
            f"held {self.summaries} of its summaries against their articles and flagged something "
            f"in {self.flagged} of them ({share:.0f} %; 95 % interval {100 * self.low:.0f} to "
            f"{100 * self.high:.0f} %).{self._worth()} The detector misses errors too: a summary "
            "without a flag may still be wrong. The article is what counts."
        )

    def _worth(self) -> str:
        if self.precision is None:
            return ""
        return f" Where people had looked, {100 * self.precision:.0f} % of such flags were right."


def disclaimer(run: Run) -> Disclaimer:
    """Return what a run's `facts` scores allow to be said.

    Raises RunError where the run is unfinished, has no `facts` scores or too few summaries, and
    where the detector failed its controls: then nothing should be printed.
    """
    record, folder = run.record, _facts(run)
    check = record.metrics[folder].check
    if check is not None and "FAILED" in check:
        msg = f"The detector failed its controls on {record.id}; nothing can be said: {check}."
        raise RunError(msg)
    values = [value for _, scores in run.scores(folder) for value in _scored(scores)]
    if len(values) < FEWEST:
        msg = (
            f"Run {record.id} has {len(values)} checked summaries; a rate that is printed needs "
            f"{FEWEST} at least. Evaluate more articles."
        )
        raise RunError(msg)
    flagged = round(sum(values))
    low, high = wilson(flagged, len(values))
    return Disclaimer(
        record.id,
        record.name,
        len(values),
        flagged,
        low,
        high,
        record.metrics[folder].signature,
        _precision(list(_flags(run, folder))),
        source(),
        check,
    )


def _facts(run: Run) -> str:
    record = run.record
    if record.status != "complete":
        msg = f"Run {record.id} is {record.status}. Finish it: run the same harness eval again."
        raise RunError(msg)
    folder = next((f for f, m in record.metrics.items() if m.spec.startswith("facts")), None)
    if folder is None:
        msg = f"Run {record.id} was never checked. Check it: harness score {record.id} -m facts."
        raise RunError(msg)
    return folder


def _scored(scores: Scores) -> list[float]:
    values = scores.values["flagged"].tolist()
    return [value for i, value in enumerate(values) if i not in scores.unscored]


def _flags(run: Run, folder: str) -> Iterator[Measured]:
    """Yield the measured precision of the check behind every flag, where there is one."""
    total = run.record.corpus.articles
    for start in range(0, total, LARGEST):
        for detail in run.score_slice(folder, start, min(start + LARGEST, total)).details or ():
            for claim in _claims(detail):
                found = of_check(str(claim["check"]), str(claim["tier"]))
                if found is not None:
                    yield found


def _claims(detail: JSON) -> list[Mapping[str, JSON]]:
    claims = detail["claims"] if isinstance(detail, dict) else []
    return [claim for claim in claims if isinstance(claim, dict)]


def _precision(found: list[Measured]) -> float | None:
    return sum(m.precision for m in found) / len(found) if found else None
