// Texts put together again from their parts, and texts with stretches of them marked.

const reading = data.reading;

/** Return the text that some parts of an article's pool make. */
const joined = (article, parts) => parts.map((part) => article.parts[part]).join(" ");

const articleText = (article) => joined(article, article.text);
const referenceTexts = (article) => article.references.map((parts) => joined(article, parts));

/** Return a flag as a value with names. */
function flagOf([type, tier, at, found, evidence, seconds = []], position) {
  return { type, tier, at, found, evidence, seconds, position };
}

/** Tell whether a second metric finds a flag wrong, and none finds it right. */
function isVetoed({ seconds }) {
  const verdicts = seconds.map(([verdict]) => verdict);
  return verdicts.includes("vetoed") && !verdicts.includes("confirmed");
}

/** Return text nodes and elements: `wrap` makes one for every stretch that a mark covers. */
function marked(text, stretches, wrap) {
  const nodes = [];
  let done = 0;
  for (const stretch of stretches) {
    const [start, end] = stretch.at;
    if (start > done) nodes.push(text.slice(done, start));
    nodes.push(wrap(text.slice(start, end), stretch));
    done = end;
  }
  if (done < text.length) nodes.push(text.slice(done));
  return nodes;
}

/** Return stretches [start, end] cut to a window of the text and counted from its start. */
const within = (stretches, start, end) =>
  stretches
    .filter(([a, b]) => b > start && a < end)
    .map(([a, b]) => ({ at: [Math.max(a, start) - start, Math.min(b, end) - start] }));

/** Join flags whose words overlap, so that each word is marked once. */
function joinedFlags(flags) {
  const groups = [];
  for (const flag of flags) {
    const last = groups.at(-1);
    if (last && flag.at[0] < last.at[1]) {
      last.flags.push(flag);
      last.at = [last.at[0], Math.max(last.at[1], flag.at[1])];
    } else groups.push({ at: [...flag.at], flags: [flag] });
  }
  return groups;
}

const shareMark = (text) => make("span", { class: "shared" }, text);

/** Return a summary's text with its overlap marked, and its flags made by `flagMark`. */
function annotated(text, shared, flags, flagMark) {
  const part = (start, end) => marked(text.slice(start, end), within(shared, start, end), shareMark);
  const nodes = [];
  let done = 0;
  for (const group of joinedFlags(flags)) {
    const [start, end] = group.at;
    nodes.push(...part(done, start), flagMark(part(start, end), group.flags));
    done = end;
  }
  return [...nodes, ...part(done, text.length)];
}

const tiers = { A: "contradicts the article, check this", B: "not found in the article", C: "a new word" };

/** Return what another metric says of a flag. */
function secondNote([verdict, by, words]) {
  const said = verdict[0].toUpperCase() + verdict.slice(1);
  return make("p", { class: "second" }, make("b", {}, said), verdict === "no answer" ? " of " : " by ", isolated(by), ": ", isolated(words));
}

/** Return what is said of a flag beside its words. */
function flagNote(flag, source) {
  const quoted = (span) => make("q", {}, isolated(source.slice(...span)));
  return make(
    "div",
    { class: "note" },
    make("p", {}, make("b", { class: "tier" }, flag.tier), ` ${flag.type}: ${tiers[flag.tier] ?? ""}`),
    flag.found ? make("p", {}, "The article’s words: ", quoted(flag.found)) : null,
    flag.evidence
      ? make("blockquote", { dir: "auto" }, source.slice(...flag.evidence))
      : make("p", { class: "quiet" }, "No sentence of the article comes near."),
    flag.seconds.map(secondNote),
  );
}

/** Return a few words to know an article by. */
function snippet(article, most = 70) {
  const text = article.title ?? articleText(article).trim();
  return text.length > most ? `${text.slice(0, most).replace(/\s+\S*$/, "")} …` : text;
}
