from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.models import encoder_loading
from harness.models.batching import Failure
from harness.models.encoder_loading import Encoder
from harness.models.states import OVERFLOWED, Tokens, blame, states, tokens
from tests.models.test_encoders import TEXTS, held, plain, spoil
from tests.tiny_models import READS, encoder, tell


@pytest.mark.slow
@pytest.mark.parametrize("family", ["bert", "roberta"])
def test_states_in_a_batch_are_those_of_each_text_alone(tmp_path: Path, family: str) -> None:
    """Padding is masked: in float32 it moves nothing but the last bits of states."""
    import numpy as np

    made = held(encoder(family, tmp_path / family))
    given = [one for one in tokens(made, TEXTS) if isinstance(one, Tokens)]
    for text, together in zip(given, states(made, given, plain), strict=True):
        (alone,) = states(made, [text], plain)
        np.testing.assert_allclose(np.array(together), np.array(alone), atol=1e-5)


@pytest.mark.slow
@pytest.mark.parametrize("family", ["bert", "roberta"])
def test_a_text_longer_than_the_encoder_is_cut_and_marked(tmp_path: Path, family: str) -> None:
    """RoBERTa's positions begin after its padding's: a full row must not run out of them."""
    path = encoder(family, tmp_path / family)
    tell(path, "tokenizer_config.json", model_max_length=None)
    made = held(path)
    long, short = tokens(made, ["the bridge " * 90, "Ferries!"])
    assert isinstance(long, Tokens)
    assert isinstance(short, Tokens)
    assert (made.limit, len(long.ids), long.cut, short.cut) == (READS, READS, True, False)
    assert long.whole > READS
    assert not isinstance(states(made, [long], plain)[0], Failure)


@pytest.mark.slow
def test_a_tokenizer_without_padding_is_padded_all_the_same(tmp_path: Path) -> None:
    """What fills a row is masked, so that any token serves."""
    path = encoder("bert", tmp_path / "m")
    given = [one for one in tokens(held(path), TEXTS) if isinstance(one, Tokens)]
    before = states(held(path), given, plain)
    made = held(path)
    made.tokenizer.pad_token = None
    made = replace(made, pad=encoder_loading._pad(_config(None), made.tokenizer))
    assert states(made, given, plain) == before


def _config(pad: int | None) -> Any:
    class Config:
        pad_token_id = pad

    class Model:
        config = Config

    return Model


@pytest.mark.slow
def test_broken_weights_are_a_reason_per_text(tmp_path: Path) -> None:
    """NaN in the states is told, and raises nothing."""
    path = encoder("bert", tmp_path / "m")
    spoil(path)
    made = held(path)
    given = [one for one in tokens(made, TEXTS) if isinstance(one, Tokens)]
    assert states(made, given, plain) == [OVERFLOWED] * len(TEXTS)
    assert blame(OVERFLOWED).startswith("has no score: the model's numbers overflowed (NaN)")


class _Short:
    """An encoder for whose batches there is never memory, and who fails on one token."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def __call__(self, input_ids: Any, attention_mask: Any) -> Sequence[Any]:
        self.sizes.append(len(input_ids))
        if len(input_ids) > 1:
            raise MemoryError
        if 7 in input_ids:
            message = "index out of range"
            raise IndexError(message)
        return [attention_mask[..., None].float()]


@pytest.mark.slow
def test_a_batch_without_memory_is_halved_and_one_bad_text_harms_no_other() -> None:
    """The others have their states; the one that fails alone has the library's words."""
    model = _Short()
    made = Encoder(model, None, 8, 0, "cpu", 100)
    given = [Tokens((1, 2), 2), Tokens((7,), 1), Tokens((3,), 1)]
    found = states(made, given, plain)
    assert [found[0], found[2]] == [[[1.0], [1.0]], [[1.0]]]
    assert isinstance(found[1], Failure)
    assert blame(found[1]) == "makes the model fail: IndexError: index out of range"
    assert model.sizes[0] == 3
