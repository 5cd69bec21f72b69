// From a query to articles in order, loading of the index only what the query needs.

import { analyser } from "./search-terms.js";

const MOST_WORDS = 12; // of a query; the rest would load files without end

/** Open the index of the site at a base address: gives `search(query)` and `text(hit)`. */
export async function openIndex(base) {
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
    const forget = error => { files.delete(path); throw error };
    if (!files.has(path)) files.set(path, load(`search-index/${path}?${index.version}`).catch(forget));
    return files.get(path);
  };
  const lists = async term => {
    const shard = await once(`terms/${Math.floor(hash(term) * index.shards / 2 ** 32)}.json`);
    const [sure = [], maybe = []] = Object.hasOwn(shard, term) ? shard[term] : [];
    return { term, sure, maybe };
  };
  const all = terms => Promise.all(terms.map(lists));

  async function found(word) {
    const { sure, maybe } = language.terms(word);
    if (language.isUnspaced(word)) return withAll(await all(sure));
    return withAny(...await all([...sure, ...maybe]));
  }

  async function search(query) {
    const words = [...new Set(language.words(query))].filter(word => language.terms(word).sure.length);
    return rank(await Promise.all(words.slice(0, MOST_WORDS).map(found)), index.articles);
  }

  return { rules, language, search, text: hit => once(`texts/${hit.article}-${hit.part}.json`) };
}

/** CRC-32 of a string's UTF-8 bytes, by which a term's file is found. */
function hash(term) {
  let crc = ~0;
  for (const byte of new TextEncoder().encode(term)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** Give the articles that have all terms, for a script without spaces. */
function withAll(lists) {
  return { terms: lists.map(({ term }) => term), articles: lists.map(articles).reduce(common) };
}

/**
 * Give the articles that have a word in one of its readings, the main one first.
 *
 * A reading without the first letters counts only where more articles have it as a word of its own than have the
 * word as typed, or where nothing else is found: حكومة is a reading of وحكومة, but زار is none of وزارة. In the
 * same way an article that has a term only as such a reading counts unless those outnumber the others by far.
 */
function withAny(main, ...others) {
  const own = articles(main);
  const better = others.filter(({ sure }) => sure.length > main.sure.length);
  const used = better.length || own.size ? better : others;
  return {
    terms: [main, ...used].map(({ term }) => term),
    articles: used.map(articles).reduce((one, other) => either(one, other), own),
  };
}

const FAR = 2; // in 161 Arabic texts, readings beyond that were mostly other words: كامل for امل

function articles({ sure, maybe }) {
  const counts = !sure.length || maybe.length <= FAR * sure.length;
  return either(decoded(sure), decoded(counts ? maybe : []));
}

function decoded(list) {
  const found = new Map();
  for (let at = 0, article = -1; at < list.length; at += 2) {
    article += list[at];
    found.set(article, { impact: list[at + 1] & 7, part: list[at + 1] >> 3 });
  }
  return found;
}

/** Add the articles of a less likely reading, at half their impact. */
function either(one, other) {
  for (const [article, { impact, part }] of other)
    if (!one.has(article)) one.set(article, { impact: impact / 2, part });
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

/**
 * Order the articles that have all words, or those that have some if none has all.
 *
 * A word's impact weighs as much as the word is rare (the inverse document frequency of BM25); equals stand newest
 * first. Each hit names the part of its text where its rarest word is.
 */
function rank(words, total) {
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
  const hits = all.length ? all : some;
  hits.sort((one, other) => other.score - one.score || one.article - other.article);
  return { hits, terms: words.map(({ terms }) => new Set(terms)), complete: hits === all || !some.length };
}
