"""What is from outside is data: nothing of it runs, and nobody is let in."""

import ast
import html.parser
import json
import pickle
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import harness
from harness import api
from harness.comparison import compare
from harness.errors import HarnessError, SummariserError
from harness.models import folder
from harness.pages.clean import clean
from harness.records import Article
from harness.reports._html.page import embedded
from harness.reports.html import Html
from harness.runs import Store
from harness.summarisers.outputs import Outputs

ROOT = Path(harness.__file__).parent
OURS = [ROOT, ROOT.parent / "tests", ROOT.parent / "bench", ROOT.parent / "fuzz"]

EVIL = (
    "</script><script>alert(1)</script><!--<script>",
    "<img src=x onerror=alert(1)><svg/onload=alert(1)>",
    "javascript:alert(1)",
    '" onmouseover="alert(1)" x=\'',
    "' autofocus onfocus='alert(1)",
    "{{ 7 * 7 }}{% for x in y %}",
    "<a href=javascript:alert(1)>x</a>",
    "</style><style>@import url(//a.example)</style>",
    "]]></title></textarea></noscript><iframe srcdoc=x>",
    "<meta http-equiv=refresh content='0;url=//a.example'><base href=//a.example>",
)
EVERYTHING = "\u2028\u2029\x00\x1b[2J\u202e &lt;b&gt; &#60;script> \\u003c/script>".join(EVIL)


class Elements(html.parser.HTMLParser):
    """The elements of a page with their attributes, in order, and the text in its scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.scripts: list[str] = []
        self.feed(page)
        self.close()

    @property
    def shapes(self) -> set[tuple[str, ...]]:
        """The kinds of elements: a tag with the names of its attributes."""
        return {(tag, *(name for name, _ in attributes)) for tag, attributes in self.found}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.found.append((tag, tuple(attrs)))
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        """Note what stands in a script."""
        if self.cdata_elem == "script":
            self.scripts[-1] += data


def live(elements: Elements) -> list[object]:
    """Return what could run, load or lead away in a page."""
    found: list[object] = []
    for tag, attributes in elements.found:
        if tag in {"iframe", "object", "embed", "base", "link", "img", "svg", "form", "video"}:
            found.append(tag)
        for name, value in attributes:
            told = (value or "").strip().lower()
            if name.startswith("on") or name in {"srcdoc", "action", "formaction", "background"}:
                found.append((tag, name))
            if name in {"href", "src"} and not told.startswith("#"):
                found.append((tag, name, value))
            if name == "http-equiv" and told != "content-security-policy":
                found.append((tag, name, value))
    return found


def run_of(runs: Path, texts: Mapping[str, str]) -> Any:
    """Return a run of given summaries, by the texts of their articles."""
    ids = [" ".join(clean(f"{n} {text}").split())[:300] for n, text in enumerate(texts)]
    articles = [Article(i, t, (t,), title=t) for i, t in zip(ids, texts, strict=True)]
    given = runs.with_suffix(".jsonl")
    rows = [{"id": a.id, "summary": texts[a.text]} for a in articles]
    given.write_text("\n".join(map(json.dumps, rows)))
    return api.evaluate(articles, {"given": Outputs(str(given))}, ["facts", "length"], runs=runs)


def test_a_report_of_nothing_but_markup_is_made_of_what_a_tame_one_is(tmp_path: Path) -> None:
    """Markup in texts, ids, names, specs, reasons and records adds no kind of element anywhere."""
    pages = []
    for name, texts in {
        "tame": {f"The dam held, part {n}.": f"It held {n} times." for n in range(len(EVIL) + 1)},
        "wild": {f"{n} {e}": e + " held 9 times." for n, e in enumerate((*EVIL, EVERYTHING))},
    }.items():
        done = run_of(tmp_path / name, texts)
        run = done.runs[0]
        path = run.folder / "run.json"
        if name == "wild":
            path.write_text(json.dumps(spoilt(json.loads(path.read_text()))))
        pages.append(Elements(Html().write(compare([Store(tmp_path / name).load(run.record.id)]))))
    tame, wild = pages
    assert not live(wild)
    assert wild.shapes <= tame.shapes
    assert len(wild.scripts) == len(tame.scripts)
    code = [script for script in wild.scripts if "alert(1)" not in script]
    assert len(code) == len(wild.scripts) - 1  # the data alone holds it
    assert set(code) <= set(tame.scripts)


def spoilt(record: dict[str, Any]) -> dict[str, Any]:
    """Return a run's record with markup wherever it may hold text that a person wrote."""
    evil = "".join(EVIL)
    corpus = record["corpus"] | {"name": evil, "spec": evil}
    metrics = {
        folder: metric
        | {"spec": f"length(name={evil!r})", "signature": evil, "check": evil}
        | {"columns": [c | {"description": evil} for c in metric["columns"]]}
        for folder, metric in record["metrics"].items()
    }
    told = {"name": evil, "spec": f"outputs(path={evil!r})", "signature": evil, "reason": evil}
    return record | told | {"corpus": corpus, "metrics": metrics, "environment": {evil: evil}}


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.recursive(st.text() | st.sampled_from(EVIL), st.lists, max_leaves=9))
def test_data_in_a_page_neither_ends_its_element_nor_changes(data: Any) -> None:
    """What is embedded has no sign that a parser of HTML acts on, and reads back as it was."""
    text = embedded(data)
    assert "<" not in text
    assert json.loads(text) == data


def sources(*folders: Path) -> Iterator[tuple[Path, str]]:
    """Yield the Python files of folders with their texts."""
    for place in folders:
        for path in sorted(place.rglob("*.py")):
            yield path, path.read_text(encoding="utf-8")


def keywords(source: str, name: str) -> list[ast.expr]:
    """Return what a source gives for a keyword argument, a parameter or a key of that name."""
    found: list[ast.expr] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.keyword) and node.arg == name:
            found.append(node.value)
        if isinstance(node, ast.Dict):
            keys = [k.value if isinstance(k, ast.Constant) else None for k in node.keys]
            found += [v for k, v in zip(keys, node.values, strict=True) if k == name]
        if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", None) == name:
            found += [node.value] if node.value else []
    return found


def test_code_of_a_model_is_never_trusted_by_default() -> None:
    """Whatever harness says of trust_remote_code is False, and every loader is told."""
    said = {p.name: keywords(text, "trust_remote_code") for p, text in sources(ROOT)}
    given = {name: values for name, values in said.items() if values}
    assert given
    assert all(
        isinstance(v, ast.Constant) and v.value is False
        for values in given.values()
        for v in values
    )


LOADERS = re.compile(r"(?<!GenerationConfig)\.from_pretrained\(((?:[^()]|\([^()]*\))*)\)")


def test_every_loader_of_transformers_is_told_not_to_trust() -> None:
    """A call of from_pretrained that leaves it out would ask a person, or trust some day."""
    calls = [(path.name, call) for path, text in sources(ROOT) for call in LOADERS.findall(text)]
    assert calls
    assert not [call for call in calls if "trust_remote_code=False" not in call[1]]


def test_pickles_are_taken_by_name_alone() -> None:
    """Every pickle= of a part is False unless said; what loads one is the engine's own pipe."""
    defaults = [v for _, text in sources(ROOT) for v in annotated(text, "pickle")]
    assert defaults
    assert all(isinstance(v, ast.Constant) and v.value is False for v in defaults)
    loading = [
        path.relative_to(ROOT).as_posix()
        for path, text in sources(ROOT)
        if re.search(r"\b(pickle|joblib|marshal|shelve|dill)\.loads?\(|torch\.load\(", text)
        or re.search(r"allow_pickle\s*=\s*True|\bread_pickle\(|\byaml\.load\(", text)
    ]
    assert set(loading) <= {"engines/_messages.py", "engines/ray.py"}  # our own workers' words


def annotated(source: str, name: str) -> list[ast.expr]:
    """Return the defaults of fields of that name."""
    return [
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.AnnAssign)
        and getattr(node.target, "id", None) == name
        and node.value is not None
    ]


class Bomb:
    """Something that, unpickled, leaves a file behind."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        """Have whoever unpickles this write a file."""
        return Path.touch, (self.path,)


def test_a_pickle_among_weights_is_refused_unopened(tmp_path: Path) -> None:
    """A folder whose weights are a pickle is refused by name, and the pickle does not go off."""
    model, mark = tmp_path / "model", tmp_path / "exploded"
    model.mkdir()
    (model / "config.json").write_text('{"model_type": "bart"}')
    (model / "vocab.json").write_text("{}")
    (model / "pytorch_model.bin").write_bytes(pickle.dumps(Bomb(mark)))
    with pytest.raises(SummariserError, match=r"a pickle, which can hide.*pickle=True"):
        folder.read(model)
    assert not mark.exists()


def test_a_pickle_in_the_place_of_a_run_s_file_is_never_opened(
    articles: Sequence[Article], tmp_path: Path
) -> None:
    """Whichever file of a run is a pickle, reading everything leaves nothing behind."""
    runs, mark = tmp_path / "runs", tmp_path / "exploded"
    api.evaluate(articles, ["lead"], ["length"], runs=runs)
    for path in sorted(p for p in runs.rglob("*") if p.is_file()):
        whole = path.read_bytes()
        path.write_bytes(pickle.dumps(Bomb(mark)))
        found, _ = Store(runs).survey()
        for run in found:
            with suppress(HarnessError):
                run.summaries()
                run.score_slice(next(iter(run.record.metrics)), 0, 1)
                run.snapshot.articles()
        path.write_bytes(whole)
    assert not mark.exists()


WILD = re.compile(r"""["']0\.0\.0\.0["']|\(\s*["'](::)?["']\s*,\s*\d+\s*\)""")
BINDERS = re.compile(
    r"(?<!class )\b(?:\w*HTTPServer|TCPServer|bind|create_server|ThreadedMotoServer|_Server)"
    r"\((?!ThreadingHTTPServer)(.*)"
)


def test_no_address_of_every_interface_stands_in_the_code() -> None:
    """Nothing of ours listens where other machines could ask: no server is bound to all."""
    here = Path(__file__).resolve()
    found = [
        (path.name, match[0])
        for path, text in sources(*OURS)
        if path.resolve() != here
        for match in WILD.finditer(text)
    ]
    assert found == []


def test_every_server_is_bound_to_loopback() -> None:
    """Wherever a server is made or a port is bound, the address beside it is loopback's."""
    here = Path(__file__).resolve()
    calls = [
        (path.name, match[0])
        for path, text in sources(*OURS)
        if path.resolve() != here
        for match in BINDERS.finditer(text)
    ]
    assert calls
    assert [c for c in calls if "127.0.0.1" not in c[1]] == []
