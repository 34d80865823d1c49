"""People against people: the agreement that no metric should be asked to pass."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.records import Judgement
from harness.stats.agreement import Scale, alpha, fleiss


@dataclass(frozen=True, slots=True)
class People:
    """Krippendorff's alpha on a scale; Fleiss' kappa of labels that all judged equally often."""

    dimension: str
    scale: Scale
    alpha: float | None
    fleiss: float | None
    units: int
    people: int


def people(judged: Sequence[Judgement]) -> tuple[People, ...]:
    """Return how well people agree in every dimension of which single answers are known."""
    names = dict.fromkeys(name for j in judged for name in j.ratings)
    return tuple(_one(judged, name) for name in names)


def _one(judged: Sequence[Judgement], name: str) -> People:
    units = [unit for j in judged for unit in j.ratings.get(name, ())]
    scale: Scale = "nominal" if any(name in j.labels for j in judged) else "interval"
    sizes = {sum(a is not None for a in unit) for unit in units}
    kappa = None
    if scale == "nominal" and len(sizes) == 1 and min(sizes) > 1:
        kinds = sorted({a for unit in units for a in unit if a is not None})
        kappa = fleiss([[list(unit).count(kind) for kind in kinds] for unit in units])
    return People(name, scale, alpha(units, scale), kappa, len(units), max(sizes, default=0))
