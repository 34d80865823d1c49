import textwrap
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import api
from harness.errors import MissingExtraError, UsageError
from harness.metrics.sacrebleu import SacreBleu
from harness.records import Article, Item
from tests.conftest import ARTICLES

theirs: Any = pytest.importorskip("sacrebleu.metrics")

REFERENCES = ("A cracked bridge was closed.", "Engineers closed the 90-year-old bridge on Monday.")
WORDS = st.text(alphabet="ab .,é漢", max_size=40)


def items(summary: str, *references: str) -> list[Item]:
    """Return one summary beside its references."""
    return [Item(Article("a", "Text."), summary, references)]


def ours(metric: SacreBleu, summary: str, references: Sequence[str]) -> list[float]:
    """Return the metric's two numbers of one summary."""
    values = metric.score(items(summary, *references)).values
    return [float(values[c.name][0]) for c in metric.columns()]


METRICS = [
    pytest.param(SacreBleu(), {}, {}, id="plain"),
    pytest.param(SacreBleu(lowercase=True), {"lowercase": True}, {"lowercase": True}, id="lower"),
    pytest.param(SacreBleu(word_order=2), {}, {"word_order": 2}, id="chrF++"),
    pytest.param(SacreBleu(tokenize="zh"), {"tokenize": "zh"}, {}, id="characters-of-Chinese"),
]


@pytest.mark.parametrize(("metric", "bleu", "chrf"), METRICS)
@given(summary=WORDS, references=st.lists(WORDS, min_size=1, max_size=3))
def test_the_numbers_are_the_package_s(
    metric: SacreBleu,
    bleu: dict[str, Any],
    chrf: dict[str, Any],
    summary: str,
    references: list[str],
) -> None:
    """Whatever the texts, both are sacrebleu's own to the last bit, but never above 100."""
    tools = theirs.BLEU(effective_order=True, **bleu), theirs.CHRF(**chrf)
    expected = [min(tool.sentence_score(summary, references).score, 100.0) for tool in tools]
    assert ours(metric, summary, references) == expected


KNOWN = [
    pytest.param("The cat sat on the mat.", ["The cat sat on the mat."], 100.0, id="equal"),
    pytest.param("", ["The cat sat."], 0.0, id="nothing-written"),
    pytest.param("Rain", ["The cat sat."], 0.0, id="nothing-shared"),
    # precisions 5/6, 3/5, 2/4, 1/3 and no brevity: 100 * (1/12) ** (1/4)
    pytest.param("a b c d e f", ["a b c d x f"], 100 * (1 / 12) ** 0.25, id="by-hand"),
    # the closest reference has 3 words, so the penalty is exp(1 - 3/2); 1/1 for unigrams, bigrams
    pytest.param("a b", ["a b c", "a b c d e"], 100 * 2.718281828459045**-0.5, id="too-short"),
]


@pytest.mark.parametrize(("summary", "references", "expected"), KNOWN)
def test_bleu_is_what_its_formula_says(
    summary: str, references: list[str], expected: float
) -> None:
    """Texts short enough to count by hand have the BLEU that Papineni et al. (2002) define."""
    assert ours(SacreBleu(), summary, references)[0] == pytest.approx(expected, abs=1e-9)


def test_more_references_leave_no_chrf_lower() -> None:
    """The best reference counts, so that another one can only help."""
    found = [ours(SacreBleu(), "The bridge closed.", r)[1] for r in (*zip(REFERENCES), REFERENCES)]
    assert found[2] == max(found[:2]) > min(found[:2])


def test_the_details_add_up_to_corpus_bleu() -> None:
    """Sums of the statistics give the package's corpus BLEU, which no mean of scores is."""
    written = ["The bridge closed on Monday.", "The harvest was poor, and prices rose."]
    references = [REFERENCES[1], "Rain spoiled the harvest, and prices rose."]
    batch = [Item(a, s, (r,)) for a, s, r in zip(ARTICLES, written, references, strict=False)]
    scores = SacreBleu().score(batch)
    told: Any = scores.details
    counts, totals = ([sum(n) for n in zip(*(d[k] for d in told), strict=True)] for k in KEYS)
    lengths = [sum(d[k] for d in told) for k in ("words", "closest")]
    summed = theirs.BLEU.compute_bleu(counts, totals, *lengths, smooth_method="exp").score
    corpus = theirs.BLEU().corpus_score(written, [references]).score
    assert summed == corpus
    assert abs(corpus - scores.values["bleu"].mean()) > 1


KEYS = ("counts", "totals")


def test_the_signature_is_the_package_s() -> None:
    """Every choice that moves a number is in it, and the package's version."""
    signature = SacreBleu(lowercase=True, tokenize="intl", word_order=2).signature()
    for part in (
        "nrefs:var",
        "case:lc",
        "tok:intl",
        "smooth:exp",
        "nw:2",
        f"version:{version('sacrebleu')}",
    ):
        assert part in signature
    assert SacreBleu().signature() != SacreBleu(tokenize="char").signature()


def test_chrf_is_named_as_the_field_names_it() -> None:
    """A column of chrF++ is not mistaken for one of chrF."""
    names = [[c.name for c in SacreBleu(word_order=n).columns()] for n in (0, 1, 2)]
    assert names == [["bleu", "chrf"], ["bleu", "chrf+"], ["bleu", "chrf++"]]


def test_a_mean_is_not_called_corpus_bleu() -> None:
    """The description says what the column is not."""
    assert all("not corpus" in c.description for c in SacreBleu().columns())


@pytest.mark.parametrize("order", [-1, 7])
def test_orders_that_make_no_chrf_are_refused(order: int) -> None:
    """The message names the offending value and what to give."""
    with pytest.raises(UsageError, match=rf"word_order={order}\): give 0 for chrF, 2 for chrF"):
        SacreBleu(word_order=order)


def test_without_the_package_the_install_line_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named, by which pip finds it."""
    monkeypatch.setitem(__import__("sys").modules, "sacrebleu.metrics.bleu", None)
    with pytest.raises(MissingExtraError, match=r"harness\[mt\]"):
        SacreBleu().signature()


def test_corpus_bleu_is_had_from_a_kept_run(tmp_path: Path) -> None:
    """The page on BLEU shows how, and what it shows gives the package's own number."""
    written = [Article(a.id, a.text, a.references) for a in ARTICLES[:2]]
    api.evaluate(written, {"lead": "lead(sentences=1)"}, ["sacrebleu"], runs=tmp_path / "runs")
    page = (Path(__file__).parents[2] / "docs" / "bleu.md").read_text(encoding="utf-8")
    code = textwrap.dedent(page.split("hold its statistics:\n\n")[1].split("\n\nA summary")[0])
    shown: list[Any] = []
    exec(code.replace('"runs"', repr(str(tmp_path / "runs"))), {"print": shown.append})  # noqa: S102 - our own page
    summaries = ["The bridge closed on Monday.", "The harvest was poor."]
    references = [
        [a.references[i] if i < len(a.references) else None for a in written] for i in (0, 1)
    ]
    assert shown[0].score == theirs.BLEU().corpus_score(summaries, references).score
