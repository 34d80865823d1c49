import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.stats.rates import confusion
from harness.validation.detection import detect, folds, threshold
from harness.validation.weights import draw
from tests.validation.conftest import Make, judgement

labelled = st.lists(st.tuples(st.integers(-3, 3), st.booleans()), min_size=2, max_size=20).filter(
    lambda rows: len({good for _, good in rows}) == 2
)


@given(labelled, st.booleans())
def test_no_other_cut_is_better(rows: list[tuple[int, bool]], free: bool) -> None:
    """Of all cuts, and of both directions where both are free, the one found balances best."""
    scores, good = np.array([r[0] for r in rows], float), np.array([r[1] for r in rows])
    sign, cut = threshold(scores, good, free=free)

    def balanced(sign: float, cut: float) -> float:
        return confusion(good, sign * scores >= cut).balanced_accuracy or 0.0

    every = [balanced(s, c) for s in ((1, -1) if free else (1,)) for c in np.arange(-4, 4.5, 0.5)]
    assert balanced(sign, cut) == pytest.approx(max(every))
    assert free or sign == 1.0


def test_the_threshold_comes_from_the_validation_part_alone(make: Make) -> None:
    """Test scores lie elsewhere: a threshold tuned on them would be right, this one is not."""
    tuned = [(1.0, False), (2.0, True)]
    tested = [(0.1, False), (0.5, True), (0.6, True), (3.0, True)]
    judged = [
        judgement(f"{split}{i}", labels={"good": good}, split=split, errors=("number",))
        for split, rows in (("validation", tuned), ("test", tested))
        for i, (_, good) in enumerate(rows)
    ]
    points = make([[s for s, _ in tuned + tested]], judged)
    how, parts = folds(points)
    found = detect(points, 0, points.dimensions[0], parts, draw(6, 0, "articles", 100, 0))
    assert how == "threshold from the validation part, judged on the rest"
    assert found is not None
    assert found.tested == 4
    assert found.counts == confusion([True, False, False, False], [True, True, True, False])
    assert found.area.estimate == 6 / 8  # of 4 good by 2 bad: all above 0.1, two above 1.0
    assert found.errors == {"number": (1, 1)}


def test_without_it_each_part_is_judged_by_the_others(make: Make) -> None:
    """Two files with scores of their own: each threshold is right at home and wrong abroad."""
    rows = [("low", 0.1, False), ("low", 0.2, True), ("high", 5.0, False), ("high", 6.0, True)]
    judged = [judgement(f"a{i}", labels={"good": g}, group=f) for i, (f, _, g) in enumerate(rows)]
    points = make([[s for _, s, _ in rows]], judged)
    how, parts = folds(points)
    found = detect(points, 0, points.dimensions[0], parts, draw(4, 0, "articles", 100, 0))
    assert how == "threshold for each of 2 parts from the others"
    assert found is not None
    assert found.balanced.estimate == 0.5


def test_without_parts_each_half_of_the_articles_is_judged_by_the_other(make: Make) -> None:
    """All summaries of an article are in one half, whatever the order they came in."""
    judged = [judgement(f"a{i // 2}", labels={"good": i % 2 == 0}) for i in range(40)]
    how, ((one, rest), _) = folds(make([[0.0] * 40], judged))
    assert how == "threshold for each half of the articles from the other"
    assert one.reshape(20, 2).all(axis=1).tolist() == one.reshape(20, 2).any(axis=1).tolist()
    assert one.sum() == 20
    assert (one ^ rest).all()
    again = folds(make([[0.0] * 40], judged[::-1]))[1][0][0]
    assert again[::-1].tolist() == one.tolist()


def test_one_class_alone_has_no_detection(make: Make) -> None:
    """Where all are good there is nothing to find."""
    judged = [judgement(f"a{i}", labels={"good": True}) for i in range(4)]
    points = make([[1.0, 2.0, 3.0, 4.0]], judged)
    weights = draw(4, 0, "articles", 100, 0)
    assert detect(points, 0, points.dimensions[0], folds(points)[1], weights) is None
