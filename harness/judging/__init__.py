"""What a chat model is asked about a summary, and how its answers are read.

    prompting   questions from the files in prompts/, texts fenced off from instructions
    cutting     articles too long for the model
    asking      each question put several times, all of a batch at once
    cases       one summary: its questions, and what the answers make of it
    verdicts    is a claim supported? the verdict and the quote that it rests on
    quotes      whether a quote stands in the article, and where
    ratings     G-Eval's four dimensions (Liu et al., 2023), weighed by token probabilities
    tokens      the probabilities of the token that spells a certain word of an answer
    merging     one ruling from the repeats, and how far they agree
    scoring     what becomes of a batch: scores, reasons, warnings, details
    opinions    single claims that were flagged, put to the judge
    own         candidates that are scored by their own model

docs/judge.md tells what it costs, what it does not prove, and how to validate a judge.
"""
