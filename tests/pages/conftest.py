"""An article to build pages of."""

import pytest

PARAGRAPHS = (
    "KIRKHAVEN \u2013 The wall that kept the sea out of the old town for eighty years gave way on "
    "Friday night and let the water into thirty houses along the quay.",
    "Nobody was hurt. Two boats were lifted over the harbour rail and set down, upright and hardly "
    "scratched, in the yard of the primary school.",
    "\u201cI heard it go,\u201d said Morag Tulloch, the harbour master. \u201cIt was not a crash. "
    "It was more like somebody moving a very large piece of furniture.\u201d",
    "Engineers had inspected the wall in March and found nothing wrong with it, according to the "
    "council, which has asked for their report to be looked at again by somebody else.",
    "The ferry will not sail before Monday. The school will open on Tuesday, if the boats can be "
    "taken out of its yard by then.",
)


@pytest.fixture
def paragraphs() -> list[str]:
    """Return the five paragraphs of an article; the first has a dateline."""
    return list(PARAGRAPHS)
