"""Tests of bylines, dates and datelines."""

import pytest

from harness.pages.header import has_dateline, is_byline, is_date, is_name, parts


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("February 13, 2014", True),
        ("Thursday, 9 March 2023, 5.42pm", True),
        ("Updated: 13th Feb 2014 8:30 p.m.", True),
        ("Published on 2023-03-09", True),
        ("First published 9 March 2023 at 17:42 GMT", True),
        ("On 9 March 2023 the dam broke", False),
        ("9 March", False),
        ("2023", False),
        ("", False),
    ],
)
def test_a_date_line_is_nothing_but_a_date(line: str, expected: bool) -> None:
    """A full date, a time of day and words like "updated" may stand on it, and nothing else."""
    assert is_date(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Ana Ruiz", True),
        ("BY ANA RUIZ", True),
        ("By Callum Ferreira, Courts Reporter", True),
        ("Words: Tadhg O\u2019Neill", True),
        ("Sin\u00e9ad Corrigan, Science Correspondent", True),
        ("Agence France-Presse", True),
        ("Reuters", True),
        ("By Ana Ruiz Jr.", True),
        ("By two to one, the court held it.", False),
        ("By Thursday the water had gone.", False),
        ("By night", False),
        ("Reuters Street was closed", False),
    ],
)
def test_a_byline_names_who_wrote(line: str, expected: bool) -> None:
    """By and a name, a name and a post, or an agency; a sentence that begins with "By" is none."""
    assert is_byline(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Mhairi Sutherland", True),
        ("Mhairi Sutherland, Kirkhaven", True),
        ("Ludwig van der Berg", True),
        ("Floods", False),
        ("Floods close the harbour", False),
    ],
)
def test_names_alone_are_told_from_headlines(line: str, expected: bool) -> None:
    """Two capitalised words or more, with the particles of names between them."""
    assert is_name(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("SEOUL, South Korea \u2013 The", True),
        ("GENEVA \u2014 The", True),
        ("HARLOW FALLS, Maine (AP) -- They", True),
        ("S\u00c3O PAULO - The", True),
        ("WASHINGTON, Feb. 13 (Reuters) - The", True),
        ("The dam \u2013 built in 1934 \u2013 held.", False),
        ("A - B", False),
        ("USA won.", False),
    ],
)
def test_a_dateline_is_a_place_in_capitals_and_a_dash(line: str, expected: bool) -> None:
    """Country, agency and day may stand between them."""
    assert has_dateline(line) is expected


def test_a_line_is_parted_at_dots_and_bars() -> None:
    """Byline and date often share a line; a dot inside a word parts nothing."""
    assert parts("By Ana Ruiz \u00b7 4 May 2021 | 3 min read") == [
        "By Ana Ruiz",
        "4 May 2021",
        "3 min read",
    ]
    assert parts("col\u00b7legi") == ["col\u00b7legi"]
