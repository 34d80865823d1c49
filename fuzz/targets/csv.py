"""A corpus as a table in a text file."""

from fuzz.target import Target, attempt, folder
from harness.corpora.csv import Csv

_PLACE = folder()


def once(data: bytes) -> None:
    """Read bytes as a table whose delimiter is seen, and with one that the first byte says."""
    file = _PLACE / "news.csv"
    file.write_bytes(data)
    attempt(lambda: list(Csv(str(file)).articles()))
    attempt(lambda: list(Csv(str(file), delimiter=chr(data[0]) if data else ";").articles()))


TARGET = Target(
    once,
    [
        b'id,text,summary\n1,It rained.,Rain.\n2,"It\nsnowed.","[""Snow."", ""S.""]"\n',
        b"\xef\xbb\xbftext\treference\treference_2\r\nIt rained.\tA\tB\r\n",
        b'text;title\n"unfinished;x\n',
    ],
    [b'"', b'""', b"text", b"[", b'["a"]', b"\x00", b"\r", b"null"],
)
