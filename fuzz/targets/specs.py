"""Specs: parts named with their parameters, which parse back from what they print."""

from fuzz.target import Target, attempt, text_of
from harness import spec
from harness.errors import HarnessError

_KINDS = ("corpora", "engines", "metrics", "reports", "summarisers")


def once(data: bytes) -> None:
    """Read a spec as every kind of part; one that is a part prints as a spec of an equal part."""
    text = text_of(data)
    attempt(lambda: spec.read(text))
    for kind in _KINDS:
        try:
            part = spec.parse(kind, text)
        except HarnessError:
            continue
        if spec.parse(kind, spec.show(part)) != part:
            msg = f"{text!r} prints as {spec.show(part)!r}, which is another {kind}"
            raise AssertionError(msg)


TARGET = Target(
    once,
    [
        b"rouge(stem=False, orders=(1, 2))",
        b"lead(sentences=2)",
        b"random(seed=7)",
        b"csv(path='a', delimiter=';', skip=('x',))",
        b"command(run='cat', seconds=1.5)",
        b"outputs(path='x', id='id')",
        b"judge(model='m', url='http://127.0.0.1:1/v1')",
        b"html(columns=('rouge1',), articles=3)",
        b"transformer(model='x', beams=2, dtype='float32')",
    ],
    b"( ) =' =[ True None -1 1e999 0x **{ lambda: '\\".split(),
    longest=256,
)
