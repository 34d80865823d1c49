from collections.abc import Sequence

from harness.records import Article
from harness.summarisers.published import Published


def test_a_page_s_own_summary_is_the_candidate_s(articles: Sequence[Article]) -> None:
    """What the page carries is taken as it is; a page that carries nothing gets a reason."""
    with_one, *without = Published().summarise(articles)
    assert with_one.text == "The bridge closed on Monday after engineers found a crack."
    assert {s.reason for s in without} == {"the page carries no summary"}


def test_an_empty_summary_is_none() -> None:
    """A page whose summary is empty carries none."""
    [summary] = Published().summarise([Article("a", "Text.", published="")])
    assert summary.reason == "the page carries no summary"
