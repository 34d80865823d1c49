"""What every part promises, held for each one that is found: nothing here names a part."""

import dataclasses
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Literal, get_args, get_origin, get_type_hints

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness import plugins, spec
from harness.errors import MissingExtraError, UsageError
from harness.parts import Checked, CorpusView, Expanding, Metric, Summariser
from harness.records import Article, Item, Scores

ODD = {
    "one-word": "Rain",
    "marks-alone": "... — !?",
    "white-space": " \n\t ",
    "nothing": "",
    "emoji": "☔️ 👩‍🚒🏽 🇳🇴",
    "nul": "The mill\0 burned.\0\0",
    "right-to-left": "أغلق الجسر يوم الاثنين. \u202eأغلق\u202c.",
    "no-spaces": "大桥星期一关闭。工程师发现了裂缝。",
    "combining": "Z\u0335\u0321\u0321a\u0335l\u0334g\u0337o\u0336 fell. Prices\u0301 rose.",
    "other-line-ends": "One.\r\nTwo.\x85Three.\u2028Four.\x0b\x0cFive.",
    "quotation-left-open": "“He said (that [it {was.",
    "numbers": "3.5 1,000,000 ½ ² \uff14 1e400 -0",
    "half-a-tag": "<p>The mill</p <script>&amp;&#0;",
    "one-endless-word": "x" * 20_000,
    "one-endless-sentence": "the mill " * 300,
    "the-same-for-ever": "Prices rose. " * 100,
}
PLAIN = (
    "The mill burned on Monday. Nobody was hurt, the owner said.",
    "A fire destroyed the old mill.\nThe cause is unknown.",
    "Engineers closed the bridge after finding 3 cracks in it.",
)
ARTICLE = (
    "The old mill by the river burned down on Monday night. Nobody was hurt. “We lost it all,” "
    "said its owner, Ada Hill. The fire began at 11.30 p.m., and 40 men fought it until dawn.\n\n"
    "The cause is unknown. Engineers closed the bridge beside it after finding 3 cracks in it. "
    "Traffic goes round by the dam. The council meets on Thursday."
)


def items() -> list[Item]:
    """Return plain and odd summaries, and odd articles and references, one to three each."""
    odd = list(ODD.values())
    texts = [(ARTICLE, text) for text in (*PLAIN, *odd)] + [(text, text) for text in odd]
    about = [
        Item(Article(f"i{i}", article), summary, PLAIN[: i % 3 + 1])
        for i, (article, summary) in enumerate(texts)
    ]
    return about + [Item(Article(f"r{i}", ARTICLE), PLAIN[0], (t,)) for i, t in enumerate(odd)]


def found(kind: str) -> list[Any]:
    """Return the parts of a kind that can be made without an argument, as test parameters."""
    parts = [(name, plugins.find(kind, name)) for name in plugins.names(kind)]
    return [
        pytest.param(part, id=name)
        for name, part in parts
        if not any(needed(field) for field in dataclasses.fields(part))
    ]


def needed(field: dataclasses.Field[Any]) -> bool:
    """Return whether a part cannot be made without this argument."""
    missing = dataclasses.MISSING
    return field.init and field.default is missing and field.default_factory is missing


every_metric = pytest.mark.parametrize("made", found("metrics"))
every_summariser = pytest.mark.parametrize("made", found("summarisers"))


def scored(metric: Metric, batch: Sequence[Item]) -> Scores:
    """Score a batch, or skip the test where the metric asks for a package that is not there."""
    try:
        return metric.score(batch)
    except MissingExtraError as error:
        pytest.skip(str(error))


def rows(metric: Metric, batch: Sequence[Item]) -> list[object]:
    """Return what a metric says of each item: its numbers, or why there are none."""
    scores = scored(metric, batch)
    names = [c.name for c in metric.columns()]
    numbers = [tuple(float(scores.values[name][i]) for name in names) for i in range(len(batch))]
    return [
        (scores.unscored.get(i, numbers[i]), scores.warnings.get(i), (scores.details or batch)[i])
        for i in range(len(batch))
    ]


def hold(metric: Metric, batch: Sequence[Item]) -> None:
    """Hold a metric's scores of a batch against all that it promises of them."""
    scores = scored(metric, batch)
    columns = {c.name: c for c in metric.columns()}
    assert scores.values.keys() == columns.keys()
    assert scores.unscored.keys() | scores.warnings.keys() <= set(range(len(batch)))
    assert all(scores.unscored.values())
    assert scores.details is None or len(scores.details) == len(batch)
    kept = [i for i in range(len(batch)) if i not in scores.unscored]
    for name, values in scores.values.items():
        assert values.dtype == np.float64, name
        assert values.shape == (len(batch),), name
        low, high = columns[name].low, columns[name].high
        assert np.isfinite(values[kept]).all(), name
        assert low is None or (values[kept] >= low).all(), name
        assert high is None or (values[kept] <= high).all(), name


@every_metric
def test_a_metric_declares_columns_of_different_names(made: type[Metric]) -> None:
    """Columns are told apart by name, and each says what it is and which way is better."""
    columns = made().columns()
    assert len({c.name for c in columns}) == len(columns) > 0
    assert all(c.description and c.better in {"higher", "lower", None} for c in columns)
    assert any(c.headline for c in columns)


@every_metric
def test_a_metric_keeps_its_ranges_on_odd_texts(made: type[Metric]) -> None:
    """Whatever the text, every score is finite and in its column's range, or has a reason."""
    hold(made(), items())


@every_metric
@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=60)), max_size=3))
@settings(max_examples=30, deadline=None)
def test_a_metric_takes_any_text(made: type[Metric], texts: list[tuple[str, str]]) -> None:
    """No text of Unicode makes a metric fail."""
    hold(made(), [Item(Article(str(i), b), a, (b, a)) for i, (a, b) in enumerate(texts)])


@every_metric
def test_a_metric_scores_an_empty_batch(made: type[Metric]) -> None:
    """No items have no scores, in every column."""
    hold(made(), [])


@every_metric
def test_a_score_depends_on_its_item_alone(made: type[Metric]) -> None:
    """Batched or one by one, in any order and any number of times, an item scores the same."""
    batch = items()
    whole = rows(made(), batch)
    order = random.Random(1).sample(range(len(batch)), len(batch))  # noqa: S311 - no secret
    assert [row for one in batch for row in rows(made(), [one])] == whole
    assert rows(made(), [batch[i] for i in order]) == [whole[i] for i in order]
    assert rows(made(), batch) == whole


@every_metric
def test_a_metric_s_own_check_agrees_with_it(made: type[Metric]) -> None:
    """Where a metric has a second computation, both agree on odd texts too."""
    metric = made()
    short = [i for i in items() if len(i.summary) + sum(map(len, i.references)) < 1000]
    if isinstance(metric, Checked):
        assert metric.check(short, scored(metric, short))


@pytest.mark.parametrize("made", [*found("metrics"), *found("summarisers")])
def test_a_signature_is_one_line_that_begins_with_the_name(made: type[Any]) -> None:
    """Two equal parts have one signature, and tables can print it."""
    signature = made().signature()
    assert signature == made().signature()
    assert signature.splitlines() == [signature]
    assert signature.split("|")[0] == spec.name_of(made())


@pytest.mark.parametrize("kind", plugins.KINDS)
def test_a_part_is_printed_as_the_spec_that_makes_it(kind: str) -> None:
    """A part made without an argument prints as its name and parses back to an equal value."""
    for parameter in found(kind):
        part = parameter.values[0]()
        assert spec.show(part) == spec.name_of(part) == parameter.id
        assert spec.parse(kind, spec.show(part)) == part


OTHERS: dict[type, list[object]] = {
    bool: [True, False],
    int: [1, 7],
    float: [0.5, 2.0],
    str: ['it\'s a "test"\n(with, commas=1) é \\\\'],
}


def others(part: type[Any]) -> list[Any]:
    """Return parts with one argument changed, to each value that the part allows of some."""
    found = []
    for name, hint in get_type_hints(part).items():
        options = get_args(hint) if get_origin(hint) is Literal else OTHERS.get(hint, [])
        for value in options if name in {f.name for f in dataclasses.fields(part)} else []:
            with suppress(UsageError):
                found.append(part(**{name: value}))
    return found


@pytest.mark.parametrize("kind", plugins.KINDS)
def test_every_argument_survives_printing_and_parsing(kind: str) -> None:
    """A part with any one argument changed prints as a spec that parses back to an equal value."""
    for parameter in found(kind):
        for part in others(parameter.values[0]):
            assert spec.parse(kind, spec.show(part)) == part


def articles() -> list[Article]:
    """Return plain and odd articles, with references and a page's summary and without."""
    odd = [Article(name, text, (PLAIN[0],)) for name, text in ODD.items()]
    return [
        Article("plain", ARTICLE, PLAIN, published=PLAIN[1]),
        Article("one-sentence", PLAIN[2], PLAIN[:1]),
        Article("no-reference", ARTICLE),
        Article("no-word-in-the-reference", ARTICLE, ("...", "\0")),
        *odd,
    ]


def candidates(made: Callable[[], Summariser], of: Sequence[Article]) -> dict[str, Summariser]:
    """Return the candidates that a summariser stands for, by the end of their names."""
    part = made()
    view = CorpusView([a.id for a in of], max(len(a.references) for a in of))
    return dict(part.expand(view)) if isinstance(part, Expanding) else {"": part}


@every_summariser
def test_a_summariser_writes_a_summary_or_a_reason_for_each_article(
    made: type[Summariser],
) -> None:
    """However odd the article, there is one record: a text, or why there is none."""
    for part in candidates(made, articles()).values():
        written = part.summarise(articles())
        assert len(written) == len(articles())
        assert all(s.text is not None or s.reason for s in written)
        assert any(s.text for s in written)
        assert part.batch >= 1


@every_summariser
def test_a_summary_depends_on_its_article_alone(made: type[Summariser]) -> None:
    """Batched or one by one, in any order and any number of times, the summary is the same."""
    of = articles()
    for part in candidates(made, of).values():
        whole = list(part.summarise(of))
        assert list(part.summarise(of[::-1])) == whole[::-1]
        assert [s for article in of for s in part.summarise([article])] == whole
        assert list(part.summarise(of)) == whole
        assert list(part.summarise([])) == []


@every_summariser
@given(st.text(max_size=200))
@settings(max_examples=30, deadline=None)
def test_a_summariser_takes_any_text(made: type[Summariser], text: str) -> None:
    """No text of Unicode makes a summariser fail, as an article or as a reference."""
    of = [Article("a", text, (text, PLAIN[0])), Article("b", ARTICLE, (text, text))]
    for part in candidates(made, of).values():
        assert len(part.summarise(of)) == 2


@every_summariser
def test_candidates_of_one_summariser_have_names_and_signatures_of_their_own(
    made: type[Summariser],
) -> None:
    """A summariser that stands for several candidates tells them apart."""
    found = candidates(made, articles())
    assert len({part.signature() for part in found.values()}) == len(found)
    assert all(spec.parse("summarisers", spec.show(part)) == part for part in found.values())
