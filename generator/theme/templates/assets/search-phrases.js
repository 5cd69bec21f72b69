// Whether a text has words side by side, in order.

const known = new WeakMap();

/** Tell whether a part of an article's text has a phrase, in its headline, a sentence, or the publisher's name. */
export function holds(text, words, language) {
  if (!known.has(text)) known.set(text, lines(text).map(line => language.words(line)));
  return known.get(text).some(line => line.some((_, at) => begins(line, at, words, language)));
}

function lines({ title, source, sentences }) {
  const repaired = sentences.flatMap(sentence => (sentence[2] || []).map(([, , mended]) => mended));
  return [...title, source, ...sentences.flatMap(([one, other]) => [one, other]), ...repaired].filter(Boolean);
}

/**
 * Tell whether a phrase begins at a word. Particles may stand before its first one: وكوريا الشمالية has
 * كوريا الشمالية; of a run without spaces it may be a part.
 */
function begins(line, at, words, language) {
  const last = words.length - 1;
  return words.every((word, next) => {
    const here = line[at + next];
    if (here === undefined) return false;
    if (here === word) return true;
    if (language.isUnspaced(word))
      return last === 0 ? here.includes(word) : next === 0 ? here.endsWith(word) : next === last && here.startsWith(word);
    return next === 0 && here.endsWith(word) && isOf(here, word, language);
  });
}

function isOf(longer, word, language) {
  const { sure, maybe } = language.terms(longer), [term] = language.terms(word).sure;
  return sure.includes(term) || maybe.includes(term);
}
