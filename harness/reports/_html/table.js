// The results table: means with their intervals drawn, sortable by any column.

const results = {
  columns: new Set(data.shown),
  by: null,
  down: true,
  intervals: data.rows.length <= 12,
  letters: data.rows.length > 1 && data.rows.length <= 12,
};

const fixedColumns = [
  { key: "name", title: "candidate", value: (row) => data.rows[row].name },
  { key: "written", title: "n", about: "summaries written", value: (row) => data.rows[row].written },
  { key: "seconds", title: "s/article", about: "seconds of writing per article", value: (row) => data.rows[row].seconds },
];

/** Return the rows in the order chosen; what has no value comes last in either direction. */
function sortedRows() {
  const rows = data.rows.map((_, row) => row);
  if (results.by === null) return rows;
  const fixed = fixedColumns.find((column) => column.key === results.by);
  const value = fixed ? fixed.value : (row) => data.means[results.by][row]?.[0];
  const sign = results.down ? -1 : 1;
  const order = (a, b) =>
    typeof a === "string" ? a.localeCompare(b, "en", { numeric: true }) : a - b;
  return rows.sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x == null || y == null) return (x == null) - (y == null) || a - b;
    return sign * order(x, y) || a - b;
  });
}

/** Sort by a column: the better end first, the other way when it is chosen again. */
function sortBy(key) {
  const better = data.columns[key]?.better;
  results.down = results.by === key ? !results.down : key !== "name" && better !== "lower";
  results.by = key;
  drawResults();
  byId("results-table").querySelector(`[data-key="${key}"]`).focus();
}

function sortHeader(key, title, about) {
  const sorted = results.by === key;
  const mark = sorted ? (results.down ? "▼" : "▲") : "";
  return make(
    "th",
    { scope: "col", "aria-sort": sorted && (results.down ? "descending" : "ascending") },
    make(
      "button",
      { type: "button", "data-key": key, title: about, click: () => sortBy(key) },
      title,
      make("span", { class: "mark", "aria-hidden": "true" }, mark),
    ),
  );
}

/** Return the ends of a column's intervals, for one scale per column. */
function extent(intervals) {
  const values = intervals.filter(Boolean).flatMap(([mean, low, high]) => [low ?? mean, high ?? mean]);
  return values.length ? [Math.min(...values), Math.max(...values)] : [0, 1];
}

/** Draw an interval as a bar: its line, its estimate, and a thin line to compare it with. */
function intervalBar([mean, low, high], scale, beside, strong = true) {
  const line = (x, name, y1, y2) => draw("line", { x1: x, x2: x, y1, y2, class: name });
  return draw(
    "svg",
    { class: strong ? "interval" : "interval weak", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
    beside == null ? null : line(scale(beside), "guide", 0, 10),
    low == null ? null : draw("line", { x1: scale(low), x2: scale(high), y1: 5, y2: 5, class: "span" }),
    line(scale(mean), "estimate", 1, 9),
  );
}

function meanCell(column, row, scale) {
  const mean = data.means[column][row];
  if (!mean) return make("td", { class: "none" }, "–");
  const top = data.top[column][row];
  const baseline = data.baseline === null ? null : data.means[column][data.baseline]?.[0];
  const beats = data.beats[column][row];
  const missing = mean[3] === data.articles ? null : make("span", { class: "n" }, `n ${mean[3]}`);
  return make(
    "td",
    { title: `${data.rows[row].name}, ${titleOf(column)}: ${shownNumber(mean[0], column)} ${bracketed(mean, column)}` },
    make("span", { class: top ? "mean top" : "mean" }, shownNumber(mean[0], column), top ? "*" : ""),
    missing,
    intervalBar(mean, scale, baseline),
    results.intervals ? make("span", { class: "ends" }, bracketed(mean, column)) : null,
    results.letters && beats ? make("span", { class: "letters" }, `beats ${beats}`) : null,
  );
}

function shownSeconds(seconds) {
  if (seconds == null) return "–";
  if (seconds < 0.001) return "<0.001";
  return seconds >= 10 ? seconds.toFixed(0) : String(Number(seconds.toPrecision(2)));
}

function resultRow(row, columns, scales) {
  const { written, seconds } = data.rows[row];
  return make(
    "tr",
    { class: row === data.baseline && "baseline" },
    rowHeader(row),
    columns.map((column, i) => meanCell(column, row, scales[i])),
    make("td", {}, String(written)),
    make("td", {}, shownSeconds(seconds)),
  );
}

function drawResults() {
  const columns = [...results.columns].sort((a, b) => a - b);
  const scales = columns.map((column) => scaleOf(...extent(data.means[column])));
  const fixed = fixedColumns.map(({ key, title, about }) => sortHeader(key, title, about));
  const chosen = columns.map((column) => sortHeader(column, titleOf(column), data.columns[column].about));
  const heads = [fixed[0], ...chosen, ...fixed.slice(1)];
  byId("results-table").replaceChildren(
    make(
      "table",
      { class: "results" },
      make("caption", { class: "hidden" }, "Means of every candidate in every column"),
      make("thead", {}, make("tr", {}, heads)),
      make("tbody", {}, sortedRows().map((row) => resultRow(row, columns, scales))),
    ),
  );
}

/** Make the boxes that choose the columns, by metric. */
function columnBoxes() {
  const change = (column) => (on) => {
    if (on) results.columns.add(column);
    else results.columns.delete(column);
    drawResults();
  };
  const boxes = columnOptions().map(({ label, options }) =>
    make(
      "fieldset",
      {},
      make("legend", {}, label),
      options.map(([column, title]) => tick(title, results.columns.has(column), change(column))),
    ),
  );
  return make("details", { class: "chooser" }, make("summary", {}, "Columns"), make("div", {}, boxes));
}

function startResults() {
  const redraw = (key) => (on) => {
    results[key] = on;
    drawResults();
  };
  const letters = tick("whom a row beats", results.letters, redraw("letters"));
  byId("results-controls").append(
    columnBoxes(),
    tick("intervals as numbers", results.intervals, redraw("intervals")),
    ...(data.rows.length > 1 ? [letters] : []),
  );
  drawResults();
}
