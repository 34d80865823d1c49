from pathlib import Path
from typing import Any

import pytest

from harness.errors import SummariserError, UsageError
from harness.models import folder
from harness.models.families import family_of
from harness.models.fidelity import check
from harness.models.settings import resolve
from tests.tiny_models import hollow

PLAIN = {"beams": 4, "no_repeat_ngram": 0, "early_stopping": True}


def _check(path: Path, config: dict[str, Any], asked: dict[str, Any], *, exact: bool) -> None:
    marks = {"bos_token_id": 0, "pad_token_id": 1, "eos_token_id": 2}
    found = folder.read(hollow(path / "m", {"model_type": "bart", "d_model": 8, **marks, **config}))
    family = family_of(found.config)
    check(found, family, resolve(found, family, asked, "summarization"), exact=exact)


@pytest.mark.parametrize(
    ("config", "asked"),
    [
        pytest.param({}, PLAIN, id="beams"),
        pytest.param({}, {**PLAIN, "length_penalty": 2.0}, id="a length penalty"),
        pytest.param({"forced_eos_token_id": 2}, PLAIN, id="a forced end"),
        pytest.param({"early_stopping": True}, {**PLAIN, "early_stopping": None}, id="own file"),
        pytest.param({}, {"beams": 1, "min_tokens": 9}, id="greedy"),
        pytest.param({"forced_bos_token_id": 0}, {"beams": 1}, id="greedy from a forced token"),
        pytest.param({"eos_token_id": [2, 5]}, {"beams": 1}, id="greedy with two ends"),
        pytest.param({"suppress_tokens": []}, PLAIN, id="a setting that asks nothing"),
        pytest.param({"model_type": "t5"}, PLAIN, id="T5"),
        pytest.param({"model_type": "mbart", "decoder_start_token_id": 99}, PLAIN, id="mBART-25"),
        pytest.param({"model_type": "mbart"}, {"beams": 1}, id="mBART-50, greedy"),
    ],
)
def test_what_means_the_same_is_let_pass(
    tmp_path: Path, config: dict[str, Any], asked: dict[str, Any]
) -> None:
    """These are written token by token as transformers writes them."""
    given = {name: value for name, value in asked.items() if value is not None}
    _check(tmp_path, config, given, exact=True)


@pytest.mark.parametrize(
    ("config", "asked", "message"),
    [
        pytest.param(
            {},
            {"beams": 4},
            r"with no_repeat_ngram=3 \(default for BART models\), early_stopping=False \(default\)"
            r"\. Say no_repeat_ngram=0, early_stopping=True or beams=1, or accept .*exact=False",
            id="BART's defaults",
        ),
        pytest.param({}, {**PLAIN, "min_tokens": 5}, r"Say min_tokens=0 or beams=1", id="least"),
        pytest.param({}, {**PLAIN, "length_penalty": 0.0}, r"length_penalty=0\.0", id="no penalty"),
        pytest.param(
            {"forced_bos_token_id": 0},
            PLAIN,
            r"with a first token that is forced\. Say beams=1, or",
            id="first token",
        ),
        pytest.param(
            {"model_type": "mbart", "decoder_start_token_id": 2},
            PLAIN,
            r"with a first token that is forced",
            id="mBART-50",
        ),
        pytest.param({"eos_token_id": [2, 5]}, PLAIN, r"several tokens that end", id="ends"),
        pytest.param({"early_stopping": "never"}, {"beams": 2}, r"'never' \(conf", id="never"),
        pytest.param(
            {},
            {"beams": 1, "repetition_penalty": 1.2},
            r"repetition_penalty=1\.2 \(as asked\)\. Say repetition_penalty=1\.0, or",
            id="repetition",
        ),
        pytest.param({}, {"beams": 1, "no_repeat_ngram": 1}, r"no_repeat_ngram=1", id="each once"),
    ],
)
def test_what_would_be_written_otherwise_is_refused_unless_accepted(
    tmp_path: Path, config: dict[str, Any], asked: dict[str, Any], message: str
) -> None:
    """The message says which settings, who made them, and what to say instead."""
    with pytest.raises(UsageError, match=message):
        _check(tmp_path, config, asked, exact=True)
    _check(tmp_path, config, asked, exact=False)


@pytest.mark.parametrize(
    ("config", "asked", "message"),
    [
        pytest.param({"model_type": "led"}, {}, r"runs bart, mbart, .*not led models", id="LED"),
        pytest.param({}, {"sample": True}, r"draws by its own lots", id="drawing"),
        pytest.param(
            {"bad_words_ids": [[5]]},
            {"beams": 1},
            r"has no bad_words_ids, which config\.json sets to \[\[5\]\]",
            id="a setting that it has not",
        ),
    ],
)
@pytest.mark.parametrize("exact", [True, False])
def test_what_it_cannot_do_at_all_is_refused_always(
    tmp_path: Path, config: dict[str, Any], asked: dict[str, Any], message: str, exact: bool
) -> None:
    """No consent makes a library do what it cannot."""
    with pytest.raises((SummariserError, UsageError), match=message):
        _check(tmp_path, config, asked, exact=exact)
