/* The concordancer's page: a form, the texts, a worker that searches them, and what it found.

   Nothing that comes from a text or a description is ever set as markup. The worker is made of the
   text of `manyvoicesSearch`, so that it works from files too; it can be stopped at any moment. */
(function () {
  "use strict";

  const root = document.getElementById("mv-concordancer");
  if (!root) return;

  const FIRST_ROWS = 50;
  const MORE_ROWS = 200;
  const LIMIT = 10000; // milliseconds
  const EAGER = 1500000; // bytes: more than this is loaded only when somebody is about to ask
  const SORTS = ["position", "node", "L1", "L2", "L3", "L4", "L5", "R1", "R2", "R3", "R4", "R5"];
  const BOUNDARIES = ["sentence", "paragraph", "document", "nothing"];
  const SVG = "http://www.w3.org/2000/svg";
  const parts = JSON.parse(root.dataset.parts);
  const examples = JSON.parse(root.dataset.examples);
  const size = Number(root.dataset.bytes);
  const ui = {};

  /* 1. Elements */

  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes ?? {})) {
      if (value === true) element.setAttribute(key, "");
      else if (value !== false && value !== null) element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  }

  function button(text, act, attributes) {
    const made = make("button", { type: "button", ...attributes }, text);
    made.addEventListener("click", act);
    return made;
  }

  function field(label, control) {
    return make("div", { class: "mv-kc-field" }, make("label", { for: control.id }, label), control);
  }

  function select(id, options) {
    return make("select", { id }, ...options.map(([value, text]) => make("option", { value }, text)));
  }

  function check(id, text, checked) {
    const box = make("input", { type: "checkbox", id });
    box.checked = checked;
    return [box, make("span", { class: "mv-kc-check" }, box, " ", make("label", { for: id }, text))];
  }

  const counted = (count, one, many) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
  const kilobytes = (bytes) => `${Math.max(1, Math.round(bytes / 1000)).toLocaleString("en")} KB`;
  const plain = (text) => text.replace(/\s+/gu, " ");
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const narrow = window.matchMedia("(max-width: 60rem)").matches;
  const WINDOW = narrow ? 20 : 8; // tokens; where lines are read as text there is room for more

  /* 2. The form */

  function buildForm() {
    ui.query = make("input", {
      type: "text", id: "mv-kc-query", autocomplete: "off", autocapitalize: "off", spellcheck: "false",
      "aria-describedby": "mv-kc-error",
    });
    ui.search = make("button", { type: "submit" }, "Search");
    ui.stop = button("Stop", () => stop("Stopped."), { disabled: true });
    ui.error = make("p", { id: "mv-kc-error", class: "mv-kc-error", role: "alert" });
    ui.form = make("form", { role: "search", "aria-label": "Concordance", class: "mv-kc-form" },
      make("label", { for: "mv-kc-query" }, "A word, a phrase or a pattern"),
      make("div", { class: "mv-kc-line" }, ui.query, ui.search, ui.stop),
      ui.error, buildExamples(), ui.speakers = make("div"), buildOptions());
    ui.form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask();
    });
    ui.query.addEventListener("focus", wake);
  }

  function buildExamples() {
    const tried = (text) => button(text, () => {
      ui.query.value = text;
      ask();
    }, { class: "mv-kc-example" });
    const listed = (texts) => texts.flatMap((text) => [tried(text), " "]);
    const more = make("details", { class: "mv-kc-options" }, make("summary", {}, "More examples, of patterns"),
      make("p", { class: "mv-kc-examples" }, ...listed(examples.more)));
    const first = make("p", { class: "mv-kc-examples" }, ...(examples.first.length ? ["For example "] : []),
      ...listed(examples.first));
    return make("div", {}, first, ...(examples.more.length ? [more] : []));
  }

  function buildOptions() {
    const sorts = SORTS.map((name) => [name, nameOfSort(name)]);
    ui.sort = select("mv-kc-sort", sorts);
    ui.then = select("mv-kc-then", sorts);
    ui.window = make("input", { type: "number", id: "mv-kc-window", min: 0, max: 50, value: WINDOW });
    ui.within = select("mv-kc-within", BOUNDARIES.map((name) => [name, name]));
    ui.within.value = "document";
    const [caseBox, caseField] = check("mv-kc-case", "Case matters", false);
    const [accentBox, accentField] = check("mv-kc-accents", "Accents matter", true);
    Object.assign(ui, { case: caseBox, accents: accentBox });
    ui.filters = make("div", { class: "mv-kc-fields" });
    ui.options = make("details", { class: "mv-kc-options" }, make("summary", {}, "Sort and narrow"),
      make("div", { class: "mv-kc-fields" },
        field("Sorted by", ui.sort), field("then by", ui.then),
        field("Tokens on each side", ui.window), field("Window ends with the", ui.within),
        caseField, accentField),
      ui.filters);
    for (const part of [ui.options, ui.speakers]) {
      part.addEventListener("change", () => { if (ui.query.value.trim()) ask(); });
    }
    return ui.options;
  }

  function nameOfSort(name) {
    if (name === "position") return "place in the text";
    if (name === "node") return "the node itself";
    const place = ["1st", "2nd", "3rd", "4th", "5th"][name[1] - 1];
    return `${place} token to the ${name[0] === "L" ? "left" : "right"}`;
  }

  /** The filters, once it is known what there is to choose from. */
  function buildFilters(head) {
    ui.voices = [];
    if (head.voices.length > 1) {
      const chips = head.voices.map((voice) => {
        const box = make("input", { type: "checkbox" });
        ui.voices.push([voice.id, box]);
        return make("label", { class: voice.colour ? `mv-voice-${voice.colour}` : "" }, box, make("span", {}, voice.label));
      });
      ui.speakers.append(make("fieldset", { class: "mv-kc-voices" }, make("legend", {}, "Only"), ...chips));
    }
    ui.kind = filter("mv-kc-kind", "Kind of text", head.kinds.map((kind) => [kind, kind]));
    ui.source = filter("mv-kc-source", "Source", head.sources.map(({ id, label }) => [id, label]));
    ui.code = codeFilter(head.codes);
  }

  function filter(id, label, values) {
    const control = select(id, [["", "all"], ...values]);
    if (values.length > 1) ui.filters.append(field(label, control));
    return control;
  }

  function codeFilter(codes) {
    const control = select("mv-kc-code", [["", "all"]]);
    for (const { name, values } of codes) {
      const named = values.map((value) => make("option", { value: `${name}:${value}` }, value));
      control.append(make("optgroup", { label: name.replaceAll("_", " ") }, ...named));
    }
    if (codes.length) ui.filters.append(field("Sentences coded as", control));
    return control;
  }

  /* 3. What is asked, and the address that asks it again */

  function chosenVoices() {
    const chosen = ui.voices.filter(([, box]) => box.checked).map(([id]) => id);
    return chosen.length && chosen.length < ui.voices.length ? chosen : null;
  }

  function asked() {
    const sort = [...new Set([ui.sort.value, ui.then.value])];
    while (sort.length && sort[sort.length - 1] === "position") sort.pop();
    return {
      query: unquoted(ui.query.value).text, sort, window: Math.min(50, Math.max(0, Number(ui.window.value) || 0)),
      within: ui.within.value, case: ui.case.checked, accents: ui.accents.checked,
      voices: chosenVoices(), kind: ui.kind.value, source: ui.source.value, code: ui.code.value,
    };
  }

  /** What is asked, without quotation marks around the whole of it, and how many signs they take. */
  function unquoted(text) {
    const [, before, inside] = /^(\s*["“])([^"“”]+)["”]\s*$/u.exec(text) ?? [];
    return inside ? { text: inside, before: before.length } : { text, before: 0 };
  }

  function address(options) {
    const found = new URLSearchParams({ q: ui.query.value });
    if (options.sort.length) found.set("sort", options.sort.join());
    if (options.window !== WINDOW) found.set("window", options.window);
    if (options.within !== "document") found.set("within", options.within);
    if (options.case) found.set("case", "1");
    if (!options.accents) found.set("accents", "0");
    if (options.voices) found.set("voice", options.voices.join());
    for (const name of ["kind", "source", "code"]) if (options[name]) found.set(name, options[name]);
    return `#${found}`;
  }

  /** Set the form as an address says; whether it asks anything. */
  function restore() {
    const given = new URLSearchParams(location.hash.slice(1));
    if (!given.has("q")) return false;
    const sort = (given.get("sort") ?? "").split(",");
    ui.query.value = given.get("q");
    choose(ui.sort, sort[0], "position");
    choose(ui.then, sort[1], "position");
    ui.window.value = Number(given.get("window") ?? WINDOW);
    choose(ui.within, given.get("within"), "document");
    ui.case.checked = given.get("case") === "1";
    ui.accents.checked = given.get("accents") !== "0";
    const voices = given.get("voice")?.split(",");
    for (const [id, box] of ui.voices) box.checked = Boolean(voices?.includes(id));
    for (const name of ["kind", "source", "code"]) choose(ui[name], given.get(name), "");
    ui.options.open = ui.options.open || [...given.keys()].some((name) => name !== "q" && name !== "voice");
    return true;
  }

  function choose(control, value, usual) {
    const known = Array.from(control.options, (option) => option.value);
    control.value = known.includes(value) ? value : usual;
  }

  /* 4. The texts and the worker */

  let loading = null;
  let worker = null;
  let waiting = null;
  let turn = 0;

  function wake() {
    loading ??= loadTexts();
    return loading;
  }

  function loadTexts() {
    if (size > EAGER) say(`Loading the texts (${kilobytes(size)}) …`);
    const got = new Array(parts.length);
    window.manyvoicesConcordance = (index, part) => { got[index] = part; };
    const scripts = parts.map((source) => new Promise((done, failed) => {
      const script = make("script", { src: source });
      script.addEventListener("load", done);
      script.addEventListener("error", () => failed(new Error(`${source} was not found.`)));
      document.head.append(script);
    }));
    return Promise.all(scripts).then(() => {
      buildFilters(got[0]);
      ui.head = got[0];
      ui.texts = got;
      startWorker();
    });
  }

  function startWorker() {
    const text = `${manyvoicesSearch}
      const search = manyvoicesSearch();
      onmessage = ({ data }) => postMessage({ turn: data.turn, ...search.answer(data) });`;
    const source = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    worker = new Worker(source);
    URL.revokeObjectURL(source);
    worker.addEventListener("message", ({ data }) => { if (data.turn === waiting?.turn) settle(data); });
    worker.addEventListener("error", (event) => stop(`The search broke off: ${event.message}`));
    worker.postMessage({ ask: "open", turn: 0, head: ui.texts[0], parts: ui.texts.slice(1) });
  }

  /** What the worker says to a message; what was asked before and is not yet answered is dropped. */
  function tell(message) {
    if (waiting) dropWorker();
    if (!worker) startWorker();
    turn += 1;
    ui.stop.disabled = false;
    return new Promise((done) => {
      const limit = setTimeout(() => stop(`Stopped after ${LIMIT / 1000} seconds; a narrower query would take less.`), LIMIT);
      waiting = { turn, done, limit };
      worker.postMessage({ ...message, turn });
    });
  }

  function settle(answer) {
    const { done, limit } = waiting;
    clearTimeout(limit);
    waiting = null;
    ui.stop.disabled = true;
    done(answer);
  }

  function dropWorker() {
    worker?.terminate();
    worker = null;
    if (waiting) settle({ stopped: true });
  }

  function stop(why) {
    const typing = document.activeElement === ui.stop;
    dropWorker();
    say(why);
    if (typing) ui.query.focus();
  }

  /* 5. Asking */

  function say(text) {
    ui.status.textContent = text;
  }

  /** Ask what the form says; `left` is how the page was left, if it was asked before. */
  async function ask(left) {
    try {
      await wake();
    } catch (error) {
      say(`The texts cannot be searched: ${error.message}`);
      return;
    }
    const options = asked();
    const slow = setTimeout(() => say("Searching …"), 150);
    const told = await tell({ ask: "search", options, rows: Math.max(FIRST_ROWS, left?.rows ?? 0) });
    clearTimeout(slow);
    if (told.stopped) return;
    history.replaceState(left ?? null, "", address(options));
    showError(told.refused);
    if (told.refused) showNothing();
    else showAnswer(options, told.answer);
    if (left) window.scrollTo({ top: left.top, behavior: "instant" });
  }

  /** Whoever comes back finds the page as they left it. */
  function remember(event) {
    if (!event.target.closest("a[href]") || !ui.rows) return;
    history.replaceState({ rows: ui.rows, open: ui.options.open, top: window.scrollY }, "");
  }

  function showError(refused) {
    ui.error.textContent = refused ? wordError(refused) : "";
    if (refused) ui.query.setAttribute("aria-invalid", "true");
    else ui.query.removeAttribute("aria-invalid");
  }

  function wordError({ found, cure, at, length }) {
    const before = unquoted(ui.query.value).before;
    const what = `${found.charAt(0).toUpperCase()}${found.slice(1)} ${cure}`;
    if (at === undefined) return what;
    const [first, last] = [before + at, before + at + length];
    ui.query.setSelectionRange(first, last);
    const place = Array.from(ui.query.value.slice(0, first)).length + 1;
    return `${what} (From character ${place} on: ${ui.query.value.slice(first, last)})`;
  }

  function showNothing() {
    say("");
    ui.results.replaceChildren();
  }

  function showAnswer(options, answer) {
    ui.rows = 0;
    ui.asked = options;
    if (!answer.hits) {
      showNothing();
      say(`No hits for ${options.query} in the texts that are searched.`);
      return;
    }
    const shown = answer.first.length;
    say(`${counted(answer.hits, "hit", "hits")} in ${counted(answer.documents, "text", "texts")}${sayUncounted(answer)}.`
      + (shown < answer.hits ? ` The first ${shown} are shown.` : ""));
    const explained = make("p", {}, "Each line has the node, which is what was asked for, in bold between the words around it.");
    ui.results.replaceChildren(voicesTable(answer), explained, linesTable(options, answer), actions(options, answer));
    addRows(answer.first);
    window.dispatchEvent(new Event("resize")); // tables that scroll become stops of the keyboard
  }

  /** The chapters count some of the texts that are shown; with this their numbers are met here. */
  function sayUncounted({ hits, voices }) {
    const names = new Set(ui.head.voices.filter((voice) => voice.counted).map(({ id }) => id));
    const within = voices.reduce((sum, { id, hits: of }) => sum + (names.has(id) ? of : 0), 0);
    if (!names.size || within === hits) return "";
    return `: ${within.toLocaleString("en")} counted, ${(hits - within).toLocaleString("en")} in texts that are shown, not counted`;
  }

  /* 6. What was found, by voice */

  function cells(row, kind, ...values) {
    for (const value of values) row.append(make(kind, kind === "th" ? { scope: "col" } : {}, value));
    return row;
  }

  function scrolling(name, table, caption) {
    return make("div", { class: `mv-table mv-scroll ${name}`, tabindex: "0", role: "region", "aria-label": caption }, table);
  }

  function voicesTable({ voices }) {
    const { floors } = ui.head;
    const rates = voices.map(({ hits, words, sentences }) =>
      hits >= floors.hits && sentences >= floors.sentences && words ? 10000 * hits / words : null);
    const most = Math.max(...rates.map((rate) => rate ?? 0));
    const caption = "Hits by voice";
    const head = cells(make("tr"), "th", "voice", "hits", "per 10,000 words", "texts with it", "where in its texts");
    const body = voices.map((voice, i) => voiceRow(voice, rates[i], most));
    return scrolling("mv-kc-by-voice", make("table", {}, make("caption", {}, caption),
      make("thead", {}, head), make("tbody", {}, ...body)), caption);
  }

  function voiceRow(voice, rate, most) {
    const colour = ui.head.voices.find(({ id }) => id === voice.id).colour;
    const row = make("tr", { class: colour ? `mv-voice-${colour}` : "" },
      make("th", { scope: "row" }, voice.label), make("td", { class: "mv-right" }, voice.hits.toLocaleString("en")));
    const bar = make("span", { class: "mv-kc-bar", "aria-hidden": "true" });
    bar.style.inlineSize = `${rate === null ? 0 : 5 * rate / most}rem`;
    const text = rate === null ? (voice.hits ? "too few" : "–") : rate.toFixed(1);
    row.append(make("td", { class: "mv-kc-rate" }, bar, make("span", {}, text)),
      make("td", { class: "mv-right" }, `${voice.with} of ${voice.documents}`), make("td", {}, strip(voice)));
    return row;
  }

  /** A stroke for every place where hits lie, from the beginning of a voice's texts to their end. */
  function strip({ bins, hits }) {
    const svg = document.createElementNS(SVG, "svg");
    const thirds = [0, 1, 2].map((i) => bins.slice(i * bins.length / 3, (i + 1) * bins.length / 3).reduce((a, b) => a + b, 0));
    const label = hits ? `Hits in the first third ${thirds[0]}, in the second ${thirds[1]}, in the last ${thirds[2]}` : "No hits";
    const strokes = Array.from(bins).flatMap((count, i) => (count ? [`M${i + 0.5} 1v14`] : []));
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("d", strokes.join("") || "M0 0");
    for (const [key, value] of Object.entries({
      class: "mv-kc-strip", viewBox: `0 0 ${bins.length} 16`, preserveAspectRatio: "none", role: "img", "aria-label": label,
    })) svg.setAttribute(key, value);
    svg.append(line);
    return svg;
  }

  /* 7. The lines. On a small screen they are blocks, so that their roles are said outright. */

  function linesTable(options, answer) {
    ui.caption = make("caption");
    ui.body = make("tbody", { role: "rowgroup" });
    const head = make("tr", { role: "row" });
    for (const name of ["passage", "voice", "left", "node", "right"]) {
      head.append(make("th", { scope: "col", role: "columnheader" }, name));
    }
    ui.titled = `Lines for ${options.query}${options.sort.length ? `, sorted by ${options.sort.map(nameOfSort).join(", then ")}` : ""}`;
    ui.total = answer.hits;
    const table = make("table", { role: "table" }, ui.caption, make("thead", { role: "rowgroup" }, head), ui.body);
    return scrolling("mv-kc-lines", table, "Lines");
  }

  function addRows(rows) {
    ui.body.append(...rows.map(lineRow));
    ui.rows += rows.length;
    const shown = ui.rows < ui.total ? `, ${ui.rows.toLocaleString("en")} of ${ui.total.toLocaleString("en")}` : "";
    ui.caption.textContent = `${ui.titled}${shown}`;
    ui.more.hidden = ui.rows >= ui.total;
    ui.more.textContent = `Show ${Math.min(MORE_ROWS, ui.total - ui.rows)} more`;
  }

  function lineRow(row) {
    const voice = ui.head.voices.find(({ id }) => id === row.voice);
    const who = `${capital(row.role)}, ${row.document.replaceAll("-", " ")}`;
    const link = make("a", { href: `${row.page}#${row.sentence}` }, who);
    const cell = (kind, ...content) => make("td", { role: "cell", class: `mv-kc-${kind}` }, ...content);
    return make("tr", { role: "row", class: voice.colour ? `mv-voice-${voice.colour}` : "" },
      make("th", { scope: "row", role: "rowheader" }, link, " ", make("small", {}, row.sentence)), cell("voice", voice.label),
      cell(row.cutLeft ? "left mv-kc-cut" : "left", plain(row.left)), cell("node", make("strong", {}, plain(row.node))),
      cell(row.cutRight ? "right mv-kc-cut" : "right", plain(row.right)));
  }

  function actions(options, answer) {
    ui.more = button("", showMore);
    return make("p", { class: "mv-kc-actions" }, ui.more,
      button("Download all lines as CSV", () => download(answer.hits)),
      make("a", { href: address(options) }, "Link to this search"));
  }

  async function showMore() {
    const from = ui.rows;
    const told = await tell({ ask: "rows", options: ui.asked, from, count: MORE_ROWS });
    if (told.stopped) return;
    addRows(told.answer);
    say(`${ui.rows.toLocaleString("en")} of ${counted(ui.total, "line is", "lines are")} shown.`);
    ui.body.rows[from].querySelector("a").focus();
  }

  async function download(hits) {
    const told = await tell({ ask: "csv", options: ui.asked });
    if (told.stopped) return;
    const source = URL.createObjectURL(new Blob([told.answer], { type: "text/csv;charset=utf-8" }));
    const link = make("a", { href: source, download: "concordance.csv" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(source), 1000);
    say(`${counted(hits, "line", "lines")} written to concordance.csv.`);
  }

  /* 8. Beginning */

  function begin() {
    buildForm();
    ui.voices = [];
    ui.status = make("p", { role: "status", class: "mv-kc-status" });
    ui.results = make("div", { class: "mv-kc-results" });
    root.replaceChildren(ui.form, ui.status, ui.results);
    if (history.state) history.scrollRestoration = "manual"; // the lines are not there yet
    if (location.hash.startsWith("#q=")) again(history.state ?? undefined);
    else if (size <= EAGER) wake().catch(() => {}); // said when somebody asks
    else say(`The texts, ${kilobytes(size)}, are loaded when you are about to ask.`);
    window.addEventListener("hashchange", () => again());
    document.addEventListener("click", remember);
  }

  async function again(left) {
    await wake().catch(() => {});
    if (ui.head && !restore()) return;
    if (left) ui.options.open = left.open;
    ask(left);
  }

  begin();
})();
