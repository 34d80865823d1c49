// What the other files use: elements made without markup, numbers as text, and the column in view.

const data = JSON.parse(document.getElementById("data").textContent);
const arrows = { higher: " ↑", lower: " ↓" };

/** Return the element with an id. */
const byId = (id) => document.getElementById(id);

/** Set attributes; a function is a listener, false and null are left out. */
function setAll(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
}

/** Make an element. Children are elements or text; text from outside stays text. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  setAll(element, attributes);
  element.append(...children.flat().filter((child) => child != null));
  return element;
}

/** Make an element of SVG. */
function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  setAll(element, attributes);
  element.append(...children.flat().filter((child) => child != null));
  return element;
}

/** Return a name from outside, kept apart from the direction of the text around it. */
const isolated = (text) => make("bdi", {}, text);

/** Return a number with a minus sign that is as wide as a plus. */
const plain = (value, digits) => value.toFixed(digits).replace(/^-(0(\.0*)?)$/, "$1").replace("-", "−");

/** Return a column's number as it is shown. */
const shownNumber = (value, column, coarser = 0) =>
  plain(value, Math.max(data.columns[column].digits - coarser, 0));

/** Return the same with its sign. */
const signed = (value, column, coarser = 0) =>
  (value > 0 ? "+" : "") + shownNumber(value, column, coarser);

/** Return "[low, high]", or nothing where one article leaves the ends open. */
const bracketed = ([, low, high], column, write = shownNumber) =>
  low == null ? "" : `[${write(low, column, 1)}, ${write(high, column, 1)}]`;

/** Return a p-value in three digits, a small one in scientific notation. */
const shownP = (p) => (p >= 0.001 ? p.toFixed(3) : p.toExponential(0));

const titleOf = (column) => data.columns[column].label + (arrows[data.columns[column].better] ?? "");

/** Return the rows that have a mean in a column, best first: longest first where neither is better. */
function rowsByMean(column) {
  const sign = data.columns[column].better === "lower" ? 1 : -1;
  const means = data.means[column];
  const scored = data.rows.map((_, row) => row).filter((row) => means[row]);
  return scored.sort((a, b) => sign * (means[a][0] - means[b][0]) || a - b);
}

/** Return the first column that fits, or undefined. */
const findColumn = (...fits) =>
  fits.map((fit) => data.columns.findIndex(fit)).find((column) => column >= 0);

const ranked = findColumn((c) => c.headline && c.better, (c) => c.better, () => true);

/** The column in view of all plots, and who wants to know when it changes. */
const view = { column: ranked, listeners: [] };

function chooseColumn(column) {
  view.column = column;
  for (const listener of view.listeners) listener(column);
}

/** Make a labelled choice; options are [value, text], or {label, options} for a group of them. */
function choice(label, options, value, changed) {
  const one = ([v, text]) => make("option", { value: v, selected: String(v) === String(value) }, text);
  const entry = (o) =>
    Array.isArray(o) ? one(o) : make("optgroup", { label: o.label }, o.options.map(one));
  const select = make("select", { change: () => changed(select.value) }, options.map(entry));
  return { label: make("label", {}, make("span", {}, label), select), select };
}

/** Make a labelled box to tick. */
function tick(label, checked, changed) {
  const box = make("input", { type: "checkbox", checked, change: () => changed(box.checked) });
  return make("label", { class: "tick" }, box, " ", label);
}

/** Return the options for columns, grouped by metric. */
function columnOptions(fits = () => true) {
  const groups = new Map();
  data.columns.forEach((column, position) => {
    if (!fits(column, position)) return;
    if (!groups.has(column.metric)) groups.set(column.metric, []);
    groups.get(column.metric).push([position, titleOf(position)]);
  });
  return [...groups].map(([label, options]) => ({ label, options }));
}

/** Put a choice of the column in view into a place; all such choices move together. */
function putColumnChoice(place) {
  const made = choice("Column", columnOptions(), view.column, (v) => chooseColumn(Number(v)));
  view.listeners.push((column) => (made.select.value = column));
  place.append(made.label);
}

/** Return a function from a value to a share of the width in percent. */
function scaleOf(low, high) {
  const room = (high - low) * 0.04 || Math.abs(high) * 0.04 || 1;
  const [from, to] = [low - room, high + room];
  return (value) => ((value - from) / (to - from)) * 100;
}

/** Return round numbers between two values, about as many as asked for. */
function ticks(low, high, about = 5) {
  const rough = (high - low || 1) / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= rough);
  const found = [];
  for (let k = Math.ceil(low / step); k * step <= high + step * 1e-9; k += 1) found.push(k * step);
  const digits = (String(Number(step.toPrecision(3))).split(".")[1] ?? "").length;
  return found.map((value) => [value, plain(value, digits)]);
}

/** Return a row's name, which may be broken where its parts end. */
const rowName = (name) =>
  make("bdi", {}, name.split(/(?<=[/_.])/).flatMap((part) => [part, make("wbr")]));

/** Return a row's header cell: letter, name, and what it is beside a candidate. */
function rowHeader(row) {
  const { name, letter, role, status } = data.rows[row];
  const said = [role && !name.includes(role) ? role : null, status === "complete" ? null : status];
  return make(
    "th",
    { scope: "row", class: "name", title: name },
    make(
      "div",
      {},
      data.rows.length > 1 ? make("span", { class: "letter" }, letter) : null,
      make("span", {}, rowName(name), said.filter(Boolean).map((word) => make("span", { class: "role" }, word))),
    ),
  );
}
