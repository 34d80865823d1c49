import base64
import hashlib
import json
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import api
from harness.analysis import analyse
from harness.comparison import Comparison, compare
from harness.errors import UsageError
from harness.parts import Summariser
from harness.records import Article
from harness.reports._html.data import rounded
from harness.reports._html.page import embedded
from harness.reports._html.texts import _Pool, _units
from harness.reports.html import Html
from harness.summarisers.outputs import Outputs
from tests import opinions

HOSTILE = (
    "Prices rose. </script><script>alert(1)</script><!-- <img src=x onerror=alert(2)> "
    "&lt;b&gt; \u202eright to left\u202c {{ 7 * 7 }} \0 \u2028 \\u003c/script>"
)


class Page(HTMLParser):
    """A page taken apart: its elements with their attributes, and the text inside some of them."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, str] = {}
        self.open = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element; a script is known by its type."""
        self.elements.append((tag, dict(attrs)))
        self.open = f"{tag} {dict(attrs).get('type')}" if tag == "script" else tag

    def handle_data(self, data: str) -> None:
        """Add to the text of the element opened last."""
        self.inside[self.open] = self.inside.get(self.open, "") + data

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser's
        """Leave the element."""
        self.open = ""

    @property
    def data(self) -> Any:
        """The data for the script."""
        return json.loads(self.inside["script application/json"])

    @property
    def policy(self) -> str:
        """The content security policy."""
        metas = [a for tag, a in self.elements if tag == "meta"]
        return next(a["content"] or "" for a in metas if "http-equiv" in a)


def comparison(
    articles: Sequence[Article],
    runs: Path,
    *candidates: str | Summariser,
    baseline: str | None = None,
) -> Comparison:
    """Return the comparison of candidates, named by their specs, over articles."""
    named = {c if isinstance(c, str) else "outputs": c for c in candidates}
    done = api.evaluate(articles, named, ["rouge", "length", "facts"], runs=runs)
    return compare(done.runs, baseline)


@pytest.fixture
def two(articles: Sequence[Article], runs: Path) -> Comparison:
    """Return a comparison of two candidates, with a baseline."""
    return comparison(articles, runs, "lead(sentences=1)", "published", baseline="published")


def texts_of(page: Page) -> list[dict[str, Any]]:
    """Return the articles to read, with their texts put together as the script does it."""
    found = page.data["reading"]["articles"]
    for article in found:
        parts = article["parts"]
        article["text"] = " ".join(parts[i] for i in article["text"])
        article["summaries"] = [
            s if isinstance(s, str) else " ".join(parts[i] for i in s) for s in article["summaries"]
        ]
    return found  # type: ignore[no-any-return]


def test_nothing_is_loaded_from_anywhere(two: Comparison) -> None:
    """No element names a file or an address; links lead to places in the page."""
    page = Page(Html().write(two))
    named = [a.get("src") or a.get("href") for _, a in page.elements if "src" in a or "href" in a]
    assert named
    assert all(name and name.startswith("#") for name in named)
    assert not {tag for tag, _ in page.elements} & {"link", "img", "iframe", "object", "base"}
    ids = {a["id"] for _, a in page.elements if "id" in a}
    assert {name[1:] for name in named if name} <= ids


def test_the_policy_allows_this_script_and_style_alone(two: Comparison) -> None:
    """The hashes are those of the page's own script and style, and nothing else is allowed."""
    page = Page(Html().write(two))
    hashes = {
        kind: base64.b64encode(hashlib.sha256(page.inside[element].encode()).digest()).decode()
        for kind, element in {"script": "script module", "style": "style"}.items()
    }
    assert page.policy == (
        f"default-src 'none'; script-src 'sha256-{hashes['script']}'; "
        f"style-src 'sha256-{hashes['style']}'; base-uri 'none'; form-action 'none'"
    )
    assert not [a for _, a in page.elements for name in a if name.startswith("on")]
    assert not [a for _, a in page.elements if "style" in a]


def test_hostile_texts_stay_texts(tmp_path: Path, runs: Path) -> None:
    """Markup in an article, a summary, an id or a name ends no element and starts none."""
    plain = Page(Html().write(comparison([Article("a", "One. Two.")], tmp_path, "lead")))
    name = "".join(sign for sign in HOSTILE if sign.isprintable())
    (tmp_path / "out.jsonl").write_text(json.dumps({"id": name, "summary": HOSTILE}) + "\n")
    article = Article(name, HOSTILE, (HOSTILE,), title=HOSTILE)
    done = api.evaluate(
        [article], {name: Outputs(str(tmp_path / "out.jsonl"))}, ["length"], runs=runs
    )
    page = Page(Html().write(compare(done.runs)))
    tags = [tag for tag, _ in page.elements]
    assert tags.count("script") == 2
    assert set(tags) <= {tag for tag, _ in plain.elements}
    [found] = texts_of(page)
    [kept], [summary] = done.runs[0].snapshot.articles(), done.runs[0].summaries()
    assert (found["text"], found["title"], found["summaries"]) == (
        kept.text,
        kept.title,
        [summary.text],
    )
    assert "</script><script>alert(1)</script><!--" in kept.text
    assert page.data["rows"][0]["name"] == name


@given(st.text())
def test_embedded_data_reads_back(text: str) -> None:
    """Data in the page hold no sign that an HTML parser heeds, and mean what they meant."""
    found = embedded({"text": text})
    assert "<" not in found
    assert json.loads(found) == {"text": text}


@given(st.lists(st.text("ab.!? \n")))
def test_texts_are_put_together_from_parts(texts: list[str]) -> None:
    """The parts of any text, joined by spaces, are the text; a part is kept once."""
    pool = _Pool()
    places = [pool.put(text) for text in texts]
    parts = pool.parts()
    assert [" ".join(parts[i] for i in place) for place in places] == texts
    assert len(set(parts)) == len(parts)


@given(st.text(), st.integers(0, 9), st.integers(0, 9))
def test_offsets_count_as_browsers_count(text: str, start: int, length: int) -> None:
    """A span cut out in 16-bit units is the span cut out in characters."""
    start = min(start, len(text))
    end = min(start + length, len(text))
    low, high = _units(text, (start, end))
    raw = text.encode("utf-16-le", "surrogatepass")
    assert raw[2 * low : 2 * high].decode("utf-16-le", "surrogatepass") == text[start:end]


ROUNDED = [
    pytest.param(12.345678, 12.346, id="five-digits"),
    pytest.param(123456.7, 123460, id="large"),
    pytest.param(0.000123456, 0.00012346, id="small"),
    pytest.param(-3.0, -3, id="whole"),
    pytest.param(-0.0, 0, id="no-minus-zero"),
]


@pytest.mark.parametrize(("value", "shown"), ROUNDED)
def test_numbers_are_rounded(value: float, shown: float) -> None:
    """Five significant digits, and no fraction where there is none."""
    assert repr(rounded(value)) == repr(shown)


def test_the_numbers_are_those_of_the_analysis(two: Comparison) -> None:
    """Means, differences and tests are the analysed ones, scaled as they are shown."""
    data, found = Page(Html().write(two)).data, analyse(two)
    column = [c["label"] for c in data["columns"]].index("rouge1")
    mean, difference = found.mean(0, column), found.difference(0, column)
    assert mean is not None
    assert difference is not None
    assert data["means"][column][0][0] == pytest.approx(100 * mean.estimate, rel=1e-4)
    assert data["means"][column][0][3] == 2
    told = data["differences"][column][0]
    assert told[0] == pytest.approx(100 * difference.interval.estimate, rel=1e-4)
    assert told[4] == pytest.approx(difference.test.adjusted, rel=0.01)
    assert data["differences"][column][1] is None, "the baseline has none from itself"
    assert data["baseline"] == 1
    words = [c["label"] for c in data["columns"]].index("words")
    assert data["spreads"][words]["low"] == 4
    counts = data["spreads"][words]["rows"][0]["counts"]
    assert sum(counts) == 3


def test_a_pair_s_sign_says_who_is_higher(articles: Sequence[Article], runs: Path) -> None:
    """Pairs stand in the order ab, ac, bc; p is negative where the second one's mean is higher."""
    found = comparison(articles, runs, "lead(sentences=1)", "lead(sentences=2)", "published")
    data, analysis = Page(Html().write(found)).data, analyse(found)
    for column in range(len(found.headings)):
        tests = [analysis.tests.at(a, b, column) for a, b in ((0, 1), (0, 2), (1, 2))]
        for told, test in zip(data["pairs"][column], tests, strict=True):
            assert (told is None) == (test is None)
            if test is not None:
                assert abs(told) == pytest.approx(test.adjusted, rel=0.01)
                assert (told > 0) == (test.difference >= 0)


def test_what_is_unscored_is_told_with_its_reason(two: Comparison) -> None:
    """Reasons and counts stand in the notes; a summary that is missing is missing everywhere."""
    text = Html().write(two)
    row = r"<bdi>published</bdi></th><td>2</td><td><bdi>no summary: the page .*</td><td>all</td>"
    assert re.search(row, text)
    assert "<bdi>no reference</bdi>" in text


def test_signatures_and_runs_are_told(two: Comparison) -> None:
    """Everything that the numbers depend on stands in the notes."""
    text = Html().write(two)
    for said in (two.rows[0].run, two.fingerprint[:12], "rouge|stem:yes", "was shown to beat"):
        assert said in text


def test_flags_and_scores_come_with_the_texts(tmp_path: Path, runs: Path) -> None:
    """A flag names its type and tier, and offsets that a browser can cut the texts with."""
    text = "🙂 Prices rose by 4 percent in May."
    (tmp_path / "out.txt").write_text("🙂🙂 Prices rose by 9 percent in May.\n")
    article = Article("a", text, ("Prices rose.",))
    data = Page(Html().write(comparison([article], runs, Outputs(str(tmp_path / "out.txt"))))).data
    [reading] = data["reading"]["articles"]
    [[kind, tier, at, _, evidence]] = reading["flags"][0]
    assert (kind, tier in "AB") == ("number", True)
    # three signs of the summary and two of the article are two units each, less what the span skips
    assert at[0] >= "🙂🙂 Prices rose by ".__len__() + 2
    assert evidence[1] == len(text) + 1
    labels = [data["columns"][c]["label"] for c in data["reading"]["columns"]]
    assert reading["scores"][labels.index("words")] == [7]


def test_at_most_so_many_articles_are_there_to_read(two: Comparison) -> None:
    """They are evenly spaced; none is an answer too, and fewer than none is refused."""
    assert [a["id"] for a in texts_of(Page(Html(articles=2).write(two)))] == ["bridge", "harvest"]
    assert texts_of(Page(Html(articles=0).write(two))) == []
    with pytest.raises(UsageError, match=r"html\(articles=-1\): it must be 0"):
        Html(articles=-1)


def test_the_table_begins_with_the_columns_asked_for(two: Comparison) -> None:
    """All columns are in the page, whichever are shown at first."""
    data = Page(Html(columns=("rouge2-p",)).write(two)).data
    assert [data["columns"][c]["label"] for c in data["shown"]] == ["rouge2-p"]
    assert len(data["columns"]) == len(two.headings)


def test_one_run_makes_a_page(articles: Sequence[Article], runs: Path) -> None:
    """A single row has means and texts, and nothing to be compared with."""
    data = Page(Html().write(comparison(articles, runs, "lead"))).data
    assert data["pairs"] == [[] for _ in data["columns"]]
    assert data["differences"] == [[None] for _ in data["columns"]]


def test_the_page_is_the_same_every_time(two: Comparison) -> None:
    """Nothing in the page depends on when it is written."""
    assert Html().write(two) == Html().write(two)


def test_a_second_opinion_is_told_with_its_flag(tmp_path: Path) -> None:
    """Behind the flag stand the verdict, who gave it, and in what words; else there is nothing."""
    pytest.importorskip("httpx")
    found = texts_of(Page(Html().write(compare(opinions.made(tmp_path)))))
    flags = {article["id"]: article["flags"][0] for article in found}
    [[*_, [weeks]]], [[*_, [percent]]] = flags["weeks"], flags["percent"]
    assert (weeks[0], weeks[2]) == ("confirmed", opinions.CONFIRMED)
    assert (percent[0], percent[2]) == ("vetoed", opinions.VETOED)
    assert weeks[1].startswith("judge(model='tiny', url=")
    assert flags["right"] == []
