"""Numbers of an image on their way: packed as the client takes them, beside the event loop."""

import gzip

import zstandard

LEVEL = 1
"""Counts are small numbers: more effort hardly makes them smaller."""
SMALLEST = 1000
"""Bytes that are worth packing."""


def packed(content: bytes, accepted: str) -> tuple[bytes, str | None]:
    """The bytes and the name of how they are packed, from an Accept-Encoding header; zstd where there is a choice."""
    names = {each.partition(";")[0].strip().casefold() for each in accepted.split(",") if not each.endswith("q=0")}
    if len(content) >= SMALLEST and "zstd" in names:
        return zstandard.ZstdCompressor(level=LEVEL).compress(content), "zstd"
    if len(content) >= SMALLEST and "gzip" in names:
        return gzip.compress(content, LEVEL), "gzip"
    return content, None
