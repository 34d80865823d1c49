from collections.abc import Callable

from tests.benchmarks.conftest import Read, Write

PAIR = {"article_sent": "It rained.", "correct_sent": "Rain.", "incorrect_sent": "Snow."}


def test_a_pair_is_two_summaries_of_one_sentence(write: Write, read: Read) -> None:
    """Both share the pair's name and the article; pairs of one article are resampled together."""
    write("val_sentence_pairs.json", [PAIR | {"article_id": "a"}])
    good, bad = read("rank19")
    assert (good.summary, bad.summary) == ("Rain.", "Snow.")
    assert (good.labels, bad.labels) == ({"correct": True}, {"correct": False})
    assert good.pair == bad.pair
    assert good.article.cluster == "a"


def test_a_missing_sentence_is_named(write: Write, refusal: Callable[..., str]) -> None:
    """The record and the field stand in the refusal."""
    write("val_sentence_pairs.json", [PAIR, {"article_sent": "x", "correct_sent": "y"}])
    assert "record 2: there is no field 'incorrect_sent'" in refusal("rank19")
