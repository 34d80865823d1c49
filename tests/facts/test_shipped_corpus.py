from bench.newsroom import count, summaries


def test_what_is_found_and_flagged_in_the_shipped_corpus() -> None:
    """Of 14 planted errors 12 are found by type, no clean summary and one reference is flagged.

    Counted with `python -m bench.newsroom`; a change may only make these counts better.
    """
    counts = count(list(summaries()))
    assert counts.errors_found[0] >= 12
    assert counts.right_type[0] >= 12
    assert counts.clean_flagged[0] == 0
    assert counts.references_flagged[0] <= 1
    assert [part[1] for part in (counts.right_type, counts.references_flagged)] == [14, 64]
