"""The points as a table: to be sorted, filtered, edited; selected together with the picture."""

from app.views.points_table.view import PointsTableView

__all__ = ["PointsTableView"]
