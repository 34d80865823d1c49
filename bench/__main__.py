"""`make bench`: every measurement of this folder, one after another, each in its own process."""

import os
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def main() -> int:
    """Run every bench; return 1 if any failed."""
    data = os.environ.get("HARNESS_DATA")
    failed = []
    for path in sorted(FOLDER.glob("[a-z]*.py")):
        print(f"\n== bench/{path.name} {'with' if data else 'without'} HARNESS_DATA", flush=True)
        words = ["--data", data] if data else []
        if subprocess.run([sys.executable, str(path), *words], check=False).returncode:
            failed.append(path.name)
    if failed:
        print(f"\nfailed: {', '.join(failed)}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
