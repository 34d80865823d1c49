"""What a judge says of a batch of summaries: scores, reasons, warnings and details."""

from collections.abc import Sequence

import numpy as np

from harness.chat import Chat
from harness.judging.asking import How, put
from harness.judging.cases import Case, Outcome, Wanted
from harness.judging.prompting import DIMENSIONS
from harness.records import Column, Item, Scores


def columns(wanted: Wanted, repeats: int) -> tuple[Column, ...]:
    """Return the columns of what is wanted, and agreement where questions are repeated."""
    return (
        *(_claims() if wanted != "ratings" else ()),
        *(_ratings() if wanted != "claims" else ()),
        *(_agreement() if repeats > 1 else ()),
    )


def _share(name: str, what: str, better: str | None, *, headline: bool = False) -> Column:
    told = f"{what}, percent"
    return Column(name, told, better, high=1.0, scale=100.0, digits=1, headline=headline)


def _claims() -> tuple[Column, ...]:
    whole = "summaries in which the judge finds every sentence supported, percent"
    return (
        _share("supported", "sentences that the judge finds supported", "higher", headline=True),
        _share("contradicted", "sentences that the judge finds contradicted", "lower"),
        _share(
            "unmentioned", "sentences that say what the judge finds not in the article", "lower"
        ),
        Column(
            "all-supported",
            whole,
            "higher",
            high=1.0,
            scale=100.0,
            digits=1,
            share=True,
        ),
        _share("misquoted", "sentences for which the judge's quote is not the article's", None),
    )


def _ratings() -> tuple[Column, ...]:
    return tuple(
        Column(name, f"{name} as the judge rates it, 1 to 5", "higher", 1.0, 5.0, headline=True)
        for name in DIMENSIONS
    )


def _agreement() -> tuple[Column, ...]:
    return (_share("agreement", "pairs of repeats in which the judge says the same", None),)


def scores(chat: Chat, items: Sequence[Item], wanted: Wanted, how: How) -> Scores:
    """Return what the judge says of a batch; a summary is asked about in no other's light.

    Unscored, with the reason: an empty summary or article, and a summary of which any question has
    no readable answer in any repeat.
    """
    empty = {i: _empty(item) for i, item in enumerate(items)}
    cases = {i: Case.of(item, chat, wanted, how) for i, item in enumerate(items) if not empty[i]}
    asked = [question for case in cases.values() for question in case.questions]
    answers = iter(put(chat, asked, how))
    outcomes = {
        i: case.outcome([next(answers) for _ in case.questions], how) for i, case in cases.items()
    }
    reasons = {i: why for i, why in empty.items() if why}
    reasons |= {i: one.reason for i, one in outcomes.items() if one.reason is not None}
    return Scores(
        {c.name: _values(c.name, outcomes, len(items)) for c in columns(wanted, how.repeats)},
        unscored=reasons,
        warnings={i: "; ".join(o.warnings) for i, o in outcomes.items() if o.warnings},
        details=[outcomes[i].details if i in outcomes else None for i in range(len(items))],
    )


def _empty(item: Item) -> str | None:
    if not item.summary.strip():
        return "the summary is empty"
    return None if item.article.text.strip() else "the article is empty"


def _values(
    name: str, outcomes: dict[int, Outcome], total: int
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    found = np.zeros(total)
    for i, one in outcomes.items():
        found[i] = one.values.get(name, 0.0)
    return found
