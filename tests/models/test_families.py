from typing import Any

import pytest

from harness.errors import SummariserError
from harness.models.families import FAMILIES, family_of


@pytest.mark.parametrize(
    ("config", "name", "causal"),
    [
        pytest.param(
            {"model_type": "bart", "architectures": ["BartModel"]}, "BART", False, id="bart"
        ),
        pytest.param({"model_type": "pegasus_x"}, "PEGASUS", False, id="pegasus-x"),
        pytest.param({"model_type": "led", "is_encoder_decoder": True}, "LED", False, id="led"),
        pytest.param(
            {"model_type": "prophetnet", "is_encoder_decoder": True},
            "encoder-decoder",
            False,
            id="an encoder-decoder of no known family",
        ),
        pytest.param(
            {"model_type": "qwen2", "architectures": ["Qwen2ForCausalLM"]}, "chat", True, id="qwen"
        ),
        pytest.param(
            {"model_type": "gpt2", "architectures": ["GPT2LMHeadModel"]}, "chat", True, id="gpt2"
        ),
        pytest.param({"model_type": "llama"}, "chat", True, id="no architecture told"),
    ],
)
def test_a_config_tells_its_family(config: dict[str, Any], name: str, causal: bool) -> None:
    """The model type decides where it is known, and otherwise what the model was built for."""
    family = family_of(config)
    assert (family.name, family.causal) == (name, causal)


@pytest.mark.parametrize("name", ["BertForMaskedLM", "RobertaForSequenceClassification"])
def test_a_model_that_writes_no_text_is_refused(name: str) -> None:
    """An encoder is refused by name, with what to give instead."""
    with pytest.raises(
        SummariserError, match=rf"{name} .* writes no text\. Give an encoder-decoder"
    ):
        family_of({"model_type": "bert", "architectures": [name]})


def test_only_led_looks_everywhere_from_its_first_token_and_only_mbart_has_languages() -> None:
    """The two peculiarities that a model is wrong without belong to one family each."""
    assert [k for k, f in FAMILIES.items() if f.first_token_global] == ["led"]
    assert [k for k, f in FAMILIES.items() if f.language] == ["mbart"]


def test_every_default_prompt_has_a_place_for_the_article() -> None:
    """No family's default could leave the article out."""
    assert all(f.prompt.count("{article}") == 1 for f in FAMILIES.values())
