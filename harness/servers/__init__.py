"""Chat models behind a server: the OpenAI-compatible API that most model servers offer."""
