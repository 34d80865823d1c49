"""eval.toml, and the words of a command beside it."""

from fuzz.target import Target, attempt, folder, text_of
from harness import plan

_PLACE = folder()


def once(data: bytes) -> None:
    """Read bytes as eval.toml, make a plan of it, and name candidates by the same text."""
    file = _PLACE / "eval.toml"
    file.write_bytes(data)
    attempt(lambda: plan.read(file))
    attempt(lambda: plan.plan_from(plan.Words(config=file)))
    attempt(lambda: plan.named(text_of(data).split("\n")))


TARGET = Target(
    once,
    [
        b'corpus = "news"\nmetrics = ["rouge"]\nlimit = 3\n[candidates]\na = "lead"',
        b'corpus = "\\u0000"\nruns = "s3://b"\nengine = "ray"\ncandidates = {"a b" = "lead"}\n',
        b"lead\nb=lead(sentences=1)\nb = random",
    ],
    b'[[ ]] = """ limit=0x 1979-05-27 inf nan [candidates] engine'.split(),
    longest=512,
)
