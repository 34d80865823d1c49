import math
from typing import Any

import pytest

from harness.errors import UsageError
from harness.judging.prompting import DIMENSIONS
from harness.metrics.judge import Judge
from harness.parts import Verifier
from harness.records import Article, Doubt, Item
from harness.spec import parse, show
from tests.servers.scripted import MODEL, Reply, Seen, as_json, serving, told
from tests.tiny_models import Tiny, builder

ARTICLE = Article("mill", "The mill burned on Monday. Nobody was hurt. Repairs take six weeks.")
SUMMARY = "Nobody was hurt. Repairs take nine weeks."

pytest.importorskip("httpx")


def items(*summaries: str) -> list[Item]:
    """Return the summaries beside the article."""
    return [Item(ARTICLE, summary, ()) for summary in summaries]


def truthful(seen: Seen) -> Reply:
    """Answer as a good judge does: two sentences are known, every rating is 4."""
    if "Rate the " in seen.text:
        return told("4", logprobs=weighed("4", "5") if seen.body.get("logprobs") else None)
    claim = seen.text.split("One sentence of the summary:")[1]
    if "hurt" in claim:
        return told('Evidence: "Nobody was hurt."\nVerdict: supported')
    return told('Evidence: "Repairs take six weeks."\nVerdict: contradicted')


def weighed(*tokens: str) -> dict[str, Any]:
    """Return the logprobs of one place at which all these tokens are equally likely."""
    log = math.log(1 / len(tokens))
    top = [{"token": token, "logprob": log} for token in tokens]
    return {"content": [{"token": tokens[0], "logprob": log, "top_logprobs": top}]}


def test_a_model_behind_a_server_judges() -> None:
    """Sentences are verified and ratings weighed, over HTTP, with all columns filled."""
    with serving(truthful) as server:
        judge = Judge(MODEL, url=server.url)
        scores = judge.score(items(SUMMARY, "Nobody was hurt."))
        assert judge.signature().startswith("judge|chat:remote%7Cmodel:tiny")
    assert {name: values.tolist() for name, values in scores.values.items()} == {
        "supported": [0.5, 1.0],
        "contradicted": [0.5, 0.0],
        "unmentioned": [0.0, 0.0],
        "all-supported": [0.0, 1.0],
        "misquoted": [0.0, 0.0],
        **{name: [4.5, 4.5] for name in DIMENSIONS},
    }
    assert (scores.unscored, scores.warnings) == ({}, {})


def test_a_server_without_probabilities_is_warned_of() -> None:
    """The number said counts then."""
    with serving(lambda _: told("4")) as server:
        scores = Judge(MODEL, url=server.url, ask="ratings").score(items(SUMMARY))
    assert scores.values["fluency"].tolist() == [4.0]
    assert "the judge told no token probabilities" in scores.warnings[0]


def test_a_server_that_refuses_some_questions_leaves_reasons() -> None:
    """What failed is unscored with what the server said; the rest is scored."""

    def picky(seen: Seen) -> Reply:
        if "nine" in seen.text.split("One sentence of the summary:")[1]:
            return as_json({"error": {"message": "too long"}}, 400)
        return truthful(seen)

    with serving(picky) as server:
        judge = Judge(MODEL, url=server.url, ask="claims")
        scores = judge.score(items(SUMMARY, "Nobody was hurt."))
    assert list(scores.unscored) == [0]
    assert "too long" in scores.unscored[0]
    assert scores.values["supported"][1] == 1.0


def test_it_answers_single_claims() -> None:
    """As a second opinion on what something else flagged."""
    start = SUMMARY.index("nine")
    with serving(truthful) as server:
        judge = Judge(MODEL, url=server.url)
        assert isinstance(judge, Verifier)
        [opinion] = judge.verify([Doubt(ARTICLE, SUMMARY, start, start + 4)])
    assert opinion.supported is False
    assert opinion.words == "contradicted: “Repairs take six weeks.”"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """Return what gives the folder of a family's tiny model."""
    return builder(tmp_path_factory.mktemp("tiny"))


@pytest.mark.slow
def test_a_model_in_this_process_judges(tiny: Tiny) -> None:
    """One with random weights says nothing that can be read: every summary has its reason."""
    folder = tiny("qwen2")
    judge = Judge(str(build_long(folder)), max_tokens=12, device="cpu", ask="claims")
    scores = judge.score(items(SUMMARY, "Nobody was hurt.", ""))
    assert sorted(scores.unscored) == [0, 1, 2]
    assert scores.unscored[0].startswith("no verdict in the judge's answer")
    assert scores.unscored[2] == "the summary is empty"


@pytest.mark.slow
def test_a_question_too_long_for_the_model_is_a_reason(tiny: Tiny) -> None:
    """The tiny models cannot even read the prompt, and the summary says so."""
    judge = Judge(str(tiny("llama")), max_tokens=12, device="cpu", ask="claims")
    scores = judge.score(items(SUMMARY))
    assert "no answer of the judge: the question is longer than the" in scores.unscored[0]


@pytest.mark.slow
def test_answers_that_the_model_has_no_room_for_are_refused_at_once(tiny: Tiny) -> None:
    """Signing comes before summaries are written, scoring after."""
    with pytest.raises(UsageError, match="max_tokens=512 is not possible"):
        Judge(str(tiny("qwen2")), device="cpu").signature()


def build_long(folder: Any) -> Any:
    """Return a copy of a tiny model that has positions for a whole question."""
    from tests.tiny_models import build, tell

    long = folder.parent / "long"
    build("qwen2", long, max_position_embeddings=4096)
    tell(long, "tokenizer_config.json", model_max_length=4096)
    return long


def test_what_is_asked_decides_the_columns() -> None:
    """Claims and ratings have their own, repeats add agreement."""
    names = {
        (ask, repeats): [c.name for c in Judge("m", url=URL, ask=ask, repeats=repeats).columns()]
        for ask in ("claims", "ratings", "both")
        for repeats in (1, 2)
    }
    claims, ratings = names["claims", 1], names["ratings", 1]
    assert names["both", 1] == claims + ratings
    assert all(names[ask, 2] == [*names[ask, 1], "agreement"] for ask in ("claims", "both"))


URL = "http://127.0.0.1:9/v1"

REFUSED = [
    pytest.param({"repeats": 0}, r"repeats=0\) is not possible: give at least 1", id="repeats"),
    pytest.param({"max_tokens": 0}, r"max_tokens=0\) .* at least 1", id="tokens"),
    pytest.param({"article_words": 0}, r"article_words=0\) .* at least 1", id="words"),
    pytest.param({"temperature": 3.0}, r"temperature=3.0\) .* give 0 to 2", id="too-warm"),
    pytest.param(
        {"repeats": 3, "temperature": 0.0},
        "asks the same question for the same answer",
        id="cold-repeats",
    ),
    pytest.param(
        {"timeout": 5.0}, r"timeout=5.0\) means nothing to a model in this", id="no-server"
    ),
    pytest.param(
        {"url": URL, "dtype": "bfloat16"},
        r"dtype='bfloat16'\) means nothing to a model behind",
        id="d",
    ),
    pytest.param({"url": "nowhere"}, "url", id="no-url"),
    pytest.param({"device": "tpu"}, r"device='tpu' .* give auto, cpu, cuda", id="no-device"),
]


@pytest.mark.parametrize(("arguments", "message"), REFUSED)
def test_what_makes_no_judge_is_refused(arguments: dict[str, Any], message: str) -> None:
    """Before anything is asked, with what to give instead."""
    with pytest.raises(UsageError, match=message):
        Judge("m", **arguments)


def test_repeats_are_warm_unless_told() -> None:
    """Otherwise they would all say the same."""
    assert Judge("m", url=URL)._how().temperature == 0.0
    assert Judge("m", url=URL, repeats=3)._how().temperature == 1.0
    assert Judge("m", url=URL, repeats=3, temperature=0.3)._how().temperature == 0.3


CHANGES: list[dict[str, Any]] = [
    {"ask": "claims"},
    {"repeats": 2},
    {"temperature": 0.5},
    {"temperature": 0.5, "seed": 1},
    {"max_tokens": 9},
    {"article_words": 9},
    {"probabilities": False},
]


def test_every_choice_that_moves_a_number_is_in_the_signature() -> None:
    """What only makes it faster is not, nor a seed that nothing is drawn from."""
    with serving() as server:
        same: list[dict[str, Any]] = [{}, {"in_flight": 2}, {"timeout": 9.0}, {"seed": 3}]
        plain = {Judge(MODEL, url=server.url, **given).signature() for given in same}
        changed = [Judge(MODEL, url=server.url, **given).signature() for given in CHANGES]
    assert len(plain) == 1
    assert len({*changed, *plain}) == len(CHANGES) + 1
    assert "|prompts:1-" in changed[0]


def test_a_temperature_has_one_signature() -> None:
    """Whether it is written as 1 or as 1.0."""
    with serving() as server:
        given = [Judge(MODEL, url=server.url, repeats=2, temperature=t) for t in (1, 1.0, None)]
        assert len({judge.signature() for judge in given}) == 1


def test_a_judge_prints_as_its_spec() -> None:
    """It parses back to an equal value."""
    judge = Judge("org/m", url=URL, ask="claims", repeats=3)
    assert parse("metrics", show(judge)) == judge
