// The search page. Loads nothing of the index until it is used; every text enters the page as text, never as HTML.

import { openIndex } from "./search-find.js";
import { best, direction, matches, pieces } from "./search-show.js";

const SHOWN = 10; // results at a time

function start(form) {
  const { base, tree, words, digits } = { ...form.dataset, words: JSON.parse(form.dataset.words) };
  const site = new URL(base, location.href), reader = document.documentElement.lang;
  const input = form.elements.q, status = document.querySelector("[data-search-status]");
  const list = document.querySelector("[data-search-results]");
  const plurals = new Intl.PluralRules(reader), numbers = new Intl.NumberFormat(reader, { numberingSystem: digits });
  const dates = new Intl.DateTimeFormat(reader, { dateStyle: "long", timeZone: "UTC", calendar: "gregory", numberingSystem: digits });
  let index = null, runs = 0;

  const say = text => { status.textContent = text };
  const count = (forms, n) => {
    const form = forms[n ? plurals.select(n) : "zero"] ?? forms.other;
    return form.replace("{n}", numbers.format(n));
  };

  async function run(query) {
    const mine = ++runs;
    list.replaceChildren();
    say(query.trim() ? words.working : "");
    if (!query.trim()) return;
    try {
      index ??= openIndex(site);
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
    const next = async () => {
      await show(answer, from, mine);
      item.remove();
    };
    button.onclick = () => next().catch(error => {
      console.error(error);
      say(words.failed);
    });
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
    if (!isNaN(Date.parse(day))) {
      const date = element("time", { dateTime: day }, dates.format(new Date(day)));
      item.append(element("p", { className: "byline" }, date));
    }
    return item;
  }

  function address(text, sentence) {
    const own = [tree, text.languages[1], text.trees[0]].find(code => text.trees.includes(code));
    const place = sentence?.words ? `#s${sentence.number}` : "";
    return new URL(`${own}/articles/${encodeURIComponent(text.slug)}/${place}`, site).href;
  }

  const asked = () => new URLSearchParams(location.search).get("q") ?? "";
  const again = () => {
    input.value = asked();
    for (const link of document.querySelectorAll("a[hreflang]")) link.search = location.search; // asks there too
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

start(document.querySelector("form[data-search]"));
