"""What every kind of part promises: the protocols of corpora, summarisers, metrics and reports.

A part is a frozen dataclass whose fields are its parameters. It lives in one file of its kind's
folder, named as the file is, or in another package under the entry-point group of its kind.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal, Protocol, runtime_checkable

from harness.records import Article, Column, Doubt, Item, Opinion, Scores, Summary

if TYPE_CHECKING:
    from harness.comparison import Comparison
    from harness.filling import Filling, Watch

Need = Literal["references"]


class Corpus(Protocol):
    """A source of articles, read in a stream."""

    def articles(self) -> Iterator[Article]:
        """Yield the articles in order; raise InputError with file and line at the first bad one."""
        ...


class Summariser(Protocol):
    """A way of writing summaries."""

    batch: ClassVar[int]
    """Articles handed over in one call: what a killed run loses at most."""

    def signature(self) -> str:
        """Return all that can change what this writes, as text: algorithm, weights, versions."""
        ...

    def summarise(self, articles: Sequence[Article]) -> Sequence[Summary]:
        """Return one summary per article, in their order."""
        ...


@dataclass(frozen=True, slots=True)
class CorpusView:
    """What a candidate may know of the whole corpus before it begins.

    ``references`` is the most that any article has; ``limited`` says that a person asked for the
    first articles only.
    """

    ids: Sequence[str]
    references: int
    limited: bool = False


@runtime_checkable
class Expanding(Protocol):
    """A summariser that must see the corpus first, or that stands for several candidates."""

    def expand(self, corpus: CorpusView) -> Mapping[str, Summariser]:
        """Return the candidates by the end of their names; raise InputError where they misfit."""
        ...


@runtime_checkable
class Explained(Protocol):
    """A summariser that makes choices of its own, such as a model's lengths and beams."""

    def choices(self) -> Sequence[object]:
        """Return every setting in effect and what made it so; each prints itself."""
        ...


class Metric(Protocol):
    """A way of scoring summaries.

    One whose numbers may depend, in the last bit, on what is scored beside them declares the
    ``batch`` in which it is handed summaries. One that takes all cores by itself, and likewise a
    summariser, declares ``alone``.
    """

    needs: ClassVar[frozenset[Need]]

    def columns(self) -> tuple[Column, ...]:
        """Return the columns that every score of this metric has."""
        ...

    def signature(self) -> str:
        """Return everything that can change these numbers, as text."""
        ...

    def score(self, items: Sequence[Item]) -> Scores:
        """Score a batch; every item has a summary, and what ``needs`` names."""
        ...


@runtime_checkable
class Checked(Protocol):
    """A metric that can be held against an independent computation on a sample of its scores."""

    def check(self, items: Sequence[Item], scores: Scores) -> str:
        """Return what was checked, as text; raise CheckError where the numbers differ."""
        ...


@runtime_checkable
class Verifier(Protocol):
    """A metric that can also answer single claims: a second opinion on what was flagged."""

    def verify(self, doubts: Sequence[Doubt]) -> Sequence[Opinion]:
        """Return one opinion per doubt, in their order."""
        ...


@runtime_checkable
class Choosing(Protocol):
    """A report that shows some columns only: of the others, nothing need be read."""

    def shows(self, column: Column) -> bool:
        """Return whether a column is shown."""
        ...


class Report(Protocol):
    """A format in which a comparison is written."""

    def write(self, comparison: "Comparison") -> str:
        """Return the comparison in this format, ending with a newline."""
        ...


class Worksite(Protocol):
    """Where runs are filled, one after the other."""

    def fill(self, filling: "Filling", watch: "Watch") -> None:
        """Write all that is missing of a run; raise what its candidate or a metric raises."""
        ...


class Engine(Protocol):
    """A way of sharing out work; whichever is used, a run holds the same bytes."""

    def open(self) -> AbstractContextManager[Worksite]:
        """Make ready for the block, and clear up after it however it ends."""
        ...
