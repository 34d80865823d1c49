"""What stands below a table: why something is missing, what is doubtful, what numbers depend on."""

from collections.abc import Iterator, Mapping, Sequence

from harness.analysis import RESAMPLES, SEED
from harness.comparison import Cell, Comparison, Row

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_MOST_REASONS = 5
"""Reasons, or warnings about one row, that are spelled out under a table."""


class Marks:
    """Footnote marks for what is unscored: one mark for each distinct set of reasons."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, tuple[tuple[str, int], ...]], str] = {}

    def mark(self, reasons: Mapping[str, int], what: str = "without a summary") -> str:
        """Return the mark for these reasons, or nothing where there are none."""
        if not reasons:
            return ""
        key = what, tuple(sorted(reasons.items()))
        return self._found.setdefault(key, _superscript(len(self._found) + 1))

    def beyond(self, row: Row, reasons: Mapping[str, int]) -> str:
        """Mark what a cell leaves unscored beyond the summaries that its row lacks."""
        rest = {w: n for w, n in reasons.items() if not w.startswith("no summary: ")}
        return self.mark(rest, "unscored") if row.written else ""

    def notes(self) -> tuple[str, ...]:
        """Return the footnotes, in the order of their marks."""
        return tuple(
            f"{mark} {'; '.join(_commonest(what, reasons))}"
            for (what, reasons), mark in self._found.items()
        )


def _commonest(what: str, reasons: Sequence[tuple[str, int]]) -> Iterator[str]:
    """Yield the commonest reasons, and how many others there are: a judge's may all differ."""
    ordered = sorted(reasons, key=lambda reason: -reason[1])
    yield from (f"{n} {what}: {why}" for why, n in ordered[:_MOST_REASONS])
    if rest := ordered[_MOST_REASONS:]:
        yield f"{sum(n for _, n in rest)} {what} for {len(rest)} other reasons"


def _superscript(value: int) -> str:
    return "".join(_SUPERSCRIPTS[int(digit)] for digit in str(value))


def notes(comparison: Comparison, at: Sequence[int]) -> tuple[str, ...]:
    """Return what is doubtful about some columns, and everything that their numbers depend on."""
    signatures = dict.fromkeys(comparison.headings[i].signature for i in at)
    paired = zip(comparison.rows, comparison.cells, strict=True)
    warnings = [line for row, cells in paired for line in _warned(row, cells)]
    return (
        *(f"NOT COMPARABLE, shown all the same: {d}" for d in comparison.differences),
        *(f"warning: {text}" for text in (*comparison.failed_checks, *warnings)),
        *(note for row in comparison.rows for note in _cuts(row, len(comparison.articles))),
        f"corpus {comparison.corpus}, {len(comparison.articles)} articles, "
        f"fingerprint {comparison.fingerprint[:12]}",
        *signatures,
        f"statistics|resamples:{RESAMPLES}|seed:{SEED}|test:sign-flip|correction:holm|v:1",
    )


def _warned(row: Row, cells: Sequence[Cell]) -> Iterator[str]:
    """Yield the commonest warnings about a row, each once however many columns have it."""
    found = {what: (n, cell.scored) for cell in cells for what, n in cell.warnings.items()}
    ordered = sorted(found.items(), key=lambda warning: -warning[1][0])
    for what, (n, scored) in ordered[:_MOST_REASONS]:
        yield f"{row.name}: {n} of {scored} summaries: {what}"
    if rest := ordered[_MOST_REASONS:]:
        yield f"{row.name}: {len(rest)} other warnings"


def _cuts(row: Row, articles: int) -> Iterator[str]:
    """Yield what limits took from a candidate: what it never read, and what it could not finish."""
    if row.articles_cut:
        yield f"{row.name} read only the beginning of {row.articles_cut} of {articles} articles"
    if row.summaries_cut:
        yield f"{row.name}: a limit ended {row.summaries_cut} of {row.written} summaries"
