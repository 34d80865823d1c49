"""A validation in words: for the terminal, as Markdown, and as values for JSON."""

from collections.abc import Sequence
from dataclasses import asdict

from harness.benchmarks._hub import on_hub
from harness.benchmarks._part import OnHub
from harness.records import JSON
from harness.spec import show
from harness.stats.letters import letter
from harness.validation.run import Table, Validation
from harness.validation.sheets import Sheet, sheets


def notes(found: Validation) -> list[str]:
    """Return what every table of a validation stands on."""
    p = found.points
    systems = f" by {len(p.systems)} systems" if p.systems else ""
    drawn = {"both": "articles and systems", "articles": "articles", "systems": "systems"}
    data = _data(found)
    from_hub = "" if data is None else f"; read from the data set {data}"
    signatures = [metric.signature() for metric in found.metrics]
    return [
        f"{len(p.judged)} summaries{systems} of {len(set(p.article.tolist()))} articles; "
        f"{found.benchmark.citation}{from_hub}",
        f"[low, high]: 95 % of {found.resamples} resamples of {drawn[found.resampled]}, "
        f"seed {found.seed}",
        "beats: rows shown to agree better, after Holm; system level by Williams' test of r, the "
        "others by a paired permutation test of rho",
        "↓ lower is better, so the sign was turned; * a cheap rival that nobody asked for",
        *signatures,
    ]


def _data(found: Validation) -> str | None:
    """Return which data set of the hub was read, at which revision, None for files."""
    benchmark = found.benchmark
    copy = on_hub(benchmark.path, benchmark.hub) if isinstance(benchmark, OnHub) else None
    return None if copy is None else str(copy)


def plain(found: Validation) -> str:
    """Return the tables in columns of fixed width."""
    parts = []
    for sheet in sheets(found):
        table = [sheet.header, *sheet.rows]
        widths = [max(len(row[i]) for row in table) for i in range(len(sheet.header))]
        lines = [
            "  ".join([row[0].ljust(widths[0]), *_right(row[1:], widths[1:])]).rstrip()
            for row in table
        ]
        parts.append("\n".join([sheet.title, *lines, *(f"  {note}" for note in sheet.notes)]))
    return "\n\n".join([*parts, "\n".join(notes(found))]) + "\n"


def _right(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [cell.rjust(width) for cell, width in zip(cells, widths, strict=True)]


def markdown(found: Validation) -> str:
    """Return the tables in GitHub's Markdown."""
    parts = [marked(sheet) for sheet in sheets(found)]
    return "\n\n".join([*parts, "\n".join(f"- {escape(n)}" for n in notes(found))]) + "\n"


def marked(sheet: Sheet) -> str:
    """Return one table in Markdown, its title in bold."""
    rule = ("---", *["---:"] * (len(sheet.header) - 1))
    rows = [tuple(map(escape, sheet.header)), rule, *(tuple(map(escape, r)) for r in sheet.rows)]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    told = [f"*{escape(note)}*" for note in sheet.notes]
    return "\n\n".join([f"**{escape(sheet.title)}**", "\n".join(lines), *told])


def escape(text: str) -> str:
    """Return a text without any sign that Markdown would read."""
    for sign in "\\|*_<>[]`":
        text = text.replace(sign, "\\" + sign)
    return text.replace("\n", " ")


def as_json(found: Validation) -> dict[str, JSON]:
    """Return everything: numbers unrounded, and null where there is none."""
    p = found.points
    return {
        "format": 1,
        "benchmark": show(found.benchmark),
        "part": found.part,
        "hub": _data(found),
        "citation": found.benchmark.citation,
        "summaries": len(p.judged),
        "articles": len(set(p.article.tolist())),
        "systems": list(p.systems),
        "resampled": found.resampled,
        "resamples": found.resamples,
        "seed": found.seed,
        "thresholds": found.folds,
        "metrics": [{"spec": show(m), "signature": m.signature()} for m in found.metrics],
        "costs": {n: asdict(c) | {"per_thousand": c.per_thousand} for n, c in found.costs.items()},
        "rows": [
            {
                "letter": letter(i),
                "name": row.name,
                "metric": row.metric,
                "better": row.better,
                "rival": row.rival,
            }
            for i, row in enumerate(p.rows)
        ],
        "dimensions": [_dimension(table) for table in found.tables],
        "spans": {name: asdict(counts) for name, counts in found.spans.items()},
        "people": [asdict(one) for one in found.people],
    }


def _dimension(table: Table) -> dict[str, JSON]:
    return {
        "name": table.labels.name,
        "binary": table.labels.binary,
        "agreement": [
            {f"{level}/{name}": asdict(a) for (level, name), a in one.items()}
            for one in table.agreements
        ],
        "pairs": {
            level: [
                {"first": int(a), "second": int(b), "p": float(p), "adjusted": float(adjusted)}
                for a, b, p, adjusted in zip(
                    t.pairs.first, t.pairs.second, t.p[:, 0], t.adjusted[:, 0], strict=True
                )
            ]
            for level, t in table.tests.items()
        },
        "detection": [None if d is None else asdict(d) for d in table.detections],
        "pairwise": [None if a is None else asdict(a) for a in table.pairwise],
    }
