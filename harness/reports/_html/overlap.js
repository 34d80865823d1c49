// Runs of words that one text shares with others.

const overlaps = {
  article: { least: 3, said: "runs of 3 words or more that stand in the article" },
  references: { least: 2, said: "runs of 2 words or more that stand in a reference" },
};

/** Return the words of a text in lower case, with their places. */
function wordsOf(text) {
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((match) => ({
    word: match[0].toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Return every run of some words in the texts, joined, to look runs up in. */
function knownRuns(texts, least) {
  const found = new Set();
  for (const text of texts) {
    const words = wordsOf(text).map(({ word }) => word);
    for (let i = 0; i + least <= words.length; i += 1) found.add(words.slice(i, i + least).join(" "));
  }
  return found;
}

/** Return [start, end] of the stretches of a text that are covered by known runs of words. */
function sharedStretches(text, known, least) {
  const words = wordsOf(text);
  const covered = new Array(words.length).fill(false);
  for (let i = 0; i + least <= words.length; i += 1) {
    const run = words.slice(i, i + least).map(({ word }) => word);
    if (known.has(run.join(" "))) covered.fill(true, i, i + least);
  }
  const stretches = [];
  words.forEach(({ start, end }, i) => {
    if (!covered[i]) return;
    if (i && covered[i - 1]) stretches.at(-1)[1] = end;
    else stretches.push([start, end]);
  });
  return stretches;
}
