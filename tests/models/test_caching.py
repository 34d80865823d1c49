import pytest

from harness.models.caching import beam_cache


@pytest.mark.slow
def test_only_what_was_written_is_put_in_a_new_order() -> None:
    """Two beams change places; what they read of their article stays where it was."""
    import torch

    cache = beam_cache()
    rows = torch.arange(2.0).view(2, 1, 1, 1)
    for half in (cache.self_attention_cache, cache.cross_attention_cache):
        half.update(rows, rows, 0)
    read = cache.cross_attention_cache.layers[0].keys
    cache.reorder_cache(torch.tensor([1, 0]))
    assert cache.self_attention_cache.layers[0].keys.flatten().tolist() == [1.0, 0.0]
    assert cache.cross_attention_cache.layers[0].keys is read
