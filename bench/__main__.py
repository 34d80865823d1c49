"""`make bench`: every measurement of this folder, one after another, each in its own process.

Each can be run alone: `python -m bench.rouge`. HARNESS_DATA names the folder of real texts; without
it a bench uses what the project ships, or says that it cannot run.
"""

import subprocess
import sys
from pathlib import Path

BENCHES = sorted(
    path.stem
    for path in Path(__file__).parent.glob("[a-z]*.py")
    if "__main__" in path.read_text(encoding="utf-8")
)


def main() -> int:
    """Run every bench; return 1 if any failed."""
    failed = []
    for name in BENCHES:
        print(f"\n== python -m bench.{name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"\nfailed: {', '.join(failed)}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
