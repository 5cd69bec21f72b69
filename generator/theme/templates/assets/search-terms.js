// Words and the terms they are found by: the same as in text_analysis.py, from the same tables of rules.

const HAMZA = "\u0654";
const DOTTED = /(?<![\p{L}\p{N}_])(?:\p{L}\.)+\p{L}(?![\p{L}\p{N}_])\.?/gu; // U.S., A.I
const HEBREW = /(?<=[א-ת])(?:["״“”](?=[א-ת](?![\p{L}\p{N}_]))|['׳‘’](?=[א-ת]))/gu; // ארה"ב, ג'ונס
const LETTERS = "[\\p{L}\\p{M}\\p{N}\\p{Cf}]+";
const WORD = new RegExp(`${DOTTED.source}|${LETTERS}(?:${HEBREW.source}${LETTERS})*`, "gu");

/** Give the names of the scripts of a text that have a file of rules; all that a search by it needs. */
export function scriptsOf(text, scripts) {
  return scripts.filter(script => new RegExp(`\\p{Script=${script}}`, "u").test(text));
}

/** Give the functions that fold, part and stem words by the rules, and by those of each script that is given. */
export function analyser(rules, scripts = []) {
  const word = new RegExp(`[${characters(rules.unspaced)}]+|[^${characters(rules.unspaced)} ]+`, "gu");
  const unspaced = new RegExp(`^[${characters(rules.unspaced)}]+$`, "u");
  const only = letters => new RegExp(`^[${characters(letters)}]+$`, "u");
  const stemmers = [], folding = foldings(rules), known = new Map(), read = new Map();
  let own = null; // the reader's language, where it has rules of its own

  function learn({ letters, variants = [], endings, ...rest }) {
    const [from = [], to = []] = variants.map(letters => Array.from(letters));
    from.forEach((letter, at) => folding.set(letter, to[at]));
    if (endings) stemmers.push({ only: only(letters), endings, ...rest });
    known.clear();
    read.clear();
  }
  scripts.forEach(learn);

  function fold(text) {
    let folded = "";
    for (const letter of text.normalize("NFKD").toLowerCase()) {
      if (!folding.has(letter)) folding.set(letter, /[\p{L}\p{M}\p{N}]/u.test(letter) ? letter : " ");
      folded += folding.get(letter);
    }
    if (folded.includes(HAMZA)) // one letter, whatever carries it; none upon an alef
      folded = folded.replaceAll("و" + HAMZA, "ء").replaceAll("ي" + HAMZA, "ء").replaceAll(HAMZA, "");
    return folded.normalize("NFC");
  }

  const words = text => fold(joined(text)).match(word) ?? [];

  function terms(text) {
    if (!known.has(text)) known.set(text, unspaced.test(text) ? pairs(text) : stemmed(text));
    return known.get(text);
  }

  function readings(piece) {
    const termsOf = word => unspaced.test(word) ? terms(word).sure : Object.values(terms(word)).flat();
    if (!read.has(piece)) read.set(piece, [...words(piece).flatMap(termsOf), acronymOf(piece)].filter(Boolean));
    return read.get(piece);
  }

  function stemmed(text) {
    text = Array.from(text).slice(0, rules.longest).join("");
    const stemmer = stemmers.find(({ only }) => only.test(text));
    const { sure, maybe } = stemmer ? forms(text, stemmer) : { sure: [text], maybe: [] };
    if (!own || text.length < own.shortest || !own.only.test(text)) return { sure, maybe };
    const spelled = Array.from(text, letter => own.spelled[letter] ?? letter).join("");
    return { sure, maybe: [...maybe, `${own.code}:${stem(spelled, {}, own.endings)}`] };
  }

  return {
    /** Text without case, accents, vowel marks and variants of letters and digits, its words parted. */
    fold,
    /** The words of a text, folded; a run of a script that writes no spaces is one word, and so is U.S. */
    words,
    /** The terms of a folded word: `sure`, its main reading or all its pairs of letters, and `maybe`, others. */
    terms,
    /** All that may find a piece of a text: every term of its words, and capitals that say more. Remembered, as texts repeat words. */
    readings,
    /** Whether a text is written without spaces. */
    isUnspaced: text => unspaced.test(text),
    /** The rest of a beginning of a word behind its articles, for each that it may have. */
    bare: text => (stemmers.find(({ only }) => only.test(text))?.articles ?? [])
      .filter(article => text.startsWith(article) && text.length > article.length + 1)
      .map(article => text.slice(article.length)),
    /** Take in the rules of one more script. */
    learn,
    /** Take in the rules of a language, by which its words have a further term. */
    learnLanguage(code, { letters, spelled = {}, ...rest }) {
      own = { code, only: only(letters), spelled, ...rest };
      known.clear();
      read.clear();
    },
  };
}

/** Give a text whose dotted abbreviations have lost their dots, and whose Hebrew words the marks within them. */
export function joined(text) {
  const whole = wholeHebrew(text);
  return whole.includes(".") ? whole.replace(DOTTED, found => found.replaceAll(".", "")) : whole;
}

/** Give a text whose Hebrew words have lost the marks within them, for which people type quotation marks. */
export function wholeHebrew(text) {
  return text.replace(HEBREW, "");
}

/** Give the words of a text as they stand there, each with where it begins. */
export function runs(text) {
  return [...text.matchAll(WORD)].map(({ 0: run, index }) => [run, index]);
}

/** Give the capitals of a word that means something else in them than in small letters, as US, UN and MPs do. */
export function acronymOf(text) {
  const capitals = /^(\p{L}{2,3}?)s?$/u.exec(joined(text))?.[1] ?? "";
  return capitals === capitals.toUpperCase() && capitals !== capitals.toLowerCase() ? capitals : "";
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

function forms(text, { shortest, left, articles, particles, clitics = [], words = {}, endings }) {
  if (text.length < shortest) return { sure: [], maybe: [] };
  const leaves = affix => text.length - affix.length >= left;
  const without = prefixes => prefixes
    .filter(prefix => text.startsWith(prefix) && leaves(prefix))
    .map(prefix => text.slice(prefix.length));
  const unclitic = clitics
    .filter(clitic => text.endsWith(clitic) && leaves(clitic))
    .map(clitic => text.slice(0, -clitic.length));
  const reduced = form => stem(form, words, endings);
  const whole = reduced(text), bare = Object.hasOwn(words, text) ? [] : without(articles); // ألوان are colours
  const shortestBare = [...bare].sort((one, other) => one.length - other.length)[0];
  const sure = bare.length ? reduced(shortestBare) : whole;
  const others = [whole, ...[...bare, ...without(particles), ...unclitic].map(reduced)];
  return { sure: [sure], maybe: [...new Set(others)].filter(term => term !== sure) };
}

/** Go through the table; in each group the first ending that leaves enough letters is replaced. */
function stem(text, words, groups) {
  const listed = form => Object.hasOwn(words, form) ? words[form] : form;
  text = listed(text);
  groups.forEach((group, number) => {
    const found = group.find(([ending, , left]) => text.endsWith(ending) && text.length - ending.length >= left);
    if (found) text = text.slice(0, text.length - found[0].length) + found[1];
    if (number === 0) text = listed(text);
  });
  return text;
}
