// Words and the terms they are found by: the same as in search_index.py, from the same table of rules.

/** Give the functions that fold, part and stem words by the rules. */
export function analyser(rules) {
  const word = new RegExp(`[${characters(rules.unspaced)}]+|[^${characters(rules.unspaced)} ]+`, "gu");
  const unspaced = new RegExp(`^[${characters(rules.unspaced)}]+$`, "u");
  const only = letters => new RegExp(`^[${characters([letters])}]+$`, "u");
  const stemmers = rules.stems.map(stem => ({ ...stem, only: only(stem.letters) }));
  const folding = foldings(rules), known = new Map();

  function fold(text) {
    let folded = "";
    for (const letter of text.normalize("NFKD").toLowerCase()) {
      if (!folding.has(letter)) folding.set(letter, /[\p{L}\p{M}\p{N}]/u.test(letter) ? letter : " ");
      folded += folding.get(letter);
    }
    return folded.normalize("NFC");
  }

  function terms(text) {
    if (!known.has(text)) known.set(text, unspaced.test(text) ? pairs(text) : stemmed(text));
    return known.get(text);
  }

  function stemmed(text) {
    text = Array.from(text).slice(0, rules.longest).join("");
    const stemmer = stemmers.find(({ only }) => only.test(text));
    return stemmer ? readings(text, stemmer) : { sure: [text], maybe: [] };
  }

  return {
    /** Text without case, accents, vowel marks and variants of letters and digits, its words parted. */
    fold,
    /** The words of a text, folded; a run of a script that writes no spaces is one word. */
    words: text => fold(text).match(word) ?? [],
    /** The terms of a folded word: `sure`, its main reading or all its pairs of letters, and `maybe`, others. */
    terms,
    /** Whether a text is written without spaces. */
    isUnspaced: text => unspaced.test(text),
  };
}

function foldings(rules) {
  const folding = new Map(Object.entries(rules.fold));
  for (const [first, last = first] of ranges(rules.drop))
    for (let code = first; code <= last; code++) folding.set(String.fromCodePoint(code), "");
  for (const zero of rules.zeros)
    for (let digit = 0; digit < 10; digit++)
      folding.set(String.fromCodePoint(zero.codePointAt(0) + digit), String(digit));
  return folding;
}

function ranges(list) {
  return list.map(range => range.split("-").map(code => parseInt(code, 16)));
}

function characters(list) {
  return ranges(list).map(span => span.map(code => `\\u{${code.toString(16)}}`).join("-")).join("");
}

function pairs(text) {
  const letters = Array.from(text);
  if (letters.length === 1) return { sure: letters, maybe: [] };
  const pairs = letters.slice(1).map((letter, at) => letters[at] + letter);
  return { sure: [...new Set(pairs)], maybe: [...new Set(letters)] };
}

function readings(text, { shortest, left, articles, particles, words = {}, endings }) {
  if (text.length < shortest) return { sure: [], maybe: [] };
  const without = prefixes => prefixes
    .filter(prefix => text.startsWith(prefix) && text.length - prefix.length >= left)
    .map(prefix => text.slice(prefix.length));
  const reduced = form => stem(Object.hasOwn(words, form) ? words[form] : form, endings);
  const whole = reduced(text);
  const bare = without(articles).sort((one, other) => one.length - other.length);
  const sure = bare.length ? reduced(bare[0]) : whole;
  const others = [whole, ...[...bare, ...without(particles)].map(reduced)];
  return { sure: [sure], maybe: [...new Set(others)].filter(term => term !== sure) };
}

/** Go through the table; in each group the first ending that leaves enough letters is replaced. */
function stem(text, groups) {
  for (const group of groups) {
    const found = group.find(([ending, , left]) => text.endsWith(ending) && text.length - ending.length >= left);
    if (found) text = text.slice(0, text.length - found[0].length) + found[1];
  }
  return text;
}
