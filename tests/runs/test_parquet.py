import io
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from harness.runs.parquet import MisfitError, Types, decode, encode

TYPES: Types = (
    ("article", "string not null"),
    ("text", "string"),
    ("words", "double"),
    ("references", "list<element: string>"),
)


def table() -> pa.Table:
    """Return two rows with a text, a number and a list, one of each missing."""
    columns = {
        "article": ["a", "b"],
        "text": ["Prices rose.", None],
        "words": pa.array([2.5, None], pa.float64()),
        "references": pa.array([["One.", "Two."], []], pa.list_(pa.string())),
    }
    return pa.table(columns)


def written(columns: dict[str, Any], **options: Any) -> bytes:
    """Return a Parquet file that pyarrow wrote by itself."""
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out, **options)
    return out.getvalue()


def test_what_was_encoded_is_decoded_equal() -> None:
    """Texts, numbers, lists and what is missing come back as they were."""
    assert decode(encode(table()), 2, TYPES).equals(table())
    assert decode(encode(table()), 2, TYPES, ["words"]).column_names == ["words"]


def test_the_same_table_is_the_same_bytes() -> None:
    """A file depends on its rows alone, so that runs can be held against each other."""
    assert encode(table()) == encode(table())


def test_no_flipped_bit_passes_as_another_text_or_number() -> None:
    """Each single bit of a file, flipped, is refused or changes nothing that is read."""
    data = encode(table())
    refused = 0
    for place in range(8 * len(data)):
        other = bytearray(data)
        other[place // 8] ^= 1 << place % 8
        try:
            assert decode(bytes(other), 2, TYPES).select([n for n, _ in TYPES]).equals(table())
        except MisfitError:
            refused += 1
    assert refused > 0.7 * 8 * len(data)


def test_without_page_checksums_flipped_bits_would_pass() -> None:
    """The test above sees what it is for: a number in an unguarded file changes unseen."""
    plain = {"compression": "none", "use_dictionary": False, "write_statistics": False}
    words = written({"words": [0.5]}, **plain)
    at = words.index(bytes.fromhex("000000000000e03f"))  # 0.5 as a double
    other = words[:at] + b"\x01" + words[at + 1 :]
    assert decode(other, 1, (("words", "double"),))["words"].to_pylist() != [0.5]


MISFITS = [
    pytest.param({"words": [1.0]}, (("text", "string"),), "no column 'text'", id="missing"),
    pytest.param({"words": [1]}, (("words", "double"),), "of the type double", id="number"),
    pytest.param({"text": [b"x"]}, (("text", "string"),), "of the type string", id="bytes"),
    pytest.param(
        {"text": pa.array(["x"]).dictionary_encode()},
        (("text", "string"),),
        "of the type string",
        id="dictionary",
    ),
    pytest.param(
        {"text": pa.ExtensionArray.from_storage(pa.json_(), pa.array(["{}"]))},
        (("text", "string"),),
        "of the type string",
        id="extension",
    ),
    pytest.param(
        {"article": pa.array([None], pa.string())},
        (("article", "string not null"),),
        "lacks 1 values of its column 'article'",
        id="no-id",
    ),
    pytest.param({"a": ["x", "y"]}, (), "holds 2 rows where its name promises 1", id="rows"),
]


@pytest.mark.parametrize(("columns", "types", "message"), MISFITS)
def test_a_table_of_another_kind_is_refused(
    columns: dict[str, Any], types: Types, message: str
) -> None:
    """Columns are asked for to the letter, and none of another type is taken for them."""
    with pytest.raises(MisfitError, match=message):
        decode(written(columns), 1, types)


def test_two_columns_of_one_name_are_refused() -> None:
    """Neither of two columns with one name is taken for the one that is meant."""
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays([pa.array([1]), pa.array([2])], ["a", "a"]), out)
    with pytest.raises(MisfitError, match="two columns of one name"):
        decode(out.getvalue(), 1)


def test_a_column_that_may_lack_nothing_is_another_column() -> None:
    """Bytes are read otherwise where a column is said to be required; ours never are."""
    schema = pa.schema([pa.field("words", pa.float64(), nullable=False)])
    out = io.BytesIO()
    pq.write_table(pa.table({"words": [1.0]}, schema=schema), out)
    with pytest.raises(MisfitError, match="has no column 'words' of the type double"):
        decode(out.getvalue(), 1, (("words", "double"),))


def test_text_that_is_no_text_is_refused() -> None:
    """Bytes that are no UTF-8 in a column of text are found before anybody reads them."""
    odd = pa.StringArray.from_buffers(
        1, pa.py_buffer(b"\x00\x00\x00\x00\x02\x00\x00\x00"), pa.py_buffer(b"\xff\xfe")
    )
    with pytest.raises(MisfitError, match="UTF8"):
        decode(written({"text": odd}), 1, (("text", "string"),))
