// What a query asks for: words, "phrases", -what must not be there, and months.

import { acronymOf, wholeHebrew } from "./search-terms.js";

const QUOTED = [['(?<![\\p{L}\\p{N}])"', '"'], ["“", "”"], ["„", "[“”]"], ["«", "»"], ["「", "」"], ["『", "』"]];
const quotes = QUOTED.map(([open, close]) => `${open}([^${close.replace(/[[\]]/g, "")}]*)${close}`).join("|");
const PIECE = new RegExp(`((?<=^|\\s)[-−–])?(?:${quotes}|([^\\s“”„«»「」『』]+))`, "gu");

/** Give the units of a query, `{ words, text, phrase, not, acronym, month }`. */
export function parse(query, language, months) {
  const units = [];
  for (const [text, sign, ...rest] of wholeHebrew(query).matchAll(PIECE)) {
    const plain = rest.pop(), quoted = rest.find(part => part !== undefined), not = Boolean(sign);
    const words = language.words(quoted ?? plain);
    if (quoted !== undefined) {
      if (words.length) units.push({ words, text: quoted.trim(), phrase: true, not });
      continue;
    }
    const text = trimmed(plain), isOne = words.length === 1;
    for (const word of words)
      units.push({ words: [word], text: isOne ? text : word, phrase: false, not, acronym: isOne ? acronymOf(text) : "" });
  }
  const wanted = units.filter(({ words, phrase }) => phrase || language.terms(words[0]).sure.length);
  if (wanted.length && wanted.every(({ not }) => not)) wanted.forEach(unit => { unit.not = false });
  return withMonths(once(wanted), months);
}

function trimmed(text) {
  return text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}.]+$/gu, "");
}

function once(units) {
  const seen = new Set();
  return units.filter(({ words, phrase, not }) => {
    const key = JSON.stringify([words, phrase, not]);
    return !seen.has(key) && seen.add(key);
  });
}

/** Give for the folded names of months in some languages their numbers. */
export function monthNames(languages, language) {
  const names = new Map();
  for (const code of languages) {
    for (const options of [{ month: "long" }, { month: "short" }, { month: "long", day: "numeric" }]) {
      const format = dateFormat(code, options);
      for (let month = 0; format && month < 12; month++) {
        const parts = format.formatToParts(new Date(Date.UTC(2018, month, 5)));
        const name = language.words(parts.find(({ type }) => type === "month").value).join(" ");
        if (/\p{L}/u.test(name) && !names.has(name)) names.set(name, String(month + 1).padStart(2, "0"));
      }
    }
  }
  return names;
}

/** Give a formatter of days in our calendar, and our digits unless others are asked for, or nothing where the language is none. */
export function dateFormat(code, options) {
  try {
    return new Intl.DateTimeFormat(code, { timeZone: "UTC", calendar: "gregory", numberingSystem: "latn", ...options });
  } catch {
    return null;
  }
}

const LINKS = new Set(["of", "de", "del", "من", "عام", "لعام", "سنه"]); // 5 de octubre de 2018
const YEAR = /^(19|20)\d\d$/, DAY = /^(0?[1-9]|[12]\d|3[01])$/;

/** Take "October 2018", "5 October 2018", "2018年10月5日" and "2018-10-05" together as a month or a day. */
function withMonths(units, months) {
  const result = [];
  for (let at = 0; at < units.length; at++) {
    const found = monthAt(units.slice(at, at + 6), months);
    if (found) {
      const taken = units.slice(at, at + found.length);
      result.push({ ...taken[0], words: taken.flatMap(({ words }) => words), text: taken.map(({ text }) => text).join(" "),
        acronym: "", month: found.month });
      at += found.length - 1;
    } else result.push(units[at]);
  }
  return result;
}

function monthAt(units, months) {
  const stop = units.findIndex(({ phrase, not }) => phrase || not);
  const said = (stop < 0 ? units : units.slice(0, stop)).map(({ words }) => words[0]);
  const places = [...said.keys()].filter(at => !at || !LINKS.has(said[at])), date = dateOf(places.map(at => said[at]), months);
  return date && { ...date, length: places[date.length - 1] + 1 };
}

/** Give the month or day that words begin with, and how many of them say so. */
function dateOf(words, months) {
  if (words.length < 2) return null;
  if (YEAR.test(words[0]) && words[1] === "年" && /^(0?[1-9]|1[0-2])$/.test(words[2]) && words[3]?.startsWith("月")) {
    const day = DAY.test(words[4]) && words[5]?.startsWith("日");
    return { month: dated(words[0], words[2], day && words[4]), length: day ? 6 : 4 };
  }
  if (YEAR.test(words[0]) && /^(0[1-9]|1[0-2])$/.test(words[1])) {
    const day = DAY.test(words[2]);
    return { month: dated(words[0], words[1], day && words[2]), length: day ? 3 : 2 };
  }
  for (const [before, size] of [[1, 2], [1, 1], [0, 2], [0, 1]]) { // a day before it or not, two words or one
    const month = months.get(words.slice(before, before + size).join(" "));
    if (!month || before && !DAY.test(words[0]) && !YEAR.test(words[0])) continue;
    if (before && YEAR.test(words[0])) return { month: dated(words[0], month), length: 1 + size };
    const next = before + size, hasDay = !before && DAY.test(words[next]) && YEAR.test(words[next + 1]);
    const year = words[next + (hasDay ? 1 : 0)];
    if (!YEAR.test(year)) continue;
    return { month: dated(year, month, before ? words[0] : hasDay && words[next]), length: next + (hasDay ? 2 : 1) };
  }
  return null;
}

function dated(year, month, day) {
  return [year, month, ...day ? [day] : []].map(part => part.padStart(2, "0")).join("-");
}
