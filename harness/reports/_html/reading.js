// The reading view: a list of articles, one article, and beside it what the candidates wrote.

const articleAt = () => reading.articles[desk.list[desk.at]];

function listNote(article) {
  if (orders[desk.show]) return signed(lead(article), reading.columns[desk.column]);
  const flags = anyChecked ? countFlags(article) : 0;
  return flags ? `${flags} ${flags === 1 ? "flag" : "flags"}` : "";
}

function listEntry(position, i) {
  const article = reading.articles[position];
  return make(
    "li",
    {},
    make(
      "button",
      { type: "button", "aria-current": i === desk.at && "true", click: () => goTo(i) },
      make("span", { class: "id" }, isolated(article.id), make("span", { class: "count" }, listNote(article))),
      make("span", { class: "snippet", dir: "auto" }, snippet(article)),
    ),
  );
}

function drawList() {
  const list = make("ol", {}, desk.list.map(listEntry));
  byId("reading-list").replaceChildren(desk.list.length ? list : make("p", { class: "empty" }, "No article fits."));
}

/** Draw the article, with a flag's evidence and the words beside it where there is one. */
function drawSource(flag) {
  const article = articleAt();
  const text = articleText(article);
  const found = flag?.found;
  const inside = flag?.evidence && found && found[0] >= flag.evidence[0] && found[1] <= flag.evidence[1];
  const spans = [flag?.evidence, inside ? null : found].filter(Boolean).sort((a, b) => a[0] - b[0]);
  const words = (part, { at }) =>
    inside ? marked(part, [{ at: found.map((f) => f - at[0]) }], (t) => make("b", {}, t)) : part;
  const evidence = (part, span) => make("mark", { class: "evidence" }, words(part, span));
  const stretches = spans.filter(([start], i) => !i || start >= spans[i - 1][1]).map((at) => ({ at }));
  byId("reading-source").replaceChildren(
    make("p", { class: "kicker" }, "Article ", isolated(article.id)),
    article.title ? make("h3", { dir: "auto" }, article.title) : "",
    make("div", { class: "prose", dir: "auto" }, marked(text, stretches, evidence)),
  );
}

/** Scroll the article's box, and only that, to the evidence. */
function scrollToEvidence() {
  const place = byId("reading-source");
  const mark = place.querySelector(".evidence");
  if (!mark) return;
  const away = mark.getBoundingClientRect().top - place.getBoundingClientRect().top;
  place.scrollTop += away - place.clientHeight / 3;
}

/** Show what is said of some flags beside their words, and in the article. */
function showBeside(element, flags) {
  const place = byId("beside");
  const source = articleText(articleAt());
  place.replaceChildren(...flags.map((flag) => flagNote(flag, source)));
  place.hidden = false;
  drawSource(flags[0]);
  scrollToEvidence();
  putBeside(place, element.getClientRects()[0] ?? element.getBoundingClientRect());
}

/** Put a note below some words, or above them where there is no room below. */
function putBeside(place, word) {
  const left = Math.min(word.left, document.documentElement.clientWidth - place.offsetWidth - 12);
  const below = word.bottom + place.offsetHeight + 12 < window.innerHeight;
  const top = below ? word.bottom + 8 : word.top - place.offsetHeight - 8;
  place.style.left = `${Math.max(12, left) + window.scrollX}px`;
  place.style.top = `${top + window.scrollY}px`;
}

function hideBeside() {
  byId("beside").hidden = true;
}

/** Return the function that marks a flag's words; they can be pointed at and stepped to. */
function flagMarker(rowName) {
  return (children, flags) => {
    const verdicts = (flag) => flag.seconds.map(([verdict]) => `, ${verdict}`).join("");
    const said = flags.map((flag) => `tier ${flag.tier}, ${flag.type}${verdicts(flag)}`).join("; ");
    const vetoed = flags.every(isVetoed) ? " vetoed" : "";
    const element = make(
      "span",
      { class: `flag tier-${flags[0].tier}${vetoed}`, tabindex: "0", role: "button", "aria-describedby": "beside" },
      children,
      make("sup", {}, flags[0].tier),
      make("span", { class: "hidden" }, ` (flag in ${rowName}: ${said})`),
    );
    const show = () => showBeside(element, flags);
    setAll(element, { mouseenter: show, focus: show, click: show, mouseleave: hideBeside, blur: hideBeside });
    return element;
  };
}

function scoreLine(article, row) {
  const told = reading.columns.map((column, i) => [column, article.scores[i][row]]).filter(([, score]) => score != null);
  const entry = ([column, score]) =>
    make("span", {}, make("span", { class: "quiet" }, data.columns[column].label), ` ${shownNumber(score, column, 1)}`);
  return make("p", { class: "scores" }, told.map(entry));
}

/** Return what overlap is marked with: the stretches of any text, by the choice made. */
function overlapWith(article) {
  const chosen = overlaps[desk.overlap];
  if (!chosen) return () => [];
  const texts = desk.overlap === "article" ? [articleText(article)] : referenceTexts(article);
  const known = knownRuns(texts, chosen.least);
  return (text) => sharedStretches(text, known, chosen.least);
}

function summaryCard(article, row, shared) {
  const written = article.summaries[row];
  const { name, letter } = data.rows[row];
  const header = make("h3", {}, data.rows.length > 1 ? make("span", { class: "letter" }, letter) : null, isolated(name));
  if (!Array.isArray(written)) {
    const why = make("p", { class: "empty" }, "No summary: ", isolated(written ?? "this run lacks the article"));
    return make("article", { class: "card" }, header, why);
  }
  const text = joined(article, written);
  const body = annotated(text, shared(text), chosenFlags(article, row), flagMarker(name));
  return make("article", { class: "card" }, header, make("div", { class: "prose", dir: "auto" }, body), scoreLine(article, row));
}

function referenceCard(article, text, i) {
  const shared = desk.overlap === "article" ? overlapWith(article)(text) : [];
  const title = article.references.length > 1 ? `Reference ${i + 1}` : "Reference";
  return make(
    "article",
    { class: "card reference" },
    make("h3", {}, title),
    make("div", { class: "prose", dir: "auto" }, annotated(text, shared, [])),
  );
}

function drawCards() {
  const article = articleAt();
  const rows = [...new Set([desk.first, desk.second, ...data.rows.keys()])].filter((row) => desk.rows.has(row));
  const shared = overlapWith(article);
  byId("reading-cards").replaceChildren(
    ...referenceTexts(article).map((text, i) => referenceCard(article, text, i)),
    ...rows.map((row) => summaryCard(article, row, shared)),
  );
}

function drawStatus() {
  const count = desk.list.length;
  const marks = overlaps[desk.overlap] ? ` Underlined: ${overlaps[desk.overlap].said}.` : "";
  const place = count ? `Article ${desk.at + 1} of ${count}.` : "No article fits what is chosen.";
  byId("reading-status").textContent = place + marks;
}

function drawArticle() {
  hideBeside();
  drawList();
  drawStatus();
  byId("reading-desk").classList.toggle("nothing", !desk.list.length);
  if (!desk.list.length) return;
  drawSource();
  drawCards();
  byId("reading-source").scrollTop = 0;
  const entry = byId("reading-list").querySelector("[aria-current]");
  const box = byId("reading-list");
  box.scrollTop = entry.offsetTop - box.offsetTop - box.clientHeight / 3;
}

/** Go to an article of the list; focus stays in the list where it was there. */
function goTo(i) {
  const inList = byId("reading-list").contains(document.activeElement);
  desk.at = Math.min(Math.max(i, 0), desk.list.length - 1);
  drawArticle();
  if (inList) byId("reading-list").querySelector("[aria-current]")?.focus({ preventScroll: true });
}

/** List the articles anew, and stay on the one in view where it is still there. */
function listAgain(key) {
  const current = desk.list[desk.at];
  desk.list = chosenArticles();
  const reordered = ["show", "first", "second", "column"].includes(key) && orders[desk.show];
  desk.at = reordered ? 0 : Math.max(desk.list.indexOf(current), 0);
  drawArticle();
}

/** Put the focus on the next flag, from the first one again after the last. */
function nextFlag() {
  const flags = [...byId("reading-cards").querySelectorAll(".flag")];
  if (flags.length) flags[(flags.indexOf(document.activeElement) + 1) % flags.length].focus();
}

const keys = {
  j: () => goTo(desk.at + 1),
  k: () => goTo(desk.at - 1),
  ArrowRight: () => goTo(desk.at + 1),
  ArrowLeft: () => goTo(desk.at - 1),
  f: nextFlag,
  Escape: hideBeside,
};

/** Tell whether a key is meant for the reading view: it is on screen, and nothing else takes keys. */
function isForReading(event) {
  const busy = event.target.closest?.("input, select, textarea, .wide");
  const { top, bottom } = byId("reading").getBoundingClientRect();
  const seen = top < window.innerHeight * 0.7 && bottom > 0;
  return seen && !busy && !event.ctrlKey && !event.metaKey && !event.altKey;
}

function onKey(event) {
  if (!keys[event.key] || !isForReading(event)) return;
  event.preventDefault();
  keys[event.key]();
}

function startReading() {
  if (!reading.articles.length) {
    for (const name of ["keys", "desk", "status"]) byId(`reading-${name}`).remove();
    byId("reading-lead").textContent = "This report was written without texts.";
    return;
  }
  const some = `${reading.articles.length} of ${data.articles} articles, evenly spaced. `;
  byId("reading-lead").textContent =
    (reading.articles.length < data.articles ? some : "") +
    (anyChecked
      ? "Point at a flag to see what the article says; what is not flagged is not thereby right." +
        (anySeconds ? " A struck letter: a second metric finds the claim supported after all." : "")
      : "The facts metric was not run: nothing is flagged.");
  putChoices(byId("reading-controls"), listAgain);
  desk.list = chosenArticles();
  drawArticle();
  document.addEventListener("keydown", onKey);
}
