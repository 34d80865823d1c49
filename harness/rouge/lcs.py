"""Stage 6, ROUGE-L: the length of a longest common subsequence of the two texts.

Rows are the shared tokens of the reference, columns those of the candidate. Tokens that only one
side holds change no LCS length and are left out. 64 columns make a lane.

A pair with more columns has several lanes, and the addition of a row carries from each into the
next (Hyyro, 2004). So that all lanes take their step at once, lane k of a pair lags k rows behind
the first: it begins with k empty rows, which change nothing, and what its left neighbour carried
out of a row in one step is there in the next. Empty rows at the end keep the lanes of a pair
equally long, hence side by side.
"""

from dataclasses import dataclass

import numpy as np

from harness.rouge.arrays import Flags, Ints, Words, ranges
from harness.rouge.lanes import BIT, FULL, LANE, Stack, stack
from harness.rouge.matches import Matches

# Lanes pay while pairs have few of them; beyond, ``wide`` is at home, and memory must not grow
# with the product of two lengths.
_LANES = 8


def lcs_lengths(matches: Matches) -> tuple[Ints, Flags]:
    """Return the LCS length of every pair and which pairs fit; where one does not, 0.

    A pair fits if its candidate has at most 512 shared tokens.
    """
    columns = np.bincount(matches.candidate.pair, minlength=matches.pairs)
    fits = columns <= LANE * _LANES
    lanes = np.where(fits, -(-columns // LANE), 0)
    pair, lag = np.repeat(np.arange(matches.pairs), lanes), ranges(np.zeros_like(lanes), lanes)
    tokens = np.bincount(matches.reference.pair, minlength=matches.pairs)
    rows = stack((tokens + lanes - 1)[pair])
    masks = _rows(matches, rows, _Lanes(pair, lag, lanes, tokens), columns)
    width = np.minimum(columns[pair] - LANE * lag, LANE)[rows.order]
    last = _run(rows, masks, FULL[width], (lag[rows.order] > 0).astype(np.uint64))
    growth = width - np.bitwise_count(last)
    return np.bincount(pair[rows.order], growth, matches.pairs).astype(np.int64), fits


@dataclass(frozen=True, slots=True)
class _Lanes:
    """The pair of every lane and the rows it lags behind; of every pair its lanes and tokens."""

    pair: Ints
    lag: Ints
    per_pair: Ints
    tokens: Ints


def _rows(matches: Matches, rows: Stack, lanes: _Lanes, columns: Ints) -> Words:
    """Return M of every row of every lane, by place; 0 in the empty rows."""
    masks, first = _masks(matches, columns, lanes.per_pair)
    held = lanes.tokens[lanes.pair]
    token = ranges((np.cumsum(lanes.tokens) - lanes.tokens)[lanes.pair], held)
    mask = first[matches.reference.group[token]] + np.repeat(lanes.lag, held)
    size = held + lanes.per_pair[lanes.pair] - 1
    placed = np.zeros(len(rows.place), np.uint64)
    placed[rows.place[ranges(np.cumsum(size) - size + lanes.lag, held)]] = masks[mask]
    return placed


def _masks(matches: Matches, columns: Ints, lanes: Ints) -> tuple[Words, Ints]:
    """Return the columns that hold each group's token, lane by lane, and each group's first."""
    side = matches.candidate
    column = np.arange(len(side.pair)) - (np.cumsum(columns) - columns)[side.pair]
    size = lanes[matches.group_pair]
    first = np.cumsum(size) - size
    masks = np.zeros(int(size.sum()), np.uint64)
    kept = np.flatnonzero(lanes[side.pair])
    # every column is one bit of one group: adding is setting
    at = first[side.group[kept]] + column[kept] // LANE
    np.add.at(masks, at, BIT[column[kept] % LANE])
    return masks, first


def _run(rows: Stack, masks: Words, full: Words, follows: Words) -> Words:
    """Run the recurrence of ``lanes`` over all rows; return the last V of every lane.

    ``follows`` is 1 where a lane continues the one before it, and 0 where a pair begins.
    """
    state, carry = full.copy(), np.zeros_like(full)
    for part in rows.slices:
        n = part.stop - part.start
        v = state[:n]
        u = v & masks[part]
        raised = v + u
        raised += carry[:n]
        # v + u + carry leaves the lane if both top bits are set, or one is and the sum's is not
        out = ~raised
        out &= v
        out |= u
        out >>= np.uint64(LANE - 1)
        np.bitwise_and(out[:-1], follows[1:n], out=carry[1:n])
        raised |= v ^ u  # v - u, since u is a part of v
        np.bitwise_and(raised, full[:n], out=v)
    return state
