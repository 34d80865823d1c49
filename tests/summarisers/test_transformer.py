import math
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness import spec
from harness.errors import MissingExtraError, SummariserError, UsageError
from harness.records import Article, unwritten
from harness.summarisers.transformer import Transformer
from tests.models.plain_loop import plainly
from tests.tiny_models import (
    CHATS,
    ENCODER_DECODERS,
    FAMILIES,
    Tiny,
    builder,
    hollow,
    tell,
)

PARTS = (
    "The council voted on Tuesday to close the old harbour bridge after engineers found cracks.",
    "Ferries will run every twenty minutes.",
    "Mayor Ana Ruiz said repairs would cost 4.2 million and take nine months to finish.\n\nTickets"
    " will cost the same.",
)
ARTICLES = [
    Article("bridge", PARTS[0]),
    Article("ferry", PARTS[1]),
    Article("all", " ".join(PARTS)),
    Article("long", " ".join(PARTS * 9)),
    Article("mayor", PARTS[2]),
    Article("again", f"{PARTS[2]} {PARTS[1]}"),
]


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """Return what gives the folder of a family's tiny model."""
    return builder(tmp_path_factory.getbasetemp() / "tiny")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """Return a folder that looks like a model's and can be signed for, but not loaded."""
    return hollow(tmp_path / "model", {"model_type": "bart", "max_position_embeddings": 1024})


@pytest.mark.slow
@pytest.mark.parametrize("how", [{"beams": 1}, {"beams": 3}, {"sample": True}], ids=str)
@pytest.mark.parametrize("family", FAMILIES)
def test_a_batch_is_written_about_as_its_articles_are_one_at_a_time(
    tiny: Tiny, family: str, how: dict[str, Any]
) -> None:
    """Every family, greedy, by beams and drawn: texts, counts and cuts are the same, in order."""
    part = Transformer(str(tiny(family)), max_tokens=20, min_tokens=2, **how)
    together = part.summarise(ARTICLES)
    assert together == [part.summarise([article])[0] for article in ARTICLES]
    assert together[::-1] == part.summarise(ARTICLES[::-1])
    assert len({one.text for one in together}) >= 4
    if family != "led":
        assert [one.article_cut for one in together].count(True) == 1


@pytest.mark.slow
@pytest.mark.parametrize("family", [*ENCODER_DECODERS, *CHATS])
def test_the_summary_is_that_of_a_plain_loop(tiny: Tiny, family: str) -> None:
    """The oracle tells transformers what each family needs, article by article."""
    part = Transformer(str(tiny(family)), beams=2, max_tokens=18, min_tokens=3)
    for article, one in zip(ARTICLES[:3], part.summarise(ARTICLES[:3]), strict=True):
        assert one.text == plainly(tiny(family), family, article.text)


@pytest.mark.slow
def test_articles_that_cannot_be_summarised_have_their_reasons(tiny: Tiny) -> None:
    """Nothing is lost, and nothing raises, because of one article."""
    part = Transformer(str(tiny("bart")), beams=1, max_tokens=8)
    found = part.summarise([ARTICLES[0], Article("empty", " \n"), ARTICLES[1]])
    assert found[1] == unwritten("the article is empty")
    assert [found[0], found[2]] == part.summarise(ARTICLES[:2])


@pytest.mark.slow
def test_what_is_drawn_depends_on_seed_and_article_alone(tiny: Tiny) -> None:
    """The same seed draws the same; another draws otherwise; texts differ also where ids do not."""
    part = Transformer(str(tiny("llama")), sample=True, max_tokens=20)
    assert part.summarise(ARTICLES) == part.summarise(ARTICLES)
    assert part.summarise(ARTICLES) != replace(part, seed=1).summarise(ARTICLES)


@pytest.mark.slow
def test_threads_are_put_back(tiny: Tiny) -> None:
    """A candidate's threads are its own: the next finds torch as it was."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(before + 1)
    Transformer(str(tiny("bart")), threads=1, max_tokens=4).summarise(ARTICLES[:1])
    after = torch.get_num_threads()
    torch.set_num_threads(before)
    assert after == before + 1


@pytest.mark.slow
@pytest.mark.parametrize("family", ["bart", "t5"])
def test_ctranslate2_writes_the_same_and_names_itself(
    tiny: Tiny, family: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Truncated or in parts, the summaries and counts are equal; the signature tells them apart."""
    pytest.importorskip("ctranslate2")
    monkeypatch.setenv("HARNESS_CACHE", str(tmp_path))
    for long in ("truncate", "chunk"):
        ours = Transformer(str(tiny(family)), beams=1, max_tokens=20, long=long)
        fast = replace(ours, engine="ctranslate2")
        assert fast.summarise(ARTICLES) == ours.summarise(ARTICLES)
        assert "|ctranslate2:" in fast.signature()
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.slow
def test_an_article_in_parts_is_read_whole(tiny: Tiny) -> None:
    """The long one is not cut, and more is read than the model can read at once."""
    part = Transformer(str(tiny("t5")), beams=1, max_tokens=20, long="chunk")
    found = part.summarise(ARTICLES)
    assert [one.article_cut for one in found] == [False] * len(ARTICLES)
    assert (found[3].tokens_in or 0) > 192
    cut = replace(part, long="truncate").summarise(ARTICLES)
    assert [*cut[:3], *cut[4:]] == [*found[:3], *found[4:]]
    assert cut[3] != found[3]


def test_a_models_own_choice_can_be_turned_off(model: Path) -> None:
    """False is an answer, not silence."""
    tell(model, "generation_config.json", early_stopping=True)
    lines = map(str, Transformer(str(model), early_stopping=False).choices())
    assert "early_stopping False (as asked)" in lines


@pytest.mark.slow
def test_a_damaged_model_ends_the_candidate(tmp_path: Path, tiny: Tiny) -> None:
    """A folder that is whole to the eye but holds no tensors is an error, not a reason each."""
    import shutil

    path = shutil.copytree(tiny("bart"), tmp_path / "m")
    (path / "model.safetensors").write_bytes(b"nothing")
    with pytest.raises(SummariserError, match=r"m cannot be loaded: "):
        Transformer(str(path)).summarise(ARTICLES)


def test_signing_loads_neither_torch_nor_transformers(model: Path) -> None:
    """To find a kept run costs reading files, not the seconds that the libraries take."""
    code = (
        "import sys\n"
        "from harness.summarisers.transformer import Transformer\n"
        f"part = Transformer({str(model)!r})\n"
        "part.signature(), part.choices()\n"
        "print(sorted({'torch', 'transformers', 'tokenizers', 'datasets'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def _weights(path: Path) -> None:
    (path / "model.safetensors").write_bytes(b"other weights")


def _tokenizer(path: Path) -> None:
    tell(path, "tokenizer.json", other=True)


def _generation(path: Path) -> None:
    tell(path, "generation_config.json", num_beams=2)


@pytest.mark.parametrize("change", [_weights, _tokenizer, _generation])
def test_every_file_that_matters_is_in_the_signature(model: Path, change: Any) -> None:
    """Fine-tuned weights, another vocabulary, other settings: another candidate."""
    before = Transformer(str(model)).signature()
    change(model)
    assert Transformer(str(model)).signature() != before


@pytest.mark.parametrize(
    "given",
    [
        {"beams": 2},
        {"max_tokens": 7},
        {"min_tokens": 7},
        {"length_penalty": 2.0},
        {"no_repeat_ngram": 0},
        {"repetition_penalty": 1.2},
        {"early_stopping": True},
        {"long": "chunk"},
        {"engine": "ctranslate2", "beams": 1},
        {"engine": "ctranslate2", "beams": 1, "dtype": "int8"},
        {"prompt": "Sum up: {article}"},
        {"input_tokens": 100},
        {"sample": True},
        {"dtype": "bfloat16"},
        {"device": "cuda"},
    ],
    ids=str,
)
def test_every_argument_that_matters_is_in_the_signature(model: Path, given: Any) -> None:
    """What changes the text changes the name under which it is kept."""
    plain = Transformer(str(model), device="cpu")
    assert replace(plain, **given).signature() != plain.signature()


@pytest.mark.parametrize(
    "given",
    [{"length_penalty": 2}, {"repetition_penalty": 2}, {"temperature": 2, "sample": True}],
    ids=str,
)
def test_a_whole_number_and_its_fraction_have_one_signature(model: Path, given: Any) -> None:
    """A spec that is written 2 is read as 2.0, so that a run is found again under it."""
    fractions = {n: v if isinstance(v, bool) else float(v) for n, v in given.items()}
    parts = [Transformer(str(model), **g, device="cpu") for g in (given, fractions)]
    assert parts[0].signature() == parts[1].signature()


@pytest.mark.parametrize(
    "given",
    [{"threads": 1}, {"batch_tokens": 9}, {"pickle": True}, {"beams": 4}, {"seed": 1}],
    ids=str,
)
def test_what_changes_no_text_changes_no_signature(model: Path, given: Any) -> None:
    """Speed, trust, a seed that nothing is drawn by, and what was the choice anyway."""
    plain = Transformer(str(model), device="cpu")
    assert replace(plain, **given).signature() == plain.signature()


def test_a_seed_matters_where_something_is_drawn(model: Path) -> None:
    """Two seeds are two candidates."""
    part = Transformer(str(model), sample=True)
    assert part.signature() != replace(part, seed=1).signature()


def test_a_model_that_is_moved_stays_the_same(model: Path, tmp_path: Path) -> None:
    """The path is no part of what a text depends on."""
    before = Transformer(str(model)).signature()
    assert Transformer(str(model.rename(tmp_path / "moved"))).signature() == before


def test_the_choices_say_where_they_come_from(model: Path) -> None:
    """What the command line prints before it starts."""
    tell(model, "generation_config.json", max_length=60)
    lines = [str(choice) for choice in Transformer(str(model), beams=2, device="cpu").choices()]
    assert "family 'BART' (model_type bart)" in lines
    assert "beams 2 (as asked)" in lines
    assert "max_tokens 59 (generation_config.json)" in lines
    assert "no_repeat_ngram 3 (default for BART models)" in lines
    assert "device 'cpu' (as asked)" in lines
    assert {"engine 'transformers' (default)", "long 'truncate' (default)"} <= set(lines)
    assert {"dtype 'float32' (default)", "batch_tokens 16384 (default)"} <= set(lines)
    assert lines[-1].startswith("threads ")
    assert not any(line.startswith(("exact", "seed")) for line in lines)
    drawn = map(str, Transformer(str(model), sample=True, seed=3).choices())
    assert "seed 3 (as asked)" in drawn
    fast = map(str, Transformer(str(model), engine="ctranslate2", exact=False).choices())
    assert "exact False (as asked)" in fast


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"beams": 0}, r"transformer\(beams=0\) is not possible: give at least 1"),
        ({"max_tokens": 0}, r"max_tokens=0.*at least 1"),
        ({"min_tokens": -1}, r"min_tokens=-1.*at least 0"),
        ({"threads": 0}, r"threads=0.*at least 1"),
        ({"threads": 10**6}, r"threads=1000000.*at most 4096"),
        ({"length_penalty": math.inf}, r"length_penalty=inf.*a finite number"),
        ({"length_penalty": math.nan}, r"length_penalty=nan.*a finite number"),
        ({"batch_tokens": 0}, r"batch_tokens=0.*at least 1"),
        ({"sample": True, "temperature": 0.0}, r"temperature=0\.0.*above 0"),
        ({"sample": True, "top_p": 1.5}, r"top_p=1\.5.*above 0 and at most 1\."),
        ({"temperature": 0.5}, r"temperature=\.\.\.\) needs sample=True"),
        ({"prompt": "Summarise this."}, r"holds \{article\} once"),
        ({"prompt": "{article} {article}"}, r"holds \{article\} once"),
        ({"dtype": "int8"}, r"dtype='int8'.*float32 or bfloat16 or float16\."),
        ({"engine": "ctranslate2", "dtype": "int4"}, r"dtype='int4'.*float16 or int8\."),
        ({"engine": "onnx"}, r"engine='onnx'.*transformers or ctranslate2"),
        ({"long": "cut"}, r"long='cut'.*truncate or chunk"),
        ({"exact": False}, r"exact=False\) is for engine='ctranslate2'"),
        ({"device": "gpu"}, r"auto, cpu, cuda, cuda:1 or mps"),
    ],
)
def test_arguments_that_no_model_could_follow_are_refused(given: Any, message: str) -> None:
    """They are refused when the part is made, before any file is looked at."""
    with pytest.raises(UsageError, match=message):
        Transformer("nowhere", **given)


def test_a_spec_reads_back_as_the_same_part() -> None:
    """What is printed of a candidate is what can be typed."""
    part = Transformer("m", beams=2, prompt="Say: {article}", dtype="bfloat16", sample=False)
    text = spec.show(part)
    assert text == "transformer(model='m', beams=2, prompt='Say: {article}', dtype='bfloat16')"
    assert spec.parse("summarisers", text) == part


def test_the_candidates_in_the_documentation_can_be_typed() -> None:
    """Every candidate that docs/models.md shows is a spec of this part."""
    lines = (Path(__file__).parents[2] / "docs" / "models.md").read_text().splitlines()
    block = "\n".join(line.strip() for line in lines[lines.index("    [candidates]") :])
    shown = tomllib.loads(block.split("\n\n")[0])["candidates"]
    assert all(isinstance(spec.parse("summarisers", one), Transformer) for one in shown.values())


def test_a_core_install_is_told_what_to_install(model: Path, monkeypatch: Any) -> None:
    """Without torch the error names the extra, before anything is read or loaded."""
    import harness.models.fingerprint as module

    def absent() -> dict[str, str]:
        raise MissingExtraError("torch", "models", "transformer")

    monkeypatch.setattr(module, "versions", absent)
    with pytest.raises(MissingExtraError, match=r"pip install 'harness\[models\]'"):
        Transformer(str(model)).signature()
