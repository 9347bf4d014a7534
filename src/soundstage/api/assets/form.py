"""A form with a file in it (RFC 7578), read as it comes: fields are kept, the file's bytes are passed on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from soundstage.api.errors import BadForm, NotForm
from soundstage.core.errors import TooLarge

MOST_PARTS = 32
MOST_FIELD_BYTES = 8 << 10
MOST_OVERHEAD_BYTES = 256 << 10
"""All that is not the file: fields, headers, boundaries, and what stands before and behind the parts."""


class FileForm:
    """`file_name` and `fields` are known when `file_chunks` has ended."""

    def __init__(self, content_type: str) -> None:
        """Raises NotForm, BadForm."""
        kind, options = parse_options_header(content_type)
        if kind != b"multipart/form-data":
            raise NotForm
        if not options.get(b"boundary"):
            raise BadForm("Content-Type names no boundary.")
        self.file_name: str | None = None
        self.fields: dict[str, list[str]] = defaultdict(list)
        self._parts = 0
        self._headers: dict[bytes, bytes] = {}
        self._header_name = b""
        self._header_value = b""
        self._field: str | None = None
        self._value = bytearray()
        self._pieces: list[bytes] = []
        self._is_whole = False
        self._parser = self._made_parser(options[b"boundary"])

    def file_chunks(self, body: Iterable[bytes]) -> Iterator[bytes]:
        """The bytes of the one file in the form. Raises BadForm, TooLarge."""
        read, passed_on = 0, 0
        for chunk in body:
            read += len(chunk)
            self._parse(chunk)
            for piece in self._pieces:
                passed_on += len(piece)
                yield piece
            self._pieces.clear()
            if read - passed_on > MOST_OVERHEAD_BYTES:
                raise TooLarge(f"The form holds more than {MOST_OVERHEAD_BYTES} bytes beside its file.")
        if not self._is_whole:
            raise BadForm("The form ends before its last boundary.")
        if self.file_name is None:
            raise BadForm("The form holds no file.", hint="Send the file in a part that has a filename.")

    def _made_parser(self, boundary: bytes) -> MultipartParser:
        try:
            return MultipartParser(
                boundary,
                {
                    "on_part_begin": self._begin_part,
                    "on_header_field": self._add_to_header_name,
                    "on_header_value": self._add_to_header_value,
                    "on_header_end": self._end_header,
                    "on_headers_finished": self._end_headers,
                    "on_part_data": self._add_data,
                    "on_part_end": self._end_part,
                    "on_end": self._end,
                },
            )
        except FormParserError as error:
            raise BadForm(f"The form cannot be read: {error}.") from error

    def _parse(self, chunk: bytes) -> None:
        try:
            self._parser.write(chunk)
        except FormParserError as error:
            raise BadForm(f"The form cannot be read: {error}.") from error

    def _begin_part(self) -> None:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise TooLarge(f"The form has more than {MOST_PARTS} parts.")
        self._headers, self._field, self._value = {}, None, bytearray()

    def _add_to_header_name(self, data: bytes, start: int, end: int) -> None:
        self._header_name += data[start:end]

    def _add_to_header_value(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]

    def _end_header(self) -> None:
        self._headers[self._header_name.lower()] = self._header_value
        self._header_name = self._header_value = b""

    def _end_headers(self) -> None:
        kind, options = parse_options_header(self._headers.get(b"content-disposition"))
        if kind != b"form-data" or b"name" not in options:
            raise BadForm("A part of the form has no name.")
        if b"filename" not in options:
            self._field = _text(options[b"name"])
        elif self.file_name is not None:
            raise BadForm("The form holds two files: send one at a time.")
        else:
            self.file_name = _text(options[b"filename"])

    def _add_data(self, data: bytes, start: int, end: int) -> None:
        if self._field is None:
            self._pieces.append(data[start:end])
            return
        self._value += data[start:end]
        if len(self._value) > MOST_FIELD_BYTES:
            raise TooLarge(f"A field of the form holds more than {MOST_FIELD_BYTES} bytes.")

    def _end_part(self) -> None:
        if self._field is not None:
            self.fields[self._field].append(_text(bytes(self._value)))

    def _end(self) -> None:
        self._is_whole = True


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadForm("A text in the form is not UTF-8.") from error
