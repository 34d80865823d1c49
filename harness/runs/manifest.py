"""run.json and corpus.json: what they hold, and what is said when they do not."""

import hashlib
import json
import math
import re
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from harness.errors import RunError
from harness.records import Column
from harness.runs.disk import read_bytes, write_text

FORMAT = 1
"""Version of the layout; a reader refuses a higher one and says so."""

_MOST = 16 * 2**20
"""Bytes of a record at most: a run of a hundred metrics has a hundredth of it."""
_FOLDER = re.compile(r"[^./\\\s][^/\\]*")
"""A name that leads nowhere but into the folder that it is in."""

Status = Literal["running", "complete", "interrupted", "failed"]


class NewerFormatError(RunError):
    """A record is of a newer version of harness: nothing is wrong with it."""


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    format: int = FORMAT

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the document at ``path``; raise RunError saying what is wrong with it."""
        raw = _raw(path)
        raw.pop("checksum", None)
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
        """Write the document whole, with a checksum of what it says."""
        raw = self.model_dump(mode="json")
        write_text(path, _pretty(raw | {"checksum": _checksum(raw)}))


def is_intact(path: Path) -> bool:
    """Tell whether a document says what it said when it was written; an edited one does not."""
    raw = _raw(path)
    return bool(raw.pop("checksum", None) == _checksum(raw))


def _pretty(raw: dict[str, Any]) -> str:
    return json.dumps(raw, indent=2, ensure_ascii=False) + "\n"


def _checksum(raw: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(raw, sort_keys=True).encode()).hexdigest()[:16]


def _raw(path: Path) -> dict[str, Any]:
    try:
        raw = json.loads(read_bytes(path, _MOST).decode("utf-8"), parse_constant=_refuse)
    except FileNotFoundError:
        msg = f"{path} is missing: the folder is no kept run, or part of it was deleted."
        raise RunError(msg) from None
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror or error}. Restore it, or delete the folder."
        raise RunError(msg) from error
    except (ValueError, RecursionError) as error:
        msg = f"{path} cannot be read: {error}. Restore it, or delete the folder."
        raise RunError(msg) from None
    if not isinstance(raw, dict):
        msg = f"{path} is damaged: it is no JSON object. Restore it, or delete the folder."
        raise RunError(msg)
    if isinstance(raw.get("format"), int) and raw["format"] > FORMAT:
        msg = (
            f"{path} has format {raw['format']}; this harness reads up to {FORMAT}. "
            "It was written by a newer version: upgrade harness to read it."
        )
        raise NewerFormatError(msg)
    return raw


def _refuse(constant: str) -> None:
    msg = f"{constant} is no number that a record has"
    raise ValueError(msg)


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

    @field_validator("columns")
    @classmethod
    def _usable(cls, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        """Refuse columns that no table could show."""
        taken = {"article", "unscored", "warning", "details"}
        for column in columns:
            if not column.name.isprintable() or column.name in taken:
                msg = f"{column.name!r} is no name of a column, or there are two of it"
                raise ValueError(msg)
            numbers = [n for n in (column.low, column.high, column.scale) if n is not None]
            sound = all(map(math.isfinite, numbers)) and 0 <= column.digits <= 20
            if column.better not in {None, "higher", "lower"} or not sound:
                msg = f"the column {column.name!r} cannot be shown"
                raise ValueError(msg)
            taken.add(column.name)
        return columns


class RunRecord(_Document):
    """Everything about a run but its texts and numbers."""

    id: str
    name: str
    spec: str
    signature: str
    key: str = Field(pattern=r"^[0-9a-f]{16,128}$")
    status: Status
    reason: str | None = None
    corpus: CorpusRecord
    batch: int = Field(ge=1)
    metrics: dict[str, MetricRecord] = {}
    """By the name of the metric's folder."""
    created: str
    finished: str | None = None
    environment: dict[str, str]

    @field_validator("name")
    @classmethod
    def _readable(cls, name: str) -> str:
        """Refuse a name that a terminal would not show as it is."""
        if not name.strip() or not name.isprintable():
            msg = f"{name!r} is no name of a candidate"
            raise ValueError(msg)
        return name

    @field_validator("metrics")
    @classmethod
    def _inside(cls, metrics: dict[str, MetricRecord]) -> dict[str, MetricRecord]:
        """Refuse a folder that lies anywhere but in the run."""
        for folder in metrics:
            if not _FOLDER.fullmatch(folder) or not folder.isprintable():
                msg = f"{folder!r} is no folder of a metric"
                raise ValueError(msg)
        return metrics
