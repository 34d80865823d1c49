"""run.json and corpus.json: what they hold, and what is said when they do not."""

import json
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from harness.errors import RunError
from harness.records import Column
from harness.runs.disk import write_text

FORMAT = 1
"""Version of the layout; a reader refuses a higher one and says so."""

Status = Literal["running", "complete", "interrupted", "failed"]


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int = FORMAT

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the document at ``path``; raise RunError saying what is wrong with it."""
        try:
            raw = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            msg = f"{path} is missing: the folder is no kept run, or part of it was deleted."
            raise RunError(msg) from None
        except (OSError, ValueError, RecursionError) as error:
            msg = f"{path} cannot be read: {error}. Restore it, or delete the folder."
            raise RunError(msg) from None
        if isinstance(raw, dict) and isinstance(raw.get("format"), int) and raw["format"] > FORMAT:
            msg = (
                f"{path} has format {raw['format']}; this harness reads up to {FORMAT}. "
                "It was written by a newer version: upgrade harness to read it."
            )
            raise RunError(msg)
        try:
            return cls.model_validate(raw)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"]))
            msg = (
                f"{path} is damaged at {where!r}: {first['msg']}. Restore it, or delete the folder."
            )
            raise RunError(msg) from None

    def save(self, path: Path) -> None:
        """Write the document whole."""
        write_text(path, self.model_dump_json(indent=2) + "\n")


class CorpusRecord(_Document):
    """What is known of a corpus: ``spec`` as it was named, and what it held."""

    name: str
    spec: str
    fingerprint: str
    articles: int = Field(ge=1)
    references: int
    """The most references that any article has."""
    referenced: int
    """How many articles have at least one."""
    words: int
    """Words of all articles together."""


class MetricRecord(_Document):
    """A metric that was computed for a run."""

    spec: str
    signature: str
    columns: tuple[Column, ...]
    check: str | None = None
    """What the numbers were held against, once all are there."""


class RunRecord(_Document):
    """Everything about a run but its texts and numbers."""

    id: str
    name: str
    spec: str
    signature: str
    key: str
    status: Status
    reason: str | None = None
    corpus: CorpusRecord
    batch: int = Field(ge=1)
    metrics: dict[str, MetricRecord] = {}
    """By the name of the metric's folder."""
    created: str
    finished: str | None = None
    environment: dict[str, str]
