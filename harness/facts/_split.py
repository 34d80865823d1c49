"""Stand-in until harness.text.sentences exists."""

import re

_ABBR = re.compile(
    r"\b(?:mr|mrs|ms|dr|st|jr|sr|inc|corp|co|ltd|vs|etc|e\.g|i\.e|u\.s|u\.k|no|gen|sen|rep|gov|prof|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|[A-Za-z])\.$",
    re.I,
)


def spans(text: str) -> list[tuple[int, int]]:
    """Split."""
    out: list[tuple[int, int]] = []
    start = 0
    for m in re.finditer(r"\n+|[.!?]+[\"'”’)\]]*(?=\s|$)", text):
        seg = text[start : m.end()]
        if m[0][0] != "\n":
            if _ABBR.search(seg[-12:]):
                continue
            nxt = text[m.end() : m.end() + 3].lstrip()[:1]
            if nxt and (nxt.islower() or (nxt.isdigit() and seg[-2:-1].isdigit())):
                continue
        if seg.strip():
            out.append((start, m.end()))
        start = m.end()
    if text[start:].strip():
        out.append((start, len(text)))
    return out
