"""Measure summarisers: exact ROUGE, runs that are kept, comparisons one can trust.

import harness

done = harness.evaluate("references/newsroom", ["lead", "textrank"], ["rouge", "length"])
print(harness.compare(done.runs))
"""

from typing import TYPE_CHECKING

__version__ = "0.1.0"
__all__ = ["__version__", "compare", "evaluate", "score"]

if TYPE_CHECKING:
    from harness.api import compare, evaluate, score


def __getattr__(name: str) -> object:
    """Load the API when it is first used, so that ``import harness`` costs nothing."""
    if name in {"compare", "evaluate", "score"}:
        from harness import api

        return getattr(api, name)
    msg = f"module 'harness' has no attribute {name!r}"
    raise AttributeError(msg)
