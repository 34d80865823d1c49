"""Tiny models with random weights, one of every family, each built and saved in a moment.

They are what the real loading code is tried on: real classes, real files, no download. A test
that wants them has a fixture of session scope that returns ``builder(SOME FOLDER)``.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

ENCODER_DECODERS = ("bart", "t5", "pegasus", "led", "mbart")
CHATS = ("qwen2", "llama")
FAMILIES = (*ENCODER_DECODERS, *CHATS)

POSITIONS = 192
"""Tokens that each of them can read, LED apart, which reads four times as many."""

CHATML = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
DATED = "{{ bos_token }}Today is {{ strftime_now('%d %b %Y') }}.\n" + CHATML
"""As Llama 3's own, this one tells the model what day it is."""

_TEXT = (
    "The council voted on Tuesday to close the old harbour bridge after engineers found cracks.",
    "Mayor Ana Ruiz said repairs would cost 4.2 million and take nine months to finish.",
    "Ferries will run every twenty minutes, and the price of a ticket will stay the same.",
    "Summarise the news article below in three sentences. Keep to what it says.",
)
_SIZE = {"bos_token_id": 0, "pad_token_id": 1, "eos_token_id": 2}
_SPECIAL = ("<s>", "<pad>", "</s>", "<unk>", "<|im_start|>", "<|im_end|>")
_END = {"qwen2": "<|im_end|>"}
_AROUND = {"bart": "<s> $A </s>", "led": "<s> $A </s>", "qwen2": "$A", "llama": "<s> $A"}

Tiny = Callable[[str], Path]
"""From a family's name to the folder of its model."""


def builder(root: Path) -> Tiny:
    """Return what gives a family's folder under ``root``, built when it is first asked for."""

    def folder(family: str) -> Path:
        path = root / family
        return path if path.exists() else build(family, path)

    return folder


def build(family: str, folder: Path, **config: Any) -> Path:
    """Save a family's model and tokenizer in a folder; ``config`` changes the model's config."""
    import torch
    import transformers.utils.logging

    logging: Any = transformers.utils.logging
    logging.disable_progress_bar()
    tokenizer = _tokenizer(family)
    with torch.random.fork_rng():
        torch.manual_seed(len(family))
        model = _model(family, {**_SIZE, "vocab_size": len(tokenizer), **config})
        with torch.no_grad():  # spread wide, so that likelihoods differ and no tie is ever broken
            for weight in model.parameters():
                if weight.dim() > 1:
                    weight.normal_(0.0, 0.35)
    # Many ends, so that summaries stop at different lengths, as those of a trained model do.
    model.generation_config.eos_token_id = [2, *range(9, len(tokenizer), 7)]
    tokenizer.save_pretrained(folder)
    model.save_pretrained(folder)
    if family == "t5":
        tell(folder, "config.json", task_specific_params={"summarization": T5_TASK})
    return folder


T5_TASK = {
    "early_stopping": True,
    "length_penalty": 2.0,
    "max_length": 20,
    "min_length": 6,
    "no_repeat_ngram_size": 3,
    "num_beams": 4,
    "prefix": "summarize: ",
}
"""As in t5-base's config.json, but shorter."""


def hollow(folder: Path, config: dict[str, Any], **files: dict[str, Any]) -> Path:
    """Save what looks like a model to who loads nothing; ``files`` are further JSON files."""
    folder.mkdir(parents=True, exist_ok=True)
    told = {"config": config, "tokenizer": {}, **files}
    for name, entries in told.items():
        (folder / f"{name}.json").write_text(json.dumps(entries), encoding="utf-8")
    (folder / "model.safetensors").write_bytes(b"weights")
    return folder


def tell(folder: Path, name: str, **entries: Any) -> None:
    """Change entries of a JSON file in a model's folder; None takes an entry out."""
    path = folder / name
    told = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    told = {key: value for key, value in {**told, **entries}.items() if value is not None}
    path.write_text(json.dumps(told), encoding="utf-8")


def _tokenizer(family: str) -> Any:
    import transformers
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers

    if family == "mbart":
        return _mbart_tokenizer()
    core = Tokenizer(models.BPE())
    core.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    core.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=420,
        special_tokens=list(_SPECIAL),
        initial_alphabet=alphabet,
        show_progress=False,
    )
    core.train_from_iterator(_TEXT, trainer)
    core.add_tokens(["<n>"])  # how PEGASUS writes the end of a line
    core.post_processor = processors.TemplateProcessing(
        single=_AROUND.get(family, "$A </s>"), special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    fast: Any = transformers.PreTrainedTokenizerFast
    names = ("bos_token", "pad_token", "eos_token", "unk_token")
    marks = dict(zip(names, ("<s>", "<pad>", _END.get(family, "</s>"), "<unk>"), strict=True))
    most = POSITIONS * 4 if family == "led" else POSITIONS
    made = fast(tokenizer_object=core, model_max_length=most, **marks)
    if family in CHATS:
        made.chat_template = DATED if family == "llama" else CHATML
    return made


def _mbart_tokenizer() -> Any:
    import transformers

    words = sorted({word for line in _TEXT for word in line.split()})
    letters = sorted(
        {letter for line in _TEXT for letter in line if letter != " "} | set("0123456789")
    )
    pieces = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -3.0)]
    pieces += [("▁" + word, -4.0) for word in words] + [(letter, -6.0) for letter in letters]
    made: Any = transformers.MBartTokenizer
    return made(vocab=pieces, model_max_length=POSITIONS)


def _model(family: str, size: dict[str, Any]) -> Any:
    import transformers

    library: Any = transformers
    heads = {"encoder_attention_heads": 4, "decoder_attention_heads": 4}
    layers = {"encoder_layers": 2, "decoder_layers": 2, "d_model": 32}
    wide = {"encoder_ffn_dim": 48, "decoder_ffn_dim": 48, **heads, **layers, **size}
    bart_like = {"decoder_start_token_id": 2, "max_position_embeddings": POSITIONS, **wide}
    deep = {"num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2}
    chat = {"hidden_size": 32, "intermediate_size": 48, "max_position_embeddings": POSITIONS}
    if family == "bart":
        return _of(library, "Bart", bart_like)
    if family == "mbart":
        return _of(library, "MBart", bart_like)
    if family == "pegasus":
        return _of(
            library,
            "Pegasus",
            {**bart_like, "decoder_start_token_id": 1, "forced_eos_token_id": None},
        )
    if family == "led":
        room = {"max_encoder_position_embeddings": POSITIONS * 4, "attention_window": 16}
        return _of(library, "LED", {"decoder_start_token_id": 2, **wide, **room})
    if family == "t5":
        narrow = {"d_model": 32, "d_kv": 8, "d_ff": 48, "num_layers": 2, "num_heads": 4}
        return _of(library, "T5", {"decoder_start_token_id": 1, **narrow, **size})
    name = {"qwen2": "Qwen2", "llama": "Llama"}[family]
    return _of(library, name, {**chat, **deep, **size}, "ForCausalLM")


def _of(
    library: Any, name: str, config: dict[str, Any], kind: str = "ForConditionalGeneration"
) -> Any:
    return getattr(library, name + kind)(getattr(library, name + "Config")(**config))


ENCODERS = ("bert", "roberta")
"""Encoders; each can be saved with a head for inference instead, which labels pairs of texts."""

READS = 64
"""Tokens that a tiny encoder reads."""

_WORDS = (
    "the",
    "bridge",
    "council",
    "mayor",
    "close",
    "will",
    "on",
    "cost",
    "ferr",
    "##s",
    "##ies",
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def encoder(
    kind: str,
    folder: Path,
    labels: tuple[str, ...] = (),
    *,
    seed: int = 1,
    reads: int = READS,
    **config: Any,
) -> Path:
    """Save a tiny encoder, or with ``labels`` one for inference, and its tokenizer, in a folder.

    Neither vocabulary nor weights depend on a library's version: figures that other tools computed
    with such a model hold wherever it is built again.
    """
    import torch
    import transformers
    import transformers.utils.logging

    logging: Any = transformers.utils.logging
    logging.disable_progress_bar()
    library: Any = transformers
    made = _bert_tokenizer(library, reads) if kind == "bert" else _roberta_tokenizer(library, reads)
    sizes = {"hidden_size": 32, "num_hidden_layers": 3, "num_attention_heads": 4}
    room = reads if kind == "bert" else reads + 2
    wide = {"intermediate_size": 48, "max_position_embeddings": room, "vocab_size": len(made)}
    marks = {} if kind == "bert" else {"pad_token_id": 1, "bos_token_id": 0, "eos_token_id": 2}
    told = {"id2label": dict(enumerate(labels))} if labels else {}
    name = "Bert" if kind == "bert" else "Roberta"
    model = _of(
        library,
        name,
        {**sizes, **wide, **marks, **told, **config},
        "ForSequenceClassification" if labels else "Model",
    )
    with torch.no_grad():
        for number, (_, weight) in enumerate(sorted(model.named_parameters())):
            if weight.dim() > 1:
                weight.copy_(_waves(weight.shape, seed + number))
    made.save_pretrained(folder)
    model.save_pretrained(folder)
    return folder


def _waves(shape: Any, seed: int) -> Any:
    """Return numbers without pattern that every machine computes alike: sines of squares."""
    import torch

    count = torch.arange(shape.numel(), dtype=torch.float64)
    return (0.35 * torch.sin(1.7 * seed + 0.01 * count * count + 0.7 * count)).view(shape).float()


def _bert_tokenizer(library: Any, reads: int) -> Any:
    special = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
    marks = (".", ",", "'", "-", "!", "?")
    parts = (*special, *marks, *_WORDS, *_LETTERS, *(f"##{letter}" for letter in _LETTERS))
    vocabulary = {part: number for number, part in enumerate(dict.fromkeys(parts))}
    return library.BertTokenizer(vocab=vocabulary, model_max_length=reads)


def _roberta_tokenizer(library: Any, reads: int) -> Any:
    from tokenizers import pre_tokenizers

    merges = [("Ġ", "t"), ("h", "e"), ("Ġt", "he"), ("i", "n"), ("r", "e"), ("Ġ", "b"), ("e", "r")]
    special = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    parts = (*special, *alphabet, *("".join(pair) for pair in merges))
    vocabulary = {part: number for number, part in enumerate(parts)}
    return library.RobertaTokenizer(vocab=vocabulary, merges=merges, model_max_length=reads)
