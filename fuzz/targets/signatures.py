"""Signatures: no two values have one, and each is a line."""

import atheris

from fuzz.target import Target
from harness.signature import digest, signature


def once(data: bytes) -> None:
    """Sign two pairs of texts: the signatures are equal where the texts are, and only there."""
    given = atheris.FuzzedDataProvider(data)
    one = (given.ConsumeUnicode(12), given.ConsumeUnicode(12))
    two = (given.ConsumeUnicode(12), given.ConsumeUnicode(12))
    signed = [signature("part", a=a, b=b, v=1) for a, b in (one, two)]
    if len(set(signed)) != len({one, two}) or any("\n" in s or "\r" in s for s in signed):
        raise AssertionError((one, two, signed))
    if (digest(*one) == digest(*two)) != (one == two):
        raise AssertionError((one, two))


TARGET = Target(once, [b"\x01a|b%7C\nb:|a", b"aaaaaaaaaaaaaaaaaaaaaaaa"], b"| % : %7C".split(), 64)
