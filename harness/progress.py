"""Progress of long work: a bar on a terminal, silence in a pipe."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

Advance = Callable[[int], None]


class Progress(Protocol):
    """Something that can show how far a piece of work is."""

    def __call__(self, label: str, total: int) -> AbstractContextManager[Advance]:
        """Begin a piece of ``total`` steps; the block gets a function that reports steps done."""
        ...


@contextmanager
def silent(label: str, total: int) -> Iterator[Advance]:  # noqa: ARG001 - the protocol's arguments
    """Show nothing."""
    yield lambda _: None


@contextmanager
def on_terminal(label: str, total: int) -> Iterator[Advance]:
    """Show a bar on standard error, if that is a terminal; it goes away when the work is done."""
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Bar(
        *columns,
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as bar:
        task = bar.add_task(label, total=total)
        yield lambda steps: bar.advance(task, steps)
