from dataclasses import replace
from typing import Any

import pytest

from harness.errors import SummariserError
from harness.models.families import family_of
from harness.models.folder import Folder, read
from harness.models.generation import Writer, Written
from harness.models.loading import load
from harness.models.settings import resolve
from tests.tiny_models import CHATS, FAMILIES, Tiny, tell

pytestmark = pytest.mark.slow

ROWS = [[20, 31, 44, 50, 61, 70, 83], [90, 99], [33, 47, 58, 69, 80], [11, 22, 13, 44]]


def _writer(folder: Folder, **asked: Any) -> Writer:
    family = family_of(folder.config)
    loaded = load(folder, causal=family.causal, dtype="float32", device="cpu", pickle=False)
    asked = {"max_tokens": 16, "min_tokens": 0, **asked}
    return Writer.of(loaded, family, resolve(folder, family, asked, "summarization"))


def _alone(writer: Writer, rows: list[list[int]]) -> list[Written]:
    return [writer.write([row], [seed])[0] for seed, row in enumerate(rows)]


@pytest.mark.parametrize("how", [{"beams": 1}, {"beams": 4}, {"sample": True}], ids=str)
@pytest.mark.parametrize("family", FAMILIES)
def test_a_row_is_written_the_same_alone_and_among_others(
    tiny: Tiny, family: str, how: dict[str, Any]
) -> None:
    """In float32 neither the padding nor the neighbours of a row change its tokens."""
    writer = _writer(read(tiny(family)), **how)
    together = writer.write(ROWS, list(range(len(ROWS))))
    assert together == _alone(writer, ROWS)
    assert len({one.tokens for one in together}) > 1


@pytest.mark.parametrize("family", ["bart", "qwen2"])
def test_the_tokens_are_those_of_a_plain_generate(tiny: Tiny, family: str) -> None:
    """The oracle is one row at a time, unpadded, all arguments told to transformers itself."""
    import torch

    folder = read(tiny(family))
    writer = _writer(folder, beams=3, length_penalty=0.5, no_repeat_ngram=2)
    model = load(folder, causal=family in CHATS, dtype="float32", device="cpu", pickle=False).model
    model.generation_config = writer.loaded.generation
    for row, found in zip(ROWS, _alone(writer, ROWS), strict=True):
        plain = model.generate(
            input_ids=torch.tensor([row]),
            attention_mask=torch.ones(1, len(row), dtype=torch.long),
            num_beams=3,
            max_new_tokens=16,
            length_penalty=0.5,
            no_repeat_ngram_size=2,
            eos_token_id=writer.config.eos_token_id,
        )[0].tolist()
        new = plain[len(row) if family in CHATS else 1 :]
        assert new[: len(found.tokens)] == list(found.tokens)


def test_limits_are_kept_and_told(tiny: Tiny) -> None:
    """No more than max_tokens and, their end aside, no less than min_tokens are written."""
    folder = read(tiny("llama"))
    free = _writer(folder).write(ROWS, [0] * 4)
    assert {one.cut for one in free} == {False, True} or not any(one.cut for one in free)
    short = _writer(folder, max_tokens=2).write(ROWS, [0] * 4)
    assert all(len(one.tokens) <= 2 for one in short)
    assert [one.cut for one in short] == [len(one.tokens) >= 2 for one in free]
    least = _writer(folder, min_tokens=12).write(ROWS, [0] * 4)
    assert all(len(one.tokens) >= 12 for one in least)


def test_an_end_that_is_forced_at_the_limit_counts_as_cut(tiny: Tiny) -> None:
    """BART's config forces an end token there, so that its presence proves nothing."""
    writer = _writer(read(tiny("bart")), max_tokens=6, min_tokens=6)
    assert writer.config.forced_eos_token_id == 2
    for one in writer.write(ROWS, [0] * 4):
        assert (len(one.tokens), one.cut) == (5, True)


def test_the_models_own_lengths_leave_no_trace(tiny: Tiny, tmp_path: Any) -> None:
    """A min_length in the model's file does not come back behind min_tokens=0."""
    import shutil

    path = shutil.copytree(tiny("llama"), tmp_path / "m")
    tell(path, "generation_config.json", min_length=60, max_length=90, do_sample=True)
    assert _writer(read(path)).write(ROWS, [0] * 4) == _writer(read(tiny("llama"))).write(
        ROWS, [0] * 4
    )


def test_led_looks_everywhere_from_its_first_token(tiny: Tiny) -> None:
    """Token 0 of every row has global attention, and no other; other families have no such mask."""
    inputs = _writer(read(tiny("led")))._inputs(ROWS)
    assert inputs["global_attention_mask"].sum(dim=0).tolist() == [4, 0, 0, 0, 0, 0, 0]
    assert "global_attention_mask" not in _writer(read(tiny("bart")))._inputs(ROWS)


def test_padding_is_on_the_side_that_the_model_needs(tiny: Tiny) -> None:
    """A chat model goes on where its row ends, so it is padded on the left; others on the right."""
    left = _writer(read(tiny("qwen2")))._inputs(ROWS[:2])["attention_mask"].tolist()
    right = _writer(read(tiny("bart")))._inputs(ROWS[:2])["attention_mask"].tolist()
    assert left[1] == [0, 0, 0, 0, 0, 1, 1]
    assert right[1] == [1, 1, 0, 0, 0, 0, 0]


def test_a_turn_may_end_with_the_tokenizers_mark(tiny: Tiny) -> None:
    """A chat model whose file names other ends still stops where its tokenizer's turns do."""
    writer = _writer(read(tiny("qwen2")))
    assert writer.loaded.tokenizer.eos_token_id == 5
    assert {2, 5} <= set(writer.config.eos_token_id)


@pytest.mark.parametrize(
    ("start", "asked", "begins"),
    [
        pytest.param(2, {}, {"forced_bos_token_id": "en_XX"}, id="the default is forced"),
        pytest.param(2, {"language": "fr_XX"}, {"forced_bos_token_id": "fr_XX"}, id="as asked"),
        pytest.param("ro_RO", {}, {"decoder_start_token_id": "ro_RO"}, id="mBART-25 as it is"),
        pytest.param(
            "ro_RO", {"language": "fr_XX"}, {"decoder_start_token_id": "fr_XX"}, id="mBART-25 asked"
        ),
    ],
)
def test_mbart_begins_in_its_language(
    tiny: Tiny, start: int | str, asked: dict[str, Any], begins: dict[str, str]
) -> None:
    """The first token is the language, by the mark that the model's own files use for it."""
    writer = _writer(read(tiny("mbart")))
    code = writer.loaded.tokenizer.convert_tokens_to_ids
    writer.loaded.generation.decoder_start_token_id = code(start) if start != 2 else 2
    settings = resolve(read(tiny("mbart")), writer.family, asked, "summarization")
    config = Writer.of(writer.loaded, writer.family, settings).config
    ((name, language),) = begins.items()
    assert getattr(config, name) == code(language)
    assert (config.forced_bos_token_id is None) == (start == "ro_RO")


def test_a_language_that_the_model_lacks_is_refused(tiny: Tiny) -> None:
    """An unknown code would be read as an unknown word."""
    with pytest.raises(SummariserError, match=r"language='tlh_XX' is none that the tokenizer"):
        _writer(read(tiny("mbart")), language="tlh_XX")


def test_nan_is_found_in_the_row_that_has_it(tiny: Tiny) -> None:
    """One article's overflow is told, and its neighbours' summaries stand."""
    import torch

    writer = _writer(read(tiny("llama")))
    clean = writer.write(ROWS, [0] * 4)
    with torch.no_grad():
        writer.loaded.model.get_input_embeddings().weight[99] = float("nan")
    found = writer.write(ROWS, [0] * 4)
    assert [one.overflowed for one in found] == [False, True, False, False]
    assert [replace(one) for i, one in enumerate(found) if i != 1] == [*clean[:1], *clean[2:]]
