# ruff: noqa: RUF001  # quotation marks and stops of other scripts are the subject here
"""Sentences of news text: our own rules over the standard library's `re`.

A sentence ends at a full stop, a question or exclamation mark or an ellipsis, together with the
quotation marks and brackets that close there, unless a rule below says that the mark belongs to a
word (`Mr.`, `U.S.`, `Feb. 13`) or that the sentence goes on after it (`"Why?" he asked`). Sentences
inside a quotation count one by one. A line end always ends a sentence: saved pages hold one
paragraph to a line, and headlines and lists carry no full stop. Text wrapped to a width must be
unwrapped first.

docs/sentences.md gives each rule with its reason, and how the rules fare beside other splitters.
"""

import re
from dataclasses import dataclass

from harness.text.abbreviations import BRANDS, CALENDAR, KIND, LETTERED, OPENERS

SPLITTER = "own-1"
"""The version of these rules, for signatures: it changes whenever any text is split anew."""

_OPENING = "\"'`“‘«»„‚‹›([{「『（《【¿¡"
_CLOSING = "\"'”’»«“›‹)]}」』）》】"
_QUOTES = frozenset("\"'”’»«“›‹」』")
_LOOSE_MARKS = frozenset("\"'”’»)]")
_WIDE = frozenset("。！？｡।॥")
_LINE_ENDS = frozenset("\n\r\v\f\x85\u2028\u2029")
_ASKING = frozenset("?!؟")
_JOINING = frozenset(".!?…,;:%–—-&+=/|")

_MARKS = ".!?…؟۔" + "".join(sorted(_WIDE))
_LINE = "".join(sorted(_LINE_ENDS))
_MARK = re.compile(
    rf"[{_MARKS}{_LINE}](?:(?<![{_LINE}])[{_MARKS}]*+[{re.escape(_CLOSING)}]*+)?+(\s*+)"
)
"""A run of marks and what closes there, or a line end; then the white space before what comes.

Possessive throughout, so that each character is read once, however long a run of dots or quotes.
"""
_SPACE = re.compile(r"\s*+")
_LEAD = re.compile(rf"[ \t\xa0{re.escape(_OPENING)})\]]*+")
_LOOSE = re.compile(r" (?:''|[\"'”’»)\]])(?=\s|\Z)")
_WORD = re.compile(r"(?:[^\W\d_]{2,}+|[^\W\d_](?!\.))(?![-\w])")
_JOINER = re.compile("[-/–—]")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_ITEM = re.compile(r"(?:(?:Chapter|Part|Rule|Step|Tip) )?(?:\d{1,2}|[A-Za-z]|[ivx]{2,4})")
_SMALL_START = re.compile(r".[A-Z]|(?:al|da|de|del|den|der|di|du|el|van|von)[ -][A-Z]")
_WIDE_GOES_ON = re.compile("[”’」』）》】][\u3041-\u309f]|.[、，；：]")
_CLOCK_FIRST = re.compile(r"(?:About|After|Around|At|Before|By|From|Since|Until) [\d:.]+ ")
_ZONE = re.compile(r"(?:[A-Z]\w+ ){1,2}[Tt]ime\b|[A-Z]{1,3}T\b|[CEMP]\.[DS]?\.?T\b|UTC\b")
_BROKEN_NUMBER = re.compile(
    r"[($£€]*\d{1,3}\. \d+(?: ?[,;.)] |%"
    r"| ?(?:per ?cent|[mb]n|[mbtr]+illion|[ap]m|k?[gm]|metres?|miles?|minutes?)\b)"
)
_NAME = r"(?:[A-Z]\w{0,3}\.|[^\W\d_a-z][\w'’-]*+,?|\d\d,)"
_SPEECH = re.compile(
    rf"{_NAME}(?: (?:{_NAME}|of|the)){{0,5}} (?:added|answered|asked|asks|called|cried|demanded"
    r"|exclaimed|joked|replied|said|says|screamed|shouted|told|whispered|wondered|wrote|yelled)\b"
)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text in order, each without surrounding white space."""
    return [text[start:stop] for start, stop in spans(text)]


def spans(text: str) -> list[tuple[int, int]]:
    """Return (start, stop) of each sentence, in characters, without surrounding white space.

    Spans are in order and do not overlap, and every character that is not white space lies in
    exactly one. A text of white space alone has none. The time is linear in the text's length.
    """
    found: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    rules = _Rules(text, cased=not text.islower(), spaced=" , " in text or text.endswith(" ."))
    for mark in _MARK.finditer(text, start):
        at, (gap, after) = mark.start(), mark.span(1)
        if at < start:
            continue
        if text[at] in _LINE_ENDS:
            gap = start + len(text[start:at].rstrip())
        elif not rules.ends(start, at, gap, after):
            continue
        elif text[after : after + 1] in _LOOSE_MARKS and _LOOSE.match(text, gap):
            gap, after = rules.past_loose_mark(start, gap, after)
        found.append((start, gap))
        start = after
    if start < len(text):
        found.append((start, len(text.rstrip())))
    return found


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules over one text.

    `cased`: the text has capitals, so a small letter tells that the sentence goes on. `spaced`: it
    comes from a tokeniser, with spaces before its marks.

    Throughout, the sentence runs from `start` and its last mark stands at `at`; marks and what
    closes after them (`run`) reach to `gap`, white space to `after`, and quotation marks and
    brackets that open there to `first`.
    """

    text: str
    cased: bool
    spaced: bool

    def ends(self, start: int, at: int, gap: int, after: int) -> bool:
        """Whether the marks at `at` end the sentence."""
        text = self.text
        if text[at:after] == ". " and text[after : after + 1].isupper():
            word = text[max(start, at - 24) : at].rpartition(" ")[2]
            if len(word) > 1 and word.isalpha() and word.lower() not in KIND:
                return True  # most stops are plain: found at once
        run, space = text[at:gap], text[gap:after]
        if after == len(text) or (space != " " and not _LINE_ENDS.isdisjoint(space)):
            return True
        if at == start or text[after] in _JOINING:
            return False
        if not space:
            return self._ends_unspaced(start, at, after, run)
        return self._ends_spaced(start, at, after, run)

    def past_loose_mark(self, start: int, gap: int, after: int) -> tuple[int, int]:
        """Take along a mark that stands alone after the stop (`dark . '`), unless it opens."""
        text = self.text
        stop = _past(_LOOSE, text, gap)
        mark = text[after:stop]
        other = text.rfind(f" {mark} ", start, after)
        opened = text[other - 1] not in ",?!" if other > 0 else text.startswith(f"{mark} ", start)
        follow = _past(_SPACE, text, stop)
        last_of_line = follow == len(text) or not _LINE_ENDS.isdisjoint(text[stop:follow])
        if mark in ("'", '"') and not (opened or last_of_line):
            return gap, after
        return stop, follow

    def _ends_unspaced(self, start: int, at: int, after: int, run: str) -> bool:
        """Whether a mark without white space ends: a wide one, or a slip (`it rose.Oil fell`)."""
        word = self.text[max(start, at - 24) : at].rpartition(" ")[2]
        ahead = self.text[after]
        if not _WIDE.isdisjoint(run):
            return not _WIDE_GOES_ON.match(run[-1] + ahead)
        if not word:
            return self.spaced and ahead.isalpha()
        plain = len(word) > 2 and word.isalpha() and word.islower() and word not in KIND
        opens = len(word) > 1 and word[-2:].isalnum() and self._opens_at(after)
        return ahead.isupper() and (plain or opens)

    def _ends_spaced(self, start: int, at: int, after: int, run: str) -> bool:
        """Whether a mark with white space after it ends: each kind has its own rules."""
        text = self.text
        first = after if text[after].isalnum() else _past(_LEAD, text, after)
        goes_on = self._small_at(first)
        if run[-1] == ")" and text.rfind("(", max(start + 1, at - 200), at) > 0:  # an aside
            return not goes_on and self._opens_at(first)
        if not _ASKING.isdisjoint(run):
            return not goes_on and self._asking_ends(at, after, first, run)
        if run.startswith(("...", "…")) or text.endswith(". . ", start, at):
            return not goes_on and self._ellipsis_ends(start, at, after, first, run)
        return text[at - 1] == " " or (not goes_on and self._stop_ends(start, at, first, run))

    def _asking_ends(self, at: int, after: int, first: int, run: str) -> bool:
        """Whether a question ends: not where its speaker follows, nor in a brand (`Yahoo!`)."""
        text = self.text
        if not _QUOTES.isdisjoint(run) or _LOOSE.match(text, after - 1):
            return not (text[first : first + 1].islower() or _SPEECH.match(text, first))
        return not text.endswith(BRANDS, 0, at) or self._opens_at(first)

    def _ellipsis_ends(self, start: int, at: int, after: int, first: int, run: str) -> bool:
        """Whether an ellipsis ends: where a quotation closes or opens, or a new start follows."""
        before = self.text[max(start, at - 8) : at]
        word = before.rstrip(" .")
        if not word or word[-1] in ",[(":
            return False
        if first > after or before.startswith(".", len(word)):  # in 2006. . .
            return True
        closed = not _QUOTES.isdisjoint(run) and not _SPEECH.match(self.text, first)
        return closed or self._opens_at(first)

    def _stop_ends(self, start: int, at: int, first: int, run: str) -> bool:
        """Whether a full stop ends: unless it belongs to the word or the number before it."""
        text = self.text
        low = max(start, at - 24)
        head = text.rfind(" ", low, at) + 1 or low
        token = text[head:at].lstrip(_OPENING)
        word = token if token.isalpha() else _JOINER.split(token)[-1]
        kind = self._kind(word)
        if len(run) > 1 and not _QUOTES.isdisjoint(run):
            return kind != "title"
        if kind:
            return self._kind_ends(kind, start, head, first)
        listed = at - start < 12 and _ITEM.fullmatch(text, start, at)
        if listed or _BROKEN_NUMBER.match(text, head):
            return False
        if len(word) == 1 and word.isalpha():
            return self._letter_ends(word, text[low:head], first)
        return not _DOTTED.fullmatch(word) or self._opens_at(first)

    def _kind(self, word: str) -> str | None:
        """Return the kind of abbreviation a word is, None for an ordinary word."""
        kind = KIND.get(word if len(word) == 1 else word.lower())
        if kind and self.cased and word.islower():  # the sales rep, a near miss
            return {"title": "open", "state": None}.get(kind, kind)
        if kind and self.cased and word.isupper() and len(word) > 2:  # the SEC, 5 p.m. EST
            return {"inner": None, "numbered": None, "state": None}.get(kind, kind)
        return kind

    def _kind_ends(self, kind: str, start: int, head: int, first: int) -> bool:
        """Whether an abbreviation of this kind ends the sentence."""
        text = self.text
        digit, dated = text[first : first + 1].isdigit(), self._word_at(first) in CALENDAR
        if kind in ("title", "inner"):
            return False
        if kind == "numbered":
            return not digit
        if kind == "date":
            return not (digit or dated)
        if kind == "clock":
            opened = head - start < 24 and _CLOCK_FIRST.fullmatch(text, start, head)
            return self.cased and not (dated or opened or _ZONE.match(text, first))
        placed = kind == "state" and text.startswith(", ", head - 2) and text[first - 1] == " "
        return self._opens_at(first) or (placed and text[first : first + 1].isupper())

    def _letter_ends(self, letter: str, before: str, first: int) -> bool:
        """Whether a letter ends: a unit (`2 m.`), a label (`Group D.`) and `I` do, initials not."""
        if self.text.startswith(".", first + 1):
            return False  # another initial follows
        prior = before.rstrip().rpartition(" ")[2]
        label = prior.lower() in LETTERED or (letter == "I" and prior.islower())
        return label or prior[-1:].isdigit() or self._opens_at(first)

    def _small_at(self, first: int) -> bool:
        """Whether a small letter there shows that the sentence goes on."""
        small = self.cased and self.text[first : first + 1].islower()
        return small and not _SMALL_START.match(self.text, first)

    def _opens_at(self, first: int) -> bool:
        """Whether the word there opens a sentence: without capitals there is no telling."""
        return self.cased and self._word_at(first) in OPENERS

    def _word_at(self, first: int) -> str:
        """Return the whole word there in small letters, nothing for an initial or a compound."""
        found = _WORD.match(self.text, first)
        return found[0].lower() if found else ""


def _past(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
