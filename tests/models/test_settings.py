from pathlib import Path
from typing import Any

import pytest

from harness.errors import SummariserError, UsageError
from harness.models.families import family_of
from harness.models.folder import read
from harness.models.prompts import CHAT_PROMPT, RAW_PROMPT
from harness.models.settings import Settings, resolve
from tests.tiny_models import hollow

TASK = {"num_beams": 4, "max_length": 200, "min_length": 30, "prefix": "summarize: "}
T5 = {"model_type": "t5", "task_specific_params": {"summarization": TASK}}
BART = {"model_type": "bart", "max_position_embeddings": 1024}
CHAT = {"model_type": "qwen2", "max_position_embeddings": 4096}
TEMPLATE = {"chat_template": "{{ messages }}"}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _settings(
    config: dict[str, Any],
    asked: dict[str, Any] | None = None,
    task: str = "summarization",
    **files: dict[str, Any],
) -> Settings:
    folder = read(hollow(Path("model"), config, **files))
    return resolve(folder, family_of(config), asked or {}, task)


@pytest.mark.parametrize(
    ("asked", "config", "generation", "beams", "source"),
    [
        pytest.param({}, {}, {}, 4, "default for BART models", id="nobody"),
        pytest.param({}, {}, {"num_beams": 5}, 5, "generation_config.json", id="the model"),
        pytest.param(
            {},
            {"task_specific_params": {"summarization": {"num_beams": 6}}},
            {"num_beams": 5},
            6,
            "config.json, task summarization",
            id="the model, for the task",
        ),
        pytest.param(
            {"beams": 7},
            {"task_specific_params": {"summarization": {"num_beams": 6}}},
            {"num_beams": 5},
            7,
            "as asked",
            id="the caller",
        ),
    ],
)
def test_who_is_heard_before_whom(
    asked: dict[str, Any],
    config: dict[str, Any],
    generation: dict[str, Any],
    beams: int,
    source: str,
) -> None:
    """The caller wins over the task's settings, those over the model's, those over the family's."""
    found = _settings({**BART, **config}, asked, generation_config=generation)
    assert (found.beams, found.sources["beams"]) == (beams, source)


def test_the_settings_of_the_old_pipeline_are_applied() -> None:
    """All of task_specific_params counts; lengths lose the token that a decoder starts with."""
    found = _settings({**T5, "n_positions": 512})
    assert (found.beams, found.max_tokens, found.min_tokens) == (4, 199, 29)
    assert found.prompt == "summarize: {article}"


def test_new_token_lengths_are_taken_as_they_are() -> None:
    """What counts new tokens counts no start token, and goes before what does."""
    found = _settings(
        BART, generation_config={"max_new_tokens": 60, "max_length": 142, "min_new_tokens": 10}
    )
    assert (found.max_tokens, found.min_tokens) == (60, 10)


def test_a_chat_model_counts_its_prompt_in_max_length_so_it_is_ignored() -> None:
    """A total of prompt and answer says nothing about the answer."""
    found = _settings(CHAT, generation_config={"max_length": 4096}, tokenizer_config=TEMPLATE)
    assert (found.max_tokens, found.min_tokens) == (256, 0)


def test_another_task_of_the_model_can_be_chosen() -> None:
    """A model with settings for several tasks is told which."""
    several = {"task_specific_params": {"summarization_xsum": {"num_beams": 6}}}
    assert _settings({**BART, **several}, task="summarization_xsum").beams == 6


def test_an_unknown_task_is_answered_with_those_that_are_known() -> None:
    """A task that is named must exist; the default one need not."""
    several: dict[str, Any] = {"task_specific_params": {"summarization_xsum": {}}}
    with pytest.raises(UsageError, match=r"'xsum'\. .*summarization_xsum"):
        _settings({**BART, **several}, task="xsum")


@pytest.mark.parametrize(
    ("config", "asked", "prompt"),
    [
        pytest.param({"model_type": "bart"}, {}, "{article}", id="BART's default"),
        pytest.param({"model_type": "t5"}, {}, "summarize: {article}", id="T5's default"),
        pytest.param({"model_type": "bart", "prefix": " "}, {}, " {article}", id="a config's"),
        pytest.param({**T5, "prefix": "x"}, {}, "summarize: {article}", id="a task's prefix"),
        pytest.param({**T5}, {"prompt": "{article} tl;dr"}, "{article} tl;dr", id="as asked"),
    ],
)
def test_a_prefix_stands_before_the_article(
    config: dict[str, Any], asked: dict[str, Any], prompt: str
) -> None:
    """What a model was trained to see before the text is put there, unless told otherwise."""
    assert _settings(config, asked).prompt == prompt


def test_a_chat_model_is_asked_through_its_template() -> None:
    """The default prompt goes through the template; a raw one goes as it stands."""
    chat = _settings(CHAT, tokenizer_config=TEMPLATE)
    raw = _settings(CHAT, {"raw": True})
    assert (chat.chat, chat.prompt) == (True, CHAT_PROMPT)
    assert (raw.chat, raw.prompt) == (False, RAW_PROMPT)
    assert _settings(CHAT, {"raw": True, "prompt": "{article}?"}).prompt == "{article}?"


@pytest.mark.parametrize(
    ("config", "asked", "error", "message"),
    [
        pytest.param(CHAT, {}, SummariserError, r"no chat template.*raw=True, prompt=", id="chat"),
        pytest.param(BART, {"raw": True}, UsageError, r"raw=True is for chat models", id="raw"),
        pytest.param(BART, {"language": "fr_XX"}, UsageError, r"is for mBART", id="language"),
        pytest.param(
            BART, {"sample": True, "beams": 4}, UsageError, r"Sample with one beam", id="beams"
        ),
    ],
)
def test_what_does_not_fit_the_model_is_refused(
    config: dict[str, Any], asked: dict[str, Any], error: type[Exception], message: str
) -> None:
    """An argument that the model would ignore is an error, and so is a chat without template."""
    with pytest.raises(error, match=message):
        _settings(config, asked)


@pytest.mark.parametrize(
    ("asked", "tokenizer", "language", "source"),
    [
        pytest.param({}, {}, "en_XX", "default for mBART models", id="the family's"),
        pytest.param({}, {"src_lang": "fr_XX"}, "fr_XX", "tokenizer_config.json", id="the model's"),
        pytest.param(
            {"language": "de_DE"}, {"src_lang": "fr_XX"}, "de_DE", "as asked", id="the caller's"
        ),
    ],
)
def test_mbart_reads_and_writes_one_language(
    asked: dict[str, Any], tokenizer: dict[str, Any], language: str, source: str
) -> None:
    """The language is the caller's, else the tokenizer's, else English."""
    found = _settings({"model_type": "mbart"}, asked, tokenizer_config=tokenizer)
    assert (found.language, found.sources["language"]) == (language, source)


def test_drawing_has_one_beam_and_the_models_own_warmth() -> None:
    """A model's own beams give way to sample=True; its temperature and cuts are taken over."""
    own = {"num_beams": 4, "temperature": 0.6, "top_p": 0.9, "top_k": 20}
    found = _settings(BART, {"sample": True, "top_k": 5}, generation_config=own)
    assert (found.beams, found.temperature, found.top_p, found.top_k) == (1, 0.6, 0.9, 5)


def test_nothing_is_drawn_unless_asked() -> None:
    """A chat model that would sample by its own file is decoded greedily: runs can be repeated."""
    own = {"do_sample": True, "temperature": 0.7}
    assert not _settings(CHAT, generation_config=own, tokenizer_config=TEMPLATE).sample


def test_a_search_may_go_on_to_its_end() -> None:
    """The one setting that may be a word is taken as it stands."""
    found = _settings(BART, generation_config={"early_stopping": "never"})
    assert found.early_stopping == "never"


def test_zero_can_be_asked_for() -> None:
    """0 is an answer, not the absence of one."""
    found = _settings(T5, {"min_tokens": 0, "no_repeat_ngram": 0})
    assert (found.min_tokens, found.no_repeat_ngram) == (0, 0)


@pytest.mark.parametrize(
    "generation",
    [
        pytest.param({"num_beams": "four"}, id="a word for a number"),
        pytest.param({"length_penalty": float("inf")}, id="no finite number"),
        pytest.param({"early_stopping": "sometimes"}, id="an unknown word"),
        pytest.param({"max_length": [142]}, id="a list"),
    ],
)
def test_a_file_that_makes_no_sense_is_named(generation: dict[str, Any]) -> None:
    """The file and the entry are told, with what stands there."""
    name, value = next(iter(generation.items()))
    with pytest.raises(SummariserError) as caught:
        _settings(BART, generation_config=generation)
    assert f"generation_config.json: {name} is {value!r}" in str(caught.value)


@pytest.mark.parametrize("generation", [{"num_beams": 0}, {"max_length": 1}, {"temperature": 0.0}])
def test_an_entry_that_would_mean_nothing_is_passed_over(generation: dict[str, Any]) -> None:
    """No beam, no token and no temperature are what some files say for 'not set'."""
    assert _settings(BART, generation_config=generation).choices() == _settings(BART).choices()


def test_only_what_has_an_effect_is_shown() -> None:
    """With one beam nothing is said of length penalties, without drawing nothing of temperature."""
    shown = {choice.name for choice in _settings(BART, {"beams": 1}).choices()}
    assert not shown & {"length_penalty", "early_stopping", "temperature", "language"}
    assert {"beams", "max_tokens", "prompt", "input_tokens"} <= shown


def test_a_choice_prints_itself_with_its_source() -> None:
    """One line tells a person what was chosen and why."""
    assert str(_settings(BART, {"beams": 2}).choices()[0]) == "beams 2 (as asked)"
