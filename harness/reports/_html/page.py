"""The page as one text: template, style, script and data, under a policy that allows no others."""

import base64
import hashlib
import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from harness.records import JSON

SCRIPTS = (
    "core.js",
    "table.js",
    "plots.js",
    "pairs.js",
    "scatter.js",
    "overlap.js",
    "texts.js",
    "choosing.js",
    "reading.js",
    "start.js",
)
"""In the order in which they are joined into one module; a later one may use an earlier one."""


def page(data: Mapping[str, JSON], words: Mapping[str, Any]) -> str:
    """Return the page with some data for its script and some words for its template."""
    from jinja2 import Environment, StrictUndefined

    style = _read("style.css")
    script = "\n".join(map(_read, SCRIPTS))
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.from_string(_read("page.html")).render(
        words, policy=_policy(style, script), style=style, script=script, data=embedded(data)
    )


def embedded(data: JSON) -> str:
    r"""Return JSON that can stand in a script element: nothing in it ends or opens an element.

    >>> embedded(["</script>"])
    '["\\u003c/script>"]'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c")


def _policy(style: str, script: str) -> str:
    """Return a content security policy: this style and this script, and nothing from anywhere."""
    return (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
