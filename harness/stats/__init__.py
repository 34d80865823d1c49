"""The statistics of comparison: what a table of per-article scores may claim, and what not.

One part, one file; each is a function or two over numpy arrays, seeded where it draws.

    cube           the scores of several rows (runs) on the same articles, in several columns
    pairs          which rows are compared
    bootstrap      intervals of means and of paired differences, over articles or clusters
    permutation    two-sided sign-flip test of every pair at once; exact when articles are few
    multiplicity   Holm's correction for having asked many questions
    paired         all pairs of all columns: difference, n, p, p after Holm, who beats whom
    letters        which rows a row beats, as superscripts; the top statistical group
    effect         spread of paired differences, Cohen's d_z, who was higher how often
    power          what n articles could have shown, and how many a difference would need
    gate           worse, not worse, or cannot tell
    correlation    Pearson, Spearman, Kendall's tau-b, many at a time
    rates          Wilson's interval, ROC-AUC, precision, recall, balanced accuracy

    ranks, student, fixedpoint, sums, resampling are what these stand on.

The order of rows, columns and articles, the size of blocks, the number of threads and the BLAS
change no digit: sums are taken over whole numbers (see ``fixedpoint``), articles in the order of
their ids. docs/statistics.md says how to read what comes out.
"""
