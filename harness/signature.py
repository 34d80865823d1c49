"""Signatures: everything that a number or a text depends on, as one line of text.

``rouge|stem:yes|tokens:ascii|sentences:own-1|refs:max-f|v:1``: a name, then fields in the order
they were given. Two runs may stand in one table only where the signatures of their metrics are
equal. The idea is sacreBLEU's (Post, 2018).
"""

import hashlib

_ESCAPED = {ord(sign): f"%{ord(sign):02X}" for sign in "%|\n\r"}
"""What would end a field or a line is escaped, so that no two values have one signature."""


def signature(name: str, **fields: object) -> str:
    """Join a name and its fields: booleans as yes and no, sequences with plus signs.

    >>> signature("rouge", stem=True, orders=(1, 2), v=1)
    'rouge|stem:yes|orders:1+2|v:1'
    """
    return "|".join([name, *(f"{key}:{_text(value)}" for key, value in fields.items())])


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "+".join(map(_text, value))
    return str(value).translate(_ESCAPED)


def digest(*texts: str) -> str:
    """Return the SHA-256 of some texts, in hexadecimal; where one text ends is part of it."""
    total = hashlib.sha256()
    for text in texts:
        raw = text.encode("utf-8", "surrogatepass")
        total.update(len(raw).to_bytes(8, "little"))
        total.update(raw)
    return total.hexdigest()
