"""What a decoder remembers while it searches by beams, without what need not be moved.

After every token transformers puts the beams into their new order by copying all that is
remembered of each. What a decoder sees of the article is the same for all beams of that article,
and beams never change articles, so that part may stay where it is: faster, and to the same bit.
"""

from typing import Any


def beam_cache() -> Any:
    """Return an empty cache for an encoder-decoder that leaves the article's part in place."""
    from transformers.cache_utils import DynamicCache, EncoderDecoderCache

    class BeamCache(EncoderDecoderCache):
        """A cache of which only what was written is reordered."""

        def reorder_cache(self, beam_idx: Any) -> None:
            """Put the beams in a new order."""
            self.self_attention_cache.reorder_cache(beam_idx)

    return BeamCache(DynamicCache(), DynamicCache())
