"""Local Hugging Face models: found, read, loaded and run, for every part that needs one.

    locate ──► folder ──► families ──► settings        no torch: what a signature needs
                 │
                 ├──────► loading ──► encoding ──► batching ──► generation ────► writing
                 │                                                                  ▲
                 └──────► fidelity ──► converting (kept) ──► translating ───────────┘

The upper row reads files and is cheap; only the lower rows import torch and transformers. The
lowest is ctranslate2, for the models and settings that it runs as transformers does.
"""
