"""Real programs, written by the tests, as summarisers."""

import os
import re
import shlex
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from harness.errors import SummariserError, UsageError
from harness.records import Article, Summary
from harness.summarisers.command import Command

ARTICLES = [Article("a", "One. Two.", title="T"), Article("b", "Drei ü."), Article("c", "四。")]
ECHO = "[print(json.dumps({'id': a['id'], 'summary': a['text']})) for a in given]"
Program = Callable[[str], str]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Return a function that turns Python code, in which ``given`` is what came, into a command."""

    def write(code: str) -> str:
        path = tmp_path / "a program.py"
        read = "given = [json.loads(line) for line in sys.stdin]"
        path.write_text(f"import json, os, subprocess, sys, time\n{read}\n{code}\n")
        return f"{shlex.quote(sys.executable)} -S {shlex.quote(str(path))}"

    return write


def written(run: str, articles: Sequence[Article] = ARTICLES) -> list[Summary]:
    """Return what a command wrote."""
    return Command(run, seconds=60).summarise(articles)


def test_a_program_reads_articles_and_writes_summaries(program: Program) -> None:
    """Text comes and goes unharmed, whatever its script."""
    assert written(program(ECHO)) == [Summary(a.text) for a in ARTICLES]


def test_a_program_is_given_id_text_and_title(program: Program) -> None:
    """An article without a title has a null there; references are not shown."""
    run = program("[print(json.dumps({'id': a['id'], 'summary': repr(a)})) for a in given]")
    assert [s.text for s in written(run)][1:] == [
        "{'id': 'b', 'text': 'Drei ü.', 'title': None}",
        "{'id': 'c', 'text': '四。', 'title': None}",
    ]


def test_answers_may_come_in_any_order(program: Program) -> None:
    """Summaries find their articles by id."""
    run = program("given.reverse(); " + ECHO)
    assert written(run) == [Summary(a.text) for a in ARTICLES]


def test_one_article_s_error_is_its_reason(program: Program) -> None:
    """A program may fail on one article and write the others; what it leaves out gets a reason."""
    code = """print('{"id": "b", "error": "too short"}')
print('{"id": "a", "summary": "One.", "error": null}')"""
    assert written(program(code)) == [
        Summary("One."),
        Summary(None, "too short"),
        Summary(None, "the program gave no answer for this article"),
    ]


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_empty_summary_is_a_reason(program: Program, text: str) -> None:
    """White space is no summary."""
    run = program(f"print(json.dumps({{'id': 'a', 'summary': {text!r}}}))")
    assert written(run, ARTICLES[:1]) == [Summary(None, "empty summary")]


def test_line_ends_of_other_kinds_stay_in_the_text(program: Program) -> None:
    """Only a line feed ends an answer: JSON may hold a line separator as it is."""
    code = """answer = {'id': 'a', 'summary': 'One.\\u2028Two.\\x85'}
sys.stdout.buffer.write((json.dumps(answer, ensure_ascii=False) + '\\r\\n\\n').encode())"""
    assert written(program(code), ARTICLES[:1]) == [Summary("One.\u2028Two.\x85")]


def test_a_program_may_write_much_before_it_has_read_all(program: Program) -> None:
    """8 MB each way through pipes of 64 KB: nobody waits for the other."""
    articles = [Article(str(i), "x" * 200_000) for i in range(40)]
    run = program(ECHO).replace("a program", "streaming")
    path = Path(shlex.split(run)[-1])
    path.write_text(
        "import json, sys\nfor line in sys.stdin:\n    a = json.loads(line)\n"
        "    print(json.dumps({'id': a['id'], 'summary': a['text']}), flush=True)\n"
        "    print('.' * 10_000, file=sys.stderr)\n"
    )
    assert written(run, articles) == [Summary(a.text) for a in articles]


def test_a_program_need_not_read(program: Program, tmp_path: Path) -> None:
    """A program that ends with its input unread is no error by itself."""
    (tmp_path / "deaf.py").write_text('print(\'{"id": "0", "summary": "One."}\')')
    run = program("").replace("a program", "deaf")
    assert written(run, [Article("0", "x" * 1_000_000)]) == [Summary("One.")]


def test_no_article_needs_an_answer(program: Program) -> None:
    """An empty batch has no summaries."""
    assert written(program(ECHO), []) == []


FAILURES = {
    "a crash": ("print('x'); sys.exit('no model')", "ended with exit code 1: no model"),
    "a traceback": ("given[9]", "exit code 1: .* / IndexError: list index out of range"),
    "a silent crash": ("sys.exit(3)", "ended with exit code 3: nothing on stderr"),
    "a signal": ("os.kill(os.getpid(), 9)", "ended with exit code -9"),
    "no JSON": ("print('Loading model')", "wrote 'Loading model' in line 1"),
    "half a line": ('print(\'{"id": "a", "summ\')', "in line 1. Write {"),
    "nested too deeply": ("print('[' * 100_000)", "in line 1"),
    "no object": ('print(\'["a", "x"]\')', "in line 1"),
    "no summary": ('print(\'\\n{"id": "a"}\')', "in line 2"),
    "a null summary": ('print(\'{"id": "a", "summary": null}\')', "in line 1"),
    "a list as summary": ('print(\'{"id": "a", "summary": ["x"]}\')', "in line 1"),
    "no text as id": ('print(\'{"id": null, "summary": "x"}\')', "in line 1"),
    "an unknown id": ('print(\'{"id": "z", "summary": "x"}\')', "answered for 'z', which"),
    "two answers": (f"{ECHO}; {ECHO}", "answered twice for 'a'"),
    "not UTF-8": ("sys.stdout.buffer.write(b'\\xff')", "wrote the byte 0xff, which is not UTF-8"),
}


@pytest.mark.parametrize(("code", "message"), FAILURES.values(), ids=FAILURES)
def test_a_program_that_fails_is_told_of(program: Program, code: str, message: str) -> None:
    """What went wrong is told with the command and what it wrote; no answer of it is kept."""
    with pytest.raises(SummariserError, match=message) as caught:
        written(program(code))
    assert "a program.py" in str(caught.value)


@pytest.mark.parametrize("run", ["no-such-program --x", "/", "./none"])
def test_a_program_that_cannot_be_started_is_told_of(run: str) -> None:
    """An unknown program is an error before any article is lost."""
    with pytest.raises(SummariserError, match=re.escape(run) + "' cannot be started: "):
        written(run)


def test_a_program_that_hangs_is_stopped_with_all_it_started(
    program: Program, tmp_path: Path
) -> None:
    """After ``seconds`` the program is killed, and so is what it started in turn."""
    pid = tmp_path / "pid"
    code = f"""sleep = 'import time; time.sleep(600)'
child = subprocess.Popen([sys.executable, '-S', '-c', sleep])
open({str(pid)!r}, 'w').write(str(child.pid))
time.sleep(600)"""
    with pytest.raises(SummariserError, match=r"took over 2 s for a batch\. Raise seconds="):
        Command(program(code), seconds=2).summarise(ARTICLES)
    assert ended(int(pid.read_text()))


def ended(pid: int) -> bool:
    """Return whether a process ends within 10 seconds."""
    for _ in range(1000):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{pid}/stat").exists() and ") Z " in Path(f"/proc/{pid}/stat").read_text():
            return True
        time.sleep(0.01)
    return False


REFUSED = [
    pytest.param({"run": ""}, "names no program", id="no-program"),
    pytest.param({"run": "  "}, "names no program", id="white-space"),
    pytest.param({"run": "say 'hello"}, "cannot be split into words: No closing", id="unclosed"),
    pytest.param({"run": "x", "seconds": 0}, "above 0 and at most 1000000", id="no-time"),
    pytest.param({"run": "x", "seconds": -1.0}, "seconds=-1.0", id="less-than-no-time"),
    pytest.param({"run": "x", "seconds": float("inf")}, "seconds=inf", id="for-ever"),
    pytest.param({"run": "x", "seconds": float("nan")}, "seconds=nan", id="no-number"),
]


@pytest.mark.parametrize(("arguments", "message"), REFUSED)
def test_a_command_that_cannot_work_is_refused(arguments: dict[str, str], message: str) -> None:
    """Mistakes in the arguments are told before anything is started."""
    with pytest.raises(UsageError, match=message):
        Command(**arguments)  # type: ignore[arg-type] # a table of arguments of several types


def test_the_version_is_in_the_signature_and_the_time_is_not() -> None:
    """Changing the version makes another candidate; more time does not."""
    assert Command("x", "1").signature() != Command("x", "2").signature()
    assert Command("x").signature() == Command("x", seconds=5).signature()
