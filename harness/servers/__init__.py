"""Chat models behind a server: the OpenAI-compatible API that most model servers offer.

    remote ──► asking ──► transport ──► failures
       │          └─────► wire          (one request, what became of it, what it means)
       ├──► listing       (what the server says of its models)
       └──► address, key  (where it is asked, and with what right)

Nothing here imports httpx until a server is asked.
"""
