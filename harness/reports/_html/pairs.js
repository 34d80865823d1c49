// The matrix of pairs in one column.

const largestMatrix = 40;

/** Return the adjusted p of two different rows and whether the first is ahead, or null. */
function testOf(first, second, column) {
  const [a, b] = [Math.min(first, second), Math.max(first, second)];
  const position = a * data.rows.length - (a * (a + 1)) / 2 + b - a - 1;
  const found = data.pairs[column][position];
  if (found == null) return null;
  const higher = found > 0 === (first === a);
  return { p: Math.abs(found), ahead: higher === (data.columns[column].better !== "lower") };
}

function pairCell(first, second, column) {
  if (first === second) return make("td", { class: "self" }, "");
  const test = testOf(first, second, column);
  if (!test) return make("td", { class: "none", title: "no article in common" }, "–");
  const [one, other] = [data.rows[first].name, data.rows[second].name];
  const title = `${one} and ${other}: p ${shownP(test.p)} after Holm`;
  if (test.p > data.alpha) return make("td", { title }, "·");
  return make("td", { title, class: test.ahead ? "beats" : "loses" }, test.ahead ? "▲" : "▽");
}

function pairRow(row, rows, column) {
  const won = rows.filter((other) => other !== row && isBeaten(row, other, column)).length;
  return make(
    "tr",
    {},
    rowHeader(row),
    rows.map((other) => pairCell(row, other, column)),
    make("td", { class: "sum" }, String(won)),
  );
}

function isBeaten(first, second, column) {
  const test = testOf(first, second, column);
  return Boolean(test && test.ahead && test.p <= data.alpha);
}

function drawPairs(column) {
  const place = byId("pairs-table");
  const all = rowsByMean(column);
  const better = data.columns[column].better;
  if (all.length < 2 || !better) {
    const why = better ? "There is only one row to compare." : "Neither end of this column is the better one.";
    place.replaceChildren(make("p", { class: "empty" }, why));
    return;
  }
  const rows = all.slice(0, largestMatrix);
  const heads = rows.map((row) =>
    make("th", { scope: "col", title: data.rows[row].name }, data.rows[row].letter),
  );
  const header = [...head("candidate"), ...heads, ...head("beats")];
  const table = make(
    "table",
    { class: "matrix" },
    make("caption", { class: "hidden" }, "Which candidate was shown to beat which"),
    make("thead", {}, make("tr", {}, header)),
    make("tbody", {}, rows.map((row) => pairRow(row, rows, column))),
  );
  const cut = `The best ${rows.length} of ${all.length} rows.`;
  place.replaceChildren(table, ...(rows.length < all.length ? [make("p", { class: "empty" }, cut)] : []));
}

function startPairs() {
  putColumnChoice(byId("pairs-controls"));
  view.listeners.push(drawPairs);
  drawPairs(view.column);
}
