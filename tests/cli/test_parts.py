import subprocess
import sys

import pytest

from tests.conftest import Call


def test_parts_lists_every_kind_with_what_it_is(call: Call) -> None:
    """Each part has a line with its name and what it is."""
    out = call("parts").out
    for kind, name in (("corpora", "jsonl"), ("summarisers", "lead"), ("metrics", "rouge")):
        assert f"{kind}:" in out
        assert f"\n  {name} " in out


def test_one_part_is_shown_whole(call: Call) -> None:
    """A part's page has its documentation and its arguments with their defaults."""
    out = call("parts", "rouge").out
    assert "stem: bool = True" in out
    assert "Lin, 2004" in out


def test_an_unknown_part_is_answered_with_the_nearest(call: Call) -> None:
    """A typo is told with what was meant."""
    said = call("parts", "rogue")
    assert said.code == 2
    assert "Did you mean rouge?" in said.err


def test_python_m_harness_is_harness() -> None:
    """The module runs as the program does."""
    done = subprocess.run(
        [sys.executable, "-m", "harness", "--version"], capture_output=True, check=True, text=True
    )
    assert done.stdout.startswith("harness 0.")


@pytest.mark.parametrize("command", ["eval", "score", "compare", "runs", "show", "parts", "rouge"])
def test_every_command_explains_itself(call: Call, command: str) -> None:
    """--help of each command names it and exits with 0."""
    said = call(command, "--help")
    assert said.code == 0
    assert f"Usage: harness {command}" in said.out
