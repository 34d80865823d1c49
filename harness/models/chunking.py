"""Articles longer than a model reads: in parts, whose summaries are summarised in their turn.

An article is parted where sentences end, into as few parts as fit, about equally long. The parts'
summaries, a line each, are the text of the next round, until one text fits (Zhang et al., 2022,
Summ^N). All texts of a round are written about together.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from harness.models.encoding import Encoded
from harness.records import Summary, unwritten
from harness.text.sentences import spans

ROUNDS = 4
"""Rounds at most; a fifth would mean summaries that are hardly shorter than what they sum up."""

Encode = Callable[[str], Encoded]
Write = Callable[[Sequence[str]], list[Summary]]


def parts(text: str, encode: Encode) -> list[str]:
    """Return the text in parts that fit, joined at sentence ends; all of it where it fits whole.

    A sentence that is too long by itself is a part, which will be cut.
    """
    if not encode(text).cut:
        return [text]
    ends = spans(text)
    fewest = _greedy(text, ends, encode)
    even = _even(text, ends, len(fewest))
    return fewest if any(encode(part).cut for part in even) else even


def _greedy(text: str, ends: Sequence[tuple[int, int]], encode: Encode) -> list[str]:
    found, first = [], 0
    while first < len(ends):
        low, high = first, len(ends) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if encode(text[ends[first][0] : ends[middle][1]]).cut:
                high = middle - 1
            else:
                low = middle
        found.append(text[ends[first][0] : ends[low][1]])
        first = low + 1
    return found


def _even(text: str, ends: Sequence[tuple[int, int]], count: int) -> list[str]:
    """Return ``count`` parts of about as many characters each, or fewer where sentences are few."""
    found: dict[int, tuple[int, int]] = {}
    for start, stop in ends:
        part = min(count - 1, (start + stop) * count // (2 * len(text)))
        found[part] = (found.get(part, (start, stop))[0], stop)
    return [text[start:stop] for start, stop in found.values()]


@dataclass(frozen=True, slots=True)
class _Pending:
    """What remains to be written about, and what was read and cut on the way here."""

    text: str
    read: int = 0
    cut: bool = False


def in_parts(texts: Sequence[str], encode: Encode, write: Write) -> list[Summary]:
    """Return one summary per text; ``tokens_in`` counts all that was read, in every round.

    ``article_cut`` is True where a sentence alone was too long, or the last round's text. A part
    that the model failed on gives its reason to the whole. Raises what ``write`` raises.
    """
    pending = {i: _Pending(text) for i, text in enumerate(texts)}
    done: dict[int, Summary] = {}
    turn = 0
    while pending:
        turn += 1
        split = {i: _split(p.text, encode, last=turn == ROUNDS) for i, p in pending.items()}
        wrote = iter(write([part for each in split.values() for part in each]))
        came = {i: [next(wrote) for _ in each] for i, each in split.items()}
        done |= {i: _ended(pending[i], found) for i, found in came.items() if _final(found)}
        pending = {i: _next(pending[i], f) for i, f in came.items() if i not in done}
    return [done[i] for i in range(len(texts))]


def _split(text: str, encode: Encode, *, last: bool) -> list[str]:
    try:
        return [text] if last or not text.strip() else parts(text, encode) or [text]
    except Exception:  # a tokenizer's own; whoever writes about the text says what it was
        return [text]


def _final(found: Sequence[Summary]) -> bool:
    return len(found) == 1 or any(one.tokens_out is None for one in found) or not _said(found)


def _said(found: Sequence[Summary]) -> str:
    return "\n".join(one.text for one in found if one.text)


def _ended(before: _Pending, found: Sequence[Summary]) -> Summary:
    failed = next((one for one in found if one.tokens_out is None), None)
    if failed is not None and len(found) > 1:
        return unwritten(f"one of its {len(found)} parts: {failed.reason}")
    if found[0].tokens_in is None:
        return found[0]
    after = _next(before, found)
    return replace(found[0], tokens_in=after.read, article_cut=after.cut)


def _next(before: _Pending, found: Sequence[Summary]) -> _Pending:
    read = sum(one.tokens_in or 0 for one in found)
    cut = any(bool(one.article_cut) for one in found)
    return _Pending(_said(found), before.read + read, before.cut or cut)
