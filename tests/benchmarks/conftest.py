"""Folders in the layouts of published sets, with made-up texts."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from harness import spec
from harness.errors import InputError
from harness.records import Judgement

Write = Callable[[str, Sequence[dict[str, Any]]], Path]
Read = Callable[..., list[Judgement]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes records as JSON lines, or as one list for .json."""

    def put(name: str, rows: Sequence[dict[str, Any]]) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        path.write_text(json.dumps(rows) if path.suffix == ".json" else lines)
        return path

    return put


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return a function that reads the judgements of a benchmark from the test's folder."""

    def judgements(name: str, **arguments: Any) -> list[Judgement]:
        call = spec.Call(name, {"path": str(tmp_path)} | arguments)
        return list(spec.build("benchmarks", call).judgements())

    return judgements


@pytest.fixture
def refusal(read: Read) -> Callable[..., str]:
    """Return a function that reads a benchmark and returns what it refused."""

    def said(name: str, **arguments: Any) -> str:
        with pytest.raises(InputError) as error:
            read(name, **arguments)
        return str(error.value)

    return said
