// Two plots of candidates: one column against another.

const mostNamed = 10;
const mostCrosses = 40;

/** Return a linear scale from values to places. */
const linear = (low, high, from, to) => (value) => from + ((value - low) / (high - low || 1)) * (to - from);

/** Return the first place around a point where a label covers no other, or null. */
function freePlace(x, y, width, taken, limits) {
  const around = [[7, 4], [-7 - width, 4], [-width / 2, -9], [-width / 2, 17], [7, -7], [7, 10], [7, 14], [-7 - width, -7], [-7 - width, 14]];
  for (const [dx, dy] of around) {
    const box = { left: x + dx, right: x + dx + width, top: y + dy - 10, bottom: y + dy + 2 };
    const inside = box.left > limits.left && box.right < limits.right;
    const free = taken.every(
      (t) => box.right < t.left || box.left > t.right || box.bottom < t.top || box.top > t.bottom,
    );
    if (inside && free) return { x: x + dx, y: y + dy, box };
  }
  return null;
}

function frame(width, height, edges, xTicks, yTicks, x, y) {
  const { left, bottom } = edges;
  return [
    xTicks.map(([value, text]) => [
      draw("line", { x1: x(value), x2: x(value), y1: 8, y2: height - bottom, class: "grid" }),
      draw("text", { x: x(value), y: height - bottom + 16, class: "tick middle" }, text),
    ]),
    yTicks.map(([value, text]) => [
      draw("line", { x1: left, x2: width - 8, y1: y(value), y2: y(value), class: "grid" }),
      draw("text", { x: left - 6, y: y(value) + 4, class: "tick end" }, text),
    ]),
  ].flat(2);
}

function cross(across, up, x, y) {
  const line = (x1, x2, y1, y2) => draw("line", { x1, x2, y1, y2, class: "reach" });
  const [cx, cy] = [x(across[0]), y(up[0])];
  return [
    across[1] == null ? null : line(x(across[1]), x(across[2]), cy, cy),
    up[1] == null ? null : line(cx, cx, y(up[1]), y(up[2])),
  ];
}

/** Draw the candidates; with few of them the points carry names, with more their letters. */
function scatter(xColumn, yColumn, width) {
  const height = Math.round(Math.min(400, Math.max(280, width * 0.7)));
  const edges = { left: 46, bottom: 44 };
  const [across, up] = [data.means[xColumn], data.means[yColumn]];
  const rows = data.rows.map((_, row) => row).filter((row) => across[row] && up[row]);
  const [xs, ys] = [extent(rows.map((row) => across[row])), extent(rows.map((row) => up[row]))];
  const x = linear(...xs, edges.left + 12, width - 20);
  const y = linear(...ys, height - edges.bottom - 10, 18);
  const names = rows.map((row) => (rows.length > mostNamed ? data.rows[row].letter : data.rows[row].name));
  const points = rows.map((row) => [x(across[row][0]), y(up[row][0])]);
  const taken = points.map(([cx, cy]) => ({ left: cx - 4, right: cx + 4, top: cy - 4, bottom: cy + 4 }));
  const labels = points.map(([cx, cy], i) => {
    const place = freePlace(cx, cy, names[i].length * 6.7 + 2, taken, { left: edges.left, right: width });
    if (!place) return null;
    taken.push(place.box);
    return draw("text", { x: place.x, y: place.y, class: "label" }, names[i]);
  });
  const dots = points.map(([cx, cy], i) =>
    draw(
      "circle",
      { cx, cy, r: 4, class: rows[i] === data.baseline ? "dot baseline" : "dot" },
      draw("title", {}, pointText(rows[i], xColumn, yColumn)),
    ),
  );
  return draw(
    "svg",
    { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": scatterText(rows, xColumn, yColumn) },
    frame(width, height, edges, ticks(...xs, 6), ticks(...ys, 6), x, y),
    rows.length > mostCrosses ? null : rows.flatMap((row) => cross(across[row], up[row], x, y)),
    dots,
    labels,
    draw("text", { x: (width + edges.left) / 2, y: height - 6, class: "axis-title middle" }, titleOf(xColumn)),
    draw("text", { x: -(height - edges.bottom) / 2, y: 12, transform: "rotate(-90)", class: "axis-title middle" }, titleOf(yColumn)),
  );
}

function pointText(row, xColumn, yColumn) {
  const told = [yColumn, xColumn].map(
    (column) => `${data.columns[column].label} ${shownNumber(data.means[column][row][0], column)}`,
  );
  return `${data.rows[row].name}: ${told.join(", ")}`;
}

const scatterText = (rows, xColumn, yColumn) =>
  `${data.columns[yColumn].label} against ${data.columns[xColumn].label}. ` +
  rows.map((row) => pointText(row, xColumn, yColumn)).join("; ");

/** Put a scatter plot with its two choices into a place; it is drawn again when its width changes. */
function startScatter(name, xColumn) {
  const chosen = { x: xColumn, y: view.column };
  const place = byId(`${name}-plot`);
  let width = 0;
  const redraw = () => width && place.replaceChildren(scatter(chosen.x, chosen.y, width));
  for (const [key, label] of [["y", "Up"], ["x", "Across"]]) {
    const made = choice(label, columnOptions(), chosen[key], (value) => {
      chosen[key] = Number(value);
      redraw();
    });
    byId(`${name}-controls`).append(made.label);
  }
  new ResizeObserver(([entry]) => {
    const now = Math.floor(entry.contentRect.width);
    if (now === width) return;
    width = now;
    redraw();
  }).observe(place);
}

/** Say which letter is whom, where points carry letters. */
function scatterKey() {
  if (data.rows.length <= mostNamed) return;
  const entry = ({ letter, name }) =>
    make("li", {}, make("span", { class: "letter" }, letter), isolated(name));
  const list = make("ul", { class: "key" }, data.rows.map(entry));
  const open = data.rows.length <= mostCrosses;
  byId("tradeoffs-key").append(make("details", { open }, make("summary", {}, "Which letter is whom"), list));
}

function startScatters() {
  const other = (c, position) => position !== view.column;
  const errors = findColumn(
    (c) => c.metric.startsWith("facts") && c.headline,
    (c) => c.headline && c.better === "lower",
    (c) => c.headline && !c.better && c.label !== "words",
    other,
    () => true,
  );
  const lengths = [(c) => c.label === "words", (c) => c.metric.startsWith("length")].map(
    (fits) => (c, position) => other(c, position) && fits(c),
  );
  startScatter("errors", errors);
  startScatter("length", findColumn(...lengths, other, () => true));
  scatterKey();
}
