from harness.facts import check, index


def test_new_words_are_tier_c() -> None:
    """A word that the article has in no form is listed quietly; reworded ones are not."""
    article = index("The council voted to buy the old mill.")
    claims = check(article, "The council voted to purchase the crumbling mill.", quiet=True).claims
    assert [(c.text, c.tier) for c in claims if c.check == "new_words"] == [("crumbling", "C")]
