"""Candidates that are scored by their own model: a judge prefers what it wrote itself.

Panickssery et al. (2024) measured it. Whether two models are the same is told by the hashes of
their weights where both are known, or both their commits on the hub, else by their names.
"""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from harness.errors import UsageError
from harness.runs import Run
from harness.spec import read

_WEIGHTS = re.compile(r"(?:^|\|)weights:([^|]+)")

_DEEPEST = 8
"""Signatures inside signatures: more than any metric nests, and no work for a damaged record."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a model is known by: the hashes of weights in a signature, the names in a spec."""

    weights: frozenset[str]
    names: frozenset[str]

    @classmethod
    def of(cls, spec: str, signature: str) -> "Identity":
        """Return the identity of whatever models a part uses; it may use none."""
        return cls(
            frozenset(_WEIGHTS.findall(_opened(signature))),
            frozenset(map(_short, _names(spec))),
        )

    def same(self, other: "Identity") -> bool:
        """Return whether any model of the two is the same."""
        if {len(w) for w in self.weights} & {len(w) for w in other.weights}:  # of one kind
            return bool(self.weights & other.weights)
        return bool(self.names & other.names)


def marks(runs: Sequence[Run], shown: Container[str | None]) -> tuple[str, ...]:
    """Return a sentence for every candidate with scores by its own model, for under the table.

    ``shown`` are the folders of the metrics that the table shows.
    """
    return tuple(
        f"{run.record.name} is scored by its own model in {metric.spec}: expect it to be favoured"
        for run in runs
        for folder, metric in run.record.metrics.items()
        if folder in shown
        and Identity.of(run.record.spec, run.record.signature).same(
            Identity.of(metric.spec, metric.signature)
        )
    )


def _opened(signature: str) -> str:
    """Return a signature with those inside it taken apart too: they are escaped, maybe twice."""
    for _ in range(_DEEPEST):
        signature = unquote(signature)
    return signature


def _names(spec: str) -> Iterator[str]:
    """Yield every ``model=`` of a spec, and of the specs among its arguments."""
    try:
        call = read(spec)
    except UsageError:  # an argument that only looks like a spec
        return
    for name, value in call.arguments.items():
        if name == "model" and isinstance(value, str):
            yield value
        elif isinstance(value, str) and "(" in value:
            yield from _names(value)


def _short(model: str) -> str:
    """Return the end of a model's name: a folder, the hub and a server may call it differently."""
    return model.rstrip("/").rpartition("/")[2].casefold()
