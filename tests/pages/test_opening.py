"""Tests of what stands between headline and article."""

import pytest

from harness.pages.opening import is_opening, opening

FIRST = (
    "The wall that kept the sea out of Kirkhaven for eighty years gave way on Friday night and "
    "let the water into thirty houses."
)
LAST = "Nobody was hurt."


@pytest.mark.parametrize(
    ("above", "byline", "date", "left"),
    [
        pytest.param([], None, None, [], id="nothing"),
        pytest.param(["By Ana Ruiz", "4 May 2021"], "By Ana Ruiz", "4 May 2021", [], id="both"),
        pytest.param(["By A. Ruiz | 4 May 2021"], "By A. Ruiz", "4 May 2021", [], id="one line"),
        pytest.param(["Ana Ruiz"], "Ana Ruiz", None, [], id="a bare name"),
        pytest.param(
            ["How a wall fell", "By Ana Ruiz"],
            "By Ana Ruiz",
            None,
            ["How a wall fell"],
            id="standfirst",
        ),
        pytest.param(
            ["By Ana Ruiz", "Share", "Tweet", "3 min read"],
            "By Ana Ruiz",
            None,
            ["Share", "Tweet", "3 min read"],
            id="buttons",
        ),
        pytest.param(
            [FIRST.replace("Friday", "Monday"), "By Ana Ruiz"],
            "By Ana Ruiz",
            None,
            [FIRST.replace("Friday", "Monday")],
            id="a standfirst as long as a paragraph",
        ),
    ],
)
def test_the_opening_ends_with_the_last_byline_date_or_button(
    above: list[str], byline: str | None, date: str | None, left: list[str]
) -> None:
    """What stands above them, such as a standfirst, is left out; the article is not touched."""
    head = opening([*above, FIRST, LAST])
    assert (head.byline, head.date, head.left) == (byline, date, left)
    assert head.length == len(above)


def test_a_dateline_begins_the_article_at_once() -> None:
    """Whatever stands below it is not the opening, though it looks like one."""
    assert opening(["KIRKHAVEN \u2013 It fell.", "By Ana Ruiz"]).length == 0


def test_a_subheading_without_anything_below_it_stays() -> None:
    """A short line before the article is only left out where a byline, date or button follows."""
    assert opening(["A night of storm", FIRST]).length == 0
    assert not is_opening("A night of storm")
