"""An embedding: where the network puts the points."""

from app.views.embedding.view import EmbeddingView

__all__ = ["EmbeddingView"]
