"""The probabilities of the token that spells a certain word of an answer."""

from collections.abc import Mapping

from harness.chat import Answer


def at(answer: Answer, start: int) -> Mapping[str, float] | None:
    """Return the likeliest tokens, with their probabilities, where the token at ``start`` stands.

    An answer says nothing of where its tokens begin, so they are laid along its text from the end,
    white space aside, which tokenisers treat in too many ways. None where the answer has no
    probabilities, or where no listed token spells what it says: one drawn against the odds.
    """
    end = whole = len(answer.text.rstrip())
    for options in reversed(answer.alternatives or ()):
        end = len(answer.text[:end].rstrip())
        piece = _piece(options, answer.text[:end])
        if piece is None and end == whole:  # a mark that ends the turn
            continue
        if piece is None:
            return None
        end -= len(piece)
        if piece and end <= start:
            return options
    return None


def _piece(options: Mapping[str, float], text: str) -> str | None:
    """Return the likeliest token that a text ends with, without the space around it."""
    pieces = {token.strip(): p for token, p in options.items() if text.endswith(token.strip())}
    return max(pieces, key=pieces.__getitem__) if pieces else None


def shares(options: Mapping[str, float], words: tuple[str, ...]) -> dict[str, float] | None:
    """Return how probable each word is among these, by the tokens that it may begin with.

    The words differ from their first letter on. None where no listed token begins any of them.

    >>> shares({"4": 0.6, " 5": 0.2, "The": 0.2}, ("4", "5"))
    {'4': 0.75, '5': 0.25}
    """
    found = {word: sum(p for t, p in options.items() if _begins(word, t)) for word in words}
    total = sum(found.values())
    return {word: p / total for word, p in found.items()} if total > 0 else None


def _begins(word: str, token: str) -> bool:
    piece = token.strip().casefold()
    return bool(piece) and word.startswith(piece)
