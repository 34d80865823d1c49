from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from harness import api, spec
from harness.errors import SummariserError, UsageError
from harness.parts import Explained
from harness.records import Article, Summary
from harness.summarisers.server import Server
from tests.servers.scripted import (
    MODEL,
    Reply,
    Script,
    Scripted,
    Seen,
    as_json,
    listed,
    serving,
    told,
)

ARTICLES = [Article(f"a{i:03}", f"Number {i} fell.", (f"{i} fell.",)) for i in range(100)]
THREE = "The mill burned down. Nobody was hurt there. The cause is unknown."


def shorter(seen: Seen) -> Reply:
    """Answer with the first two words of each sentence, which stands for a summary."""
    text = seen.text.partition("\n")[2]
    lines = text.replace(". ", ".\n").splitlines()
    return told(" ".join(" ".join(line.split()[:2]).rstrip(".") + "." for line in lines))


def part(server: Scripted, **changes: Any) -> Server:
    """Return the model of a scripted server, with a prompt of one line."""
    given = {"prompt": "Shorten:\n{article}", "retries": 0, "timeout": 5.0, **changes}
    return Server(MODEL, server.url, **given)


def written(texts: Sequence[str], script: Script = shorter, **changes: Any) -> list[Summary]:
    """Return what is written about some texts."""
    with serving(script) as server:
        return part(server, **changes).summarise([Article(str(i), t) for i, t in enumerate(texts)])


def test_each_article_is_asked_about() -> None:
    """The prompt holds it; counts and the end of the answer are kept with the summary."""
    with serving(shorter) as server:
        said = part(server, system="Be brief.", max_tokens=9).summarise(ARTICLES[:2])
    assert said == [
        Summary(text, tokens_in=7, tokens_out=3, summary_cut=False)
        for text in ("Number 0.", "Number 1.")
    ]
    assert sorted(str(seen.body["messages"]) for seen in server.seen) == [
        "[{'role': 'system', 'content': 'Be brief.'}, "
        f"{{'role': 'user', 'content': 'Shorten:\\nNumber {i} fell.'}}]"
        for i in range(2)
    ]
    assert {seen.body["max_tokens"] for seen in server.seen} == {9}


def test_an_empty_article_is_not_asked_about() -> None:
    """It has a reason, and the others their summaries."""
    with serving(shorter) as server:
        said = part(server).summarise([Article("a", " \n"), Article("b", "Two fell.")])
    assert [(s.text, s.reason) for s in said] == [
        (None, "the article is empty"),
        ("Two fell.", None),
    ]
    assert len(server.seen) == 1


def test_one_article_s_failure_is_its_reason() -> None:
    """What the server refuses or the model leaves unsaid costs the other articles nothing."""

    def script(seen: Seen) -> Reply:
        if "2" in seen.text:
            return as_json({"error": {"message": "8,192 tokens at most"}}, 400)
        return told(None) if "3" in seen.text else shorter(seen)

    said = written([f"Number {i} fell." for i in range(5)], script)
    assert [s.reason for s in said] == [
        None,
        None,
        "the server answered 400: 8,192 tokens at most",
        "the model wrote nothing",
        None,
    ]


LONG = {
    "whole": ({}, "The mill. Nobody was. The cause.", None, 1),
    "within": ({"input_words": 12}, "The mill. Nobody was. The cause.", False, 1),
    "truncated": ({"input_words": 8}, "The mill. Nobody was.", True, 1),
    "in parts": ({"input_words": 8, "long": "chunk"}, "The mill. Nobody was. The cause.", False, 3),
    "one part": (
        {"input_words": 12, "long": "chunk"},
        "The mill. Nobody was. The cause.",
        False,
        1,
    ),
}


@pytest.mark.parametrize(("given", "text", "cut", "questions"), LONG.values(), ids=LONG)
def test_a_long_article_is_cut_or_read_in_parts(
    given: dict[str, Any], text: str, cut: bool | None, questions: int
) -> None:
    """Parts are summarised, then their summaries; the tokens of all questions are counted.

    Whether the article was cut is not known where nobody said how much the model reads.
    """
    with serving(shorter) as server:
        [said] = part(server, **given).summarise([Article("a", THREE)])
    assert said == Summary(
        text,
        tokens_in=7 * questions,
        tokens_out=3 * questions,
        article_cut=cut,
        summary_cut=False,
    )
    assert len(server.seen) == questions


def test_parts_are_summarised_in_rounds() -> None:
    """16 sentences of 4 words, 8 at a time, each pair cut to its first: 8 + 4 + 2 + 1 questions."""
    with serving(lambda _: told("One two three four.")) as server:
        text = " ".join(["One two three four."] * 16)
        [said] = part(server, input_words=8, long="chunk").summarise([Article("a", text)])
    assert (said.text, said.tokens_in) == ("One two three four.", 7 * 15)
    assert len(server.seen) == 15


def test_a_part_without_answer_is_told() -> None:
    """A summary of the rest would pass for one of the whole."""

    def script(seen: Seen) -> Reply:
        return told(None) if "cause" in seen.text else shorter(seen)

    [said] = written([THREE], script, input_words=4, long="chunk")
    assert said.reason == "part 3 of 3: the model wrote nothing"
    assert said.tokens_in == 14


def test_summaries_that_are_no_shorter_end_it() -> None:
    """A model that says more than it reads would be asked for ever."""
    [said] = written([THREE], lambda _: told(THREE), input_words=8, long="chunk")
    assert said.reason == "the summaries of its parts are no shorter than it; lower max_tokens"


def test_a_model_that_hardly_shortens_is_not_asked_for_ever() -> None:
    """Each round takes one word of twenty off; after four more rounds that is the reason."""

    def script(seen: Seen) -> Reply:
        said = seen.text.rpartition("\n")[2].split()
        return told(" ".join(said[:-1]) + ".")

    sentence = " ".join(["word"] * 19) + " end."
    [summary] = written([" ".join([sentence] * 8)], script, input_words=20, long="chunk")
    assert summary.reason == "still too long after 4 rounds; lower max_tokens"


def test_counts_that_are_missing_once_are_missing() -> None:
    """A sum that leaves out some would be too low."""

    def script(seen: Seen) -> Reply:
        return told("One.", usage=None) if "cause" in seen.text else told("Two.")

    [said] = written([THREE], script, input_words=8, long="chunk")
    assert (said.text, said.tokens_in, said.tokens_out) == ("Two.", None, None)


def signed(**changes: Any) -> str:
    """Return the signature, at a server of its own."""
    with serving(models=lambda _: listed(root="org/tiny")) as server:
        return part(server, **changes).signature()


def test_a_signature_names_the_model_and_not_its_address() -> None:
    """Two servers with one model are one candidate, however they are asked."""
    same: list[dict[str, Any]] = [
        {"in_flight": 2},
        {"timeout": 9.0},
        {"retries": 9},
        {"seed": 5},
        {"long": "truncate"},
    ]
    assert {signed(), *(signed(**changes) for changes in same)} == {
        f"server|model:{MODEL}|root:org/tiny|prompt:{_hash_in(signed())}|max_tokens:256"
        "|temperature:0.0|v:1"
    }


def _hash_in(signature: str) -> str:
    return signature.split("prompt:")[1].split("|", maxsplit=1)[0]


CHANGES: list[dict[str, Any]] = [
    {"prompt": "{article}"},
    {"system": ""},
    {"system": "Be brief."},
    {"max_tokens": 9},
    {"temperature": 0.5},
    {"temperature": 0.5, "seed": 1},
    {"input_words": 9},
    {"input_words": 8},
    {"input_words": 9, "long": "chunk"},
]


def test_whatever_changes_a_summary_changes_the_signature() -> None:
    """Prompt, system prompt, decoding and how long articles are read."""
    assert len({signed(), *(signed(**changes) for changes in CHANGES)}) == len(CHANGES) + 1


def test_choices_are_explained() -> None:
    """Every setting in effect, and what the server says of its model."""
    with serving(models=lambda _: listed(root="org/tiny")) as server:
        one = part(server, prompt="{article}")
        assert isinstance(one, Explained)
        assert list(map(str, one.choices())) == [
            "model 'tiny' (as asked)",
            f"url '{server.url}' (as asked, or the default)",
            "root 'org/tiny' (the server's list of models)",
            "prompt '{article}' (as asked, or the default)",
            "max_tokens 256 (as asked, or the default)",
            "temperature 0.0 (as asked, or the default)",
        ]


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "no place": ({"prompt": "Shorten."}, r"prompt='Shorten.'.*holds \{article\} once"),
    "two places": ({"prompt": "{article}{article}"}, "once"),
    "no tokens": ({"max_tokens": 0}, r"server\(max_tokens=0\) is not possible: give at least 1"),
    "cold": ({"temperature": -0.1}, "temperature=-0.1"),
    "no number": ({"temperature": float("nan")}, "temperature=nan"),
    "no seed": ({"seed": -1}, "seed=-1"),
    "no way": ({"long": "fold"}, "long='fold'.*give 'truncate' or 'chunk'"),
    "no words": ({"input_words": 0}, "input_words=0"),
    "parts of what size": ({"long": "chunk"}, "long='chunk' needs input_words="),
    "more than a batch": ({"in_flight": 65}, "in_flight=65.*give 1 to 64"),
    "a url with a key": ({"url": "http://me:pass@host/v1"}, "holds a name or password"),
    "a key": ({"key": "sk-123"}, "the name of an environment variable"),
}


@pytest.mark.parametrize(("given", "words"), BAD.values(), ids=BAD)
def test_what_cannot_be_asked_is_refused(given: dict[str, Any], words: str) -> None:
    """Before a server is asked anything."""
    with pytest.raises(UsageError, match=words):
        Server(MODEL, **given)


def test_a_spec_names_it() -> None:
    """It prints without what is left at its default, and parses back to an equal value."""
    one = Server("tiny", input_words=900, long="chunk")
    assert spec.show(one) == "server(model='tiny', long='chunk', input_words=900)"
    assert spec.parse("summarisers", spec.show(one)) == one


def test_a_server_that_stops_costs_no_finished_work(runs: Path) -> None:
    """Gone after 80 answers, it leaves the first batch of 64; the run goes on where it stopped.

    The server is back at another address, which is no other candidate.
    """

    def stops(seen: Seen) -> Reply:
        return Reply(b"", 404) if seen.number >= 80 else shorter(seen)

    with serving(stops) as server:
        done = api.evaluate(ARTICLES, {"m": part(server)}, ["length"], runs=runs)
        assert isinstance(done.failed["m"], SummariserError)
    with serving(shorter) as server:
        done = api.evaluate(ARTICLES, {"m": part(server)}, ["length"], runs=runs)
        asked = len(server.seen)
    assert done.failed == {}
    assert asked == len(ARTICLES) - 64
    with serving(shorter) as server:
        whole = api.evaluate(ARTICLES, {"m": part(server)}, ["length"], runs=runs / "whole")
    assert content(done.runs[0].folder) == content(whole.runs[0].folder)


def content(run: Any) -> dict[str, bytes]:
    """Return the bytes of every summary and score that a run keeps."""
    return {str(p.relative_to(run)): p.read_bytes() for p in Path(run).rglob("*.parquet")}


def test_a_key_is_in_no_file_of_a_run(runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a server repeats of it."""
    secret = "sk-0123456789abcdefghij"  # noqa: S105 - no server knows it
    monkeypatch.setenv("MY_KEY", secret)

    def repeats(seen: Seen) -> Reply:
        given = seen.headers["authorization"]
        return told(given) if "1" in seen.text else as_json({"detail": given}, 400)

    with serving(repeats, lambda seen: listed(root=seen.headers["authorization"])) as server:
        candidates = {"m": part(server, key="MY_KEY", in_flight=1)}
        api.evaluate(ARTICLES[9:19], candidates, ["length"], runs=runs)
    kept = [path.read_bytes() for path in runs.rglob("*") if path.is_file()]
    assert any(b"Bearer ***" in raw for raw in kept)
    assert not any(secret.encode() in raw for raw in kept)
