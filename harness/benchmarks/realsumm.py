"""REALSumm (Bhandari, Gour, Ashfaq, Liu and Neubig, EMNLP 2020): content recalled, by 24 systems.

``litepyramid_recall`` in [0, 1]: the share of the reference's content units that people found in
the summary. Two layouts are read:

- ``articles.jsonl``, ``outputs/SYSTEM.jsonl`` and ``judgements.jsonl``, as for ``own``;
- as published, ``scores_dicts/abs.pkl`` and ``ext.pkl``. They hold no article, so
  ``articles.jsonl`` (``id``, the pickles' ``doc_id``, and ``text``) must stand beside them. The
  pickles are read without running anything in them. ``bart_out`` is in both files, with different
  scores of the same extractive summaries; that of ``ext.pkl`` is taken (issue 3 of the project).
"""

import io
import pickle
import pickletools
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from harness.benchmarks._folder import Folder, article, articles
from harness.benchmarks._part import Benchmark
from harness.benchmarks._read import Record, places
from harness.errors import InputError
from harness.files import read_bytes
from harness.records import Article, Judgement

DIMENSION = "litepyramid_recall"
_TWICE = "bart_out"


@dataclass(frozen=True, slots=True)
class RealSumm:
    """REALSumm from the folder ``path``, or from ``realsumm`` in it."""

    path: str

    size: ClassVar[str] = "100 articles x 24 systems"
    labels: ClassVar[str] = "content recall, 0 to 1"
    licence: ClassVar[str] = "CC BY 4.0; articles of CNN and Daily Mail apart"
    citation: ClassVar[str] = "Bhandari et al., EMNLP 2020"
    source: ClassVar[str] = "github.com/neulab/REALSumm"

    def judgements(self) -> Iterator[Judgement]:
        """Yield the judgements, system by system."""
        found = places(
            self.path,
            "judgements.jsonl",
            "realsumm/judgements.jsonl",
            "*.pkl",
            "scores_dicts/*.pkl",
            "realsumm/scores_dicts/*.pkl",
        )
        if found[0].suffix != ".pkl":
            yield from Folder(found[0].parent, {DIMENSION: (0.0, 1.0)}).judgements()
            return
        known = articles(_beside(found[0]))
        for path in found:
            for record in _scored(path):
                yield from _published(record, known, path.stem)


def _beside(path: Path) -> Path:
    near = [folder / "articles.jsonl" for folder in (path.parent, path.parent.parent)]
    for place in near:
        if place.is_file():
            return place
    msg = (
        f"There is no {near[0]}. The published pickles hold no article: put the articles there, "
        "one object a line with 'id' (their doc_id) and 'text'."
    )
    raise InputError(msg)


class _Kind:
    """The type of a number, as numpy writes it."""

    def __init__(self, code: str, *_: object) -> None:
        """Take the type's short name."""
        self.code = code

    def __setstate__(self, state: object) -> None:
        """Pass over the order of bytes: published files have the usual one."""


_CODES = {"f8": "<d", "f4": "<f", "i8": "<q", "i4": "<i"}


def _scalar(kind: _Kind, data: bytes) -> float:
    return float(struct.unpack(_CODES[kind.code], data)[0])


_STAND_INS = {"dtype": _Kind, "scalar": _scalar}


class _Plain(pickle.Unpickler):
    """Reads a pickle of dictionaries, lists, texts and numbers, and nothing that could run."""

    def find_class(self, module: str, name: str) -> Any:
        """Return what stands in for numpy's numbers; refuse whatever else is no plain value."""
        if module.partition(".")[0] == "numpy" and name in _STAND_INS:
            return _STAND_INS[name]
        msg = f"it names {module}.{name}, which is no plain value"
        raise pickle.UnpicklingError(msg)


def _scored(path: Path) -> list[Record]:
    raw = read_bytes(path)
    try:
        _check_room(raw)
        held = _Plain(io.BytesIO(raw)).load()
    except Exception as error:  # a damaged pickle can ask for anything, and fail in any way
        msg = f"{path} cannot be read as a plain pickle: {error!r}. Use the file as published."
        raise InputError(msg) from None
    if not isinstance(held, dict) or not all(isinstance(v, dict) for v in held.values()):
        msg = f"{path} holds no dictionary of articles. Use the file as published."
        raise InputError(msg)
    return [Record(f"{path}, article {key!r}", value) for key, value in held.items()]


def _check_room(raw: bytes) -> None:
    """Refuse a pickle that asks for more room than its own size, before any is taken."""
    for code, value, _ in pickletools.genops(raw):
        if "PUT" in code.name and isinstance(value, int) and value > len(raw):
            msg = f"it numbers a value {value}"
            raise pickle.UnpicklingError(msg)


def _published(record: Record, known: dict[str, Article], part: str) -> Iterator[Judgement]:
    about = article(record, known, "doc_id")
    about = Article(about.id, about.text, (_plain(record.text("ref_summ")),))
    systems = record.data.get("system_summaries")
    if not isinstance(systems, dict):
        raise record.wrong("system_summaries", "a dictionary of systems")
    for name, held in systems.items():
        system = str(name).removesuffix(".txt")
        if part == "abs" and system == _TWICE:
            continue
        one = Record(f"{record.where}, system {system!r}", held if isinstance(held, dict) else {})
        scores = one.data.get("scores")
        if not isinstance(scores, dict):
            raise one.wrong("scores", "a dictionary of numbers")
        recall = Record(one.where, scores).number(DIMENSION, 0, 1)
        yield Judgement(about, _plain(one.text("system_summary")), system, {DIMENSION: recall})


def _plain(text: str) -> str:
    """Return a text whose sentences stood between <t> and </t>, with a line for each."""
    parts = (part.strip() for part in text.replace("<t>", "\n").replace("</t>", "\n").split("\n"))
    return "\n".join(part for part in parts if part)


BENCHMARK: type[Benchmark] = RealSumm
