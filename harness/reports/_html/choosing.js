// Which articles, candidates and flags are to be read.

const mostApart = 20;
const firstShown = 6;

const rowsToRead = data.rows.map((_, row) => row).filter((row) => data.rows[row].role !== "reference");
const bestRows = rowsByMean(ranked).filter((row) => rowsToRead.includes(row));

/** Return the two rows to hold side by side at first: the best one, and the baseline. */
function firstPair() {
  const best = bestRows.find((row) => row !== data.baseline) ?? 0;
  const other = data.baseline ?? bestRows.find((row) => row !== best) ?? best;
  return [best, other];
}

const [firstRow, secondRow] = firstPair();

/** Return the rows to read at first: all where they are few, else the pair and the best ones. */
function firstRows() {
  const rows = [...new Set([firstRow, secondRow, ...bestRows, ...rowsToRead])];
  return new Set(rows.slice(0, rows.length > 8 ? firstShown : rows.length));
}

const desk = {
  at: 0,
  list: [],
  show: "all",
  first: firstRow,
  second: secondRow,
  column: Math.max(reading.columns.indexOf(ranked), 0),
  type: "",
  tier: "",
  verdict: "",
  search: "",
  overlap: "article",
  rows: firstRows(),
};

/** Tell whether some second opinion on a flag is the one chosen; "still" is every flag not vetoed. */
function fitsSecond(flag) {
  if (!desk.verdict) return true;
  if (desk.verdict === "still") return !isVetoed(flag);
  return flag.seconds.some(([verdict]) => verdict === desk.verdict);
}

/** Return a summary's flags that the chosen type, tier and second opinion let through. */
const chosenFlags = (article, row) =>
  (article.flags[row] ?? [])
    .map(flagOf)
    .filter((f) => (!desk.type || f.type === desk.type) && (!desk.tier || f.tier === desk.tier) && fitsSecond(f));

const countFlags = (article) =>
  [...desk.rows].reduce((sum, row) => sum + chosenFlags(article, row).length, 0);

/** Return how far the first candidate lies above the second, or null where one has no score. */
function lead(article) {
  const scores = article.scores[desk.column];
  const [one, other] = [scores?.[desk.first], scores?.[desk.second]];
  return one == null || other == null ? null : one - other;
}

const orders = {
  apart: { keep: (d) => d !== 0, by: (d) => Math.abs(d) },
  first: { keep: (d) => d > 0, by: (d) => d },
  second: { keep: (d) => d < 0, by: (d) => -d },
};

/** Return the positions of the articles to list, in their order. */
function chosenArticles() {
  const wanted = desk.search.trim().toLowerCase();
  const flagged = desk.show === "flagged" || desk.type || desk.tier || desk.verdict;
  const fits = (article) =>
    (!flagged || countFlags(article) > 0) &&
    (!wanted || `${article.id} ${article.title ?? ""} ${articleText(article)}`.toLowerCase().includes(wanted));
  const found = reading.articles.map((_, i) => i).filter((i) => fits(reading.articles[i]));
  const order = orders[desk.show];
  if (!order) return found;
  const leads = new Map(found.map((i) => [i, lead(reading.articles[i])]));
  return found
    .filter((i) => leads.get(i) != null && order.keep(leads.get(i)))
    .sort((a, b) => order.by(leads.get(b)) - order.by(leads.get(a)) || a - b)
    .slice(0, mostApart);
}

const anyChecked = reading.articles.some((article) => article.flags.some((flags) => flags));
const anySeconds = reading.articles.some((a) => a.flags.some((flags) => (flags ?? []).some((f) => f[5])));
const flagTypes = [
  ...new Set(reading.articles.flatMap((a) => a.flags.flatMap((flags) => (flags ?? []).map(([type]) => type)))),
].sort();

const rowOptions = () =>
  data.rows.map(({ name, letter }, row) => [row, data.rows.length > 1 ? `${letter} ${name}` : name]);

/** Return the choices that only several candidates have. */
function pairChoices(changed) {
  const { first, second } = desk;
  const short = (row) => data.rows[row].name;
  const options = () => [
    ["all", "all articles"],
    ...(anyChecked ? [["flagged", "with a flag"]] : []),
    ["apart", "where the two differ most"],
    ["first", `where ${short(desk.first)} is higher`],
    ["second", `where ${short(desk.second)} is higher`],
  ];
  const show = choice("Show", options(), desk.show, changed("show"));
  const rename = () => options().forEach(([value, text]) => ([...show.select.options].find((o) => o.value === value).textContent = text));
  const pick = (key) => (value) => {
    desk[key] = Number(value);
    desk.rows.add(desk[key]);
    rename();
    changed(key)(Number(value));
  };
  const columns = reading.columns.map((column, i) => [i, titleOf(column)]);
  return [
    show.label,
    choice("First", rowOptions(), first, pick("first")).label,
    choice("Second", rowOptions(), second, pick("second")).label,
    choice("by", columns, desk.column, (value) => changed("column")(Number(value))).label,
  ];
}

function flagChoices(changed) {
  const types = [["", "every type"], ...flagTypes.map((type) => [type, type])];
  const levels = [["", "every tier"], ["A", "A contradicts"], ["B", "B not found"]];
  const verdicts = [["", "every answer"], ["still", "not vetoed"], ...["confirmed", "vetoed", "no answer"].map((v) => [v, v])];
  return [
    choice("Flags", types, desk.type, changed("type")).label,
    choice("Tier", levels, desk.tier, changed("tier")).label,
    ...(anySeconds ? [choice("Second opinion", verdicts, desk.verdict, changed("verdict")).label] : []),
  ];
}

function rowBoxes(changed) {
  const boxes = rowOptions().map(([row, name]) =>
    tick(name, desk.rows.has(row), (on) => {
      if (on) desk.rows.add(row);
      else desk.rows.delete(row);
      changed("rows")(desk.rows);
    }),
  );
  return make(
    "details",
    { class: "chooser" },
    make("summary", {}, "Candidates"),
    make("div", {}, make("fieldset", {}, make("legend", {}, "Candidates to read"), boxes)),
  );
}

function searchBox(changed) {
  const input = make("input", { type: "search", input: () => changed("search")(input.value) });
  return make("label", {}, make("span", {}, "Search"), input);
}

/** Put all choices into their place; `choose` hears of every one. */
function putChoices(place, choose) {
  const changed = (key) => (value) => {
    desk[key] = value;
    choose(key);
  };
  const overlap = [["", "nothing"], ["article", "overlap with the article"], ["references", "overlap with references"]];
  place.append(
    ...(data.rows.length > 1 ? pairChoices(changed) : []),
    ...(anyChecked ? flagChoices(changed) : []),
    choice("Mark", overlap, desk.overlap, changed("overlap")).label,
    searchBox(changed),
    ...(data.rows.length > 1 ? [rowBoxes(changed)] : []),
  );
}
