"""Takes the picture of the HTML report in the README; `make readme` runs it."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PICTURE = Path(__file__).parent / "report.png"


def take(chromium: str) -> None:
    """Evaluate the shipped corpus, write its report, and photograph the top of it."""
    with tempfile.TemporaryDirectory() as folder:
        runs, page = f"{folder}/runs", f"{folder}/report.html"
        harness = [sys.executable, "-m", "harness"]
        _quietly([*harness, "eval", "--runs", runs, "--as", "html", "-o", page])
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        size = ["--window-size=1400,1900", f"--user-data-dir={folder}/profile"]
        _quietly([chromium, *flags, *size, f"--screenshot={PICTURE}", f"file://{page}"])


def _quietly(words: list[str]) -> None:
    subprocess.run(  # noqa: S603 - our own program, and a browser
        words, check=True, capture_output=True, cwd=PICTURE.parent.parent
    )


if __name__ == "__main__":
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        print("no Chromium is installed: docs/report.png stays as it is")  # noqa: T201
    else:
        take(found)
