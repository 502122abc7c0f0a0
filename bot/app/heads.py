"""HTTP/1.1 as uvicorn has httptools read it, which gathers a head without an end until memory is full: this ends it."""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_MOST_GATHERED = 64 * 1024
"""Bytes; what came in one piece is read whatever its length."""


class BoundedHttp(HttpToolsProtocol):
    """Refuses whoever goes on for longer than that with what is no body: a first line, headers, trailers."""

    _gathered = 0
    _is_handed_on = False

    def data_received(self, data: bytes) -> None:
        self._is_handed_on = False
        super().data_received(data)
        self._gathered = 0 if self._is_handed_on else self._gathered + len(data)
        if self._gathered > _MOST_GATHERED and not self.transport.is_closing():
            self.send_400_response("The head of the request is too long.")

    def on_headers_complete(self) -> None:
        self._is_handed_on = True
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._is_handed_on = True
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._is_handed_on = True
        super().on_message_complete()
