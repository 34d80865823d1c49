import gzip
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from harness import spec
from harness.errors import InputError
from harness.parts import CorpusView, Summariser
from harness.records import Article, Summary
from harness.summarisers.outputs import Outputs

ARTICLES = [Article(i, "Text.") for i in ("a", "b", "c")]
WHOLE = CorpusView(["a", "b", "c"], references=0)
FIRST_TWO = CorpusView(["a", "b"], references=0, limited=True)


def write(path: Path, *records: object) -> Path:
    """Write records as JSON lines."""
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    return path


def candidates(path: Path, corpus: CorpusView = WHOLE) -> Mapping[str, Summariser]:
    """Return the candidates that a path stands for."""
    return Outputs(str(path)).expand(corpus)


def written(path: Path, corpus: CorpusView = WHOLE) -> Sequence[Summary]:
    """Return what the one candidate of a path wrote for the articles of a corpus."""
    [part] = candidates(path, corpus).values()
    return part.summarise([a for a in ARTICLES if a.id in corpus.ids])


def record(article: object, summary: object) -> dict[str, object]:
    """Return a record of an output file."""
    return {"id": article, "summary": summary}


ABC = [record("a", "One."), record("b", "Zwei, ü.\n\u2028Zwei."), record("c", "Three.")]
TEXTS = ["One.", "Zwei, ü.\n\u2028Zwei.", "Three."]


def test_summaries_are_found_by_id_in_any_order(tmp_path: Path) -> None:
    """A JSONL file's order does not matter, its ids do."""
    path = write(tmp_path / "a.jsonl", ABC[2], ABC[0], ABC[1])
    assert [s.text for s in written(path)] == TEXTS


def test_a_number_is_an_id_as_good_as_its_digits(tmp_path: Path) -> None:
    """An id written without quotation marks is the id of the same digits."""
    path = write(tmp_path / "a.jsonl", record(7, "Seven."))
    [part] = candidates(path, CorpusView(["7"], 0)).values()
    assert part.summarise([Article("7", "Text.")]) == [Summary("Seven.")]


def test_fields_may_have_other_names(tmp_path: Path) -> None:
    """The fields for the id and the summary are arguments."""
    path = write(tmp_path / "a.jsonl", {"key": "a", "output": "One."})
    [part] = Outputs(str(path), "key", "output").expand(CorpusView(["a"], 0)).values()
    assert part.summarise(ARTICLES[:1]) == [Summary("One.")]


JSONL = b"".join(
    b'{"id": "%b", "summary": "%b."}\n' % pair
    for pair in ((b"a", b"One"), (b"b", b"Two"), (b"c", b"Three"))
)
FILES = [
    pytest.param("a.txt", b"One.\nTwo.\nThree.\n", id="unix"),
    pytest.param("a.txt", b"One.\r\nTwo.\r\nThree.\r\n", id="windows"),
    pytest.param("a.txt", b"\xef\xbb\xbfOne.\nTwo.\nThree.", id="byte-order-mark-no-last-end"),
    pytest.param("a.txt.gz", gzip.compress(b"One.\nTwo.\nThree.\n"), id="text-gzipped"),
    pytest.param("a.jsonl", JSONL, id="jsonl"),
    pytest.param("a.jsonl", JSONL.replace(b"\n", b"\r\n\r\n"), id="jsonl-windows-blank-lines"),
    pytest.param("a.jsonl.gz", gzip.compress(JSONL), id="jsonl-gzipped"),
]


@pytest.mark.parametrize(("name", "content"), FILES)
def test_files_of_every_make_are_read(tmp_path: Path, name: str, content: bytes) -> None:
    """Line ends, byte order marks and gzip make no difference, alone or in a folder."""
    (tmp_path / name).write_bytes(content)
    assert [s.text for s in written(tmp_path / name)] == ["One.", "Two.", "Three."]
    assert list(candidates(tmp_path)) == ["/a"]
    assert [s.text for s in written(tmp_path)] == ["One.", "Two.", "Three."]


def test_a_folder_gives_a_candidate_per_file(tmp_path: Path) -> None:
    """Candidates are named after their files, in order; other files are passed over."""
    for name in ("bart.v2.jsonl", "ada.jsonl"):
        write(tmp_path / name, *(record(i, name) for i in "abc"))
    (tmp_path / "README.md").write_text("About these.")
    found = candidates(tmp_path)
    assert list(found) == ["/ada", "/bart.v2"]
    assert found["/ada"].summarise(ARTICLES) == [Summary("ada.jsonl")] * 3
    assert spec.show(found["/ada"]) == f"outputs(path={str(tmp_path / 'ada.jsonl')!r})"


GAPS = [
    pytest.param([ABC[0]], "a.jsonl holds no summary of this article", id="no-line"),
    pytest.param([ABC[0], record("b", "")], "empty summary", id="empty"),
    pytest.param([ABC[0], record("b", " \n")], "empty summary", id="white-space"),
]


@pytest.mark.parametrize(("records", "reason"), GAPS)
def test_an_article_without_a_summary_gets_a_reason(
    tmp_path: Path, records: Sequence[object], reason: str
) -> None:
    """What is missing or empty is a record with a reason; the others are as they were."""
    first, second, _ = written(write(tmp_path / "a.jsonl", *records))
    assert first == Summary("One.")
    assert (second.text, second.reason) == (None, reason)


def test_an_empty_line_of_a_text_file_is_an_empty_summary(tmp_path: Path) -> None:
    """Every line stands for its article, also one that holds nothing."""
    (tmp_path / "a.txt").write_text("One.\n\nThree.\n")
    assert [s.reason for s in written(tmp_path / "a.txt")] == [None, "empty summary", None]


A = '{"id": "a", "summary": "x"}\n'
WRONG = {
    "unknown id": (A + A.replace("a", "d", 1), "a summary for 'd' (1 such in all)"),
    "another corpus": (A.replace("a", "d", 1), "its ids are 'a', 'b', 'c' and so on"),
    "duplicate": (A + A, "a.jsonl:2: a second summary for 'a'. Keep one"),
    "1 and '1'": (A.replace('"a"', "1") + A.replace("a", "1", 1), "a second summary for '1'"),
    "no id": (A.replace("id", "ids"), "a.jsonl:1: no field 'id'. Did you mean ids?"),
    "no id, what to do": (A.replace("id", "ids"), "Name it: outputs(path=..., id=...)"),
    "no summary": (A.replace("summary", "text"), "no field 'summary'. Known: id, text."),
    "null": (A.replace('"x"', "null"), "a.jsonl:1: 'summary' is None; it must be text"),
    "a list": (A.replace('"x"', '["x"]'), "'summary' is ['x']; it must be text"),
    "a number": (A.replace('"x"', "5"), "'summary' is 5; it must be text"),
    "truth for an id": (A.replace('"a"', "true"), "'id' is True; it must be text"),
    "a fraction for an id": (A.replace('"a"', "1.5"), "'id' is 1.5; it must be text"),
    "no object": ('["a", "x"]\n', "is no JSON object"),
    "torn": (A + A[:12], "a.jsonl:2: no JSON"),
}


@pytest.mark.parametrize(("content", "message"), WRONG.values(), ids=WRONG)
def test_a_file_that_does_not_fit_is_refused_before_any_work(
    tmp_path: Path, content: str, message: str
) -> None:
    """The refusal comes from expanding, and names the file, the value and what to do."""
    (tmp_path / "a.jsonl").write_text(content)
    with pytest.raises(InputError, match=re.escape(message)):
        candidates(tmp_path / "a.jsonl")


def test_the_argument_to_change_is_named_whatever_the_field(tmp_path: Path) -> None:
    """A field that is missing under a name that was given is put right by the same argument."""
    (tmp_path / "a.jsonl").write_text(A)
    with pytest.raises(InputError, match=r"no field 'text'.*Name it: outputs\(path=..., summary="):
        Outputs(str(tmp_path / "a.jsonl"), summary="text").expand(WHOLE)


@pytest.mark.parametrize("count", [0, 2, 4])
def test_lines_and_articles_must_be_as_many(tmp_path: Path, count: int) -> None:
    """Lines stand for articles by their order, so one too few or too many shifts them all."""
    (tmp_path / "a.txt").write_text("x\n" * count)
    with pytest.raises(InputError, match=rf"a\.txt has {count} lines for 3 articles"):
        candidates(tmp_path / "a.txt")


def test_bytes_that_are_not_utf_8_are_refused(tmp_path: Path) -> None:
    """Nothing is guessed about another encoding."""
    (tmp_path / "a.txt").write_bytes(b"One.\nTw\xf6.\nThree.\n")
    with pytest.raises(InputError, match=r"a\.txt:2: byte 3 is 0xf6, which is not UTF-8"):
        candidates(tmp_path / "a.txt")


def test_a_missing_file_is_told_in_words(tmp_path: Path) -> None:
    """Without a file there is no candidate."""
    with pytest.raises(InputError, match=r"none\.jsonl cannot be read: No such file"):
        candidates(tmp_path / "none.jsonl")


def test_a_folder_without_outputs_is_refused(tmp_path: Path) -> None:
    """A folder that holds nothing readable is a mistake, not a table without rows."""
    (tmp_path / "notes.md").write_text("None yet.")
    with pytest.raises(InputError, match="holds no outputs"):
        candidates(tmp_path)


def test_two_files_for_one_candidate_are_refused(tmp_path: Path) -> None:
    """Neither file silently stands for the other."""
    write(tmp_path / "ada.jsonl", *ABC)
    (tmp_path / "ada.txt").write_text("One.\nTwo.\nThree.\n")
    with pytest.raises(InputError, match="two files for the candidate 'ada'"):
        candidates(tmp_path)


LIMITED = [
    pytest.param("a.jsonl", b"".join(json.dumps(r).encode() + b"\n" for r in ABC), id="jsonl"),
    pytest.param("a.txt", "\n".join(TEXTS).replace("\n\u2028", " ").encode(), id="text"),
]


@pytest.mark.parametrize(("name", "content"), LIMITED)
def test_of_a_limited_corpus_the_rest_is_not_missed(
    tmp_path: Path, name: str, content: bytes
) -> None:
    """With a limit the file may hold summaries of the articles that are left out."""
    (tmp_path / name).write_bytes(content)
    found = written(tmp_path / name, FIRST_TWO)
    assert [(s.text or "")[:4] for s in found] == ["One.", "Zwei"]


def test_a_limited_corpus_needs_its_lines_all_the_same(tmp_path: Path) -> None:
    """Fewer lines than articles stay a mistake, with a limit too."""
    (tmp_path / "a.txt").write_text("One.\n")
    with pytest.raises(InputError, match="1 lines for 2 articles"):
        candidates(tmp_path / "a.txt", FIRST_TWO)


def test_a_file_that_has_changed_is_read_again(tmp_path: Path) -> None:
    """What another file of the same name held is never shown as this one's."""
    path = write(tmp_path / "a.jsonl", *(record(i, "old") for i in "abc"))
    [part] = candidates(path).values()
    before = part.signature()
    assert part.summarise(ARTICLES) == [Summary("old")] * 3
    write(path, *(record(i, "new") for i in "abc"))
    assert part.signature() != before
    assert part.summarise(ARTICLES) == [Summary("new")] * 3


def test_the_signature_is_the_content_s(tmp_path: Path) -> None:
    """The same file in another place is the same candidate; other fields of it are another."""
    one, other = (write(tmp_path / name, *ABC) for name in ("a.jsonl", "b.jsonl"))
    assert Outputs(str(one)).signature() == Outputs(str(other)).signature()
    assert Outputs(str(one)).signature() != Outputs(str(one), summary="text").signature()


def test_one_part_serves_two_corpora(tmp_path: Path) -> None:
    """Expanding leaves the part that was named as it was, so that corpora do not mix."""
    (tmp_path / "a.txt").write_text("One.\nTwo.\nThree.\n")
    named = Outputs(str(tmp_path / "a.txt"))
    [first] = named.expand(WHOLE).values()
    [second] = named.expand(CorpusView(["c", "b", "a"], 0)).values()
    assert [s.text for s in first.summarise(ARTICLES)] == ["One.", "Two.", "Three."]
    assert [s.text for s in second.summarise(ARTICLES)] == ["Three.", "Two.", "One."]
