"""Addresses: of this page with something changed, since every state of a page is an address, and of posts."""

from __future__ import annotations

from urllib.parse import quote, quote_plus, urlencode

from starlette.requests import Request


class Address:
    """The address of this page with some parameters changed: every state of a page is an address."""

    def __init__(self, request: Request) -> None:
        self.path = request.url.path
        self._pairs = request.query_params.multi_items()
        self._kept: dict[str, str] = {}

    def having(self, name: str, value: str | int) -> str:
        """This address with the parameter set to one value; the place in the list is forgotten."""
        if name not in self._kept:
            kept = urlencode([(k, v) for k, v in self._pairs if k not in {name, "cursor"} and v])
            self._kept[name] = f"{self.path}?{kept}{'&' if kept else ''}{quote_plus(name)}="
        return self._kept[name] + quote_plus(str(value))

    def said(self, name: str, value: str) -> str:
        """This address for statements with the parameter set, from a search for posts."""
        kept = [(k, v) for k, v in self._pairs if k not in {name, "cursor", "unit"} and v]
        return f"{self.path}?{urlencode([*kept, ('unit', 'statements'), (name, value)])}"

    def without(self, name: str, value: str | None = None) -> str:
        """This address without a parameter, or without one of its values."""
        kept = [(k, v) for k, v in self._pairs if k != "cursor" and v]
        kept = [(k, v) for k, v in kept if k != name or (value is not None and v != value)]
        return f"{self.path}?{urlencode(kept)}" if kept else self.path

    def at(self, cursor: str) -> str:
        """This address further on in the list."""
        kept = [(k, v) for k, v in self._pairs if k != "cursor" and v]
        return f"{self.path}?{urlencode([*kept, ('cursor', cursor)])}"

    def beginning(self) -> str:
        """This address at the beginning of the list."""
        kept = [(k, v) for k, v in self._pairs if k != "cursor" and v]
        return f"{self.path}?{urlencode(kept)}" if kept else self.path

    def twin(self) -> str:
        """The address of the same answer for programs."""
        path = "/index.json" if self.path == "/" else self.path + ".json"
        kept = [(k, v) for k, v in self._pairs if v]
        return f"{path}?{urlencode(kept)}" if kept else path

    def query(self) -> str:
        """The parameters of this page with their question mark, or nothing."""
        kept = [(k, v) for k, v in self._pairs if v and k not in {"cursor", "limit"}]
        return f"?{urlencode(kept)}" if kept else ""

    def undated(self) -> str:
        """The same question for what has no date."""
        kept = [(k, v) for k, v in self._pairs if v and k not in {"from", "to", "cursor", "undated"}]
        return f"{self.path}?{urlencode([*kept, ('undated', 'true')])}"

    def values(self, name: str) -> list[str]:
        return [v for k, v in self._pairs if k == name and v]

    def pairs_without(self, *names: str) -> list[tuple[str, str]]:
        """The parameters that a form must carry on as hidden fields."""
        return [(k, v) for k, v in self._pairs if k not in names and v]


def key_path(key: str) -> str:
    """A post's key as a path: what is not unreserved is escaped (RFC 3986), the slash between channel and id stays.

    >>> key_path("norland mfa/17")
    'norland%20mfa/17'
    """
    return quote(key, safe="/~-._")
