"""Tests of telling page furniture apart from the words of articles."""

import pytest

from harness.pages.furniture import is_comments, is_furniture, is_prose, opens_section, sort_out


@pytest.mark.parametrize(
    "line",
    [
        "Add a comment",
        "12 comments",
        "There are no comments yet. Add your comment to start the conversation.",
        "Sort by",
        "Summarize this article with AI",
        "How does this make you feel?",
        "Download the Courier App!",
        "Get our app for results as they happen.",
        "Share on Facebook",
        "Tweet Share Pin",
        "Facebook X WhatsApp Print",
        "Sign up for the Courier\u2019s Friday newsletter",
        "Related stories",
        "You may also like",
        "More from World",
        "Read next: The lighthouse keeper",
        "READ: Who pays for the bridge",
        "ADVERTISEMENT",
        "Story continues below advertisement",
        "We use cookies to run this site. Manage",
        "\u00a9 2021 Northern Wire. All rights reserved.",
        "Copyright 2019 Kennebec Valley Courier.",
        "Skip to content",
        "Photo: The wall at Upper Holm (Ledger file)",
        "4 min read",
        "Tags: harbour, storm",
        "Was this article helpful?",
        "* * *",
    ],
)
def test_furniture_is_told_by_the_whole_line(line: str) -> None:
    """Buttons, adverts, comments, links, notices and captions are no part of an article."""
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "She downloaded the app on Friday.",
        "Nobody has replied to the council's letter.",
        "No comment was available from the ministry.",
        "Copyright law is to be changed in March, ministers said.",
        "The share of homes with a telephone fell to 12 percent.",
        "More of the same followed on Tuesday.",
        "More in sorrow than in anger.",
        "\u201cIt was a spreadsheet.\u201d",
        "What happened next",
        "Help came at dawn.",
        "The company uses cookies to follow its readers, the regulator found.",
        "Photographs of the wreck were shown to the jury.",
        "Related charges against two officers were dropped in June.",
        "The comments drew applause.",
    ],
)
def test_sentences_with_the_same_words_are_not_furniture(line: str) -> None:
    """News speak of apps, comments and cookies as well."""
    assert not is_furniture(line)


BODY = [
    "The harbour was closed on Friday after the wall gave way.",
    "What happened next",
    "\u201cI heard it go,\u201d said the master.",
]


def test_an_advert_in_the_middle_takes_nothing_with_it() -> None:
    """What follows a single line of furniture is the article again."""
    assert sort_out([BODY[0], "ADVERTISEMENT", *BODY[1:]]) == (BODY, ["ADVERTISEMENT"])


def test_a_section_takes_its_links_and_ends_with_the_next_paragraph() -> None:
    """Headlines under "Related stories" go; the paragraph after them stays."""
    links = ["Related stories", "Ferry timetable changes on Sunday", "Why the bakery closed"]
    last = "The council will meet on Monday to decide who pays for a new one."
    assert sort_out([*BODY, *links, last]) == ([*BODY, last], links)


def test_comments_run_to_the_end() -> None:
    """Whole sentences written by readers are not the article, however long."""
    comments = ["2 comments", "I was there on the day and saw nothing of the sort happen."]
    assert sort_out([*BODY, *comments]) == (BODY, comments)


def test_a_count_of_comments_above_the_article_ends_nothing() -> None:
    """Only after a paragraph do comments run to the end."""
    assert sort_out(["12 comments", *BODY]) == (BODY, ["12 comments"])


@pytest.mark.parametrize(
    ("line", "text", "mark"),
    [
        ("It reopens in April. \u2013", "It reopens in April.", "\u2013"),
        ("It reopens in April. \u2014 AFP", "It reopens in April.", "\u2014 AFP"),
        (
            "\u201cIt reopens.\u201d \u2013 Courier.com",
            "\u201cIt reopens.\u201d",
            "\u2013 Courier.com",
        ),
        ("It reopens in April. ###", "It reopens in April.", "###"),
    ],
)
def test_the_sign_off_of_an_agency_is_left_out(line: str, text: str, mark: str) -> None:
    """The dash and the agency's name after the last full stop are no words of the article."""
    assert sort_out([BODY[0], line]) == ([BODY[0], text], [mark])


def test_a_dash_inside_the_last_paragraph_stays() -> None:
    """Only a mark at the very end, after a full stop, is a sign-off."""
    line = "It reopens in April \u2013 or so the harbour master says \u2013 with a new wall."
    assert sort_out([line]) == ([line], [])


def test_nothing_gives_nothing() -> None:
    """An empty page has neither body nor furniture."""
    assert sort_out([]) == ([], [])


def test_the_three_kinds_are_told_apart() -> None:
    """Comments and sections are furniture with a reach; prose ends as a sentence does."""
    assert is_comments("Leave a reply")
    assert not is_comments("Share")
    assert opens_section("Most read in Nature")
    assert not opens_section("Share")
    assert is_prose("The wall gave way on Friday, the harbour master said.")
    assert not is_prose("Wall gives way in Kirkhaven after a night of storm")
    assert not is_prose("It fell.")
    assert is_prose(
        "\u6e2f\u53e3\u7684\u6d77\u5824\u661f\u671f\u4e94\u665a\u4e0a\u5012\u584c" * 2 + "\u3002"
    )
    assert not is_prose("\u5206\u4eab\u3002")
