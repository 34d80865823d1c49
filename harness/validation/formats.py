"""The formats in which validations are written; one function writes each."""

import json
from collections.abc import Callable, Mapping, Sequence

from harness.errors import UsageError, nearest
from harness.validation import html, latex, table, told
from harness.validation.run import Validation


def _as_json(found: Sequence[Validation]) -> str:
    return json.dumps([told.as_json(one) for one in found], indent=1, ensure_ascii=False) + "\n"


def _plain(found: Sequence[Validation]) -> str:
    return "\n".join(map(told.plain, found))


def _markdown(found: Sequence[Validation]) -> str:
    return "\n".join(map(told.markdown, found))


def _latex(found: Sequence[Validation]) -> str:
    return "\n".join(map(latex.tables, found))


FORMATS: Mapping[str, Callable[[Sequence[Validation]], str]] = {
    "terminal": _plain,
    "markdown": _markdown,
    "latex": _latex,
    "csv": table.csv_lines,
    "json": _as_json,
    "html": html.page,
}


def checked(form: str) -> str:
    """Return the name of a format; raise UsageError where there is no such one."""
    if form not in FORMATS:
        msg = f"A validation is not written as {form!r}. {nearest(form, FORMATS)}"
        raise UsageError(msg)
    return form


def written(found: Sequence[Validation], form: str) -> str:
    """Return validations in a format, ending with a newline."""
    return FORMATS[checked(form)](found)
