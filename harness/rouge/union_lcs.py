"""Stage 7, ROUGE-Lsum: clipped hits of the union LCS, with rouge-score's tie-breaks.

For each sentence of the reference, rouge-score takes one LCS with every sentence of the candidate
and unites the reference positions they pass (Lin, 2004, section 3.2). An LCS is not unique, so
the walk that picks one is part of the definition. With t[i][j] the LCS length of the first i
tokens of the one and the first j of the other sentence, it starts in the last cell and goes

    where the tokens of row i and column j match     take i; go to (i-1, j-1)
    else, where t[i][j-1] > t[i-1][j]                left
    else                                             up,        until i = 0 or j = 0.

**Lemma.** Let D(i, j) = t[i][j] - t[i-1][j], which is 0 or 1. On a mismatch the walk goes left
where D(i, j) = 1, and up where D(i, j) = 0.
*Proof.* On a mismatch t[i][j] = max(t[i-1][j], t[i][j-1]). If t[i][j-1] > t[i-1][j], this is
t[i][j-1], so D > 0. If not, it is t[i-1][j], so D = 0.

So in row i the walk moves left over the cells of N = D & ~M (M: the columns that match) and
stops at the first cell outside N; there it takes the match if there is one, and otherwise goes
up.

**D is one subtraction.** Column j is bit j-1, and V as in ``lanes``. The zeros of V are the
columns where row i-1 steps up. Row i moves each step p to the first match p' of its segment, the
columns since the step before, if there is one: t has risen exactly on the bits p' to p-1, which
are 2**p - 2**p'. In ``raised = (V + u) | (V - u)`` bit p has become 1 and bit p' 0, so that
D = raised - V. A step that is new comes from p = n; in a full lane that bit is lost, but
D < 2**64 is right all the same, since the arithmetic is modulo 2**64.

**The walk is one addition a row.** Turn the bits around, so that left is towards higher bits, and
let P hold the walk's column. In N + P a carry runs through the ones of N from P on to the first
zero; ``& ~N`` leaves that bit alone. So Q = (N + P) & ~N is where the walk stops, m = Q & M the
match it takes, and Q + m the column in which it enters row i-1. Left of the first column the bit
drops out of the word: P = 0, the walk is over.

**What may be left out.** A row without a match has D = 0 = N and changes nothing. A column
without a match repeats its left neighbour's t, hence its D: the walk goes up in both or left in
both, so of several in a row one is enough. It is not nothing: from a match with D = 0 the walk
takes that match, from such a column to its right it goes up first. In front of the first match
nothing can be taken any more, so columns there may go.

**Clipping.** rouge-score counts a united position while the token's counts in both texts last.
The reference's cannot run out, since it counts a position once at most; so the hits are the sum
over tokens of min(united positions that hold it, its count in the candidate).

A lane is a reference sentence with a candidate sentence that shares a token with it.
"""

from dataclasses import dataclass

import numpy as np

from harness.rouge.arrays import Flags, Ints, Words, ranges, run_starts, stable_order
from harness.rouge.lanes import BIT, FULL, LANE, Stack, mirror, stack
from harness.rouge.matches import PLACE_BITS, Matches, Side

# Lanes pay while a token recurs in few sentences; beyond this many rows a shared token, texts are
# so long and repetitive that ``wide`` is at home, and memory must not grow with the square.
_ROWS_PER_TOKEN = 8


@dataclass(frozen=True, slots=True)
class _Sentences:
    """The candidate's sentences: of each its number of columns; of each token, both places."""

    columns: Ints
    sentence: Ints
    column: Ints


@dataclass(frozen=True, slots=True)
class _Cells:
    """Each candidate sentence of each group's token: the columns that hold it, as a mask."""

    group: Ints
    sentence: Ints
    mask: Words


def union_hits(matches: Matches, lines: Ints) -> tuple[Ints, Flags]:
    """Return the clipped union-LCS hits of every pair, and which fit; where one does not, 0.

    ``lines`` is the line of every token, as in ``Tokens``. A pair fits if none of its candidate
    sentences needs more than 64 columns and its tables are not overly many.
    """
    sentences = _sentences(matches.candidate, lines)
    cells = _cells(matches.candidate, sentences)
    per_group = np.bincount(cells.group, minlength=len(matches.group_pair))
    fits = _fits(matches, sentences, per_group)
    united = np.zeros(len(matches.reference.group), bool)
    united[_united(matches.reference, lines, sentences, cells, per_group, fits)] = True
    used = np.bincount(matches.reference.group[united], minlength=len(matches.group_pair))
    hits = np.minimum(used, matches.group_candidate)
    return np.bincount(matches.group_pair, hits, matches.pairs).astype(np.int64), fits


def _sentences(side: Side, lines: Ints) -> _Sentences:
    """Lay out every sentence's columns: shared tokens, and one for a run of others behind."""
    line = lines[side.token]
    starts = run_starts(side.pair, line)
    sentence = _run_numbers(starts, len(line))
    # the next token is in this line, but it is not the next shared one of this pair
    gap = lines[np.minimum(side.token + 1, len(lines) - 1)] == line
    gap &= side.token + 1 < len(lines)
    gap[:-1] &= (side.token[1:] - side.token[:-1] != 1) | (side.pair[1:] != side.pair[:-1])
    before = np.cumsum(gap + 1) - (gap + 1)
    column = before - before[starts][sentence]
    columns = np.diff(before[starts], append=len(line) + np.count_nonzero(gap))
    return _Sentences(columns, sentence, column)


def _run_numbers(starts: Ints, length: int) -> Ints:
    """Return the number of the run that each row is in, given where the runs begin."""
    return np.repeat(np.arange(len(starts)), np.diff(starts, append=length))


def _cells(side: Side, sentences: _Sentences) -> _Cells:
    order = stable_order(side.group)
    group, sentence = side.group[order], sentences.sentence[order]
    starts = run_starts(group, sentence)
    mask = np.zeros(len(starts), np.uint64)
    # every column is one bit of one cell: adding is setting
    np.add.at(mask, _run_numbers(starts, len(order)), BIT[sentences.column[order] % LANE])
    return _Cells(group[starts], sentence[starts], mask)


def _fits(matches: Matches, sentences: _Sentences, per_group: Ints) -> Flags:
    rows = np.bincount(matches.reference.pair, per_group[matches.reference.group], matches.pairs)
    tokens = np.bincount(matches.reference.pair, minlength=matches.pairs)
    fits: Flags = rows <= _ROWS_PER_TOKEN * tokens
    fits[matches.candidate.pair[sentences.columns[sentences.sentence] > LANE]] = False
    return fits


def _united(
    side: Side, lines: Ints, sentences: _Sentences, cells: _Cells, per_group: Ints, fits: Flags
) -> Ints:
    """Return the reference positions (in ``side``) that any walk takes; some more than once."""
    number = _run_numbers(run_starts(side.pair, lines[side.token]), len(side.pair))
    first = np.cumsum(per_group) - per_group
    kept = np.flatnonzero(fits[side.pair])
    group = side.group[kept]
    position = np.repeat(kept, per_group[group])
    cell = ranges(first[group], per_group[group])
    order = stable_order(number[position] << PLACE_BITS | cells.sentence[cell])
    position, cell = position[order], cell[order]
    lanes = run_starts(number[position], cells.sentence[cell])
    rows = stack(np.diff(lanes, append=len(order)))
    columns = sentences.columns[cells.sentence[cell[lanes[rows.order]]]]
    packed = np.empty_like(cell)
    packed[rows.place] = cell
    taken = _walk(rows, cells.mask[packed], mirror(cells.mask)[packed], columns)
    passed: Ints = position[taken[rows.place] != 0]
    return passed


def _walk(rows: Stack, masks: Words, mirrored: Words, columns: Ints) -> Words:
    """Run all rows and walk back through them; return the match taken in each row, or 0."""
    runs = _rises(rows, masks, FULL[columns])
    runs &= ~masks
    runs = mirror(runs)
    beyond = ~runs
    place = BIT[LANE - columns]
    for part in reversed(rows.slices):
        p = place[: part.stop - part.start]
        p += runs[part]
        p &= beyond[part]
        mirrored[part] &= p
        p += mirrored[part]
    return mirrored


def _rises(rows: Stack, masks: Words, full: Words) -> Words:
    """Run the recurrence of ``lanes`` over all rows; return D = raised - V of every row."""
    rises = np.empty_like(masks)
    state = full.copy()
    for part in rows.slices:
        v = state[: part.stop - part.start]
        u = v & masks[part]
        raised = v + u
        raised |= v ^ u  # v - u, since u is a part of v
        np.subtract(raised, v, out=rises[part])
        np.bitwise_and(raised, full[: len(v)], out=v)
    return rises
