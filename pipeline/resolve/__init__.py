"""Join mentions across articles into people, bodies and places, with reasons."""

from pipeline.resolve.growth import resolve_actors

__all__ = ["resolve_actors"]
