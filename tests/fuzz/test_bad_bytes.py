"""What fuzzing and reading for it found, kept as it was found, with what now happens."""

import gzip
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import files, plan, spec
from harness.corpora._guess import corpus_from
from harness.corpora.folder import Folder
from harness.corpora.jsonl import Jsonl
from harness.corpora.page import SavedPages
from harness.corpora.parquet import Parquet
from harness.errors import HarnessError, InputError, UsageError
from harness.pages import read_page
from harness.pages.clean import clean
from harness.parts import CorpusView
from harness.summarisers.command import Command
from harness.summarisers.outputs import Outputs
from harness.text.nfc import nfc

DEEP_SUM = "lead(sentences=" + "x+" * 900 + "1)"
LONG_NUMBER = "0x" + "f" * 5000
SPECS = {
    "a sum of 900 terms was a RecursionError": DEEP_SUM,
    "a name of 900 parts was a RecursionError": f"lead(sentences=x{'.x' * 900})",
    "a number of 6,000 digits was a ValueError": f"lead(sentences={LONG_NUMBER})",
    "so was a negative one": f"lead(sentences=-{LONG_NUMBER})",
    "and one inside a call": f"lead(sentences=f({LONG_NUMBER}))",
    "an argument given twice went unnoticed": "lead(sentences=1, sentences=2)",
}


@pytest.mark.parametrize("text", SPECS.values(), ids=SPECS)
def test_an_odd_spec_is_refused_in_words(text: str) -> None:
    """No spec ends in anything but a part or a UsageError."""
    with pytest.raises(UsageError):
        spec.parse("summarisers", text)


PLANS = {
    "a number of 5,000 digits was a ValueError": ("limit = " + "9" * 5000, "is no TOML"),
    "so was a hexadecimal one": (f"corpus = {LONG_NUMBER}", "a value too large to show"),
    "a limit that no count reaches": (f"limit = {2**63}", "it must be a whole number"),
    "a key of 50,000 parts took over 8 s": (".".join("a" * 50_000) + " = 1", "over 100 parts"),
    "such a key in quotes": ('x = {"a"' + ' . "a"' * 50_000 + " = 1}", "over 100 parts"),
}


@pytest.mark.parametrize(("content", "message"), PLANS.values(), ids=PLANS)
def test_an_odd_plan_is_refused_in_words(tmp_path: Path, content: str, message: str) -> None:
    """No eval.toml ends in anything but a plan or an error of harness."""
    path = tmp_path / "eval.toml"
    path.write_text(content)
    with pytest.raises(HarnessError, match=message):
        plan.read(path)


def test_many_dots_in_words_are_no_deep_key(tmp_path: Path) -> None:
    """Candidates whose specs and comments hold many dots are read as before."""
    path = tmp_path / "eval.toml"
    path.write_text("# " + "And so on ... " * 200 + f'\ncorpus = "{"../" * 200}news.d"\n')
    assert plan.read(path) == {"corpus": "../" * 200 + "news.d"}


PAGES = {
    "comments took a time that doubled with each": b"<!-- -->" * 60 + b"<x",
    "an encoding that only raises was a UnicodeError": b"<meta charset=undefined><p>x",
    "so was punycode": b"<meta charset=punycode><p>" + b"z" * 1000,
    "and idna": b"<meta charset=idna><p>x.\xff",
    "an encoding for mail, which browsers do not read": b"<meta charset=utf-7><p>+ADw-script",
}


@pytest.mark.parametrize("content", PAGES.values(), ids=PAGES)
def test_an_odd_page_is_refused_in_words(content: bytes) -> None:
    """No page ends in anything but a page or an InputError."""
    with pytest.raises(InputError):
        read_page(content)


WEB = (
    *("us-ascii", "ISO-8859-1", "latin1", "windows-1252", "koi8-r", "gb2312", "big5", "EUC-KR"),
    *("shift_jis", "iso-2022-jp", "macintosh", "ibm866", "windows-874", "UTF-8"),
)


@pytest.mark.parametrize("named", WEB)
def test_the_encodings_of_the_web_are_still_read(named: str) -> None:
    """A page in an encoding that browsers know is decoded with it."""
    text = "The dam held on Friday, they said, and all are safe now."
    assert read_page(f"<meta charset={named}><p>{text}".encode()).body == text


def test_marks_without_end_are_put_in_order_soon() -> None:
    """A million combining marks on one letter, which took ten minutes, take a second."""
    text = "a" + "\u0300\u0316" * 20_000
    found = clean(text)
    assert len(found.replace("\u034f", "")) == len(unicodedata.normalize("NFC", "a\u0300")) + 39_999
    longest = max(map(len, found.split("\u034f")))
    assert longest <= 257


@given(st.text(st.sampled_from("aé\u0300\u0316\u0344\u302a中 \U0001f600"), max_size=80))
def test_nfc_is_unicode_s_where_no_letter_has_300_marks(text: str) -> None:
    """Texts that people write come out as from the standard library."""
    assert nfc(text) == unicodedata.normalize("NFC", text)


@given(
    st.text(st.sampled_from("aé\u0300\u0316\u302a中"), max_size=4),
    st.integers(0, 700),
    st.text(st.sampled_from("\u0300\u0316\u0345\u0338"), min_size=1, max_size=3),
)
def test_nfc_of_what_is_in_that_form_is_the_same(start: str, count: int, marks: str) -> None:
    """A text may pass twice: no joiner is added to what has them."""
    once = nfc(start + marks * count + "b")
    assert nfc(once) == once


PATHS: dict[str, Callable[[str], object]] = {
    "folder": lambda path: list(Folder(path).articles()),
    "page": lambda path: list(SavedPages(path).articles()),
    "parquet": lambda path: list(Parquet(path).articles()),
    "jsonl": lambda path: list(Jsonl(path).articles()),
    "guess": corpus_from,
    "outputs": lambda path: Outputs(path).expand(CorpusView(("a",), 0)),
    "plan": lambda path: plan.read(Path(path)),
}


@pytest.mark.parametrize("path", ["a\0b", "a" * 5000, "\ud800"], ids=["nul", "long", "surrogate"])
@pytest.mark.parametrize("read", PATHS.values(), ids=PATHS)
def test_a_path_that_cannot_be_is_refused_in_words(
    read: Callable[[str], object], path: str
) -> None:
    """A NUL and half a surrogate pair were ValueErrors, a name of 5,000 letters an OSError."""
    with pytest.raises(HarnessError):
        read(path)


@pytest.mark.parametrize("run", ["cat a\0b", "cat \ud800"], ids=["nul", "surrogate"])
def test_a_program_s_words_can_be_given_to_it(run: str) -> None:
    """What the system cannot hand over was a ValueError in mid run, and is refused before."""
    with pytest.raises(UsageError, match="which no program can be given"):
        Command(run)


def test_a_line_without_end_does_not_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A gzip file of a few kilobytes may hold one line of gigabytes: it is read up to a limit."""
    monkeypatch.setattr(files, "_LONGEST", 1000)
    path = tmp_path / "news.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "short"}\n' + b" " * 2000))
    with pytest.raises(InputError, match=r"news\.jsonl\.gz:2: a line of over 1,000 bytes"):
        list(files.lines(path))


def test_lines_below_the_limit_are_whole(tmp_path: Path) -> None:
    """A line of two megabytes is one line."""
    path = tmp_path / "news.txt"
    path.write_bytes(b"a" * 2_000_000 + b"\nb")
    assert [len(line) for _, line in files.lines(path)] == [2_000_000, 1]
