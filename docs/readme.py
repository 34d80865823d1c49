"""Writes the README's table: `make readme`. A test runs the same and compares."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
COLUMNS = "rouge1,rouge2,rougeLsum,flagged,density,words"
_BLOCK = re.compile(r"(<!-- table -->\n).*?(<!-- /table -->)", re.DOTALL)


def table() -> str:
    """Return the table that `harness eval` prints of eval.toml, without the seconds."""
    with tempfile.TemporaryDirectory() as runs:
        words = ["eval", "--runs", runs, "--as", "markdown", "--columns", COLUMNS]
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "harness", *words],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    lines = done.stdout.split("\n\n")[0].splitlines()
    rows = [re.split(r"(?<!\\)\|", line) for line in lines]
    return "\n".join("|".join(row[:3] + row[4:]) for row in rows)


def written(readme: str) -> str:
    """Return the README with the table as it is now."""
    return _BLOCK.sub(lambda m: f"{m[1]}\n{table()}\n\n{m[2]}", readme)


if __name__ == "__main__":
    path = ROOT / "README.md"
    path.write_text(written(path.read_text()))
