"""Which of the summaries that a beam search of ctranslate2 found transformers would return.

They differ where the last token is forced (``forced_eos_token_id``, as BART's and PEGASUS's files
have it). There transformers lets each beam that comes to the limit end with that token, at no
cost, and divides its score by a length of one more. ctranslate2 knows no forced end: it searches
to one token before the limit, and what it found is weighed here.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """Tokens, their end mark included where they ``ended``; score: log-probability by length."""

    tokens: tuple[int, ...]
    score: float
    ended: bool


@dataclass(frozen=True, slots=True)
class Search:
    """How it was searched: the ``limit`` is the number of tokens at which unended ones are cut."""

    beams: int
    limit: int
    length_penalty: float

    def choice(self, found: Sequence[Hypothesis], *, whole: bool) -> Hypothesis | None:
        """Return the best, given the best first; None where only the ``whole`` list can tell.

        Of a list that is not whole, only as many as beams are given. Unended ones count only where
        fewer than beams have ended, and an unseen one is no better than the last that is seen.
        """
        ended = [one for one in found if one.ended]
        cut = [one for one in found if not one.ended]
        if not cut and (whole or all(len(one.tokens) < self.limit for one in found)):
            return ended[0]
        if not ended and (whole or self.length_penalty >= 0):
            return cut[0]
        if ended and ended[0].score >= self._forced((cut or found[-1:])[0]):
            return ended[0]
        if not whole:
            return None
        return ended[0] if len(ended) >= self.beams else cut[0]

    def _forced(self, cut: Hypothesis) -> float:
        return float(cut.score * (self.limit / (self.limit + 1)) ** self.length_penalty)
