// The sentence that a result shows, and what is marked in it.

import { runs } from "./search-terms.js";

/** Give the stretches [start, end] of a text that hold wanted terms, and how many of the wanted sets they meet. */
export function matches(text, wanted, language, repairs = []) {
  const stretches = [], met = new Set();
  const look = (piece, start, end = start + piece.length) => {
    const terms = language.readings(piece), sets = wanted.filter(set => terms.some(term => set.has(term)));
    if (sets.length) stretches.push([start, end]);
    sets.forEach(set => met.add(set));
  };
  for (const [run, index] of runs(text)) {
    const unspaced = Array.from(run).some(language.isUnspaced);
    for (const [piece, start] of unspaced ? shortPieces(run, index) : [[run, index]]) look(piece, start);
  }
  for (const [start, end, repaired] of repairs || []) look(repaired, start, end);
  return { stretches: united(stretches), words: met.size };
}

/** Give the letters and pairs of letters of a run without spaces, and where each starts. */
function shortPieces(run, start) {
  const letters = Array.from(run);
  return letters.flatMap((letter, at) => {
    const here = start;
    start += letter.length;
    return at + 1 < letters.length ? [[letter, here], [letter + letters[at + 1], here]] : [[letter, here]];
  });
}

function united(stretches) {
  const result = [];
  for (const [start, end] of stretches.sort((one, other) => one[0] - other[0] || one[1] - other[1])) {
    const last = result.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else result.push([start, end]);
  }
  return result;
}

/** Give the sentence and side of a text that meet most of the query's words; the reader's language wins a tie. */
export function best(text, wanted, language, reader) {
  let chosen = null;
  const sides = text.languages[1] === reader ? [1, 0] : [0, 1];
  text.sentences.forEach((sentence, at) => sides.forEach(side => {
    if (!sentence[side]) return;
    const found = matches(sentence[side], wanted, language, side === 0 ? sentence[2] : []);
    if (!chosen || found.words > chosen.words)
      chosen = { ...found, number: text.first + at + 1, side, text: sentence[side], isMachine: side === 1 && sentence[3] === 1 };
  }));
  return chosen;
}

const WIDTH = 240; // characters of a sentence that a result shows

/** Give a text as pieces, marked or not; a long one is cut, at blanks, to where its first mark is. */
export function pieces(text, stretches, width = WIDTH) {
  const [from, to] = text.length > width ? cut(text, stretches[0]?.[0] ?? 0, width) : [0, text.length];
  const result = from ? [{ text: "… ", mark: false }] : [];
  let at = from;
  for (const [start, end] of stretches.filter(([start, end]) => start >= from && end <= to)) {
    result.push({ text: text.slice(at, start), mark: false }, { text: text.slice(start, end), mark: true });
    at = end;
  }
  result.push({ text: text.slice(at, to) + (to < text.length ? " …" : ""), mark: false });
  return result.filter(piece => piece.text);
}

function cut(text, first, width) {
  let from = first < width / 2 ? 0 : Math.min(first - Math.floor(width / 3), text.length - width), to = from + width;
  const opening = text.indexOf(" ", from), closing = text.lastIndexOf(" ", to);
  if (from && opening >= 0 && opening < first) from = opening + 1;
  if (to < text.length && closing > from + width / 2) to = closing;
  return [from, to];
}

/** Give the direction of a text: that of its language unless all its letters are written in the other one. */
export function direction(text, language, rules) {
  const usual = rules.rtl.includes(language);
  const rtl = /(?=[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])\p{L}/u.test(text);
  const ltr = /[^\P{L}\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u.test(text);
  return (usual ? rtl || !ltr : rtl && !ltr) ? "rtl" : "ltr";
}
