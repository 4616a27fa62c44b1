"""Which texts hang together: union and find."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


class Forest:
    """Texts joined in pairs; two are connected where a chain of pairs leads from one to the other.

    >>> forest = Forest([(1, 2), (3, 4)])
    >>> forest.join(2, 3), forest.join(1, 4), forest.top(4) == forest.top(1)
    (True, False, True)
    """

    def __init__(self, pairs: Iterable[tuple[int, int]] = ()) -> None:
        self._above: dict[int, int] = {}
        for first, second in pairs:
            self.join(first, second)

    def top(self, text: int) -> int:
        """The text that stands for all that hang together with this one; the way to it is made shorter."""
        above = self._above
        while (parent := above.get(text, text)) != text:
            above[text] = above.get(parent, parent)
            text = above[text]
        return text

    def join(self, first: int, second: int) -> bool:
        """Joins two texts; false where they already hung together."""
        one, other = self.top(first), self.top(second)
        self._above.setdefault(first, one)
        self._above.setdefault(second, other)
        self._above[other] = one
        return one != other

    def groups(self) -> list[tuple[int, ...]]:
        """Every group of texts, each in order.

        >>> Forest([(5, 2), (3, 4), (2, 9)]).groups()
        [(2, 5, 9), (3, 4)]
        """
        found: dict[int, list[int]] = defaultdict(list)
        for text in self._above:
            found[self.top(text)].append(text)
        return sorted(tuple(sorted(group)) for group in found.values())
