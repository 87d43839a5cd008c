"""The pictures of a PDF that is being put together lie on disk until it is written, so that memory does not grow."""

from tempfile import TemporaryFile
from typing import IO, Any, Self

from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, NumberObject, StreamObject

#: Streams smaller than this (bytes) stay in memory: a page's own content, fonts.
SMALL_BYTES = 16_384
#: How much is in memory while a picture is written.
PIECE_BYTES = 1 << 20


class SpooledStream(StreamObject):
    """A stream whose data lie in ``spool``, from ``at`` on, ``size`` bytes of them."""

    def __init__(self, stream: StreamObject, spool: IO[bytes]) -> None:
        super().__init__()
        self.update(stream)
        self.indirect_reference = stream.indirect_reference
        self._spool, self._at, self._size = spool, spool.seek(0, 2), len(stream._data)  # noqa: SLF001 - the bytes as stored
        spool.write(stream._data)  # noqa: SLF001 - the same

    def write_to_stream(self, stream: IO[Any]) -> None:
        """As any stream is written, byte for byte."""
        self[NameObject("/Length")] = NumberObject(self._size)
        super(StreamObject, self).write_to_stream(stream)
        stream.write(b"\nstream\n")
        self._spool.seek(self._at)
        left = self._size
        while left and (piece := self._spool.read(min(left, PIECE_BYTES))):
            stream.write(piece)
            left -= len(piece)
        stream.write(b"\nendstream")


class Spool:
    """Takes the pictures out of memory that have come into ``writer`` since it was last asked to."""

    def __init__(self, writer: PdfWriter) -> None:
        self._writer, self._done = writer, 0
        self._known: dict[int, int] = {}
        self._file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed with the spool

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def take(self) -> None:
        """Those of the writer."""
        objects: list[Any] = self._writer._objects  # noqa: SLF001 - pypdf gives no other way to an object's place
        for place in range(self._done, len(objects)):
            if _is_large_picture(objects[place]):
                objects[place] = SpooledStream(objects[place], self._file)
        self._done = len(objects)

    def forget(self, reader: PdfReader) -> None:
        """Those a reader keeps in case it is asked for them again; it will read them again."""
        resolved: dict[Any, Any] = reader.resolved_objects
        for key in list(resolved)[self._known.get(id(reader), 0) :]:
            if _is_large_picture(resolved[key]):
                del resolved[key]
        self._known[id(reader)] = len(resolved)


def _is_large_picture(thing: object) -> bool:
    return (
        isinstance(thing, StreamObject) and thing.get("/Subtype") == "/Image" and len(thing._data) >= SMALL_BYTES  # noqa: SLF001 - as above
    )
