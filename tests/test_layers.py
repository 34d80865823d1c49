"""Which module may import which, and what stays unloaded until it is needed."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import harness
from harness import api, plugins
from harness.records import Article

ROOT = Path(harness.__file__).parent
HEAVY = ("torch", "transformers", "datasets", "scipy", "rouge_score", "nltk", "trafilatura")

LAYERS = {
    "values": {"errors", "records"},
    "tools": {"chat", "environment", "files", "parts", "plugins", "progress", "signature", "spec"},
    "kernels": {"facts", "judging", "models", "pages", "rouge", "runs", "servers", "stats", "text"},
    "parts": {"benchmarks", "corpora", "metrics", "summarisers"},
    "commands": {"__main__", "cli"},
}
"""From the bottom up. What is in none is "work", between parts and commands: evaluation, reports.

A module may import from its own layer and from those below it, and never round in a circle.
"""
ORDER = ["values", "tools", "kernels", "parts", "work", "commands"]
FOLDERS_OF_PARTS = (
    "benchmarks",
    "corpora",
    "engines",
    "metrics",
    "reports",
    "summarisers",
    "facts.checks",
)

ALLOWED = {
    ("comparison", "reports"): "a comparison prints as its table, whose report knows comparisons",
}
"""Imports, made when they are needed, that go round in a circle all the same."""
FINDERS = {
    "harness.plugins": "finds parts",
    "harness.cli": "finds commands",
    "harness.facts.parts": "finds checks",
}
"""The modules that import by name, for adding a file must edit no list."""


def modules() -> dict[str, Path]:
    """Return the files of harness by module name."""
    names = {p: p.relative_to(ROOT.parent).with_suffix("").parts for p in ROOT.rglob("*.py")}
    return {".".join(n[:-1] if n[-1] == "__init__" else n): p for p, n in sorted(names.items())}


MODULES = modules()


def imported(source: str) -> Iterator[str]:
    """Yield what a file imports when it runs, at its top or in a function: modules and names."""
    waiting: list[ast.AST] = [ast.parse(source)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            waiting += node.orelse
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        waiting += ast.iter_child_nodes(node)


def edges() -> Iterator[tuple[str, str]]:
    """Yield (module, module it imports) within harness."""
    for module, path in MODULES.items():
        for name in imported(path.read_text(encoding="utf-8")):
            target = name if name in MODULES else name.rpartition(".")[0]
            if target in MODULES and target not in {module, "harness"}:
                yield module, target


EDGES = sorted(set(edges()))


def unit(module: str) -> str:
    """Return the folder or file right below harness that a module belongs to."""
    return module.split(".")[1] if "." in module else module


def layer(module: str) -> int:
    """Return a module's layer, counted from the bottom."""
    name = unit(module)
    return ORDER.index(next((k for k, units in LAYERS.items() if name in units), "work"))


def test_the_layers_are_those_of_the_folder() -> None:
    """Every name in the layers exists, so that no rule is about nothing."""
    units = {unit(m) for m in MODULES}
    assert set().union(*LAYERS.values()) <= units
    assert {f"harness.{folder}" for folder in FOLDERS_OF_PARTS} <= MODULES.keys()
    assert len(EDGES) > 100


SOURCES = [
    pytest.param("import a.b, c", ["a.b", "c"], id="plain"),
    pytest.param("from a import b, c as d", ["a.b", "a.c"], id="names"),
    pytest.param("def f():\n    if x:\n        import a", ["a"], id="inside-a-function"),
    pytest.param("if TYPE_CHECKING:\n    import a\nelse:\n    import b", ["b"], id="for-types"),
    pytest.param("'import a'", [], id="only-text"),
]


@pytest.mark.parametrize(("source", "names"), SOURCES)
def test_imports_are_found_wherever_they_stand(source: str, names: list[str]) -> None:
    """The reader of imports sees late ones, and passes over those for type checkers alone."""
    assert sorted(imported(source)) == names


def test_imports_point_down() -> None:
    """No module imports from a layer above its own."""
    upward = [(a, b) for a, b in EDGES if layer(a) < layer(b) and a != "harness"]
    assert upward == []


def test_imports_never_go_round_in_a_circle() -> None:
    """Folders and files below harness can be put in an order in which each imports earlier ones."""
    graph: dict[str, set[str]] = {}
    for a, b in EDGES:
        pair = (unit(a), unit(b))
        if "harness" not in pair and pair[0] != pair[1] and pair not in ALLOWED:
            graph.setdefault(pair[0], set()).add(pair[1])
    assert list(TopologicalSorter(graph).static_order())
    assert set(ALLOWED) <= {(unit(a), unit(b)) for a, b in EDGES}


def test_the_bottom_imports_nothing() -> None:
    """Errors and records know nothing of harness."""
    assert [(a, b) for a, b in EDGES if unit(a) in LAYERS["values"]] == []


@pytest.mark.parametrize("folder", FOLDERS_OF_PARTS)
def test_a_part_imports_no_other_part(folder: str) -> None:
    """Parts share files that begin with an underscore; adding or removing a part touches no other.

    Of its own folder a part imports nothing else, of other folders of parts nothing at all.
    """
    places = {f"harness.{name}" for name in FOLDERS_OF_PARTS}
    wrong = [
        (a, b)
        for a, b in EDGES
        if a.rpartition(".")[0] == f"harness.{folder}"
        and b.rpartition(".")[0] in places
        and not (b.startswith(f"harness.{folder}._") or a.split(".")[-1].startswith("_"))
    ]
    assert wrong == []


def test_only_finders_import_by_name() -> None:
    """What is imported can be read from the files, but for the folders that are walked."""
    by_name = {
        module
        for module, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Attribute) and node.attr == "import_module")
        or (isinstance(node, ast.Name) and node.id in {"import_module", "__import__"})
    }
    assert by_name == FINDERS.keys()


SCRIPT = """
import contextlib, io, json, sys

def run(*words):
    sys.argv = ["harness", *words]
    from harness.cli import main
    try:
        main()
    except SystemExit as end:
        assert not end.code, (words, end.code)

found, packages = {}, json.loads(sys.argv[1])
for name, code in json.loads(sys.argv[2]).items():
    with contextlib.redirect_stdout(io.StringIO()):
        exec(code)
    found[name] = [p for p in packages if p in sys.modules]
print(json.dumps(found))
"""


def heavy(steps: Mapping[str, str], packages: Sequence[str] = HEAVY) -> dict[str, list[str]]:
    """Return which packages a fresh Python has loaded after each of some steps, by their names."""
    words = [sys.executable, "-c", SCRIPT, json.dumps(packages), json.dumps(steps)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


def test_what_is_loaded_is_seen() -> None:
    """The question that the tests below ask is answered truly."""
    steps = {"one": "import wave", "two": "import sched"}
    assert heavy(steps, ["wave", "sched", "torch"]) == {"one": ["wave"], "two": ["wave", "sched"]}


def test_nothing_heavy_is_loaded_before_it_is_needed() -> None:
    """Help, the API and the list of all parts load no model, data set or science package."""
    steps = {
        "help": "run('--help')",
        "a command's help": "run('eval', '--help')",
        "the API": "import harness; harness.evaluate; harness.compare",
        "comparison": "import harness.comparison",
        "all parts": "run('parts')",
        "every part": "from harness import plugins as p\n"
        "[p.find(kind, name) for kind in p.KINDS for name in p.names(kind)]",
    }
    assert heavy(steps) == {key: [] for key in steps}


def test_kept_runs_are_read_without_anything_heavy(tmp_path: Path) -> None:
    """Comparing and showing kept runs, with facts and in every format, needs none of it."""
    text = "The mill burned on Monday. Nobody was hurt. The cause is unknown. Prices rose."
    articles = [Article(f"a{i}", text, ("The old mill burned.", "A fire.")) for i in range(4)]
    metrics = ["rouge", "facts", "extractiveness", "length", "repetition"]
    done = api.evaluate(articles, ["lead", "random(seed=1)"], metrics, runs=tmp_path)
    assert not done.failed
    formats = [("compare", "--as", name) for name in plugins.names("reports")]
    two = ("compare", "lead", "random(seed=1)")
    commands = [*formats, (*two, "--articles"), ("show", "lead", "a1"), ("runs",)]
    steps = {" ".join(c): f"run{(*c, '--runs', str(tmp_path))!r}" for c in commands}
    assert heavy(steps) == {key: [] for key in steps}


def test_scoring_loads_no_model_and_no_data_set(tmp_path: Path) -> None:
    """An evaluation of extractive candidates loads what rouge-score's check does, at most."""
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "a", "text": "One fell. Two rose.", "references": ["One fell."]}\n')
    words = ("eval", "--corpus", str(path), "-c", "lead", "-c", "textrank", "-c", "oracle")
    steps = {"eval": f"run{(*words, '-m', 'rouge', '-m', 'facts', '--runs', str(tmp_path))!r}"}
    packages = ("torch", "transformers", "datasets", "trafilatura")
    assert heavy(steps, packages) == {"eval": []}
