// From a query to articles in order, loading of the index only what the query needs.

import { monthNames, parse } from "./search-query.js";
import { endsOf, likeliest } from "./search-slips.js";
import { analyser, scriptsOf } from "./search-terms.js";

const MOST_UNITS = 12; // of a query, and words of a phrase; the rest would load files without end
const RUN = 30; // letters of a run without spaces, for the same reason
const SUBJECTS = 3; // names, topics and stories that are shown
const ENOUGH = 10; // articles with a phrase, after which no more are read until they are asked for
const FEW = 2; // articles; a word that is in no more may be meant to be another

/**
 * Open the index of the site at a base address: gives `search(query)`, `suggest(text)` and `text(hit)`.
 *
 * A network's answer takes longer than its bytes, so what a query needs is asked for together: with the rules at hand,
 * and a query to be made first, those of its scripts come beside the index, which may have been asked for already.
 */
export async function openIndex(base, reader = "en", rules = null, query = "", asked = undefined) {
  const load = async (path, options, coming = fetch(new URL(path, base), options)) => {
    const answer = await coming;
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer.json();
  };
  rules ??= await load("assets/search-rules.json");
  const language = analyser(rules), files = new Map(), scripts = new Map();
  const [index] = await Promise.all([load("search-index/index.json", { cache: "no-cache" }, asked), learn(query)]);
  const once = path => {
    const forget = error => { files.delete(path); throw error };
    if (!files.has(path)) files.set(path, load(`search-index/${path}?${index.version}`).catch(forget));
    return files.get(path);
  };
  const shard = (folder, key, number) => once(`${folder}/${Math.floor(hash(key) * number / 2 ** 32)}.json`);
  const own = (table, key, other) => Object.hasOwn(table, key) ? table[key] : other;
  const lists = async term => {
    const [sure = [], maybe = [], subjects = []] = own(await shard("terms", term, index.shards), term, []);
    return { term, sure, maybe, subjects };
  };
  const all = terms => Promise.all(terms.map(lists));
  const textOf = hit => once(`texts/${hit.article}-${hit.part}.json`);

  /** Learn the rules of the scripts that a text is written in, and those of the reader's language, if it has any. */
  async function learn(text) {
    const rulesOf = name => load(`assets/search-rules-${name.toLowerCase()}.json`);
    const ofLanguage = code => rulesOf(code).then(own => language.learnLanguage(code, own));
    const found = scriptsOf(text, rules.scripts), code = reader.split("-")[0];
    const wanted = found.map(script => [script, () => rulesOf(script).then(language.learn)]);
    if (/\p{L}/u.test(text) && rules.languages.includes(code)) wanted.push([code, () => ofLanguage(code)]);
    for (const [name, learnt] of wanted)
      if (!scripts.has(name)) scripts.set(name, learnt().catch(error => { scripts.delete(name); throw error }));
    await Promise.all(scripts.values());
  }

  /** Give the articles that have what a unit of a query says. */
  async function found(unit) {
    if (unit.acronym) {
      const capitals = await lists(unit.acronym);
      if (capitals.sure.length) return { terms: [unit.acronym], articles: articles(capitals), subjects: [capitals], own: 1 };
    }
    const said = unit.words.filter(word => language.terms(word).sure.length), day = unit.month && lists(`#${unit.month}`);
    const [days, ...words] = await Promise.all([day, ...said.slice(0, MOST_UNITS).map(word)]);
    if (words.length < 2) return words[0] ?? withAny([]);
    const together = joinedUnits(words);
    if (!unit.month) return together;
    return { ...together, articles: either(decoded(days.sure), together.articles, 1) };
  }

  async function word(given) {
    const text = language.isUnspaced(given) ? Array.from(given).slice(0, RUN).join("") : given;
    const { sure, maybe } = language.terms(text);
    if (!language.isUnspaced(text)) return withAny(await all([...sure, ...maybe]));
    return sure.length > 1 ? covered(text, await all(sure)) : withAny(await all(sure));
  }

  /** Give the word that was meant by one that finds nothing, or next to nothing. */
  async function meant({ words: [text], phrase, month }, { articles: found }) {
    if (phrase || month || found.size > FEW || language.isUnspaced(text) || text.length < 3) return null;
    const [term] = language.terms(text).sure;
    const rows = await Promise.all(endsOf(term).map(async key => own(await shard("slips", key, index.slips), key, [])));
    const triples = rows.flatMap(row => row.flatMap((_, at) => at % 3 ? [] : [row.slice(at, at + 3)]));
    const best = likeliest(triples, text, term, spelling => language.fold(spelling));
    return best && (!found.size || best.score > 8 * found.size) ? best : null;
  }

  /**
   * Give what a query finds: `hits` in order, and `further()` for more of them where there are any; `subjects`, names,
   * topics and stories; the `terms` of each unit; whether the hits are `complete`, that is have all of it; `corrected`,
   * the words that were taken for others, and `instead`, a query that may have been meant.
   */
  async function search(query, chosen = {}) {
    await learn(query);
    const months = /\d{4}/.test(language.fold(query)) ? monthNames(spoken(), language) : new Map();
    const units = parse(query, language, months), wanted = units.filter(({ not }) => !not).slice(0, MOST_UNITS);
    const without = units.filter(({ not, phrase }) => not && !phrase);
    const [allowed, results, unwanted] = await Promise.all([narrowed(chosen), ...[wanted, without].map(some => Promise.all(some.map(found)))]);
    const corrected = new Map(), instead = new Map();
    const others = wanted.map(async (unit, at) => {
      const isFound = results[at].articles.size > 0;
      const other = await meant(unit, results[at]).catch(error => { if (!isFound) throw error });
      if (other) (isFound ? instead : corrected).set(unit, other);
      if (other && !isFound) results[at] = withAny(await all([other.term]));
    });
    await Promise.all(others.filter((_, at) => !results[at].articles.size)); // to the rest another query is offered
    const ranked = rank(results, index.articles, article => allowed(article) && !unwanted.some(({ articles }) => articles.has(article)));
    const checked = units.filter(({ phrase }) => phrase), naming = named(results); // which stand above the articles
    if (!checked.length) ranked.hits.slice(0, ENOUGH).forEach(hit => textOf(hit).catch(() => {})); // who shows them tells
    const [subjects] = await Promise.all([naming, ...others]);
    const terms = results.map(({ terms }) => new Set(terms));
    subjects.forEach(subject => alsoMark(subject, terms));
    const answer = { ...ranked, hits: [], terms, subjects, corrected: listed(corrected),
      instead: instead.size ? replaced(query, instead) : "" };
    const waiting = [...ranked.hits];
    answer.further = async () => {
      for (let wished = answer.hits.length + ENOUGH; waiting.length && answer.hits.length < wished;)
        answer.hits.push(...await verified(waiting.splice(0, checked.length ? ENOUGH : waiting.length), checked));
      answer.isOpen = waiting.length > 0;
    };
    await answer.further();
    return answer;
  }

  const spoken = () => [...new Set([reader, "en", ...index.languages, ...index.languages.includes("ar") || reader === "ar" ? ["ar-SY", "ar-MA", "ar-DZ"] : []])];

  /** Give those hits whose texts have the phrases that they must have, and not those that they must not. */
  async function verified(hits, phrases) {
    if (!phrases.length) return hits;
    const { holds } = await import("./search-phrases.js");
    const texts = await Promise.all(hits.map(async hit => {
      const first = await once(`texts/${hit.article}-0.json`);
      const more = Array.from({ length: first.parts - 1 }, (_, at) => once(`texts/${hit.article}-${at + 1}.json`));
      return [first, ...await Promise.all(more)];
    }));
    return hits.filter((hit, at) => phrases.every(({ words, not }) => {
      const part = texts[at].findIndex(text => holds(text, words, language));
      if (part >= 0 && !not) hit.part = part;
      return part >= 0 !== not;
    }));
  }

  /** Give a test of whether an article is of the language, publisher and year that were chosen. */
  async function narrowed(chosen) {
    const kinds = ["languages", "publishers", "years"].filter(kind => index[kind].includes(chosen[kind]));
    const sets = await Promise.all(kinds.map(async kind => new Set(await once(`fields/${kind}-${index[kind].indexOf(chosen[kind])}.json`))));
    return article => sets.every(set => set.has(article));
  }

  /** Give the names, topics and stories that a query names: by all of one of their spellings, or by a part of one. */
  async function named(units) {
    const met = new Map(), size = units.reduce((sum, unit) => sum + unit.own, 0);
    for (const unit of units) {
      const here = new Map(); // a unit of one word meets a spelling once, in whatever reading
      for (const posting of unit.subjects.flatMap(({ subjects }) => subjects)) here.set(posting, Math.min((here.get(posting) ?? 0) + 1, unit.own));
      for (const [posting, count] of here) met.set(posting, (met.get(posting) ?? 0) + count);
    }
    const ranks = new Map();
    for (const [posting, count] of met) {
      const subject = posting >>> 10, isWhole = count === (posting & 15), isAll = count === size;
      const rank = isWhole && isAll ? 0 : isWhole ? 1 : isAll ? 2 : null;
      if (rank !== null) ranks.set(subject, Math.min(rank, ranks.get(subject) ?? 9));
    }
    const first = [...ranks].sort((one, other) => one[1] - other[1] || one[0] - other[0]).slice(0, SUBJECTS);
    return Promise.all(first.map(async ([number, rank]) => {
      const file = await once(`subjects/${Math.floor(number / index.subjects)}.json`);
      const [kind, place, names, spellings, articles] = file[number % index.subjects];
      return { kind, place, names, spellings, articles, isWhole: rank < 2 };
    }));
  }

  /** Mark in results, where a unit is a whole spelling of a name, the name's other spellings, too. */
  function alsoMark({ kind, names, spellings, isWhole }, units) {
    if (!isWhole || kind === "story") return;
    const texts = [...Object.values(names), ...spellings].map(text => language.words(text).flatMap(word => language.terms(word).sure));
    for (const unit of units)
      if (texts.some(terms => terms.length && terms.every(term => unit.has(term)))) texts.flat().forEach(term => unit.add(term));
  }

  /** Give what may complete a text: names and topics first, then words. */
  async function suggest(text) {
    await learn(text);
    const words = language.words(text), last = words.pop();
    const typed = text.slice(0, text.length - (text.match(/[^\s"“«「『-]+$/u)?.[0].length ?? 0));
    if (!last || typed === text || Array.from(last).length < (language.isUnspaced(last) ? 1 : 2)) return [];
    const found = [];
    for (const bare of [last, ...language.bare(last)]) {
      const key = Array.from(bare).slice(0, language.isUnspaced(bare) ? 2 : 3).join("");
      const row = own(await shard("suggestions", key, index.suggestions), key, []), article = last.slice(0, -bare.length);
      for (let at = 0; at < row.length; at += 3) {
        const [label, articles, subject] = row.slice(at, at + 3), named = language.words(label);
        const isKnown = subject && found.some(each => each.subject === subject);
        if (isKnown || !named.some(word => word.startsWith(bare)) || subject && !words.every(word => named.includes(word))) continue;
        found.push({ text: subject ? label : typed + article + label, articles, subject });
      }
    }
    return found;
  }

  const choices = { languages: index.languages, publishers: index.publishers, years: index.years };
  return { rules, language, choices, search, suggest, text: textOf };
}

function listed(words) {
  return [...words].map(([{ text }, { spelling }]) => ({ typed: text, shown: spelling }));
}

function replaced(query, words) {
  for (const [{ text }, { spelling }] of words) query = query.replace(text, () => spelling);
  return query;
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

/** Give the articles that have all words of a unit. */
function joinedUnits(words) {
  return {
    terms: words.flatMap(({ terms }) => terms),
    articles: words.map(({ articles }) => articles).reduce(common),
    subjects: words.flatMap(({ subjects }) => subjects),
    own: words.reduce((sum, { own }) => sum + own, 0),
  };
}

const LEAST = 0.5; // of its letters: what has fewer of a run without spaces is about something else

/**
 * Give the articles whose pairs of letters cover a run of a script without spaces, all or most of its letters.
 *
 * 印尼海啸 is two words, and an article that has both need not have 尼海. The more of the pairs, the better.
 */
function covered(text, lists) {
  const letters = Array.from(text), pairs = letters.slice(1).map((letter, at) => letters[at] + letter);
  const found = new Map(), by = new Map(lists.map(list => [list.term, articles(list)]));
  pairs.forEach((pair, at) => {
    for (const [article, { impact, part }] of by.get(pair)) {
      const hit = found.get(article) ?? { impact: 0, part, mask: 0, met: 0 };
      found.set(article, { ...hit, impact: hit.impact + impact, mask: hit.mask | 3 << at, met: hit.met + 1 });
    }
  });
  const result = new Map();
  for (const [article, { impact, part, mask, met }] of found) {
    const share = letters.filter((_, at) => mask >>> at & 1).length / letters.length;
    if (share > LEAST || share === LEAST && letters.length > 3)
      result.set(article, { impact: impact / met * (met / pairs.length) ** 2, part, share });
  }
  return { terms: pairs, articles: result, subjects: lists, own: lists.length };
}

/**
 * Give the articles that have a word in one of its readings, the main one first.
 *
 * A reading without the first letters counts only where more articles have it as a word of its own than have the
 * word as typed, or where nothing else is found: حكومة is a reading of وحكومة, but زار is none of وزارة. In the
 * same way an article that has a term only as such a reading counts unless those outnumber the others by far.
 */
function withAny([main = NOTHING, ...others]) {
  const own = articles(main);
  const better = others.filter(({ sure }) => sure.length > main.sure.length);
  const used = better.length || own.size ? better : others;
  return {
    terms: [main, ...used].map(({ term }) => term),
    articles: used.map(articles).reduce((one, other) => either(one, other), own),
    subjects: [main, ...used],
    own: 1,
  };
}

const NOTHING = { term: "", sure: [], maybe: [], subjects: [] };
const FAR = 2; // in 161 Arabic texts, readings beyond that were mostly other words: كامل for امل

function articles({ sure, maybe }) {
  const counts = !sure.length || maybe.length <= FAR * sure.length;
  return either(decoded(sure), decoded(counts ? maybe : []));
}

function decoded(list) {
  const found = new Map();
  for (let at = 0, article = -1; at < list.length; at += 2) {
    article += list[at];
    found.set(article, { impact: list[at + 1] & 7, part: list[at + 1] >> 3, share: 1 });
  }
  return found;
}

/** Add the articles of a less likely reading, at half their impact. */
function either(one, other, factor = 0.5) {
  for (const [article, { impact, part, share }] of other)
    if (!one.has(article)) one.set(article, { impact: impact * factor, part, share });
  return one;
}

function common(one, other) {
  for (const [article, { impact, share }] of one) {
    const also = other.get(article);
    if (also) one.set(article, { ...also, impact: Math.min(impact, also.impact), share: Math.min(share, also.share) });
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
function rank(units, total, isAllowed) {
  const scores = new Map();
  for (const { articles } of units) {
    const rarity = Math.log(1 + (total - articles.size + 0.5) / (articles.size + 0.5));
    for (const [article, { impact, part, share }] of articles) {
      if (!isAllowed(article)) continue;
      const hit = scores.get(article) ?? { article, score: 0, words: 0, rarest: 0 };
      if (rarity > hit.rarest) Object.assign(hit, { rarest: rarity, part });
      hit.score += impact * rarity;
      hit.words += share;
      scores.set(article, hit);
    }
  }
  const some = [...scores.values()], all = some.filter(hit => hit.words === units.length);
  const hits = all.length ? all : some;
  hits.sort((one, other) => other.score - one.score || one.article - other.article);
  return { hits, complete: hits === all || !some.length };
}
