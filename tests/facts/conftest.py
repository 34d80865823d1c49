"""One article that every check is tried on, and a short way to see what is flagged."""

from collections.abc import Callable

import pytest

from harness.facts import check, index

ARTICLE = (
    "The town council voted on Tuesday to close the old library after a long debate.\n"
    '"We are delighted with the plan," said Maria Lopez, the mayor.\n'
    "Chief engineer John Reed warned that repair costs may rise to $4.5 million by 2027.\n"
    "Smith defeated Jones in the final vote, by 12 votes to 9.\n"
    "The report did not mention the bridge on Mill Street.\n"
    "Profits of the Bank of Norvania rose 12 percent in March, and 3,812 people were hired.\n"
    "She said the red door of the north tower was freshly painted with high-quality oil.\n"
    "More than half of the visitors came before noon.\n"
)

Flagged = Callable[[str], list[tuple[str, str, str | None, str | None]]]


@pytest.fixture(scope="session")
def flagged() -> Flagged:
    """Return a function from a summary to its flags: check, text, tier, the article's words."""
    article = index(ARTICLE)

    def run(summary: str) -> list[tuple[str, str, str | None, str | None]]:
        claims = check(article, summary).flagged
        return [(c.check, c.text, c.tier, c.found.text if c.found else None) for c in claims]

    return run
