"""The knowledge base as Markdown, so that page and data agree."""
