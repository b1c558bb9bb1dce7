"""Content as it travelled over HTTP, decoded up to a limit: a few bytes can swell to gigabytes."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import brotli

from cleaner.corpus.compression import zstd


def decoded(data: bytes, encodings: str, limit: int) -> bytes:
    """The content, without what a Content-Encoding header says was done to it; not much more than `limit` bytes.

    What is cut off is decoded as far as it goes, as browsers do it. Raises ValueError.
    """
    for name in reversed([part.strip().lower() for part in encodings.split(",")]):
        if name not in ("", "identity"):
            data = _decoded(data, name, limit)
    return data


def _decoded(data: bytes, name: str, limit: int) -> bytes:
    if name not in _DECODERS:
        raise ValueError(f"{name} is no content encoding that is known here")
    try:
        found = _DECODERS[name](data, limit)
    except (zlib.error, brotli.error, zstd().ZstdError) as error:
        raise ValueError(f"{name}: {error}") from None
    if data and not found:
        raise ValueError(f"{name}: nothing comes of it")
    return found


def _gzip(data: bytes, limit: int) -> bytes:
    return zlib.decompressobj(wbits=47).decompress(data, limit)


def _deflate(data: bytes, limit: int) -> bytes:
    try:
        return _gzip(data, limit)
    except zlib.error:  # many servers leave the frame out
        return zlib.decompressobj(wbits=-15).decompress(data, limit)


def _brotli(data: bytes, limit: int) -> bytes:
    found: bytes = brotli.Decompressor().process(data, output_buffer_limit=limit)
    return found


def _zstd(data: bytes, limit: int) -> bytes:
    found: bytes = zstd().ZstdDecompressor().decompress(data, limit)
    return found


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
