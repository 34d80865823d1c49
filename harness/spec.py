"""The one syntax that names a part with its parameters: ``rouge(stem=False)``.

A spec is a name, or a name with keyword arguments whose values are Python literals. It parses to
the part as a value and is printed back from it with only the arguments that differ from their
defaults, so that ``parse(kind, show(part)) == part``.
"""

import ast
import dataclasses
from dataclasses import dataclass
from typing import Any

from harness import plugins
from harness.errors import UsageError, nearest


@dataclass(frozen=True, slots=True)
class Call:
    """A spec before its part is looked up: a name and arguments."""

    name: str
    arguments: dict[str, Any]


def read(text: str) -> Call:
    """Parse the text of a spec without looking the name up."""
    text = text.strip()
    head = text.partition("(")[0].strip()
    if text == head and head.replace("-", "_").isidentifier():
        return Call(head.replace("-", "_"), {})
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise _malformed(text) from None
    if not (isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name)):
        raise _malformed(text)
    if tree.args:
        msg = f"The spec {text!r} has an argument without a name. Write name=value."
        raise UsageError(msg)
    arguments = {_key(text, k): _literal(text, k.value) for k in tree.keywords}
    if len(arguments) < len(tree.keywords):
        msg = f"The spec {text!r} gives an argument twice. Give each once."
        raise UsageError(msg)
    return Call(tree.func.id, arguments)


def _malformed(text: str) -> UsageError:
    return UsageError(
        f"{text!r} is no spec. Write a name, or a name with arguments: rouge(stem=False)."
    )


def _key(text: str, keyword: ast.keyword) -> str:
    if keyword.arg is None:
        raise _malformed(text)
    return keyword.arg


def _literal(text: str, node: ast.expr) -> object:
    try:
        value: object = ast.literal_eval(node)
        repr(value)  # a whole number of thousands of digits has no such form, and no use
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        said = ast.get_source_segment(text, node) or text
        msg = (
            f"In the spec {text!r}, {said} is no plain value. "
            "Allowed: text in quotes, numbers, True, False, None, and lists of these."
        )
        raise UsageError(msg) from None
    return value


def parse(kind: str, text: str) -> Any:
    """Return the part of ``kind`` that a spec names; raise UsageError saying what is wrong."""
    call = read(text)
    return build(kind, call)


def build(kind: str, call: Call) -> Any:
    """Return the part that a parsed spec names, its arguments checked against the part's fields."""
    from pydantic import TypeAdapter, ValidationError  # 0.07 s, not needed for --help

    part = plugins.find(kind, call.name)
    known = {f.name for f in dataclasses.fields(part) if f.init}
    for argument in call.arguments:
        if argument not in known:
            msg = f"{call.name} has no argument {argument!r}. {nearest(argument, known)}"
            raise UsageError(msg)
    try:
        return TypeAdapter(part).validate_python(call.arguments, strict=False)
    except ValidationError as error:
        raise UsageError(_explain(call, error.errors()[0])) from None


def _explain(call: Call, error: Any) -> str:
    field = ".".join(map(str, error["loc"]))
    if error["type"] in {"missing", "missing_argument"}:
        return f"{call.name} needs the argument {field!r}: {call.name}({field}=...)."
    what = f"{call.name}({field}={error['input']!r})" if field else call.name
    return f"{what} is not possible: {error['msg'].removeprefix('Value error, ')}."


def show(part: Any) -> str:
    """Return the spec of a part: its name and the arguments that differ from their defaults."""
    changed = [
        f"{f.name}={getattr(part, f.name)!r}"
        for f in dataclasses.fields(part)
        if f.init and getattr(part, f.name) != _default(f)
    ]
    return name_of(part) + (f"({', '.join(changed)})" if changed else "")


def _default(field: dataclasses.Field[Any]) -> object:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def name_of(part: Any) -> str:
    """Return the name under which a part is found: its file's, or its entry point's."""
    module = type(part).__module__
    if module.startswith("harness."):
        return module.rpartition(".")[2]
    return plugins.foreign_name(type(part)) or type(part).__name__.lower()
