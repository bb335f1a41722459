/* The search of the concordancer: the query language of `manyvoices.concordance`, in the browser.

   All of it is one function, so that a worker can be made of its own text, which works from files
   too. What Python knows better comes with the data: the rules of tokens, case folding, the folded
   forms of the texts' words and their lemmas. A regular expression is run by states, not by the
   browser's own matcher, so that its time is proportional to the text, as with RE2. */
function manyvoicesSearch() {
  "use strict";

  const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
  const LONGEST = 1000;
  const USUAL_GAP = 5;
  const APART = " \u2016 ";
  const SLOT = new RegExp(`/(?:\\\\.|[^/\\\\])*/(?=[${SPACE}]|$)|(?:\\\\.|[^${SPACE}])+`, "gsu");
  const GAP = /^\.\.\.([0-9]{0,3})$/;
  const PIECE = /\\(\.\.\.|.)|([*?|])|([^\\*?|]+)/gsu;
  const DANGLING = /(?<!\\)(?:\\\\)*\\(?=\n?$)/u;
  const WORD = /[\p{L}\p{M}\p{N}_]/u;
  const DIGIT = /\p{Nd}/u;
  const COUNTS = /\{([0-9]{1,3})(?:(,)([0-9]{0,3}))?\}/uy;
  const MOST_REPEATS = 1000;
  const MOST_STATES = 87000; // about where RE2 finds a pattern too large
  const MOST_CACHED = 3000;
  const BINS = 240;

  /* 1. What is refused */

  class Refused extends Error {
    constructor(found, cure) {
      super(found);
      this.found = found;
      this.cure = cure;
    }
  }

  /* 2. The texts */

  function bytes(base64) {
    const text = atob(base64);
    const found = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) found[i] = text.charCodeAt(i);
    return found;
  }

  /** The numbers of a stream of seven bits a byte, the low ones first. */
  function numbers(base64) {
    const stream = bytes(base64);
    let size = 0;
    for (const byte of stream) size += byte < 128;
    const found = new Int32Array(size);
    let at = 0, value = 0, shift = 0;
    for (const byte of stream) {
      value |= (byte & 127) << shift;
      shift += 7;
      if (byte < 128) {
        found[at++] = value;
        value = shift = 0;
      }
    }
    return found;
  }

  function sums(counts) {
    const found = new Int32Array(counts.length + 1);
    for (let i = 0; i < counts.length; i++) found[i + 1] = found[i] + counts[i];
    return found;
  }

  /** Per member the unit that it belongs to. */
  function members(edges) {
    const found = new Int32Array(edges[edges.length - 1]);
    for (let unit = 0; unit + 1 < edges.length; unit++) found.fill(unit, edges[unit], edges[unit + 1]);
    return found;
  }

  const pointsIn = (text) => Array.from(text).length;

  let texts = null;

  function open(head, parts) {
    const types = readTypes(head);
    const tokens = readTokens(types, head, parts);
    texts = { head, ...types, ...tokens, ...readUnits(head), memo: new Map() };
    texts.starts = placeTokens();
    texts.postings = post();
    tokensOf("e.g."); // the rules of tokens take a moment to be read; nobody waits for that here
    return { tokens: texts.types.length };
  }

  function readTypes(head) {
    const lines = head.types ? head.types.split("\n").map((line) => line.split("\t")) : [];
    const surfaces = [...lines.map((line) => line[0]), "\u2588", "\u2591"];
    const folded = [...lines.map((line) => line[1] ?? line[0]), "\u2588", "\u2591"];
    const isWord = new Uint8Array(surfaces.length).fill(1);
    for (const type of sums(numbers(head.marks)).subarray(1)) isWord[type] = 0;
    isWord[lines.length + 1] = 0;
    return { size: lines.length, surfaces, folded, isWord, lengths: surfaces.map(pointsIn) };
  }

  function readTokens({ surfaces }, head, parts) {
    const streams = parts.map((part) => numbers(part.types));
    const types = new Int32Array(streams.reduce((sum, one) => sum + one.length, 0));
    const gaps = new Uint16Array(types.length);
    const usual = new Uint16Array(surfaces.length).fill(head.usual);
    for (const [type, gap] of head.gapBefore) usual[type] = gap;
    let from = 0;
    streams.forEach((stream, i) => {
      types.set(stream, from);
      for (let t = from; t < from + stream.length; t++) gaps[t] = usual[types[t]];
      const places = sums(numbers(parts[i].places)).subarray(1);
      numbers(parts[i].gaps).forEach((gap, k) => { gaps[from + places[k]] = gap; });
      from += stream.length;
    });
    return { types, gaps };
  }

  function readUnits(head) {
    const sentenceEdges = sums(numbers(head.sentences));
    const paragraphSentences = sums(numbers(head.paragraphs));
    const documentParagraphs = sums(numbers(head.documents.paragraphs));
    const through = (edges, of) => edges.map((at) => of[at]);
    const paragraphEdges = through(paragraphSentences, sentenceEdges);
    const documentEdges = through(documentParagraphs, paragraphEdges);
    const masks = new Map();
    for (const [document, ...mask] of head.masks) {
      if (!masks.has(document)) masks.set(document, []);
      masks.get(document).push(mask);
    }
    return {
      masks, paragraphSentences, documentParagraphs,
      labels: head.labels.split(" "),
      edges: { sentence: sentenceEdges, paragraph: paragraphEdges, document: documentEdges },
      units: {
        sentence: members(sentenceEdges),
        paragraph: members(paragraphEdges),
        document: members(documentEdges),
      },
      sentenceParagraph: members(paragraphSentences),
      codes: head.codes.map((code) => ({ ...code, of: bytes(code.of) })),
    };
  }

  /** Per token its first code point in the document. */
  function placeTokens() {
    const { types, gaps, lengths, head, edges } = texts;
    const gapLengths = head.gaps.map(pointsIn);
    const starts = new Int32Array(types.length);
    const first = numbers(head.documents.starts);
    for (let d = 0; d < first.length; d++) {
      let at = first[d];
      for (let t = edges.document[d]; t < edges.document[d + 1]; t++) {
        if (t > edges.document[d]) at += gapLengths[gaps[t]];
        starts[t] = at;
        at += lengths[types[t]];
      }
    }
    return starts;
  }

  /** The tokens of every type, in order. */
  function post() {
    const { types, surfaces } = texts;
    const counts = new Int32Array(surfaces.length);
    for (const type of types) counts[type]++;
    const edges = sums(counts);
    const next = edges.slice();
    const tokens = new Int32Array(types.length);
    for (let t = 0; t < types.length; t++) tokens[next[types[t]]++] = t;
    return { tokens, edges, counts };
  }

  function memo(name, make) {
    if (!texts.memo.has(name)) texts.memo.set(name, make());
    return texts.memo.get(name);
  }

  /* 3. Folding, and the tokens of a query */

  function folding() {
    return memo("folding", () => {
      const table = new Map(Object.entries(texts.head.folding.longer));
      for (const [first, step, length, shift] of texts.head.folding.runs) {
        for (let i = 0; i < length; i++) {
          const point = first + i * step;
          table.set(String.fromCodePoint(point), String.fromCodePoint(point + shift));
        }
      }
      return table;
    });
  }

  /** The key under which a text is looked up; what does not matter is folded away. */
  function fold(text, { case: caseMatters = false, accents = true } = {}) {
    const { straight } = texts.head.folding;
    let points = Array.from(text.normalize("NFD"));
    if (!caseMatters) points = Array.from(points.map((c) => folding().get(c) ?? c).join(""));
    let key = points.map((c) => straight[c] ?? c).join("");
    if (!accents) key = key.normalize("NFD").replace(/[\u0300-\u036f]/gu, "");
    return key.normalize("NFC");
  }

  function tokenPattern() {
    return memo("tokens", () => {
      const { source, sets } = texts.head.tokens;
      return new RegExp(source.replace(/~([0-9]+)~/g, (_, number) => sets[number]), "gsv");
    });
  }

  function tokensOf(text) {
    const chunks = text.match(new RegExp(`[^${SPACE}]+`, "gu")) ?? [];
    return chunks.flatMap((chunk) =>
      /^\p{L}+$/u.test(chunk) ? [chunk] : chunk.match(tokenPattern()) ?? []);
  }

  /* 4. From the text of a query to slots */

  function parseQuery(text, matters) {
    const size = pointsIn(text);
    if (size > LONGEST) {
      throw new Refused(`the query has ${size} characters.`, `${LONGEST} are the most.`);
    }
    const runs = [[]], gaps = [];
    for (const match of text.matchAll(SLOT)) {
      const gap = GAP.exec(match[0]);
      if (gap) {
        gaps.push(gap[1] ? Number(gap[1]) : USUAL_GAP);
        runs.push([]);
      } else {
        runs[runs.length - 1].push(...placed(match, () => slotsOf(match[0], matters)));
      }
    }
    checkRuns(runs, text);
    return { runs, gaps, matters };
  }

  /** What `make` gives; what it refuses stands where the match does. */
  function placed(match, make) {
    try {
      return make();
    } catch (error) {
      if (error instanceof Refused) Object.assign(error, { at: match.index, length: match[0].length });
      throw error;
    }
  }

  function checkRuns(runs, text) {
    if (runs.length === 1 && !runs[0].length) {
      throw new Refused("the query is empty.", "Give a word, such as therapy.");
    }
    if (runs.some((run) => !run.length)) {
      throw new Refused(`\`${text}\` has a gap with no word beside it.`,
        "Put words on both sides, or write \\...");
    }
  }

  function slotsOf(part, matters) {
    if (part.length > 1 && part.startsWith("/") && part.endsWith("/")) {
      const inner = part.slice(1, -1);
      return [{ pattern: parsePattern(/\\[A-Z]/.test(part) ? inner : fold(inner, matters)) }];
    }
    const items = itemsOf(part, matters);
    if (items.length === 1 && typeof items[0] === "string") {
      return tokensOf(items[0]).map((token) => ({ word: fold(token, matters) }));
    }
    const alternatives = items.map((item) => single(item, matters));
    return [alternatives.length === 1 ? alternatives[0] : { either: alternatives }];
  }

  /** The alternatives of a part: a literal as text, a glob as a pattern. */
  function itemsOf(part, matters) {
    if (DANGLING.test(part)) {
      throw new Refused(`\`${part}\` ends in a backslash.`, "Write \\\\ for one.");
    }
    const items = [];
    const none = () => ({ literal: "", pattern: [], wild: false, lemma: false });
    let item = none();
    for (const [, escaped = "", special = "", plain = ""] of `${part}|`.matchAll(PIECE)) {
      if (special === "|") {
        items.push(closed(item, part));
        item = none();
      } else if (special) {
        item.literal += special;
        item.pattern.push(special === "*" ? { op: "star", item: ANY } : ANY);
        item.wild = true;
      } else if (!item.literal && !item.lemma && plain.startsWith("@") && plain.length > 1) {
        item.lemma = true;
        item.literal = plain.slice(1);
      } else {
        const text = escaped || plain;
        item.literal += text;
        item.pattern.push(...Array.from(fold(text, matters), exactly));
      }
    }
    return items;
  }

  function closed({ literal, pattern, wild, lemma }, part) {
    if (!literal) {
      throw new Refused(`\`${part}\` has an empty alternative.`, "Put a word on both sides of each `|`.");
    }
    if (lemma && wild) throw new Refused(`\`${part}\` has a wildcard in a lemma.`, "Write it out.");
    if (lemma) return { lemma: literal };
    return wild ? { pattern: { op: "cat", items: pattern } } : literal;
  }

  function single(item, matters) {
    if (typeof item !== "string") return item;
    const tokens = tokensOf(item);
    if (tokens.length !== 1) {
      throw new Refused(`the alternative \`${item}\` is ${tokens.length} tokens: ${tokens.join(" ")}.`,
        "An alternative is one token.");
    }
    return { word: fold(tokens[0], matters) };
  }

  /* 5. Regular expressions: parsed into sets of characters and how they follow one another */

  const ANY = { op: "set", weight: 5, has: () => true };
  const exactly = (char) => ({ op: "set", weight: char < "\x80" ? 1 : 3, has: (c) => c === char });
  const CLASSES = {
    w: { op: "set", weight: 232, has: (c) => WORD.test(c) },
    d: { op: "set", weight: 60, has: (c) => DIGIT.test(c) },
  };
  const besides = (set) => ({ op: "set", weight: set.weight + 5, has: (c) => !set.has(c) });

  function outside(pattern, what) {
    return new Refused(`the regular expression /${pattern}/ ${what}; that is outside of the subset.`,
      "Known are . [...] (...) | * + ? {m,n} \\w \\d.");
  }

  function unusable(what) {
    return new Refused(`the pattern cannot be used: ${what}.`, "Mend it, or make it smaller.");
  }

  function parsePattern(pattern) {
    const reader = { pattern, chars: Array.from(pattern), at: 0 };
    const tree = readAlternatives(reader, 0);
    if (reader.at < reader.chars.length) throw outside(pattern, "has a `)` without its `(`");
    if (weigh(tree) > MOST_STATES) throw unusable("it is too large");
    return tree;
  }

  function readAlternatives(reader, depth) {
    const branches = [[]];
    reader.repeated = false;
    while (reader.at < reader.chars.length && reader.chars[reader.at] !== ")") {
      if (reader.chars[reader.at] === "|") {
        reader.at++;
        branches.push([]);
        reader.repeated = false;
      } else {
        readPiece(reader, branches[branches.length - 1], depth);
      }
    }
    const items = branches.map((branch) => ({ op: "cat", items: branch }));
    return items.length === 1 ? items[0] : { op: "either", items };
  }

  function readPiece(reader, branch, depth) {
    const counts = readCounts(reader);
    if (counts) {
      repeat(reader, branch, counts);
      return;
    }
    const char = reader.chars[reader.at];
    if (char === "(") branch.push(readGroup(reader, depth));
    else if (char === "[") branch.push(readClass(reader));
    else if (char === "\\") branch.push(readEscape(reader, false));
    else {
      reader.at++;
      branch.push(char === "." ? ANY : char === "^" || char === "$" ? { op: char } : exactly(char));
    }
    reader.repeated = false;
  }

  /** How often what stands before is to be repeated, if that is what comes next. */
  function readCounts(reader) {
    const char = reader.chars[reader.at];
    const known = { "*": [0, Infinity], "+": [1, Infinity], "?": [0, 1] }[char];
    if (known) {
      reader.at++;
      return { text: char, low: known[0], high: known[1], sign: true };
    }
    if (char !== "{") return null;
    COUNTS.lastIndex = 0;
    const match = COUNTS.exec(reader.chars.slice(reader.at, reader.at + 9).join(""));
    if (!match) return null;
    reader.at += match[0].length;
    const low = Number(match[1]);
    const high = match[2] ? (match[3] ? Number(match[3]) : Infinity) : low;
    return { text: match[0], low, high, sign: false };
  }

  function repeat(reader, branch, { text, low, high, sign }) {
    if (!branch.length) throw unusable(`there is nothing before ${text} to repeat`);
    if (reader.repeated) throw unusable(`${text} follows another repetition`);
    if (low > high) throw unusable(`${text} is no range`);
    if (reader.chars[reader.at] === "?") reader.at++; // lazy or not, the whole token is asked for
    const node = { op: sign && high > 1 && !low ? "star" : "repeat", item: branch.pop(), low, high, sign };
    if (!sign && (low > 1 || high > 1) && repeats(node, MOST_REPEATS) === 0) {
      throw unusable(`${text} repeats too much`);
    }
    branch.push(node);
    reader.repeated = true;
  }

  /** What is left of a number when it is divided by all repetitions that are nested in a node. */
  function repeats(node, left) {
    if (node.op === "repeat" && !node.sign) {
      const most = node.high === Infinity ? node.low : node.high;
      if (most > 0) left = Math.floor(left / most);
    }
    const inner = node.items ?? (node.item ? [node.item] : []);
    return inner.reduce((least, one) => Math.min(least, repeats(one, left)), left);
  }

  function readGroup(reader, depth) {
    const following = reader.chars.slice(reader.at + 1, reader.at + 3).join("");
    const shown = reader.chars.slice(reader.at, reader.at + 4).join("");
    if (following !== "?:" && /^[?*]/.test(following)) {
      throw outside(reader.pattern, `has \`${shown}\`: look-around, names and flags`);
    }
    if (depth > 900) throw unusable("its brackets are nested too deep");
    reader.at += following === "?:" ? 3 : 1;
    const inner = readAlternatives(reader, depth + 1);
    if (reader.chars[reader.at] !== ")") throw outside(reader.pattern, "has a `(` without its `)`");
    reader.at++;
    return inner;
  }

  function readEscape(reader, inClass) {
    const char = reader.chars[reader.at + 1];
    if (char === undefined) throw outside(reader.pattern, "ends in a backslash");
    reader.at += 2;
    if (char === "w" || char === "d") return CLASSES[char];
    if (!inClass && (char === "W" || char === "D")) return besides(CLASSES[char.toLowerCase()]);
    if (/[\p{L}\p{N}]/u.test(char)) {
      const kind = DIGIT.test(char) ? "a backreference" : "an escape that is not known here";
      throw outside(reader.pattern, `has \`\\${char}\`, ${kind}`);
    }
    return { ...exactly(char), char };
  }

  function readClass(reader) {
    const negated = reader.chars[reader.at + 1] === "^";
    const begin = (reader.at += 1 + negated);
    const found = [];
    while (reader.at < reader.chars.length && (reader.chars[reader.at] !== "]" || reader.at === begin)) {
      const char = reader.chars[reader.at];
      if (char === "\\") found.push(readEscape(reader, true));
      else {
        reader.at++;
        found.push({ ...exactly(char), char, hyphen: char === "-" });
      }
    }
    if (reader.at >= reader.chars.length) throw outside(reader.pattern, "has a `[` without its `]`");
    reader.at++;
    const set = union(withRanges(found));
    return negated ? besides(set) : set;
  }

  function withRanges(found) {
    const sets = [];
    for (let i = 0; i < found.length; i++) {
      const low = found[i].char, high = found[i + 2];
      if (low !== undefined && found[i + 1]?.hyphen && high) {
        if (high.char === undefined || low.codePointAt(0) > high.char.codePointAt(0)) {
          throw unusable(`\`${low}-\` begins no range`);
        }
        sets.push(range(low.codePointAt(0), high.char.codePointAt(0)));
        i += 2;
      } else {
        sets.push(found[i]);
      }
    }
    return sets;
  }

  function range(low, high) {
    const has = (c) => low <= c.codePointAt(0) && c.codePointAt(0) <= high;
    return { op: "set", weight: high < 0x80 ? 1 : 6, has };
  }

  function union(sets) {
    const weight = Math.max(...sets.map((set) => set.weight));
    return { op: "set", weight, has: (c) => sets.some((set) => set.has(c)) };
  }

  /** About how many states a pattern comes to. */
  function weigh(node) {
    if (node.op === "set") return node.weight;
    if (node.items) return node.items.reduce((sum, one) => sum + weigh(one) + 1, 0);
    if (!node.item) return 1;
    const times = node.high === Infinity ? Math.max(node.low, 1) : node.high;
    return (weigh(node.item) + 1) * (node.op === "star" ? 1 : times);
  }

  /* The states of a pattern: each goes on to `next`, a fork to `other` as well. */

  function compile(tree) {
    const states = [];
    const add = (state) => states.push(state) - 1;
    const fork = (next, other) => add({ op: "fork", next, other });

    function star(item, next) {
      const loop = fork(-1, next);
      states[loop].next = build(item, loop);
      return loop;
    }

    function repeated({ item, low, high }, next) {
      let entry = high === Infinity ? star(item, next) : next;
      for (let i = low; high !== Infinity && i < high; i++) entry = fork(build(item, entry), next);
      for (let i = 0; i < low; i++) entry = build(item, entry);
      return entry;
    }

    function build(node, next) {
      if (node.op === "cat") return node.items.reduceRight((after, one) => build(one, after), next);
      if (node.op === "either") {
        const entries = node.items.map((one) => build(one, next));
        return entries.reduceRight((other, entry) => fork(entry, other));
      }
      if (node.op === "star") return star(node.item, next);
      if (node.op === "repeat") return repeated(node, next);
      return add({ ...node, next });
    }

    const first = build(tree, add({ op: "end" }));
    return { states, first };
  }

  /** Whether a text as a whole is met by the pattern; sets of states are kept once met. */
  function matcher(tree) {
    const { states, first } = compile(tree);
    let known, start;

    /** All states that are reached without a character. */
    function reached(from, passes) {
      const found = new Set(from), stack = [...from];
      while (stack.length) {
        const state = states[stack.pop()];
        const onward = state.op === "fork" ? [state.next, state.other]
          : state.op === passes.begin || state.op === passes.end ? [state.next] : [];
        for (const one of onward) {
          if (!found.has(one)) {
            found.add(one);
            stack.push(one);
          }
        }
      }
      return found;
    }

    function together(found) {
      const name = Array.from(found).sort((a, b) => a - b).join();
      if (!known.has(name)) known.set(name, { found, by: new Map(), ends: undefined });
      return known.get(name);
    }

    function forget() {
      known = new Map();
      start = together(reached([first], { begin: "^" }));
    }

    function step(here, char) {
      if (!here.by.has(char)) {
        const next = [];
        for (const i of here.found) if (states[i].op === "set" && states[i].has(char)) next.push(states[i].next);
        here.by.set(char, together(reached(next, {})));
      }
      return here.by.get(char);
    }

    function ends(here) {
      here.ends ??= Array.from(reached(here.found, { end: "$" })).some((i) => states[i].op === "end");
      return here.ends;
    }

    forget();
    return (text) => {
      if (known.size > MOST_CACHED) forget();
      let here = start;
      for (const char of text) {
        here = step(here, char);
        if (!here.found.size) return false;
      }
      return ends(here);
    };
  }

  /* 6. Which types fill a slot; hidden words fill none */

  function keys({ case: caseMatters, accents }) {
    return memo(`keys ${caseMatters} ${accents}`, () => {
      const { head, surfaces, folded } = texts;
      const found = (caseMatters ? surfaces : folded).slice();
      const other = head.keys[`${caseMatters ? "case" : ""}${accents ? "" : "plain"}`] ?? [];
      for (const [type, key] of other) found[type] = key;
      return found;
    });
  }

  function typesByKey(matters) {
    return memo(`types ${matters.case} ${matters.accents}`, () => {
      const found = new Map(), all = keys(matters);
      for (let type = 0; type < texts.size; type++) {
        if (!found.has(all[type])) found.set(all[type], []);
        found.get(all[type]).push(type);
      }
      return found;
    });
  }

  function fillers(slot, matters) {
    if (slot.word !== undefined) return typesByKey(matters).get(slot.word) ?? [];
    if (slot.either) return [...new Set(slot.either.flatMap((one) => fillers(one, matters)))];
    const meets = slot.lemma === undefined ? matcher(slot.pattern) : lemmaTest(slot.lemma);
    const all = keys(matters), found = [];
    for (let type = 0; type < texts.size; type++) if (meets(all[type])) found.push(type);
    return found;
  }

  function lemmaTest(word) {
    const { lemmas, language } = texts.head;
    if (lemmas === null) {
      throw new Refused(`there are no lemmas for the language \`${language}\`.`, "Count forms as they stand.");
    }
    const table = memo("lemmas", () => {
      const found = new Map();
      for (const line of lemmas.split("\n")) {
        const [lemma, ...forms] = line.split(" ");
        for (const form of forms) found.set(form, lemma);
      }
      return found;
    });
    const lemmaOf = (form) => table.get(form) ?? form;
    const wanted = lemmaOf(fold(word, { accents: true }));
    return (key) => lemmaOf(fold(key, { accents: true })) === wanted;
  }

  /* 7. Where a query is met */

  function findHits(query, within) {
    const unit = texts.units[within] ?? texts.units.document;
    const runs = query.runs.map((run) => run.map((slot) => fillers(slot, query.matters)));
    let hits = runHits(runs[runs.length - 1], unit);
    for (let i = runs.length - 2; i >= 0; i--) hits = before(runHits(runs[i], unit), hits, query.gaps[i], unit);
    return hits;
  }

  /** The hits on the left that one on the right follows after at most `gap` tokens. */
  function before(left, right, gap, unit) {
    const first = [], last = [];
    let next = 0;
    for (let i = 0; i < left.first.length; i++) {
      while (next < right.first.length && right.first[next] <= left.last[i]) next++;
      if (next === right.first.length) break;
      const near = right.first[next] - left.last[i] - 1 <= gap;
      if (near && unit[left.first[i]] === unit[right.last[next]]) {
        first.push(left.first[i]);
        last.push(right.last[next]);
      }
    }
    return { first: Int32Array.from(first), last: Int32Array.from(last) };
  }

  /** Where a run of slots, each given as its types, is met: from its rarest slot outwards. */
  function runHits(run, unit) {
    const { types, postings } = texts;
    const often = run.map((of) => of.reduce((sum, type) => sum + postings.counts[type], 0));
    const rarest = often.indexOf(Math.min(...often));
    const allowed = run.map((of) => flags(of));
    const first = new Int32Array(often[rarest]), last = new Int32Array(often[rarest]);
    let size = 0;
    for (const place of placesOf(run[rarest], often[rarest])) {
      const from = place - rarest, to = from + run.length - 1;
      if (from < 0 || to >= types.length || unit[from] !== unit[to]) continue;
      if (run.every((_, i) => i === rarest || allowed[i][types[from + i]])) {
        first[size] = from;
        last[size++] = to;
      }
    }
    return { first: first.subarray(0, size), last: last.subarray(0, size) };
  }

  function flags(of) {
    const found = new Uint8Array(texts.surfaces.length);
    for (const type of of) found[type] = 1;
    return found;
  }

  /** The tokens of any of the types, in order. */
  function placesOf(of, total) {
    const { tokens, edges } = texts.postings;
    if (of.length === 1) return tokens.subarray(edges[of[0]], edges[of[0] + 1]);
    const found = new Int32Array(total);
    let at = 0;
    if (total > texts.types.length / 8) { // reading on is quicker than sorting
      const wanted = flags(of);
      texts.types.forEach((type, token) => { if (wanted[type]) found[at++] = token; });
      return found;
    }
    for (const type of of) {
      found.set(tokens.subarray(edges[type], edges[type + 1]), at);
      at += edges[type + 1] - edges[type];
    }
    return found.sort();
  }

  /* 8. Which hits are kept, and their order */

  function keep(hits, { voices, kind, source, code }) {
    const { units } = texts;
    const chosen = documentFlags(voices, kind, source);
    const coded = codedSentences(code);
    const first = new Int32Array(hits.first.length), last = new Int32Array(hits.first.length);
    let size = 0;
    hits.first.forEach((token, i) => {
      if (chosen[units.document[token]] && (!coded || coded[units.sentence[token]])) {
        first[size] = token;
        last[size++] = hits.last[i];
      }
    });
    return { first: first.subarray(0, size), last: last.subarray(0, size), chosen, coded };
  }

  function documentFlags(voices, kind, source) {
    const { voice, kind: kinds, source: sources } = texts.head.documents;
    const { head } = texts;
    return Uint8Array.from(voice, (of, d) =>
      (!voices || voices.includes(head.voices[of].id))
      && (!kind || head.kinds[kinds[d]] === kind)
      && (!source || head.sources[sources[d]].id === source));
  }

  /** The sentences that have a code, given as `variable:value`; null for all. */
  function codedSentences(code) {
    if (!code) return null;
    const split = code.indexOf(":");
    const variable = texts.codes.find((one) => one.name === code.slice(0, split));
    const value = variable ? variable.values.indexOf(code.slice(split + 1)) + 1 : 0;
    return Uint8Array.from({ length: texts.edges.sentence.length - 1 }, (_, s) =>
      value > 0 && variable.of[s] === value);
  }

  /** In the order of code points, as Python has it. */
  function compare(a, b) {
    const size = Math.min(a.length, b.length);
    for (let i = 0; i < size; i++) {
      const x = a.charCodeAt(i), y = b.charCodeAt(i);
      if (x !== y) {
        const high = (unit) => unit >= 0xd800 && unit < 0xe000;
        return high(x) === high(y) ? x - y : high(x) ? 1 : -1;
      }
    }
    return a.length - b.length;
  }

  function ranksOf(keys) {
    const order = [...new Set(keys)].sort(compare);
    const rank = new Map(order.map((key, i) => [key, i]));
    return keys.map((key) => rank.get(key));
  }

  function typeRanks() {
    return memo("ranks", () => Int32Array.from(ranksOf(texts.folded)));
  }

  function sorted(hits, names, within) {
    if (!names.length) return hits;
    const columns = names.map((name) => sortColumn(hits, name, within));
    const order = columns.reduceRight(sortedBy, hits.first.map((_, i) => i));
    const take = (of) => order.map((i) => of[i]);
    return { ...hits, first: take(hits.first), last: take(hits.last) };
  }

  /** An order, sorted anew by one column; those that are equal there stay as they were. */
  function sortedBy(order, column) {
    const size = order.length;
    const keys = Float64Array.from(order, (i, place) => (column[i] + 1) * size + place).sort();
    return order.map((_, i) => order[keys[i] % size]);
  }

  function sortColumn(hits, name, within) {
    const { types, folded } = texts;
    if (name === "position") return hits.first;
    if (name !== "node") return Array.from(hits.first, (_, i) => besideRank(hits, i, name, within));
    const nodes = Array.from(hits.first, (from, i) =>
      Array.from(types.subarray(from, hits.last[i] + 1), (type) => folded[type]).join(" "));
    return ranksOf(nodes);
  }

  function besideRank(hits, i, name, within) {
    const edges = texts.edges[within] ?? texts.edges.document;
    const units = texts.units[within] ?? texts.units.document;
    const place = Number(name.slice(1)), unit = units[hits.first[i]];
    const at = name[0] === "L" ? hits.first[i] - place : hits.last[i] + place;
    return at >= edges[unit] && at < edges[unit + 1] ? typeRanks()[texts.types[at]] : -1;
  }

  /* 9. Rows: the texts as they may be shown */

  /** The first token from `low` on that ends behind a code point. */
  function tokenEndingBehind(point, low, high) {
    const { starts, lengths, types } = texts;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] + lengths[types[middle]] > point) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  function clipped(text, start, from, to) {
    const points = Array.from(text);
    return points.slice(Math.max(0, from - start), Math.max(0, to - start)).join("");
  }

  /** A stretch of a document by code points, hidden words as fillers. */
  function slice(document, from, to) {
    const { starts, lengths, types, gaps, surfaces, head, edges } = texts;
    const [low, high] = [edges.document[document], edges.document[document + 1]];
    let text = "";
    for (let t = tokenEndingBehind(from, low, high); from < to && t < high; t++) {
      const gap = t > low ? head.gaps[gaps[t]] : "";
      const begin = starts[t], gapBegin = begin - pointsIn(gap);
      if (gapBegin >= to) break;
      text += gapBegin >= from && begin <= to ? gap : clipped(gap, gapBegin, from, to);
      const whole = begin >= from && begin + lengths[types[t]] <= to;
      text += whole ? surfaces[types[t]] : clipped(surfaces[types[t]], begin, from, to);
    }
    return text;
  }

  function wordsIn(document, from, to) {
    const { starts, types, isWord, edges } = texts;
    const high = edges.document[document + 1];
    let words = 0;
    for (let t = tokenEndingBehind(from, edges.document[document], high); t < high && starts[t] < to; t++) {
      words += isWord[types[t]];
    }
    return words;
  }

  function labelOf(document, role, from, to) {
    if (role) return `[${role}]`;
    const words = wordsIn(document, from, to);
    return `[${words} ${words === 1 ? "word" : "words"} withheld]`;
  }

  function show(document, from, to) {
    let text = "", at = from;
    for (const [start, end, role] of texts.masks.get(document) ?? []) {
      const left = Math.max(start, from), right = Math.min(end, to);
      if (left < right) {
        text += slice(document, at, left) + labelOf(document, role, left, right);
        at = right;
      }
    }
    return text + slice(document, at, to);
  }

  const startOf = (token) => texts.starts[token];
  const endOf = (token) => texts.starts[token] + texts.lengths[texts.types[token]];

  function row(first, last, window, within) {
    const { head, units, sentenceParagraph, labels } = texts;
    const edges = texts.edges[within] ?? texts.edges.document;
    const unit = (texts.units[within] ?? units.document)[first];
    const document = units.document[first], sentence = units.sentence[first];
    const low = Math.max(first - window, edges[unit]);
    const high = Math.min(last + window, edges[unit + 1] - 1);
    const paragraph = sentenceParagraph[sentence];
    const number = sentence - texts.paragraphSentences[paragraph] + 1;
    const beyond = within === "nothing";
    const left = show(document, startOf(low), startOf(first));
    const right = show(document, endOf(last), endOf(high));
    return {
      document: head.documents.ids[document],
      voice: head.voices[head.documents.voice[document]].id,
      sentence: `${head.documents.ids[document]}-${labels[paragraph]}-s${number}`,
      start: startOf(first),
      end: endOf(last),
      left: beyond ? runOn(document, left, window - (first - low), -1) : left,
      node: show(document, startOf(first), endOf(last)),
      right: beyond ? runOn(document, right, window - (high - last), 1) : right,
      page: head.pages[head.documents.page[document]],
      role: head.roles[head.documents.role[document]],
      cutLeft: !beyond && low > edges[unit],
      cutRight: !beyond && high < edges[unit + 1] - 1,
    };
  }

  /** A context, continued into the neighbouring documents by the tokens that are missing. */
  function runOn(document, text, missing, step) {
    const edges = texts.edges.document;
    for (let at = document + step; missing && at >= 0 && at + 1 < edges.length; at += step) {
      const taken = Math.min(missing, edges[at + 1] - edges[at]);
      if (!taken) continue;
      const first = step < 0 ? edges[at + 1] - taken : edges[at];
      const piece = show(at, startOf(first), endOf(first + taken - 1));
      text = step < 0 ? `${piece}${APART}${text}` : `${text}${APART}${piece}`;
      missing -= taken;
    }
    return text;
  }

  /* 10. What is answered */

  let found = null;

  /** How many hits there are, and how they lie; the rows are then asked for with `rows`. */
  function search(asked) {
    const options = { window: 8, within: "document", sort: [], case: false, accents: true, ...asked };
    const query = parseQuery(options.query, { case: options.case, accents: options.accents });
    const kept = keep(findHits(query, options.within), options);
    found = { options, hits: sorted(kept, options.sort, options.within) };
    const voices = byVoice(kept);
    const documents = voices.reduce((sum, voice) => sum + voice.with, 0);
    return { hits: kept.first.length, documents, voices };
  }

  /** Per voice that is searched: hits, words, sentences, documents, and where in it the hits lie. */
  function byVoice({ first, chosen, coded }) {
    const { head, units, edges } = texts;
    const rows = head.voices.map((voice) => ({
      id: voice.id, label: voice.label, hits: 0, words: 0, sentences: 0, documents: 0, with: 0, tokens: 0,
      bins: new Uint16Array(BINS),
    }));
    const offsets = new Int32Array(chosen.length);
    chosen.forEach((take, d) => {
      if (!take) return;
      const row = rows[head.documents.voice[d]];
      offsets[d] = row.tokens;
      row.documents++;
      row.tokens += edges.document[d + 1] - edges.document[d];
    });
    addSentences(rows, chosen, coded);
    const met = new Uint8Array(chosen.length);
    for (const token of first) {
      const d = units.document[token], row = rows[head.documents.voice[d]];
      row.hits++;
      row.with += !met[d];
      met[d] = 1;
      const place = (offsets[d] + token - edges.document[d]) / row.tokens;
      row.bins[Math.min(BINS - 1, Math.floor(place * BINS))]++;
    }
    return rows.filter((row) => row.documents);
  }

  function addSentences(rows, chosen, coded) {
    const { head, units, edges, types, isWord } = texts;
    for (let s = 0; s + 1 < edges.sentence.length; s++) {
      const d = units.document[edges.sentence[s]];
      if (edges.sentence[s] === edges.sentence[s + 1] || !chosen[d] || (coded && !coded[s])) continue;
      const row = rows[head.documents.voice[d]];
      row.sentences++;
      for (let t = edges.sentence[s]; t < edges.sentence[s + 1]; t++) row.words += isWord[types[t]];
    }
  }

  function rows(from, count) {
    const { hits, options } = found;
    const to = Math.min(from + count, hits.first.length), made = [];
    for (let i = from; i < to; i++) made.push(row(hits.first[i], hits.last[i], options.window, options.within));
    return made;
  }

  /* The columns of `write_concordance`; an apostrophe keeps a spreadsheet from calculating a text. */
  const COLUMNS = ["document", "voice", "sentence", "start", "end", "left", "node", "right"];
  const FORMULA = new RegExp(`^[${SPACE}]*[=+@-]`, "u");

  function cell(value) {
    const text = typeof value === "string" && FORMULA.test(value) ? `'${value}` : String(value);
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  function csv() {
    const lines = rows(0, found.hits.first.length).map((one) => COLUMNS.map((name) => cell(one[name])).join());
    return [COLUMNS.join(), ...lines, ""].join("\n");
  }

  /* 11. As a worker */

  const asks = {
    open: ({ head, parts }) => open(head, parts),
    search: ({ options, rows: count }) => ({ ...search(options), first: rows(0, count) }),
    rows: ({ options, from, count }) => {
      again(options);
      return rows(from, count);
    },
    csv: ({ options }) => {
      again(options);
      return csv();
    },
  };

  /** Search anew, if this worker has not done so: another was stopped. */
  function again(options) {
    if (!found) search(options);
  }

  function answer(message) {
    try {
      return { answer: asks[message.ask](message) };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { found: what, cure, at, length } = error;
      return { refused: { found: what, cure, at, length } };
    }
  }

  return { answer };
}
