"""A folder of articles, outputs and judgements as JSON lines, the layout of one's own data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from harness.benchmarks._read import SPLITS, Record, records
from harness.errors import InputError, nearest
from harness.records import Article, Judgement, Span

TAKEN = {"id", "system", "summary", "spans", "errors", "split", "group", "pair"}
"""Fields of a judgement that are no dimension."""


def articles(path: Path) -> dict[str, Article]:
    """Return the articles of a file by id: ``id``, ``text``, and ``references`` if there are."""
    found: dict[str, Article] = {}
    for record in records(path):
        name = record.text("id")
        if name in found:
            raise record.wrong("id", "an id of its own: another article above has it")
        references = record.texts("references") if record.has("references") else ()
        found[name] = Article(name, record.text("text", "document"), references)
    return found


def article(record: Record, known: dict[str, Article], *names: str) -> Article:
    """Return the article that a record names; raise InputError where there is none."""
    field, name = record.named(*(names or ("id",)))
    if name not in known:
        msg = f"{record.where}: the field {field!r}: there is no article {name!r}."
        raise InputError(f"{msg} {nearest(name, known)}")
    return known[name]


def _outputs(folder: Path) -> dict[tuple[str, str], str]:
    """Return what every system wrote, by system (the file's name) and article."""
    found: dict[tuple[str, str], str] = {}
    for path in sorted(folder.glob("*.jsonl*")):
        for record in records(path):
            key = path.name.partition(".jsonl")[0], record.text("id")
            if key in found:
                raise record.wrong("id", f"an id of its own: {key[0]} has a summary of it above")
            found[key] = record.text("summary")
    return found


@dataclass(frozen=True, slots=True)
class Folder:
    """``articles.jsonl``, ``outputs/SYSTEM.jsonl`` and ``judgements.jsonl``.

    ``bounds`` are the lowest and highest value of dimensions that every judgement must have.
    """

    path: Path
    bounds: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def judgements(self) -> Iterator[Judgement]:
        """Yield the judgements in order, each with its article and its summary."""
        known = articles(self.path / "articles.jsonl")
        written = _outputs(self.path / "outputs")
        kinds: dict[str, bool] = {}
        for record in records(self.path / "judgements.jsonl"):
            for name, ends in self.bounds.items():
                record.number(name, *ends)
            system = record.text("system") if record.has("system") else None
            about = article(record, known)
            yield _judgement(record, about, system, _summary(record, written, system), kinds)


def _summary(record: Record, written: dict[tuple[str, str], str], system: str | None) -> str:
    if record.has("summary"):
        return record.text("summary")
    key = (record.text("system"), record.text("id"))
    if key not in written:
        msg = (
            f"{record.where}: there is no field 'summary', and outputs/{system}.jsonl holds no "
            f"summary of the 'id' {key[1]!r}. Write it into either."
        )
        raise InputError(msg)
    return written[key]


def _judgement(
    record: Record, about: Article, system: str | None, summary: str, kinds: dict[str, bool]
) -> Judgement:
    dimensions = [name for name in record.data if name not in TAKEN and record.has(name)]
    labels = {n: record.flag(n) for n in dimensions if isinstance(record.data[n], bool)}
    lists = {n: record.numbers(n) for n in dimensions if isinstance(record.data[n], list)}
    plain = [n for n in dimensions if n not in labels and n not in lists]
    if not dimensions:
        msg = f"{record.where}: no judgement. Add a field with a number, or true or false."
        raise InputError(msg)
    for name in dimensions:
        if kinds.setdefault(name, name in labels) != (name in labels):
            raise record.wrong(name, "true or false" if kinds[name] else "a number, as above")
    empty = next((n for n, said in lists.items() if not said), None)
    if empty is not None:
        raise record.wrong(empty, "a list of at least one number")
    means = {n: sum(said) / len(said) for n, said in lists.items()}
    return Judgement(
        about,
        summary,
        system,
        human={n: record.number(n) for n in plain} | means,
        labels=labels,
        spans=_spans(record, summary) if record.has("spans") else None,
        errors=record.texts("errors") if record.has("errors") else (),
        ratings={n: (tuple(said),) for n, said in lists.items()},
        split=_split(record) if record.has("split") else None,
        group=record.text("group") if record.has("group") else None,
        pair=record.text("pair") if record.has("pair") else None,
    )


def _split(record: Record) -> str:
    value = record.text("split")
    if value not in SPLITS:
        raise record.wrong("split", "validation or test")
    return SPLITS[value]


def _spans(record: Record, summary: str) -> tuple[Span, ...]:
    return tuple(
        span(part, "start", "end", summary, part.text("type") if part.has("type") else None)
        for part in record.records("spans")
    )


def span(record: Record, start: str, end: str, summary: str, kind: str | None) -> Span:
    """Return a marked stretch; raise InputError where it does not lie within the summary."""
    first = record.number(start, 0, len(summary))
    return Span(int(first), int(record.number(end, first, len(summary))), kind)
