"""Which field of a record holds what: as told, or by the names that published data sets use.

A guess is never a choice: where two well-known names stand in one record, the reader says so and
asks. ``None`` means "guess", an empty name "there is none".
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from harness.errors import InputError, nearest

KNOWN: Mapping[str, tuple[str, ...]] = {
    "text": (
        *("text", "article", "document", "dialogue", "story", "body", "content", "report"),
        *("transcript", "source_text", "article_text", "full_text", "maintext", "news"),
    ),
    "references": (
        *("references", "reference", "summary", "summaries", "highlights", "target", "targets"),
        *("abstract", "tldr", "reference_summary", "reference_summaries", "human_summaries"),
        *("gold", "gold_summary", "summary_text"),
    ),
    "id": (
        *("id", "guid", "doc_id", "docid", "article_id", "document_id", "story_id", "example_id"),
        *("uid", "uuid", "hash", "hashval", "bbcid"),
    ),
    "title": ("title", "headline"),
    "published": ("published", "published_summary", "ai_summary"),
    "cluster": ("cluster", "cluster_id"),
}
"""By role: the names under which it is found, letters' case aside.

cnn_dailymail: article, highlights, id. xsum: document, summary, id. samsum: dialogue, summary, id.
multi_news: document, summary. billsum: text, summary, title. arxiv-summarization and
scientific_papers: article, abstract.
"""

ASKS = {
    "text": "the article's text",
    "references": "references",
    "id": "ids",
    "title": "titles",
    "published": "the pages' AI summaries",
    "cluster": "clusters",
}
_NUMBERED = re.compile(r"(reference|summary|ref|highlights)_?(\d{1,3})", re.I)


class Wanted(Protocol):
    """What a reader of records is told about their fields; its own fields of these names."""

    @property
    def text(self) -> str | None:
        """Return the field of the article's text."""
        ...

    @property
    def references(self) -> str | tuple[str, ...] | None:
        """Return the field or fields of the references."""
        ...

    @property
    def id(self) -> str | None:
        """Return the field of the id."""
        ...

    @property
    def title(self) -> str | None:
        """Return the field of the headline."""
        ...

    @property
    def published(self) -> str | None:
        """Return the field of the page's AI summary."""
        ...

    @property
    def cluster(self) -> str | None:
        """Return the field of the cluster."""
        ...


@dataclass(frozen=True, slots=True)
class Fields:
    """The names of a record's fields by role; every role but the text's may have none."""

    text: str
    references: tuple[str, ...] = ()
    id: str | None = None
    title: str | None = None
    published: str | None = None
    cluster: str | None = None


class Chooser:
    """Chooses the fields of one record after another, the same ones throughout."""

    def __init__(self, wanted: Wanted) -> None:
        self._told = {role: _names(getattr(wanted, role)) for role in KNOWN}
        self._unseen = {(role, name) for role, told in self._told.items() for name in told or ()}
        self._settled: dict[str, tuple[tuple[str, ...], str]] = {}
        self._known: dict[tuple[str, ...], Fields] = {}

    def fields(self, keys: Iterable[str], where: str) -> Fields:
        """Return the fields of a record with these keys; ``where`` begins a refusal."""
        keys = tuple(keys)
        if keys not in self._known:
            self._known[keys] = self._choose(keys, where)
        return self._known[keys]

    def _choose(self, keys: tuple[str, ...], where: str) -> Fields:
        names = {role: self._role(role, keys, where) for role in KNOWN}
        if not names["text"]:
            msg = (
                f"{where}: no field is known to hold the article's text. The fields are: "
                f"{', '.join(keys) or 'none'}. Say which: text='...'."
            )
            raise InputError(msg)
        single = {role: (found[0] if found else None) for role, found in names.items()}
        return Fields(
            text=names["text"][0],
            references=names["references"],
            id=single["id"],
            title=single["title"],
            published=single["published"],
            cluster=single["cluster"],
        )

    def _role(self, role: str, keys: tuple[str, ...], where: str) -> tuple[str, ...]:
        told = self._told[role]
        if told is not None:
            self._unseen -= {(role, name) for name in keys}
            return _present(role, told, keys, where)
        found = _guess(role, keys, where)
        if role in ("text", "id") or found:
            before, first = self._settled.setdefault(role, (found, where))
            if before != found:
                raise _changed(role, found, before, where, first)
        return found

    def finish(self, what: str) -> None:
        """Refuse a field that was named and that no record of the corpus ``what`` had."""
        if self._known and self._unseen:
            role, name = min(self._unseen)
            known = {key for keys in self._known for key in keys}
            msg = f"{what}: no record has the field {name!r} ({role}=). {nearest(name, known)}"
            raise InputError(msg)


def _names(told: str | Sequence[str] | None) -> tuple[str, ...] | None:
    if isinstance(told, str):
        return (told,) if told else ()
    return None if told is None else tuple(told)


def _present(
    role: str, told: tuple[str, ...], keys: tuple[str, ...], where: str
) -> tuple[str, ...]:
    """Return the fields that were named; a record need not have those of references."""
    missing = [name for name in told if name not in keys]
    if missing and role in ("text", "id"):
        msg = f"{where}: there is no field {missing[0]!r} ({role}=). {nearest(missing[0], keys)}"
        raise InputError(msg)
    return tuple(name for name in told if name in keys)


def _guess(role: str, keys: tuple[str, ...], where: str) -> tuple[str, ...]:
    found: list[tuple[str, ...]] = [(key,) for key in keys if key.casefold() in KNOWN[role]]
    if role == "references":
        found = _with_numbered(found, keys)
    if len(found) > 1:
        names = [" + ".join(group) for group in found]
        msg = (
            f"{where}: the fields {' and '.join(names)} may both hold {ASKS[role]}. "
            f"Say which: {role}={found[0][0]!r}"
            + (f", or none: {role}=''." if role != "text" else ".")
        )
        raise InputError(msg)
    return found[0] if found else ()


def _with_numbered(found: list[tuple[str, ...]], keys: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Join ``reference``, ``reference_2``, ``reference_3`` into one group, by number."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for key in keys:
        match = _NUMBERED.fullmatch(key)
        if match:
            groups.setdefault(match[1].casefold(), []).append((int(match[2]), key))
    plain = {group[0].casefold(): group[0] for group in found}
    joined = [
        tuple(([plain[stem]] if stem in plain else []) + [key for _, key in sorted(numbered)])
        for stem, numbered in groups.items()
    ]
    return [group for group in found if group[0].casefold() not in groups] + joined


def _changed(
    role: str, found: tuple[str, ...], before: tuple[str, ...], where: str, first: str
) -> InputError:
    end = "." if role == "text" else f", or say none: {role}=''."
    if not found:
        old = " + ".join(before)
        msg = f"{where}: no field {old!r}, which holds {ASKS[role]} at {first}. Give every row one"
        return InputError(msg + end)
    then = f"in {' + '.join(before)}" if before else "nowhere"
    return InputError(
        f"{where}: {ASKS[role]} would be in {' + '.join(found)} here but {then} at {first}. "
        f"Use one name throughout{end}"
    )
