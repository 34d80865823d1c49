"""A validation as one HTML page that needs nothing else: plots, every table, no script at all."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from harness.spec import show
from harness.validation.figures import figures
from harness.validation.run import Validation
from harness.validation.sheets import sheets
from harness.validation.told import notes


def page(found: Sequence[Validation]) -> str:
    """Return the page of validations that share their metrics."""
    from jinja2 import Environment, StrictUndefined

    style = _read("page.css")
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.from_string(_read("page.html")).render(
        policy=f"default-src 'none'; style-src {_hash(style)}; base-uri 'none'; form-action 'none'",
        style=style,
        metrics=[show(metric) for metric in found[0].metrics],
        parts=[_part(one) for one in found],
    )


def _part(found: Validation) -> Mapping[str, Any]:
    return {
        "name": found.name,
        "notes": notes(found),
        "dimensions": [(t.labels.name, list(figures(found, t))) for t in found.tables],
        "sheets": sheets(found),
    }


def _hash(text: str) -> str:
    """Return the source that a content security policy lets in: this text and no other."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
