"""A comparison as one HTML page that needs nothing else: to sort, to see and to read.

The page opens from disk without network. What it shows is described in docs/report.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from harness.analysis import analyse
from harness.comparison import Comparison
from harness.errors import UsageError
from harness.parts import Report
from harness.reports._html.data import numbers
from harness.reports._html.page import page
from harness.reports._html.texts import texts
from harness.reports._table import Sheet, sheet, shown


@dataclass(frozen=True, slots=True)
class Html:
    """All columns and the texts; the table begins with ``columns``, or with the headlines.

    ``articles`` is the most articles that there are to read: evenly spaced over the corpus where it
    holds more. Every number is of all articles.
    """

    columns: tuple[str, ...] | None = None
    articles: int = 100

    def __post_init__(self) -> None:
        """Refuse a number of articles below none."""
        if self.articles < 0:
            msg = f"html(articles={self.articles}): it must be 0, for none to read, or more."
            raise UsageError(msg)

    def write(self, comparison: Comparison) -> str:
        """Return the page."""
        at = shown(comparison, self.columns)
        headlines = shown(comparison, None)
        readable = list(dict.fromkeys((*at, *headlines)))
        data = numbers(analyse(comparison), at)
        data["reading"] = {
            "columns": readable,
            "articles": texts(comparison, self.articles, readable),
        }
        return page(data, _words(comparison, sheet(comparison, self.columns)))


def _words(comparison: Comparison, told: Sheet) -> Mapping[str, Any]:
    """Return what the template says."""
    return {
        "corpus": comparison.corpus,
        "articles": len(comparison.articles),
        "rows": comparison.rows,
        "baseline": told.baseline,
        "alarms": (*comparison.differences, *comparison.failed_checks),
        "unscored": _unscored(comparison),
        "explanation": told.explanation,
        "notes": told.notes,
        "headings": comparison.headings,
    }


def _unscored(comparison: Comparison) -> list[tuple[str, int, str, str]]:
    """Return (row, summaries, reason, columns) of what has no score, a reason once per row."""
    found: dict[tuple[str, int, str], list[str]] = {}
    for row, cells in zip(comparison.rows, comparison.cells, strict=True):
        for heading, cell in zip(comparison.headings, cells, strict=True):
            for reason, n in cell.unscored.items():
                found.setdefault((row.name, n, reason), []).append(heading.column.name)
    every = len(comparison.headings)
    return [
        (*key, "all" if len(columns) == every else ", ".join(columns))
        for key, columns in found.items()
    ]


REPORT: type[Report] = Html
