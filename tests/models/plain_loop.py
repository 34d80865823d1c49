"""The slow, obvious way to have a tiny model write: one article, unpadded, everything spelt out."""

from pathlib import Path
from typing import Any

from harness.models import prompts
from tests.tiny_models import CHATS, T5_TASK


def plainly(path: Path, family: str, text: str) -> str:
    """Return what a family's model writes by 2 beams in 3 to 18 tokens."""
    import torch
    import transformers

    library: Any = transformers
    kind = library.AutoModelForCausalLM if family in CHATS else library.AutoModelForSeq2SeqLM
    model = kind.from_pretrained(path, dtype=torch.float32)
    tokenizer = library.AutoTokenizer.from_pretrained(path)
    ids, more = _told(tokenizer, family, text)
    ends = sorted({*model.generation_config.eos_token_id, tokenizer.eos_token_id})
    mask, lengths = torch.ones_like(ids), {"max_new_tokens": 18, "min_new_tokens": 3}
    found = model.generate(
        input_ids=ids, attention_mask=mask, num_beams=2, eos_token_id=ends, **lengths, **more
    )[0].tolist()
    new = found[ids.shape[1] if family in CHATS else 1 :]
    written: str = tokenizer.decode(new[: -(new[-1] in ends) or None], skip_special_tokens=True)
    return written.strip()


def _told(tokenizer: Any, family: str, text: str) -> tuple[Any, dict[str, Any]]:
    import torch

    if family in CHATS:
        said = [{"role": "user", "content": prompts.CHAT_PROMPT.replace("{article}", text)}]
        template = prompts.dated(tokenizer.chat_template)
        given = tokenizer.apply_chat_template(
            said, chat_template=template, add_generation_prompt=True, return_tensors="pt"
        )
        return given["input_ids"], {}
    prefix = "summarize: " if family == "t5" else ""
    ids = tokenizer(prefix + text, return_tensors="pt")["input_ids"]
    more: dict[str, Any] = {"no_repeat_ngram_size": 3}
    if family == "t5":
        more |= {"early_stopping": True, "length_penalty": T5_TASK["length_penalty"]}
    if family == "pegasus":
        more = {"length_penalty": 0.8}
    if family == "led":
        more["global_attention_mask"] = torch.zeros_like(ids)
        more["global_attention_mask"][:, 0] = 1
    if family == "mbart":
        more["forced_bos_token_id"] = tokenizer.convert_tokens_to_ids("en_XX")
    return ids, more
