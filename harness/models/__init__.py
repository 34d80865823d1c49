"""Local Hugging Face models: found, read, loaded and run, for every part that needs one.

    locate ──► folder ──► families ──► settings        no torch: what a signature needs
                 │
                 └──────► loading ──► encoding ──► batching ──► generation ──► writing

The upper row reads files and is cheap; only the lower row imports torch and transformers.
"""
