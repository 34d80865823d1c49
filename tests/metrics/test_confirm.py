from pathlib import Path
from typing import Any

import pytest

from harness.errors import UsageError
from harness.metrics.confirm import Confirm
from harness.metrics.facts import Facts
from harness.records import Article, Doubt, Item
from harness.spec import parse, show
from tests.servers.scripted import MODEL, Reply, Scripted, Seen, serving, told
from tests.tiny_models import encoder

pytest.importorskip("httpx")

ARTICLE = Article(
    "bridge",
    "The bridge in Harwick closed on Monday. Repairs of the bridge will take six weeks and cost "
    "2 million euros, said Mayor Ada Quill.",
)
WRONG = "Repairs of the bridge will take nine weeks."
WORSE = "Repairs of the bridge will take nine weeks and cost 3 million euros."
RIGHT = "Repairs of the bridge will take six weeks."

SUPPORTED = 'Evidence: "The bridge in Harwick closed on Monday."\nVerdict: supported'
CONTRADICTED = "Evidence: none\nVerdict: contradicted"


def by(server: Scripted) -> Confirm:
    """Return the metric, with a judge behind the server."""
    return Confirm(f"judge(model={MODEL!r}, url={server.url!r})")


def items(*summaries: str) -> list[Item]:
    """Return the summaries beside the article."""
    return [Item(ARTICLE, summary, ()) for summary in summaries]


def lenient(seen: Seen) -> Reply:
    """Veto doubts about money, confirm those about weeks."""
    words = seen.text.split("these words are in doubt:")[1].split("\n")[2]
    return told(CONTRADICTED if "nine" in words else SUPPORTED)


def test_flags_are_confirmed_or_vetoed() -> None:
    """A summary without a flag costs no question; one with two has each answered."""
    with serving(lenient) as server:
        scores = by(server).score(items(WRONG, RIGHT, WORSE))
        assert len(server.seen) == 3
    assert {name: values.tolist() for name, values in scores.values.items()} == {
        "still-flagged": [1.0, 0.0, 1.0],
        "confirmed": [1.0, 0.0, 1.0],
        "vetoed": [0.0, 0.0, 1.0],
        "unanswered": [0.0, 0.0, 0.0],
    }


ANSWERS = [
    pytest.param(told(CONTRADICTED), "confirmed", 1.0, id="confirmed"),
    pytest.param(told(SUPPORTED), "vetoed", 0.0, id="vetoed"),
    pytest.param(told("Hm."), "unanswered", 1.0, id="no-answer-leaves-the-flag"),
]


@pytest.mark.parametrize(("reply", "column", "still"), ANSWERS)
def test_only_a_veto_takes_a_summary_off(reply: Reply, column: str, still: float) -> None:
    """Without an answer the flag stands."""
    with serving(lambda _: reply) as server:
        values = by(server).score(items(WRONG)).values
    assert values["still-flagged"].tolist() == [still]
    counts = {name: values[name][0] for name in ("confirmed", "vetoed", "unanswered")}
    assert counts == {**dict.fromkeys(counts, 0.0), column: 1.0}


def test_the_details_hold_the_flag_of_facts_and_the_opinion() -> None:
    """A flag is told just as facts tells it, so that a report knows it for the same."""
    [alone] = Facts().score(items(WRONG)).details or []
    with serving(lambda _: told(SUPPORTED)) as server:
        [details] = by(server).score(items(WRONG)).details or []
    assert isinstance(details, dict)
    assert isinstance(alone, dict)
    [claim] = details["claims"]
    opinion = claim.pop("opinion")
    assert [claim] == alone["claims"]
    assert opinion["by"].startswith("judge(model='tiny', url=")
    assert opinion["supported"] is True
    assert opinion["words"] == "supported: “The bridge in Harwick closed on Monday.”"


def test_nothing_flagged_needs_no_model() -> None:
    """Where nothing is flagged, nobody is asked, and an empty batch has no scores."""
    nobody = Confirm("judge(model='m', url='http://127.0.0.1:9/v1')")
    assert nobody.score(items(RIGHT, "")).values["still-flagged"].tolist() == [0.0, 0.0]
    assert nobody.score([]).values["vetoed"].tolist() == []


REFUSED: list[Any] = [
    pytest.param("length", r"by='length'\) is not possible: length answers no", id="no-verifier"),
    pytest.param("length", r"Give one of .*judge", id="those-that-can"),
    pytest.param("judge", "judge needs the argument 'model'", id="an-argument-missing"),
    pytest.param("jugde(model='m')", "Did you mean judge", id="unknown"),
    pytest.param("judge(", "is no spec", id="no-spec"),
]


@pytest.mark.parametrize(("spec", "message"), REFUSED)
def test_what_cannot_answer_is_refused(spec: str, message: str) -> None:
    """At once, and not after the summaries have been written."""
    with pytest.raises(UsageError, match=message):
        Confirm(spec)


def test_the_signature_holds_the_other_metric_s() -> None:
    """Another judge is another number."""
    with serving() as server:
        one = by(server).signature()
        warm = f"judge(model={MODEL!r}, url={server.url!r}, temperature=1.0)"
        assert Confirm(warm).signature() != one
    assert one.startswith("confirm|by:judge%7C")


def test_a_spec_inside_a_spec_parses_back() -> None:
    """Its own quotes stand inside the other's."""
    made = Confirm("judge(model='m', url='http://127.0.0.1:9/v1')")
    assert parse("metrics", show(made)) == made


@pytest.mark.slow
def test_an_inference_model_confirms_as_well_as_a_judge(tmp_path: Path) -> None:
    """The opinions are those that the metric gives on the same claims, asked by itself."""
    folder = encoder("bert", tmp_path / "m", ("contradiction", "neutral", "entailment"))
    spec = f"entailment(model={str(folder)!r}, device='cpu')"
    [details] = Confirm(spec).score(items(WORSE)).details or []
    assert isinstance(details, dict)
    spans = [(claim["start"], claim["end"]) for claim in details["claims"]]
    assert len(spans) == 2
    alone = parse("metrics", spec).verify([Doubt(ARTICLE, WORSE, *span) for span in spans])
    told = [claim["opinion"] for claim in details["claims"]]
    assert [(one["supported"], one["words"]) for one in told] == [
        (one.supported, one.words) for one in alone
    ]
