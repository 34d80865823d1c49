"""What the README says is true: its table, its commands, its examples."""

import importlib.util
import re
import shlex
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

from harness import plugins, spec
from harness.cli import app
from harness.plan import named

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
COMMANDS = [
    line.split("#")[0].strip() for line in README.splitlines() if line.startswith("    harness ")
]


@pytest.fixture(scope="module")
def readme() -> ModuleType:
    """Return the module that writes the table."""
    found = importlib.util.spec_from_file_location("readme", ROOT / "docs" / "readme.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.mark.slow
def test_the_table_is_what_harness_prints(readme: ModuleType) -> None:
    """The README's table is the output of `make eval` on the shipped corpus, to the digit."""
    assert readme.written(README) == README, "run: make readme"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_options_that_exist(command: str) -> None:
    """Each command in the README is one that there is, with options that it has."""
    name, *words = shlex.split(command)[1:]
    done = subprocess.run(
        [sys.executable, "-m", "harness", name, "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={"COLUMNS": "200", "PATH": "/usr/bin:/bin"},
    )
    for option in (word for word in words if word.startswith("-")):
        assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", done.stdout), option


def test_every_spec_in_the_readme_parses() -> None:
    """The candidates and metrics that the README names are parts, with those arguments."""
    for kind, option in (("summarisers", "-c"), ("metrics", "-m")):
        for command in COMMANDS:
            words = shlex.split(command)
            if words[1] == "gate":
                continue
            for flag, value in pairwise(words):
                if flag == option and "shout" not in value:
                    for candidate in named([value]).values():
                        spec.parse(kind, candidate)


EXAMPLES = re.findall(r"```python\n(# (\w+)\.py,.*?)```", README, re.DOTALL)


def test_the_examples_are_ten_lines_or_fewer() -> None:
    """What is called ten lines has ten at most, imports and comment aside."""
    assert len(EXAMPLES) == 2
    for text, _ in EXAMPLES:
        own = [
            line
            for line in text.splitlines()
            if line.strip() and not line.startswith(("#", "from", "import"))
        ]
        assert len(own) <= 10


def test_the_examples_work(tmp_path: Path) -> None:
    """The summariser and the metric of the README, installed as a package, do what it says."""
    for text, name in EXAMPLES:
        (tmp_path / f"{name}.py").write_text(text)
    info = tmp_path / "mine-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: mine\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[harness.summarisers]\nshout = shout:Shout\n\n[harness.metrics]\n"
        "questions = questions:Questions\n"
    )
    (tmp_path / "a.jsonl").write_text('{"id": "x", "text": "Who rang the bell? Nobody did."}\n')
    words = ["eval", "--corpus", "a.jsonl", "-c", "shout(words=4)", "-m", "questions"]
    done = subprocess.run(
        [sys.executable, "-m", "harness", *words, "--as", "json"],
        cwd=tmp_path,
        env={"PYTHONPATH": f"{tmp_path}:{ROOT}", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert '"estimate": 1.0' in done.stdout
    assert '"name": "shout(words=4)"' in done.stdout


def test_every_link_leads_somewhere() -> None:
    """Each file that the README and the docs link to is there."""
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
            assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_eval_toml_names_parts_that_exist() -> None:
    """The shipped plan can be read, and every part in it is there."""
    from harness.plan import read

    plan = read(ROOT / "eval.toml")
    for candidate in plan["candidates"].values():
        spec.parse("summarisers", candidate)
    assert {spec.read(m).name for m in plan["metrics"]} <= set(plugins.names("metrics"))
    assert app.info.name == "harness"
