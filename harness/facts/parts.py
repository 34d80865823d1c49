"""What every check promises, and how checks are found: a new check is a new file in `checks/`."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from typing import ClassVar, Literal, Protocol

from harness.facts import checks as folder
from harness.facts.claims import Claim, ClaimType
from harness.facts.view import AlignedSummary

Need = Literal["case", "english"]
"""What a text must have for a check to apply: capitals that mark names; the English language."""


class Check(Protocol):
    """One way of finding errors: a frozen value without fields that depend on a text."""

    types: ClassVar[tuple[ClaimType, ...]]
    """The types of claim it yields."""
    needs: ClassVar[frozenset[Need]]
    """What article and summary must have for it to apply."""
    quiet: ClassVar[bool]
    """Whether it is off unless asked for."""

    def claims(self, summary: AlignedSummary) -> Iterator[Claim]:
        """Yield every claim it can check, flagged or not, in any order."""
        ...


@cache
def checks() -> Mapping[str, Check]:
    """Return every check by its name, which is its file's name, sorted."""
    names = sorted(m.name for m in pkgutil.iter_modules(folder.__path__) if m.name[0] != "_")
    return {name: importlib.import_module(f"{folder.__name__}.{name}").CHECK for name in names}
