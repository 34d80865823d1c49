from pathlib import Path
from typing import Any

import pytest

from harness.errors import UsageError
from harness.models.families import family_of
from harness.models.folder import read
from harness.models.limits import ASKED, Value, input_limit, output_limit, positions
from tests.tiny_models import hollow

BART = {"model_type": "bart", "max_position_embeddings": 1024}
LED = {
    "model_type": "led",
    "max_encoder_position_embeddings": 16384,
    "max_decoder_position_embeddings": 1024,
}
T5 = {"model_type": "t5", "n_positions": 512}
LLAMA = {"model_type": "llama", "max_position_embeddings": 4096}


@pytest.mark.parametrize(
    ("config", "side", "found"),
    [
        pytest.param(BART, "encoder", 1024, id="one number for both"),
        pytest.param(LED, "encoder", 16384, id="LED reads much"),
        pytest.param(LED, "decoder", 1024, id="LED writes less"),
        pytest.param({"text_config": {"max_position_embeddings": 8}}, "decoder", 8, id="inside"),
        pytest.param({}, "encoder", None, id="not told"),
    ],
)
def test_positions_are_found(config: dict[str, Any], side: str, found: int | None) -> None:
    """Each side has its own number where the config tells them apart."""
    assert positions(config, side) == found


def _input(
    path: Path, config: dict[str, Any], told: float | None, asked: int | None, most: int
) -> Value:
    tokenizer = {} if told is None else {"model_max_length": told}
    folder = read(hollow(path, config, tokenizer_config=tokenizer))
    return input_limit(folder, family_of(config), asked, most)


@pytest.mark.parametrize(
    ("config", "told", "asked", "limit"),
    [
        pytest.param(BART, None, None, 1024, id="positions"),
        pytest.param(BART, 512, None, 512, id="a tokenizer that knows less"),
        pytest.param(BART, 4096, None, 1024, id="a tokenizer that promises more"),
        pytest.param(BART, 1e30, None, 1024, id="a tokenizer that knows no limit"),
        pytest.param(BART, 512, 1000, 1000, id="more than the tokenizer, as asked"),
        pytest.param(T5, None, None, 512, id="T5 as trained"),
        pytest.param(T5, 512, 2048, 2048, id="T5 has no last position"),
        pytest.param(LLAMA, None, None, 4096 - 100, id="a chat model keeps room to answer"),
        pytest.param(LLAMA, 2048, None, 2048, id="a chat model's tokenizer"),
        pytest.param({"model_type": "llama"}, None, None, 2048, id="nobody knows"),
    ],
)
def test_how_much_is_read(
    tmp_path: Path, config: dict[str, Any], told: float | None, asked: int | None, limit: int
) -> None:
    """The least of what model and tokenizer say; as asked, as far as positions go."""
    assert _input(tmp_path, config, told, asked, 100)[0] == limit


@pytest.mark.parametrize(
    ("config", "asked", "most", "message"),
    [
        pytest.param(BART, 1025, 100, r"input_tokens=1025 is more than the 1024", id="positions"),
        pytest.param(LLAMA, 4000, 100, r"more than the 3996", id="no room to answer"),
        pytest.param(LLAMA, None, 4096, r"leaves no room to read", id="no room to read"),
    ],
)
def test_more_than_the_model_has_room_for_is_refused(
    tmp_path: Path, config: dict[str, Any], asked: int | None, most: int, message: str
) -> None:
    """Positions that do not exist cannot be asked for."""
    with pytest.raises(UsageError, match=message):
        _input(tmp_path, config, None, asked, most)


@pytest.mark.parametrize(
    ("config", "most", "least", "limits"),
    [
        pytest.param(BART, (142, "x"), (56, "x"), (142, 56), id="they fit"),
        pytest.param(BART, (1024, ASKED), (0, "x"), (1024, 0), id="every position"),
        pytest.param(BART, (2000, "x"), (0, "x"), (1024, 0), id="the model's own is too much"),
        pytest.param(LLAMA, (4096, "x"), (0, "x"), (2048, 0), id="a chat model must read too"),
        pytest.param(T5, (2000, ASKED), (0, "x"), (2000, 0), id="relative positions"),
        pytest.param(BART, (40, ASKED), (56, "x"), (40, 0), id="less than the model's least"),
    ],
)
def test_how_much_is_written(
    config: dict[str, Any], most: Value, least: Value, limits: tuple[int, int]
) -> None:
    """What the caller asks stands; what the model's files say gives way where it cannot be."""
    made = output_limit(config, family_of(config), {"max_tokens": most, "min_tokens": least})
    assert (made["max_tokens"][0], made["min_tokens"][0]) == limits


@pytest.mark.parametrize(
    ("most", "least", "message"),
    [
        pytest.param((1025, ASKED), (0, "x"), r"the model has 1024 positions", id="positions"),
        pytest.param((40, ASKED), (50, ASKED), r"min_tokens=50 is more than max", id="crossed"),
    ],
)
def test_lengths_that_cannot_be_are_refused(most: Value, least: Value, message: str) -> None:
    """A caller who asks for the impossible is told so."""
    with pytest.raises(UsageError, match=message):
        output_limit(BART, family_of(BART), {"max_tokens": most, "min_tokens": least})
