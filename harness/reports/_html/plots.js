// One row per candidate: differences from the baseline, and distributions.

/** Return a header cell with an axis: ticks at their place over the plots below. */
function axis(low, high, scale, title) {
  const marks = ticks(low, high).map(([value, text]) => {
    const mark = make("span", {}, text);
    mark.style.left = `${scale(value)}%`;
    return mark;
  });
  return make("th", { scope: "col", class: "axis" }, make("span", { class: "hidden" }, title), marks);
}

const head = (...titles) => titles.map((title) => make("th", { scope: "col" }, title));

function differenceRow(row, column, scale) {
  const [mean, low, high, n, p, ...counts] = data.differences[column][row];
  const real = p <= data.alpha;
  const interval = [mean, low, high];
  return make(
    "tr",
    {},
    rowHeader(row),
    make("td", { class: "plot" }, intervalBar(interval, scale, 0, real)),
    make("td", {}, make("span", { class: real ? "mean top" : "mean" }, signed(mean, column), real ? "*" : "")),
    make("td", { class: "ends" }, bracketed(interval, column, signed)),
    make("td", {}, shownP(p)),
    make("td", {}, counts.join(" / ")),
    make("td", {}, String(n)),
  );
}

function drawDifferences(column) {
  const place = byId("differences-plot");
  const found = data.differences[column];
  const rows = rowsByMean(column).filter((row) => found[row]);
  if (!rows.length) {
    const why =
      data.baseline === null
        ? "No baseline was named. harness compare --baseline NAME names one."
        : "No other row shares a scored article with the baseline in this column.";
    place.replaceChildren(make("p", { class: "empty" }, why));
    return;
  }
  const [low, high] = extent(found.concat([[0, 0, 0]]));
  const scale = scaleOf(low, high);
  const titles = head("difference", "95 % interval", "p (Holm)", "higher / equal / lower", "n");
  const header = [...head("candidate"), axis(low, high, scale, "plot"), ...titles];
  place.replaceChildren(plotTable("Differences from the baseline", header, rows.map((row) => differenceRow(row, column, scale))));
}

function plotTable(caption, header, rows) {
  return make(
    "table",
    { class: "plots" },
    make("caption", { class: "hidden" }, caption),
    make("thead", {}, make("tr", {}, header)),
    make("tbody", {}, rows),
  );
}

/** Draw a histogram over the width of the column's range; the middle half lies on a ground. */
function histogram({ counts, quartiles }, low, high) {
  const scale = scaleOf(low, high);
  const most = Math.max(...counts);
  const width = (scale(high) - scale(low)) / counts.length;
  const bars = counts.map((count, i) => {
    const height = (count / most) * 27;
    const x = scale(low) + i * width;
    return count ? draw("rect", { x, y: 28 - height, width: width * 0.92, height, class: "bin" }) : null;
  });
  const [first, median, third] = quartiles.map(scale);
  return draw(
    "svg",
    { class: "histogram", viewBox: "0 0 100 28", preserveAspectRatio: "none", "aria-hidden": "true" },
    draw("rect", { x: first, width: third - first, y: 0, height: 28, class: "half" }),
    bars,
    draw("line", { x1: median, x2: median, y1: 0, y2: 28, class: "median" }),
  );
}

function spreadRow(row, column, { low, high, rows }) {
  const [first, median, third] = rows[row].quartiles;
  return make(
    "tr",
    {},
    rowHeader(row),
    make("td", { class: "plot" }, histogram(rows[row], low, high)),
    make("td", {}, shownNumber(median, column)),
    make("td", { class: "ends" }, `${shownNumber(first, column, 1)} to ${shownNumber(third, column, 1)}`),
    make("td", {}, String(data.means[column][row][3])),
  );
}

function drawSpreads(column) {
  const spread = data.spreads[column];
  const rows = rowsByMean(column).filter((row) => spread.rows[row]);
  const { low, high } = spread;
  const header = [
    ...head("candidate"),
    axis(low, high, scaleOf(low, high), "histogram"),
    ...head("median", "middle half", "n"),
  ];
  const empty = make("p", { class: "empty" }, "No row has a score in this column.");
  const table = () =>
    plotTable("Distributions of scores", header, rows.map((row) => spreadRow(row, column, spread)));
  byId("spreads-plot").replaceChildren(rows.length ? table() : empty);
}

function startPlots() {
  for (const [name, redraw] of [["differences", drawDifferences], ["spreads", drawSpreads]]) {
    if (name === "spreads" || data.baseline !== null) putColumnChoice(byId(`${name}-controls`));
    view.listeners.push(redraw);
    redraw(view.column);
  }
}
