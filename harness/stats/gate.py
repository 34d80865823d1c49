"""Has a run become worse than another, by more than is tolerated? A decision that knows noise."""

from enum import StrEnum

from harness.errors import UsageError
from harness.stats.bootstrap import Interval
from harness.stats.letters import sign_of


class Decision(StrEnum):
    """What the articles allow to say."""

    WORSE = "worse"
    NOT_WORSE = "not worse"
    CANNOT_TELL = "cannot tell"


def decide(interval: Interval | None, better: str, tolerance: float = 0.0) -> Decision:
    """Decide from the interval of the paired difference, new run minus old.

    Worse: the whole interval lies beyond ``tolerance`` on the worse side. Not worse: no part of
    it does (non-inferiority). Otherwise, and where no article was scored by both (None), the
    articles cannot tell. ``tolerance`` is in the unit of the scores, from 0 up.
    """
    if not 0 <= tolerance < float("inf"):
        msg = f"The tolerance is {tolerance}. It must be a number from 0 up, in the score's unit."
        raise UsageError(msg)
    sign = sign_of(better)
    if interval is None:
        return Decision.CANNOT_TELL
    worst, best = sorted((sign * interval.low, sign * interval.high))
    if best < -tolerance:
        return Decision.WORSE
    return Decision.NOT_WORSE if worst >= -tolerance else Decision.CANNOT_TELL
