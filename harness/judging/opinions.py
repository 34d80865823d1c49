"""Single claims that were flagged, put to a judge: may they be right after all."""

from collections.abc import Sequence

from harness.chat import Ask, Chat
from harness.judging import merging
from harness.judging.asking import How, Question, claim, put
from harness.judging.cutting import CUT, cut
from harness.judging.verdicts import Ruling, Unread
from harness.records import Doubt, Opinion
from harness.text.sentences import spans


def opinions(chat: Chat, doubts: Sequence[Doubt], how: How) -> list[Opinion]:
    """Return one opinion per doubt, in their order.

    That a claim is supported must rest on a quote that stands in the article; where it does not,
    or where none is given, there is no answer.
    """
    asked = [_question(doubt, chat, how) for doubt in doubts]
    answers = put(chat, [question for question, _ in asked], how)
    return [
        _opinion(merging.ruling(said), whole)
        for said, (_, whole) in zip(answers, asked, strict=True)
    ]


def _question(doubt: Doubt, chat: Chat, how: How) -> tuple[Question[Ruling], bool]:
    """Return the question, and whether the judge is given the whole article."""
    texts = {
        "summary": doubt.summary,
        "sentence": _around(doubt),
        "words": doubt.summary[doubt.start : doubt.end],
    }

    def question(article: str) -> Question[Ruling]:
        return claim("doubt", {"article": article, **texts})

    def asks(article: str) -> list[Ask]:
        return [how.ask(question(article).prompt)]

    whole = doubt.article.text
    kept = cut(whole, chat, how.article_words, asks)
    return question(kept), kept == whole


def _around(doubt: Doubt) -> str:
    """Return the sentence that holds the words in doubt, or those that they run across."""
    inside = [(a, b) for a, b in spans(doubt.summary) if a < doubt.end and doubt.start < b]
    start = min((a for a, _ in inside), default=doubt.start)
    return doubt.summary[start : max((b for _, b in inside), default=doubt.end)].strip()


def _opinion(found: Ruling | Unread, whole: bool) -> Opinion:
    if isinstance(found, Unread):
        return Opinion(None, found.reason)
    note = "" if whole else f" ({CUT})"
    if found.quote is None:
        told = f"{found.verdict}, without a quote"
    else:
        missing = "" if found.found else " (which is not in the article)"
        told = f"{found.verdict}: “{found.quote}”{missing}"
    supported = found.verdict == "supported"
    if supported and found.found is None:
        return Opinion(None, f"no quote of the article: {told}{note}", found.probability)
    return Opinion(supported, told + note, found.probability)
