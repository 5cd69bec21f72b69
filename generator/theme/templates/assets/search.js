// The search page. Loads nothing of the index until it is used; every text enters the page as text, never as HTML.

import { openIndex } from "./search-find.js";
import { dateFormat } from "./search-query.js";
import { best, direction, matches, pieces } from "./search-show.js";

const reader = document.documentElement.lang;
const CHOICES = ["languages", "publishers", "years"];

function start(form) {
  const { base, tree, digits } = form.dataset, words = JSON.parse(form.dataset.words), rules = JSON.parse(form.dataset.rules);
  const site = new URL(base, location.href);
  const input = form.elements.q, status = document.querySelector("[data-search-status]");
  const list = document.querySelector("[data-search-results]"), note = document.querySelector("[data-search-note]");
  const room = document.querySelector("[data-search-room]"), subjects = document.querySelector("[data-search-subjects]");
  const filters = form.querySelector("[data-search-filters]"), ways = document.querySelector("[data-search-ways]");
  let index = null, early = window.digestIndex, runs = 0;

  const say = (...parts) => {
    status.replaceChildren(...parts);
    room.replaceChildren();
  };
  /* Elsewhere to look, where nothing was asked for or found. */
  const offerWays = (isWanted) => ways?.toggleAttribute("hidden", !isWanted);
  const count = (forms, n) => {
    const form = forms[n ? plurals.select(n) : "zero"] ?? forms.other;
    return form.replace("{n}", numbers.format(n));
  };
  const opened = query => index ??= openIndex(site, reader, rules, query, early).catch(error => { index = null; throw error })
    .finally(() => { early = undefined });

  async function run(query) {
    const mine = ++runs;
    [list, subjects, note].forEach(place => place.replaceChildren());
    say(query.trim() ? words.working : "");
    offerWays(!query.trim());
    if (!query.trim()) return;
    try {
      const { search, choices } = await opened(query), coming = search(query, chosen());
      offer(choices); // meanwhile
      const answer = await coming;
      if (mine !== runs) return;
      subjects.append(...answer.subjects.map(subject));
      explain(answer, query);
      room.replaceChildren(...taken(answer), counted(answer)); // what will be said once all stands, so that nothing moves then
      await show(answer, 0, mine);
      if (mine !== runs) return;
      say(...taken(answer), counted(answer));
      offerWays(!answer.hits.length && !answer.subjects.length);
    } catch (error) {
      console.error(error);
      index = null;
      if (mine === runs) say(words.failed);
    }
  }

  function counted({ hits, isOpen, complete }) {
    if (isOpen) return words.open.replace("{n}", numbers.format(hits.length));
    return count(complete ? words.results : words.some, hits.length);
  }

  /** Say which words were taken for others. */
  function taken({ corrected }) {
    const shown = corrected.map(({ shown }) => shown).join(" ");
    return shown ? [...filled(words.corrected, "{shown}", element("bdi", {}, shown)), " ", element("br")] : [];
  }

  /** Offer the query as typed, or another one. */
  function explain({ corrected, instead }, query) {
    const offer = (text, place, link) => note.append(element("p", {}, ...filled(text, place, link)));
    let exact = query;
    for (const { typed } of corrected) exact = exact.replace(typed, () => `"${typed}"`);
    if (exact !== query) offer(words.typed, "{typed}", again(exact, corrected.map(({ typed }) => typed).join(" ")));
    if (instead) offer(words.instead, "{query}", again(instead, instead));
  }

  function filled(text, place, part) {
    const [before, after] = text.split(place);
    return [before, part, after];
  }

  function again(query, text) {
    return element("a", { href: `?${parameters(query)}` }, element("bdi", {}, text));
  }

  /** Show ten hits more; of the first ten each as soon as those before it stand. */
  async function show(answer, from, mine) {
    const { text, language, rules } = await index, hits = answer.hits.slice(from, from + 10), results = [];
    if (from) await Promise.all(hits.map(text)); // or none, so that they can be asked for again
    for (const hit of hits) {
      const shown = await text(hit);
      if (mine !== runs) return;
      results.push(result(shown, answer.terms, language, rules));
      list.append(results.at(-1));
      if (results.length === 1 && !from) await painted();
    }
    if (from) (results[0] ?? list.querySelector("li:nth-last-child(2)")).querySelector("a").focus(); // the last one is the button
    if (from + 10 < answer.hits.length || answer.isOpen) list.append(more(answer, from + hits.length, mine));
  }

  function more(answer, from, mine) {
    const button = element("button", { type: "button", textContent: words.more });
    const item = element("li", { className: "more" }, button);
    const next = async () => {
      if (from >= answer.hits.length) {
        await answer.further();
        if (mine === runs) say(counted(answer));
      }
      await show(answer, from, mine);
      item.remove();
    };
    button.onclick = () => next().catch(error => {
      console.error(error);
      say(words.failed);
    });
    return item;
  }

  /** Give a name, a topic or a story with its page: what it is, how many articles it has, and how else it is written. */
  function subject({ kind, place, names, spellings, articles }) {
    const own = [tree, ...Object.keys(names)].find(code => code in names), name = names[own];
    const others = [...new Set([...Object.values(names), ...spellings])].filter(text => text !== name).slice(0, 6);
    const link = element("a", { href: new URL(`${own}/${place}`, site).href }, element("bdi", {}, name));
    const facts = element("span", { className: "facts" }, count(words.articles, articles));
    const item = element("li", {}, element("span", { className: "kind" }, words.kinds[kind] ?? words.kinds.name), link, facts);
    if (others.length && kind !== "story") {
      const texts = others.flatMap((text, at) => [...at ? [words.comma] : [], element("bdi", {}, text)]);
      item.append(element("span", { className: "spellings" }, ...texts));
    }
    return item;
  }

  function result(text, wanted, language, rules) {
    const part = (name, className, side, string, stretches, isMachine) => {
      const dir = direction(string, text.languages[side], rules);
      const shown = pieces(string, stretches).map(({ text, mark }) => mark ? element("mark", {}, text) : text);
      const classes = side && isMachine ? `${className} target machine` : className;
      return element(name, { className: classes, lang: text.languages[side], dir }, ...shown);
    };
    const title = (name, className, side) =>
      part(name, className, side, text.title[side], matches(text.title[side], wanted, language).stretches, text.machine);
    const sentence = best(text, wanted, language, reader);
    const own = text.title[1] && text.languages[0] !== reader ? 1 : 0;
    const head = title("h2", "", own), link = element("a", { href: address(text, sentence) }, ...head.childNodes);
    head.append(link);
    const item = element("li", {}, head);
    if (text.title[1 - own]) item.append(title("p", "other", 1 - own));
    const isNew = sentence && sentence.text !== text.title[sentence.side]; // or it stands above already
    if (isNew) item.append(part("p", "sentence", sentence.side, sentence.text, sentence.stretches, sentence.isMachine));
    item.append(byline(text, isNew && sentence.isMachine));
    return item;
  }

  /** Say where an article is from, and which of what is shown of it a machine translated. */
  function byline(text, isMachine) {
    const line = element("p", { className: "byline" }), day = /^\d{4}-\d\d-\d\d/.exec(text.published ?? "")?.[0];
    const add = (...parts) => line.append(...line.childNodes.length ? [" "] : [], element("span", {}, ...parts));
    add(languageName(text.languages[0]));
    if (text.source) add(element("bdi", {}, text.source));
    if (!isNaN(Date.parse(day))) add(element("time", { dateTime: day }, dates.format(new Date(day))));
    if (isMachine) add(words.machine);
    else if (text.machine && text.title[1]) add(words.title_machine);
    return line;
  }

  function languageName(code) {
    try {
      return code === "und" ? words.unknown : languages.of(code); // which browsers call "root"
    } catch {
      return code;
    }
  }

  function address(text, sentence) {
    const own = [tree, text.languages[1], text.trees[0]].find(code => text.trees.includes(code));
    const place = sentence?.words ? `#s${sentence.number}` : "";
    return new URL(`${own}/articles/${encodeURIComponent(text.slug)}/${place}`, site).href;
  }

  /** Offer to narrow the search to a language, a publisher or a year, where the articles differ in it. */
  function offer(choices) {
    if (filters.childNodes.length) return;
    for (const kind of CHOICES.filter(kind => choices[kind].length > 1)) {
      const options = kind === "years" ? [...choices[kind]].reverse() : choices[kind];
      const name = value => kind === "languages" ? languageName(value) : value;
      const select = element("select", { name: kind, onchange: () => form.requestSubmit() },
        element("option", { value: "" }, words.all[kind]),
        ...options.map(value => element("option", { value }, name(value))));
      select.setAttribute("aria-label", words.narrow[kind]);
      pick(select, asked().get(kind));
      filters.append(select);
    }
  }

  function pick(select, value) {
    select.value = value;
    if (select.selectedIndex < 0) select.value = ""; // an address may name what is no choice any more
  }

  const asked = () => new URLSearchParams(location.search);
  const chosen = () => Object.fromEntries(CHOICES.map(kind => [kind, asked().get(kind) ?? ""]));
  function parameters(query) {
    const given = new URLSearchParams({ q: query });
    for (const kind of CHOICES) if (form.elements[kind]?.value ?? chosen()[kind]) given.set(kind, form.elements[kind]?.value ?? chosen()[kind]);
    return given.toString();
  }
  const repeat = () => {
    input.value = asked().get("q") ?? "";
    for (const kind of CHOICES) if (form.elements[kind]) pick(form.elements[kind], chosen()[kind]);
    for (const link of document.querySelectorAll("a[hreflang]")) link.search = location.search; // asks there too
    run(input.value);
  };
  form.addEventListener("submit", event => {
    event.preventDefault();
    const next = parameters(input.value);
    if (next !== asked().toString()) history.pushState(null, "", `?${next}`);
    repeat();
  });
  addEventListener("popstate", repeat);
  /** Suggest from now on, where somebody types; who comes with a query needs results first. */
  async function help() {
    const { combobox } = await import("./search-suggest.js");
    combobox(input, form.querySelector("[role=listbox]"), async text => (await opened(text)).suggest(text), suggestion => {
      input.value = suggestion;
      form.requestSubmit();
    });
    if (input.value) input.dispatchEvent(new Event("input")); // typed meanwhile
  }
  input.addEventListener("focus", () => help().catch(() => {}), { once: true });
  if (document.activeElement === input) input.dispatchEvent(new Event("focus"));
  /* Before the query is whole. */
  input.addEventListener("input", () => input.value.trim() && opened(input.value).then(({ choices }) => offer(choices)).catch(() => {}));
  repeat();
  /* Made while the index is on its way. */
  const numbers = new Intl.NumberFormat(reader, { numberingSystem: digits });
  const dates = dateFormat(reader, { dateStyle: "long", numberingSystem: digits });
}

/** Wait until what stands is seen, or a moment where no page is shown. */
function painted() {
  return new Promise(done => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, 100);
  });
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

const form = document.querySelector("form[data-search]");
if (form) start(form);
/* A browser takes long for the first names of languages; pages that lead to the search load this, too, beforehand. */
const languages = new Intl.DisplayNames(reader, { type: "language" }), plurals = new Intl.PluralRules(reader);
