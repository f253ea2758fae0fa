"""Images: what is wanted, what the network makes of it, and where they differ."""

from app.views.image.view import ImageView

__all__ = ["ImageView"]
