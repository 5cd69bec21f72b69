// One slip of the finger: the word of the index that a word which finds nothing was meant to be.

const SHORTEST = 4;

/** Give the keys under which the index has the words that are one slip from a term. */
export function endsOf(term) {
  const letters = Array.from(term);
  const first = letters.slice(0, 2).join(""), last = letters.slice(-2).join("");
  return [-1, 0, 1].map(more => letters.length + more).flatMap(length => [`<${first}${length}`, `>${last}${length}`]);
}

/** Give the likeliest of rows `[term, articles, spelling]` that is one slip from a word or its term. */
export function likeliest(rows, word, term, fold) {
  if (Array.from(word).length < SHORTEST || /\d/.test(word)) return null;
  let best = null;
  for (const [other, articles, spelling] of rows) {
    const weight = other === term ? 0 : Math.max(likelihood(term, other), likelihood(word, fold(spelling)));
    const score = weight * articles;
    if (score && (!best || score > best.score)) best = { term: other, articles, spelling, score };
  }
  return best;
}

/**
 * Give how likely one slip makes one word another; 0 where it takes more than one.
 *
 * Slips are those of Damerau (1964): a letter too many or too few, a wrong one, or two exchanged. Exchanged and doubled
 * letters and wrong vowels are commoner than others, and hardly anybody slips in the first letter.
 */
function likelihood(typed, meant) {
  const one = Array.from(typed), other = Array.from(meant);
  if (Math.abs(one.length - other.length) > 1) return 0;
  let start = 0, end = 0;
  while (start < Math.min(one.length, other.length) && one[start] === other[start]) start++;
  const room = Math.min(one.length, other.length) - start;
  while (end < room && one[one.length - 1 - end] === other[other.length - 1 - end]) end++;
  const left = one.slice(start, one.length - end), right = other.slice(start, other.length - end);
  if (start === 0 && other.length <= SHORTEST + 1) return 0;
  const first = start === 0 ? 0.25 : 1, letter = left[0] ?? right[0];
  if (left.length === 2 && right.length === 2) return left[0] === right[1] && left[1] === right[0] ? 2 * first : 0;
  if (left.length + right.length === 1) return (letter === one[start - 1] || VOWEL.test(letter) ? 2 : 1) * first;
  if (left.length !== 1 || right.length !== 1) return 0;
  return (VOWEL.test(left[0]) && VOWEL.test(right[0]) ? 2 : 1) * first;
}

const VOWEL = /[aeiouyاويءаеиоуыэюяіαειηουωאוי]/;
