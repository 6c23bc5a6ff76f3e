"""The assignment problem: who takes what, so that the sum of the worths is greatest (the Hungarian method).

Kuhn 1955, in the form with potentials and shortest augmenting paths; cubic in the number of rows.
"""

from collections.abc import Sequence

_NEVER = float("inf")


def assigned(worth: Sequence[Sequence[float]]) -> list[int]:
    """The column of each row, all different, with the greatest sum. There must be no fewer columns than rows.

    >>> assigned([[1, 9], [2, 8]])
    [1, 0]
    """
    rows, columns = len(worth), len(worth[0]) if worth else 0
    if rows > columns:
        raise ValueError("There are more rows than columns.")
    of_row, of_column = [0.0] * (rows + 1), [0.0] * (columns + 1)
    taken = [0] * (columns + 1)
    for row in range(1, rows + 1):
        _augment(worth, row, of_row, of_column, taken)
    found = [0] * rows
    for column in range(1, columns + 1):
        if taken[column]:
            found[taken[column] - 1] = column - 1
    return found


def _augment(
    worth: Sequence[Sequence[float]], row: int, of_row: list[float], of_column: list[float], taken: list[int]
) -> None:
    """Give one more row a column, moving others along the cheapest path of exchanges."""
    columns = len(of_column) - 1
    least, came, done = [_NEVER] * (columns + 1), [0] * (columns + 1), [False] * (columns + 1)
    taken[0] = row
    here = 0
    while taken[here]:
        done[here] = True
        nearest, step = 0, _NEVER
        for column in range(1, columns + 1):
            if not done[column]:
                cost = -worth[taken[here] - 1][column - 1] - of_row[taken[here]] - of_column[column]
                if cost < least[column]:
                    least[column], came[column] = cost, here
                if least[column] < step:
                    nearest, step = column, least[column]
        for column in range(columns + 1):
            if done[column]:
                of_row[taken[column]] += step
                of_column[column] -= step
            else:
                least[column] -= step
        here = nearest
    while here:
        taken[here] = taken[came[here]]
        here = came[here]
