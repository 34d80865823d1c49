"""The line by which a page owns that its summary was made by a machine.

It is told by what such lines must say, not by their wording: that there is a summary, that a
machine made it, and mostly that it may be wrong. Reporting about AI says the same words, so a
sentence with quotation marks or a verb of saying is none, and a page's reader also looks at where
the line stands.
"""

import re

LONGEST = 45
"""Words in the longest line that is still taken for a disclaimer."""

_MACHINE = re.compile(
    r"\b(AI|A\.I\.|artificial intelligence|automat(ed|ic|ically)|auto-?generated|machine|"
    r"(large )?language model|LLM|GPT|ChatGPT|Gemini|Claude|Copilot)(?![\w])",
    re.I,
)
_SUMMARY = re.compile(
    r"\b(summar(y|ies|i[sz]ation|i[sz]ed)|key (points|takeaways|facts)|takeaways|highlights|"
    r"bullet points|overview|recap|tl;?dr|digest|synopsis|abstract)\b",
    re.I,
)
_MADE = re.compile(
    r"generated|created|produced|written|made|compiled|summari[sz]ed|prepared|drafted|powered|"
    r"assisted|provided|with the help of",
    re.I,
)
_CAUTION = re.compile(
    r"\b(may|might|can|could)\b.{0,40}\b(errors?|mistakes?|inaccura\w+|incorrect|imprecise|wrong|"
    r"hallucinat\w+|incomplete)\b|\bnot (been )?(reviewed|checked|edited)\b|"
    r"\b(experimental|beta)\b",
    re.I,
)
_ADVICE = re.compile(
    r"(?=.*\b(article|story|text|summary|report|editors?|journalists?|AI|original|facts|"
    r"feedback)\b).*\b(read|refer|check|see|consult|verify|rely|reviewed|learn more|context|"
    r"double-?check|edited)\b",
    re.I,
)
_GOING_ON = re.compile(
    r"(it|this|these|they|may|might|can|could|some|errors?|mistakes?|please|always|for|check|read|"
    r"refer|verify|see|consult|do not|don['\u2019]t|AI|a|an|the (full|original|summary|text|AI)|"
    r"our|learn|not|edited|reviewed|give|send|experimental)\b",
    re.I,
)
_OPENING = re.compile(
    r"(this|these|the|AI|A\.I\.|artificial|automat|auto|machine|generated|summar|created|produced|"
    r"written|key|note|disclaimer|powered|our|here|highlights|tl;?dr|takeaways|experimental)(?!\w)|"
    r"(automat|auto|summar)",
    re.I,
)
_REPORTED = re.compile(
    r"[\"“”„«»]|\b(said|says|told|according|found|finds|wrote|warned|announced|argued?|reported)\b",
    re.I,
)
_OFFER = re.compile(r"summari[sz]e\b", re.I)
_LABEL = re.compile(
    r"((the|our|an?|your|quick|short|article|story|news|AI|A\.I\.|AI-generated|ai-?powered|"
    r"in) )*(summary|summarized|key (points|takeaways|facts)|takeaways|in brief|brief|tl;?dr|"
    r"at a glance|short version|highlights|overview|in short|gist|what to know|in a nutshell|"
    r"nutshell|synopsis|recap|digest|the story so far)( by AI| with AI)?:?",
    re.I,
)
_SENTENCE = re.compile(r"(?<=[.!?;])(?<!A\.I\.)\s+(?=\W?[A-Z])")


def is_label(text: str) -> bool:
    """Tell whether a line is the heading of a summary: "In brief", "AI summary", "Key points".

    >>> is_label("The short version"), is_label("Summary of the court's ruling")
    (True, False)
    """
    return _LABEL.fullmatch(text.strip()) is not None


def split_disclaimer(text: str, *, labelled: bool = False) -> tuple[str, str] | None:
    """Return the disclaimer that a text begins with and what follows it, or None.

    Where a heading has already said that this is a summary (``labelled``), the line need not.

    >>> split_disclaimer("AI-generated summary. May contain mistakes. The dam held.")
    ('AI-generated summary. May contain mistakes.', 'The dam held.')
    >>> split_disclaimer("Summarize this article with AI") is None
    True
    """
    sentences = _SENTENCE.split(text.strip())
    if not _opens(sentences[0], labelled=labelled):
        return None
    length = 1
    while length < len(sentences) and _goes_on(sentences[length]):
        length += 1
    head = " ".join(sentences[:length])
    if len(head.split()) > LONGEST or not (_MADE.search(head) or _CAUTION.search(head)):
        return None
    return head, " ".join(sentences[length:])


def _opens(sentence: str, *, labelled: bool) -> bool:
    return bool(
        _OPENING.match(sentence)
        and not _OFFER.match(sentence)
        and _MACHINE.search(sentence)
        and (labelled or _SUMMARY.search(sentence))
        and not _REPORTED.search(sentence)
    )


def _goes_on(sentence: str) -> bool:
    short = len(sentence.split()) <= 20 and _GOING_ON.match(sentence)
    says = _CAUTION.search(sentence) or _ADVICE.match(sentence)
    return bool(short and says and not _REPORTED.search(sentence))
