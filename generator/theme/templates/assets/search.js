// Search in the reader's browser, over the index that search_index.py makes. Loads nothing until it is used;
// every text enters the page through textContent.

// ---------------------------------------------------------------- words and terms, as in search_index.py

/** Give the functions that fold, part and stem words by the table of rules that Python reads too. */
export function analyser(rules) {
  const ranges = list => list.map(range => range.split("-").map(code => parseInt(code, 16)));
  const characters = list => ranges(list).map(span => span.map(code => `\\u{${code.toString(16)}}`).join("-")).join("");
  const unspaced = characters(rules.unspaced);
  const word = new RegExp(`[${unspaced}]+|[^${unspaced} ]+`, "gu");
  const onlyUnspaced = new RegExp(`^[${unspaced}]+$`, "u");
  const stemmers = rules.stems.map(stem => ({ ...stem, only: new RegExp(`^[${characters([stem.letters])}]+$`, "u") }));
  const kept = /[\p{L}\p{M}\p{N}]/u;

  const folding = new Map(Object.entries(rules.fold));
  for (const [first, last = first] of ranges(rules.drop))
    for (let code = first; code <= last; code++) folding.set(String.fromCodePoint(code), "");
  for (const zero of rules.zeros)
    for (let digit = 0; digit < 10; digit++) folding.set(String.fromCodePoint(zero.codePointAt(0) + digit), String(digit));

  function fold(text) {
    let folded = "";
    for (const letter of text.normalize("NFKD").toLowerCase()) {
      if (!folding.has(letter)) folding.set(letter, kept.test(letter) ? letter : " ");
      folded += folding.get(letter);
    }
    return folded.normalize("NFC");
  }

  const words = text => fold(text).match(word) ?? [];

  const without = (text, prefixes, left) =>
    prefixes.filter(prefix => text.startsWith(prefix) && text.length - prefix.length >= left).map(prefix => text.slice(prefix.length));

  function stem(text, endings) {
    for (const group of endings) {
      const found = group.find(([ending, , left]) => text.endsWith(ending) && text.length - ending.length >= left);
      if (found) text = text.slice(0, text.length - found[0].length) + found[1];
    }
    return text;
  }

  /** Give the terms of a folded word: its main reading (all the pairs of letters where no spaces are written), and others. */
  const known = new Map();
  function terms(text) {
    if (!known.has(text)) known.set(text, analysed(text));
    return known.get(text);
  }

  function analysed(text) {
    const letters = Array.from(text);
    if (onlyUnspaced.test(text)) {
      const pairs = letters.length > 1 ? letters.slice(1).map((letter, at) => letters[at] + letter) : letters;
      return { sure: [...new Set(pairs)], maybe: [] };
    }
    text = letters.slice(0, rules.longest).join("");
    const rule = stemmers.find(({ only }) => only.test(text));
    if (!rule) return { sure: [text], maybe: [] };
    if (text.length < rule.shortest) return { sure: [], maybe: [] };
    const stemmed = part => stem(part, rule.endings);
    const articles = without(text, rule.articles, rule.left).sort((one, other) => one.length - other.length);
    const whole = stemmed(text), sure = articles.length ? stemmed(articles[0]) : whole;
    const others = [whole, ...articles.map(stemmed), ...without(text, rule.particles, rule.left).map(stemmed)];
    return { sure: [sure], maybe: [...new Set(others)].filter(term => term !== sure) };
  }

  return { fold, words, terms, onlyUnspaced };
}

/** CRC-32 of a string's UTF-8 bytes, by which a term's file is found. */
export function hash(term) {
  let crc = ~0;
  for (const byte of new TextEncoder().encode(term)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

// ---------------------------------------------------------------- from a query to articles in order

const MOST_WORDS = 12; // of a query; the rest would load files without end

/** Open the index below a base address: gives `search(query)` and `text(hit)`. */
export async function open(base) {
  const load = async (path, options) => {
    const answer = await fetch(new URL(path, base), options);
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer.json();
  };
  const [rules, index] = await Promise.all([
    load("assets/search-rules.json", { cache: "no-cache" }),
    load("search-index/index.json", { cache: "no-cache" }),
  ]);
  const language = analyser(rules), files = new Map();
  const once = path => {
    if (!files.has(path)) files.set(path, load(`search-index/${path}?${index.version}`));
    return files.get(path);
  };
  const lists = async term => {
    const shard = await once(`terms/${Math.floor(hash(term) * index.shards / 2 ** 32)}.json`);
    const [sure = [], maybe = []] = Object.hasOwn(shard, term) ? shard[term] : [];
    return { term, sure, maybe };
  };

  async function search(query) {
    const found = await Promise.all([...new Set(language.words(query))].slice(0, MOST_WORDS).map(async text => {
      const { sure, maybe } = language.terms(text);
      return sure.length ? readings(await Promise.all(sure.map(lists)), await Promise.all(maybe.map(lists))) : null;
    }));
    return rank(found.filter(Boolean), index.articles);
  }

  return { rules, language, search, text: hit => once(`texts/${hit.article}-${hit.part}.json`) };
}

/**
 * Give the articles that have a word, and the terms by which they were found.
 *
 * A reading without the first letters counts only where more articles have it as a word of its own than have the
 * word as typed, or where nothing else is found: حكومة is a reading of وحكومة, but زار is none of وزارة. In the same
 * way an article that has a term only as such a reading counts unless those outnumber the others by far.
 */
function readings(sure, maybe) {
  const all = sure.map(articles);
  if (sure.length > 1) return { terms: sure.map(({ term }) => term), articles: all.reduce(common) };
  const own = sure[0].sure.length;
  const better = maybe.filter(lists => lists.sure.length > own);
  const used = better.length || all[0].size ? better : maybe;
  return {
    terms: [sure[0], ...used].map(({ term }) => term),
    articles: used.map(articles).reduce((one, other) => either(one, other, 0.5), all[0]),
  };
}

const FAR = 2; // in 161 Arabic texts, readings beyond that were mostly other words: كامل for امل

function articles({ sure, maybe }) {
  const counts = !sure.length || maybe.length <= FAR * sure.length;
  return either(decode(sure), counts ? decode(maybe) : new Map(), 0.5);
}

function decode(list) {
  const found = new Map();
  for (let at = 0, article = -1; at < list.length; at += 2) {
    article += list[at];
    found.set(article, { impact: list[at + 1] & 7, part: list[at + 1] >> 3 });
  }
  return found;
}

function either(one, other, weight) {
  for (const [article, { impact, part }] of other)
    if (!one.has(article)) one.set(article, { impact: impact * weight, part });
  return one;
}

function common(one, other) {
  for (const [article, { impact }] of one) {
    const also = other.get(article);
    if (also) one.set(article, { ...also, impact: Math.min(impact, also.impact) });
    else one.delete(article);
  }
  return one;
}

/** Order the articles that have all words, or those that have some if none has all: impact by rarity, newest first. */
export function rank(words, total) {
  const scores = new Map();
  for (const { articles } of words) {
    const rarity = Math.log(1 + (total - articles.size + 0.5) / (articles.size + 0.5));
    for (const [article, { impact, part }] of articles) {
      const hit = scores.get(article) ?? { article, score: 0, words: 0, rarest: 0 };
      if (rarity > hit.rarest) Object.assign(hit, { rarest: rarity, part });
      hit.score += impact * rarity;
      hit.words += 1;
      scores.set(article, hit);
    }
  }
  const some = [...scores.values()], all = some.filter(hit => hit.words === words.length);
  const hits = (all.length ? all : some).sort((one, other) => other.score - one.score || one.article - other.article);
  return { hits, terms: words.map(({ terms }) => new Set(terms)), complete: all.length > 0 || !some.length };
}

// ---------------------------------------------------------------- the sentence to show, and what to mark in it

const RUN = /[\p{L}\p{M}\p{N}\p{Cf}]+/gu;

/** Give the stretches [start, end] of a text whose words have one of the wanted terms, and which terms' sets they belong to. */
export function matches(text, wanted, language, repairs = []) {
  const found = [], sets = new Set();
  const look = (piece, start, end) => {
    const own = language.words(piece).flatMap(word => { const { sure, maybe } = language.terms(word); return [...sure, ...maybe] });
    const hits = wanted.filter(set => own.some(term => set.has(term)));
    if (hits.length) found.push([start, end]);
    hits.forEach(set => sets.add(set));
  };
  for (const run of text.matchAll(RUN)) {
    const letters = Array.from(run[0]);
    if (letters.some(letter => language.onlyUnspaced.test(letter))) {
      for (let at = 0, start = run.index; at < letters.length - 1 || at === 0; start += letters[at].length, at++) {
        const pair = letters.slice(at, at + 2).join("");
        look(pair, start, start + pair.length);
      }
    } else look(run[0], run.index, run.index + run[0].length);
  }
  for (const [start, end, repaired] of repairs) look(repaired, start, end);
  return { stretches: joined(found), words: sets.size };
}

function joined(stretches) {
  const result = [];
  for (const [start, end] of stretches.sort((one, other) => one[0] - other[0] || one[1] - other[1])) {
    const last = result.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else result.push([start, end]);
  }
  return result;
}

/** Give the sentence of a text, and its side, that has most of the query's words; the reader's own language wins a tie. */
export function best(text, wanted, language, reader) {
  let chosen = null;
  const sides = [0, 1].sort((one, other) => (text.languages[other] === reader) - (text.languages[one] === reader));
  text.sentences.forEach((sentence, at) => sides.forEach(side => {
    if (!sentence[side]) return;
    const found = matches(sentence[side], wanted, language, side === 0 ? sentence[2] : []);
    if (!chosen || found.words > chosen.words) chosen = { ...found, number: text.first + at + 1, side, text: sentence[side] };
  }));
  return chosen;
}

const WIDTH = 240; // characters of a sentence that a result shows

/** Give a text as pieces, marked or not; a long one is cut, at blanks, to where its first mark is. */
export function pieces(text, stretches, width = WIDTH) {
  let from = 0, to = text.length;
  if (text.length > width) {
    const first = stretches[0]?.[0] ?? 0, early = first < width / 2;
    if (!early) from = Math.min(first - Math.floor(width / 3), text.length - width);
    to = from + width;
    const opening = text.indexOf(" ", from), closing = text.lastIndexOf(" ", to);
    if (from && opening >= 0 && opening < first) from = opening + 1;
    if (to < text.length && closing > from + width / 2) to = closing;
  }
  const result = from ? [{ text: "… ", mark: false }] : [];
  let at = from;
  for (const [start, end] of stretches.filter(([start, end]) => start >= from && end <= to)) {
    result.push({ text: text.slice(at, start), mark: false }, { text: text.slice(start, end), mark: true });
    at = end;
  }
  result.push({ text: text.slice(at, to) + (to < text.length ? " …" : ""), mark: false });
  return result.filter(piece => piece.text);
}

/** Give the direction of a text: that of its language unless all its letters are written in the other one. */
export function direction(text, language, rules) {
  const usual = rules.rtl.includes(language);
  const rtl = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(text);
  const ltr = /[^\P{L}\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u.test(text);
  return (usual ? rtl || !ltr : rtl && !ltr) ? "rtl" : "ltr";
}

// ---------------------------------------------------------------- the page

const SHOWN = 10; // results at a time

function start(form) {
  const { base, tree, words } = { ...form.dataset, words: JSON.parse(form.dataset.words) };
  const site = new URL(base, location.href), reader = document.documentElement.lang;
  const status = document.querySelector("[data-search-status]"), list = document.querySelector("[data-search-results]");
  const plurals = new Intl.PluralRules(reader), numbers = new Intl.NumberFormat(reader), input = form.elements.q;
  const dates = new Intl.DateTimeFormat(reader, { dateStyle: "long", timeZone: "UTC" });
  let index = null, runs = 0;

  const say = text => { status.textContent = text };
  const count = (forms, n) => (forms[n ? plurals.select(n) : "zero"] ?? forms.other).replace("{n}", numbers.format(n));

  async function run(query) {
    const mine = ++runs;
    list.replaceChildren();
    say(query.trim() ? words.working : "");
    if (!query.trim()) return;
    try {
      index ??= open(site);
      const { search } = await index, answer = await search(query);
      if (mine !== runs) return;
      await show(answer, 0, mine);
      if (mine === runs) say(count(answer.complete ? words.results : words.some, answer.hits.length));
    } catch (error) {
      console.error(error);
      index = null;
      if (mine === runs) say(words.failed);
    }
  }

  async function show(answer, from, mine) {
    const { text, language, rules } = await index, hits = answer.hits.slice(from, from + SHOWN);
    const texts = await Promise.all(hits.map(text));
    if (mine !== runs) return;
    const results = texts.map(text => result(text, answer.terms, language, rules));
    list.append(...results);
    if (from) results[0].querySelector("a").focus();
    if (from + SHOWN < answer.hits.length) list.append(more(answer, from + SHOWN, mine));
  }

  function more(answer, from, mine) {
    const button = element("button", { type: "button", textContent: words.more });
    const item = element("li", { className: "more" }, button);
    button.onclick = async () => {
      try { await show(answer, from, mine); item.remove() } catch (error) { console.error(error); say(words.failed) }
    };
    return item;
  }

  function result(text, wanted, language, rules) {
    const part = (name, className, side, string, stretches) => {
      const dir = direction(string, text.languages[side], rules);
      const shown = pieces(string, stretches).map(({ text, mark }) => mark ? element("mark", {}, text) : text);
      return element(name, { className, lang: text.languages[side], dir }, ...shown);
    };
    const title = (name, className, side) =>
      part(name, className, side, text.title[side], matches(text.title[side], wanted, language).stretches);
    const sentence = best(text, wanted, language, reader);
    const own = text.title[1] && text.languages[0] !== reader ? 1 : 0;
    const head = title("h2", "", own), link = element("a", { href: address(text, sentence) }, ...head.childNodes);
    head.append(link);
    const item = element("li", {}, head);
    if (text.title[1 - own]) item.append(title("p", "other", 1 - own));
    if (sentence) item.append(part("p", "sentence", sentence.side, sentence.text, sentence.stretches));
    const day = /^\d{4}-\d\d-\d\d/.exec(text.published ?? "")?.[0];
    if (day && !isNaN(Date.parse(day)))
      item.append(element("p", { className: "byline" }, element("time", { dateTime: day }, dates.format(new Date(day)))));
    return item;
  }

  function address(text, sentence) {
    const own = text.trees.includes(tree) ? tree : text.trees.find(code => code === text.languages[1]) ?? text.trees[0];
    const place = sentence?.words ? `#s${sentence.number}` : "";
    return new URL(`${own}/articles/${encodeURIComponent(text.slug)}/${place}`, site).href;
  }

  const asked = () => new URLSearchParams(location.search).get("q") ?? "";
  const again = () => {
    input.value = asked();
    for (const link of document.querySelectorAll("a[hreflang]")) link.search = location.search; // the same search in another language
    run(input.value);
  };
  form.addEventListener("submit", event => {
    event.preventDefault();
    if (input.value !== asked()) history.pushState(null, "", `?${new URLSearchParams({ q: input.value })}`);
    again();
  });
  addEventListener("popstate", again);
  again();
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

const form = globalThis.document?.querySelector("form[data-search]");
if (form) start(form);
