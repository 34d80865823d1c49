"""Every reader against files in which one field went wrong: an answer, never a crash."""

import contextlib
import copy
import csv
import json
import math
import pickle
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness import spec
from harness.errors import InputError
from harness.records import Judgement

TEXT = "It rained all day."
DIMENSIONS = ("coherence", "consistency", "fluency", "relevance")
MARK = {"start": 3, "end": 9, "text": "snowed", "label_type": "Evident Conflict"}
PEOPLE = {"annotator_0": ["NoE"], "annotator_1": ["EntE", "OutE"], "annotator_2": ["NoE"]}
REALSUMM = {
    7: {
        "doc_id": 7,
        "ref_summ": "<t> a fire . </t>",
        "system_summaries": {
            "t5_out.txt": {"system_summary": "<t> x </t>", "scores": {"litepyramid_recall": 0.5}}
        },
    }
}
ARTICLES = [{"id": "7", "text": TEXT, "references": ["Rain."]}, {"id": "8", "document": TEXT}]
OWN = {"id": "7", "system": "a", "quality": 3, "true": True, "fluency": [1, 2.5], "pair": "p"}
OWN |= {"spans": [{"start": 0, "end": 2, "type": "t"}], "errors": ["e"], "split": "val"}
QAGS = {"sentence": TEXT, "responses": [{"worker_id": 1, "response": "yes"}]}
CLIFF = {"origin": "xsum", "doc": TEXT, "summ": TEXT, "model_name": "BART", "cut": "val"}
AGGREFACT = {"dataset": "CLIFF", "doc": TEXT, "summary": TEXT, "model_name": "m", "label": "1"}
XSUM = {"bbcid": "7", "system": "T", "summary": TEXT, "hallucination_type": "extrinsic"}
RAGTRUTH = {"source_id": "1", "model": "m", "labels": [MARK], "split": "train", "quality": "good"}
SUMMEVAL = {"id": "1", "model_id": "M0", "decoded": "Rain.", "text": TEXT, "references": ["Rain."]}
FRANK = {"hash": "1", "model_name": "m", "article": TEXT, "summary": TEXT, "reference": "Rain."}
SUMMEDITS = {"text": TEXT, "summary": "It snowed all day.", "consistent": False}
LAYOUTS: dict[str, tuple[str, dict[str, Any]]] = {
    "own": (
        "own",
        {
            "articles.jsonl": ARTICLES,
            "outputs/a.jsonl": [{"id": "7", "summary": "Rain."}, {"id": "8", "summary": "Rain."}],
            "judgements.jsonl": [OWN, OWN | {"id": "8", "summary": "Rain."}],
        },
    ),
    "realsumm": ("realsumm", {"articles.jsonl": ARTICLES, "scores_dicts/ext.pkl": REALSUMM}),
    "summeval": (
        "summeval",
        {
            "summeval.jsonl": [
                SUMMEVAL | {"expert_annotations": [dict.fromkeys(DIMENSIONS, 3)]},
                {"id": "1", "text": TEXT, "machine_summaries": ["a"], "human_summaries": ["b"]}
                | {name: [2.5] for name in DIMENSIONS},
            ]
        },
    ),
    "qags": (
        "qags",
        {
            "qags_cnndm.jsonl": [
                {"text": TEXT, "sentences": [TEXT], "sentence_consistent": [True]}
            ],
            "mturk_xsum.jsonl": [{"article": TEXT, "summary_sentences": [QAGS]}],
        },
    ),
    "summedits": (
        "summedits",
        {
            "summedits/news.jsonl": [
                SUMMEDITS | {"seed_summary": TEXT, "edit_types": ["antonym_swap"]}
            ],
            "summedits/summedits_x.json": [
                {"doc": TEXT, "summary": "Rain.", "label": 0, "original_summary": TEXT},
                {"doc": TEXT, "summary": TEXT, "label": 1, "edit_types": []},
            ],
        },
    ),
    "cliff": (
        "cliff",
        {
            "cliff.jsonl": [
                {"id": "xsum-0", "text": TEXT, "summary": TEXT, "system": "BART"}
                | {"consistent": False, "error_types": ["a"], "error_spans": ["rained"]}
            ],
            "CLIFF_error_types.csv": [
                CLIFF | {"error_type": "['a']", "annotated_span": "['rained']"},
                CLIFF | {"error_type": "correct", "annotated_span": ""},
            ],
        },
    ),
    "frank": (
        "frank",
        {
            "human_annotations_sentence.json": [
                FRANK | {"split": "valid", "summary_sentences_annotations": [PEOPLE, PEOPLE]}
            ]
        },
    ),
    "aggrefact": ("aggrefact", {"aggre_fact_sota.csv": [AGGREFACT | {"cut": "val"}] * 2}),
    "xsumfaith": (
        "xsumfaith",
        {
            "articles.jsonl": ARTICLES,
            "hallucination_annotations_xsum_summaries.csv": [
                XSUM | {"hallucinated_span": "rained", "worker_id": "w0"},
                XSUM | {"hallucinated_span": "", "worker_id": "w1", "hallucination_type": "NULL"},
            ],
        },
    ),
    "ragtruth": (
        "ragtruth",
        {
            "source_info.jsonl": [{"source_id": "1", "task_type": "Summary", "source_info": TEXT}],
            "response.jsonl": [RAGTRUTH | {"response": "It snowed."}],
        },
    ),
    "rank19": (
        "rank19",
        {
            "val_sentence_pairs.json": [
                {"article_sent": TEXT, "correct_sent": "Rain.", "incorrect_sent": "Snow."}
                | {"article_id": "a"}
            ]
        },
    ),
}
DROP = object()
VALUES = [
    *(DROP, None, True, False, "", "text", "1", "NaN", "['x'", "\ud800", 0, -1, 3, 1.5, 10**400),
    *(math.nan, math.inf, -math.inf, [], {}, ["x"], [None], [[]], [1, "x"], {"a": 1}, [{}], [[[]]]),
]


def put(folder: Path, files: dict[str, Any]) -> None:
    """Write files, each in the format of its name."""
    for name, held in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".pkl":
            path.write_bytes(pickle.dumps(held))
        elif path.suffix == ".csv":
            with path.open("w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, list(held[0]), extrasaction="ignore")
                writer.writeheader()
                writer.writerows(held)
        elif path.suffix == ".json":
            path.write_text(json.dumps(held))
        else:
            path.write_text("".join(json.dumps(row) + "\n" for row in held))


def read(name: str, folder: Path) -> list[Judgement]:
    """Return a benchmark's judgements."""
    return list(spec.build("benchmarks", spec.Call(name, {"path": str(folder)})).judgements())


def ways(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the ways to everything that a value holds."""
    held = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in held:
        yield (*at, key)
        if isinstance(inner, dict | list):
            yield from ways(inner, (*at, key))


def names(value: Any) -> set[str]:
    """Return the names of all fields that a value holds."""
    return {key for way in ways(value) for key in way if isinstance(key, str) and "." not in key}


def changed(value: Any, way: tuple[Any, ...], new: Any) -> Any:
    """Return a copy with something else, or nothing, at the end of a way."""
    out = copy.deepcopy(value)
    inner = out
    for key in way[:-1]:
        inner = inner[key]
    if new is DROP:
        del inner[way[-1]]
    else:
        inner[way[-1]] = new
    return out


@st.composite
def mutations(draw: st.DrawFn, files: dict[str, Any]) -> tuple[str, tuple[Any, ...], Any]:
    """Draw a file, a way to a field in it, and what stands there instead."""
    name = draw(st.sampled_from(sorted(files)))
    held = files[name]
    found = [w for w in ways(held) if len(w) > 1]
    values = [
        v for v in VALUES if not name.endswith(".csv") or (isinstance(v, str) and v != "\ud800")
    ]
    return name, draw(st.sampled_from(found)), draw(st.sampled_from(values))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_layouts_are_whole(layout: str, tmp_path: Path) -> None:
    """Before anything is changed, every reader reads its files."""
    name, files = LAYOUTS[layout]
    put(tmp_path, files)
    assert read(name, tmp_path)


@pytest.mark.parametrize("layout", LAYOUTS)
@given(data=st.data())
@settings(deadline=None, max_examples=60)
def test_a_wrong_field_is_read_or_named(layout: str, data: st.DataObject) -> None:
    """A changed field still makes sense, or the refusal names its file, its line and the field."""
    name, files = LAYOUTS[layout]
    file, way, new = data.draw(mutations(files))
    with tempfile.TemporaryDirectory() as folder:
        put(Path(folder), files | {file: changed(files[file], way, new)})
        try:
            found = read(name, Path(folder))
        except InputError as error:
            said = str(error)
            assert re.search(r"(:\d+|, record \d+|, article .+?)(,.+?)?: ", said), said
            assert any(Path(path).name in said for path in files), said
            known = "|".join(names(files))
            assert re.search(rf"'({known})(\[\])?'|({known})\[\d+\]", said), said
        else:
            for one in found:
                assert all(map(math.isfinite, one.human.values()))
                assert set(one.labels.values()) <= {True, False}
                assert all(0 <= s.start <= s.end <= len(one.summary) for s in one.spans or ())
                (one.summary + one.article.text + (one.system or "")).encode()


DAMAGED = {
    "empty": lambda raw: raw[:0],
    "utf-16": lambda raw: raw.decode("latin-1").encode("utf-16"),
    "cut": lambda raw: raw[:-5],
    "no-utf-8": lambda raw: raw.replace(b"rained", b"r\xe4ined", 1),
    "noise": lambda raw: bytes(range(255, 0, -1)) + raw,
    "nested": lambda raw: b"[" * 100_000 + raw,
}
HARMLESS = {
    "crlf": lambda raw: raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
    "byte-order-mark": lambda raw: b"\xef\xbb\xbf" + raw,
    "blank-end": lambda raw: raw + b"\n",
}
FILES = [(layout, file) for layout, (_, files) in LAYOUTS.items() for file in files]


@pytest.mark.parametrize(("layout", "file"), FILES)
@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_named(
    layout: str, file: str, damage: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    """An empty file holds nothing; any other damage is told with the file's name, or harmless."""
    name, files = LAYOUTS[layout]
    put(tmp_path, files)
    raw = (tmp_path / file).read_bytes()
    (tmp_path / file).write_bytes(damage(raw))
    try:
        read(name, tmp_path)
        said = "nothing"
    except InputError as error:
        said = str(error)
    if said == "nothing":
        assert damage(raw) in (b"", raw) or file.endswith((".csv", ".pkl"))
    else:
        assert any(Path(known).name in said for known in files), said


TEXTS = [(layout, file) for layout, file in FILES if not file.endswith(".pkl")]


@pytest.mark.parametrize(("layout", "file"), TEXTS)
@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
def test_ends_of_lines_change_nothing(
    layout: str, file: str, change: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    """Files saved on another system say the same."""
    name, files = LAYOUTS[layout]
    put(tmp_path, files)
    before = read(name, tmp_path)
    path = tmp_path / file
    path.write_bytes(change(path.read_bytes()))
    assert read(name, tmp_path) == before


@given(at=st.integers(0, 10_000), byte=st.integers(0, 255))
@settings(deadline=None, max_examples=100)
def test_a_damaged_pickle_is_refused_or_read(at: int, byte: int) -> None:
    """Whatever a byte is changed to, nothing runs and nothing crashes."""
    name, files = LAYOUTS["realsumm"]
    with tempfile.TemporaryDirectory() as folder:
        put(Path(folder), files)
        path = Path(folder) / "scores_dicts" / "ext.pkl"
        raw = bytearray(path.read_bytes())
        raw[at % len(raw)] = byte
        path.write_bytes(raw)
        with contextlib.suppress(InputError):
            read(name, Path(folder))


def test_a_long_cell_is_read(tmp_path: Path) -> None:
    """An article may be longer than what the csv module allows by itself."""
    name, files = LAYOUTS["aggrefact"]
    rows = [AGGREFACT | {"cut": "val", "doc": "x" * 200_000}]
    put(tmp_path, files | {"aggre_fact_sota.csv": rows})
    assert len(read(name, tmp_path)[0].article.text) == 200_000
