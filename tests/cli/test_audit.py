import json
from pathlib import Path

import pytest

from tests.conftest import Call

ARTICLE = (
    "The bridge in Harwick closed on Monday after engineers found a crack 40 centimetres long. "
    "Repairs of the bridge will take six weeks and cost 2 million euros, said Mayor Ada Quill."
)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """Return a folder with an article, a faithful summary and one with a wrong number."""
    (tmp_path / "article.txt").write_text(ARTICLE)
    (tmp_path / "good.txt").write_text("The bridge in Harwick closed on Monday.")
    (tmp_path / "bad.txt").write_text("Repairs of the bridge will take nine weeks.")
    page = (
        "Bridge closed\n\nBy Jo Lund\n\n"
        "This is AI generated summarization, which may have errors.\n\n"
        "Repairs of the bridge in Harwick will take nine weeks.\n\n"
        f"HARWICK - {ARTICLE}\n\nTraffic goes round by the mill until the repairs are done.\n"
    )
    (tmp_path / "page.txt").write_text(page)
    return tmp_path


def test_a_wrong_number_is_shown_beside_the_articles_own(texts: Path, call: Call) -> None:
    """The claim is marked in the summary, with what the article says, and the exit code is 10."""
    said = call("audit", "--article", texts / "article.txt", "--summary", texts / "bad.txt")
    assert said.code == 10
    assert "[nine]" in said.out
    assert "!! nine  (number: contradicts the article)" in said.out
    assert "the article says: six" in said.out


def test_a_faithful_summary_is_not_called_correct(texts: Path, call: Call) -> None:
    """Nothing flagged is exit code 0, in words that promise nothing."""
    said = call("audit", "--article", texts / "article.txt", "--summary", texts / "good.txt")
    assert said.code == 0
    assert "No flag does not say that a claim is right." in said.out
    assert "correct" not in said.out


def test_a_page_is_audited_under_its_disclaimer(texts: Path, call: Call) -> None:
    """The page's AI summary is held against the page's own article."""
    said = call("audit", texts / "page.txt")
    assert said.code == 10
    assert 'under the line "This is AI generated summarization' in said.out
    assert "[nine]" in said.out


def test_json_has_offsets_and_evidence(texts: Path, call: Call) -> None:
    """Programs get each claim's span in the summary, its verdict and the article's words."""
    told = json.loads(call("audit", texts / "page.txt", "--json").out)
    [flag] = [c for c in told["claims"] if c["tier"]]
    assert told["summary"][flag["start"] : flag["end"]] == "nine"
    assert flag["found"]["text"] == "six"
    assert flag["verdict"] == "contradicts the article"


def test_several_pages_have_a_table(texts: Path, call: Call) -> None:
    """Many pages at once end with a line for each."""
    (texts / "two.txt").write_text((texts / "page.txt").read_text())
    out = call("audit", texts / "page.txt", texts / "two.txt").out
    assert "2 of 2 summaries flagged" in out


def test_another_report_bears_a_claim_out_or_not(texts: Path, call: Call) -> None:
    """--also says of each claim what a second report has."""
    other = texts / "other.txt"
    other.write_text("Harwick bridge shut\n\nThe bridge in Harwick closed on Tuesday.\n")
    told = json.loads(call("audit", texts / "page.txt", "--also", other, "--json").out)
    by_text = {claim["text"]: claim["also"]["other"] for claim in told["claims"]}
    assert by_text["Harwick"] == "has it too"
    assert by_text["nine"] != "has it too"


WRONG = [
    pytest.param([], 2, "Name saved pages", id="nothing"),
    pytest.param(["--article", "article.txt"], 2, "Name saved pages", id="half"),
    pytest.param(["plain.txt"], 3, "carries no AI summary", id="no-summary"),
    pytest.param(["none.txt"], 3, "none.txt cannot be read", id="missing"),
    pytest.param(["--article", "empty.txt", "--summary", "bad.txt"], 3, "is empty", id="empty"),
]


@pytest.mark.parametrize(("words", "code", "message"), WRONG)
def test_wrong_input_is_told_what_is_wrong(
    texts: Path,
    call: Call,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    code: int,
    message: str,
) -> None:
    """Every mistake has a message and an exit code that differs from a flag's."""
    monkeypatch.chdir(texts)
    (texts / "empty.txt").write_text(" ")
    (texts / "plain.txt").write_text(f"Bridge closed\n\n{ARTICLE}\n")
    said = call("audit", *words)
    assert (said.code, message in said.err) == (code, True), said.err
