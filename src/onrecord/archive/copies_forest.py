"""Which texts hang together: union and find."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt


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


def labels(first: npt.NDArray[np.int64], second: npt.NDArray[np.int64], many: int) -> npt.NDArray[np.int64]:
    """For each of so many places, the smallest that hangs together with it by the pairs; at once for all.

    In each round every group joins its smallest neighbour, so the groups are at least halved.

    >>> labels(np.array([4, 1]), np.array([2, 4]), 6).tolist()
    [0, 1, 1, 3, 1, 5]
    """
    label = np.arange(many)
    while True:
        ours, theirs = label[first], label[second]
        apart = ours != theirs
        if not apart.any():
            return label
        ours, theirs = ours[apart], theirs[apart]
        np.minimum.at(label, np.maximum(ours, theirs), np.minimum(ours, theirs))
        while not np.array_equal(above := label[label], label):
            label = above
