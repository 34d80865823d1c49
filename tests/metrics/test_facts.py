import itertools
from pathlib import Path

import numpy as np

from harness.corpora.folder import Folder
from harness.metrics.facts import TYPES, Facts
from harness.records import Article, Item

NEWSROOM = Path(__file__).parent.parent.parent / "references" / "newsroom"

ARTICLE = Article(
    "bridge",
    "The bridge in Harwick closed on Monday. Repairs of the bridge will take six weeks and cost "
    "2 million euros, said Mayor Ada Quill.",
)
WRONG = "Repairs of the bridge will take nine weeks."
RIGHT = "Repairs of the bridge will take six weeks."


def items(*summaries: str) -> list[Item]:
    """Return the summaries beside the article."""
    return [Item(ARTICLE, summary, ()) for summary in summaries]


def test_a_wrong_number_is_a_flag_of_its_type() -> None:
    """One flag in one sentence is 100 per 100 sentences; a summary without a flag has none."""
    scores = Facts().score(items(WRONG, RIGHT, f"{RIGHT} {WRONG}"))
    assert scores.values["flagged"].tolist() == [1, 0, 1]
    assert scores.values["flags"].tolist() == [100, 0, 50]
    assert scores.values["flags-number"].tolist() == [100, 0, 50]
    assert scores.values["flags-entity"].tolist() == [0, 0, 0]


def test_flags_by_type_add_up() -> None:
    """Every flag has one type, so that the types' columns add up to all flags."""
    scores = Facts().score(items(WRONG, RIGHT, "Mayor Zed Okoro denied it on Friday."))
    by_type = [scores.values[f"flags-{kind.replace(' ', '-')}"] for kind in TYPES]
    assert np.allclose(np.sum(by_type, axis=0), scores.values["flags"])


def test_the_flagged_claims_are_kept_with_the_articles_words() -> None:
    """A report can show the span in the summary and what the article says."""
    [details] = Facts().score(items(WRONG)).details or []
    assert isinstance(details, dict)
    [claim] = details["claims"]
    assert WRONG[claim["start"] : claim["end"]] == "nine"
    assert claim["found"]["text"] == "six"


def newsroom(count: int) -> list[Item]:
    """Return shipped articles, each with its first reference as the summary."""
    found = itertools.islice(Folder(str(NEWSROOM)).articles(), count)
    return [Item(article, article.references[0], ()) for article in found]


def test_checks_that_do_not_apply_are_told() -> None:
    """A summary without capitals cannot be checked for names, which is a warning."""
    [item] = newsroom(1)
    scores = Facts().score([Item(item.article, item.summary.lower(), ())])
    assert "capitals do not mark names" in scores.warnings[0]


def test_controls_hold_on_news() -> None:
    """Another article's summary is flagged and the article's own sentences are not."""
    given = newsroom(12)
    assert Facts().check(given, Facts().score(given)).startswith("controls: ")


RAIN = [Item(Article(f"a{i}", "it rained. " * (i + 1)), "it rained.", ()) for i in range(20)]


def test_a_blind_detector_fails_its_controls() -> None:
    """Where another article's summary goes unflagged 20 times of 20, the check says FAILED."""
    assert Facts().check(RAIN, Facts().score(RAIN)).startswith("CONTROLS FAILED: ")


def test_one_article_fails_no_control() -> None:
    """A single article has no other article's summary, and is too few to say anything."""
    assert Facts().check(RAIN[:1], Facts().score(RAIN[:1])).startswith("controls: ")


def test_the_quiet_layer_is_part_of_the_signature() -> None:
    """What is checked is part of what the numbers depend on."""
    assert Facts().signature() != Facts(quiet=True).signature()
