/* Word beside word: where a page knows which word became which, pointing at one lights the other. */
(() => {
  "use strict";
  const text = document.querySelector(".story section.text");
  const SIDES = ["target", "source"]; /* as `data-links` has them */
  const NAME = "word";

  /* The sum that `data-links` starts with: what it says holds as long as nobody corrects the translation. */
  const sum = (words) => {
    let crc = -1;
    for (const byte of new TextEncoder().encode(words)) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    }
    return (~crc & 0xffff).toString(16);
  };
  const known = new WeakMap();
  /* The links of a sentence, each with where its word stands on either side. */
  const linksOf = (item) => {
    if (!known.has(item)) {
      const found = [];
      const [of, ...numbers] = item.dataset.links.split(" ");
      if (of === sum(item.querySelector("p.target").textContent)) {
        const at = [0, 0];
        for (let next = 0; next < numbers.length; next += 4) {
          found.push(at.map((from, side) => {
            const start = from + +numbers[next + 2 * side];
            at[side] = start + +numbers[next + 2 * side + 1];
            return [start, at[side]];
          }));
        }
      }
      known.set(item, found);
    }
    return known.get(item);
  };
  const rangeOf = (side, [start, end]) => {
    const range = document.createRange();
    const nodes = document.createTreeWalker(side, NodeFilter.SHOW_TEXT);
    for (let at = 0, node; (node = nodes.nextNode()); at += node.length) {
      if (start >= at && start < at + node.length) range.setStart(node, start - at);
      if (end > at && end <= at + node.length) {
        range.setEnd(node, end - at);
        break;
      }
    }
    return range;
  };

  /* How words are lit: by the browser, or where it cannot, by an element round each. */
  const paint = "highlights" in CSS ? (ranges) => {
    if (ranges.length) CSS.highlights.set(NAME, new Highlight(...ranges));
    else CSS.highlights.delete(NAME);
  } : (ranges) => {
    for (const mark of text.querySelectorAll("mark." + NAME)) {
      const parent = mark.parentElement;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
    for (const range of ranges) {
      const mark = document.createElement("mark");
      mark.className = NAME;
      mark.append(range.extractContents());
      range.insertNode(mark);
    }
  };

  const said = document.createElement("p");
  said.className = "unseen";
  said.setAttribute("role", "status");
  text.append(said);
  const say = (sides) => {
    said.replaceChildren(...sides.flatMap(([side, words], index) => {
      const word = document.createElement("bdi");
      word.lang = side.lang;
      word.textContent = words.join(" … ");
      return index ? [" – ", word] : [word];
    }));
  };

  let shown = null; /* the sentence, the side and the word on it that is lit */
  const show = (item, side, span, aloud) => {
    const same = shown && item === shown.item && side === shown.side && String(span) === String(shown.span);
    if (same || (!item && !shown)) return;
    shown = item && { item, side, span };
    paint([]);
    said.textContent = "";
    if (!item) return;
    const linked = linksOf(item).filter((link) => link[side][0] < span[1] && span[0] < link[side][1]);
    const sides = SIDES.map((name) => item.querySelector("p." + name));
    const ranges = sides.map((text, index) => {
      const spans = new Map(linked.map((link) => [String(link[index]), link[index]]));
      return [...spans.values()].sort((one, other) => other[0] - one[0]).map((each) => rangeOf(text, each));
    });
    const words = ranges.map((each) => each.map(String).reverse());
    paint(ranges.flat());
    if (aloud) say([side, 1 - side].map((index) => [sides[index], words[index]]));
  };

  /* The word under the pointer. */
  const caretAt = (x, y) => {
    if (document.caretPositionFromPoint) {
      const caret = document.caretPositionFromPoint(x, y);
      return caret && [caret.offsetNode, caret.offset];
    }
    const range = document.caretRangeFromPoint?.(x, y);
    return range && [range.startContainer, range.startOffset];
  };
  const wordAt = (x, y) => {
    const [node, offset] = caretAt(x, y) ?? [];
    const holder = node?.parentElement?.closest("li[data-links] > p[lang]");
    if (!holder) return [];
    const before = document.createRange();
    before.setStart(holder, 0);
    before.setEnd(node, offset);
    const place = before.toString().length;
    const side = SIDES.findIndex((name) => holder.classList.contains(name));
    const item = holder.parentElement;
    const isThere = (line) => line.left <= x && x <= line.right && line.top <= y && y <= line.bottom;
    const link = linksOf(item).find(({ [side]: [start, end] }) =>
      start <= place && place <= end && [...rangeOf(holder, [start, end]).getClientRects()].some(isThere));
    return link ? [item, side, link[side]] : [];
  };
  text.addEventListener("pointermove", (event) => {
    if (event.pointerType === "mouse" && !event.buttons) show(...wordAt(event.clientX, event.clientY));
  });
  text.addEventListener("pointerleave", () => show());

  /* A tap lights a word with its sentence; the next one goes on to another word, and lets go of the same. */
  let tapped = "";
  let isTouch = false;
  text.addEventListener("pointerdown", (event) => { isTouch = event.pointerType !== "mouse"; });
  text.addEventListener("click", (event) => {
    if (!isTouch) return;
    const [item, side, span] = wordAt(event.clientX, event.clientY);
    const now = item ? [item.id, side, span].join() : "";
    if (now && now !== tapped && item.classList.contains("lit")) event.stopImmediatePropagation();
    tapped = now === tapped ? "" : now;
    if (tapped) show(item, side, span);
    else show();
  }, true);

  /* In the lit sentence the arrows lead from word to word, on the side that is read first. */
  let lit = null;
  text.addEventListener("digest-lit", (event) => {
    lit = event.detail;
    if (shown && shown.item !== lit) show();
  });
  addEventListener("keydown", (event) => {
    if (!lit?.dataset.links || !text.contains(event.target) || event.target.closest(".tools, input")) return;
    if (!["ArrowLeft", "ArrowRight"].includes(event.code)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const first = [...lit.querySelectorAll(":scope > p[lang]")].find((each) => each.getClientRects().length);
    const side = SIDES.findIndex((name) => first.classList.contains(name));
    const words = linksOf(lit).map((link) => link[side]).sort((one, other) => one[0] - other[0]);
    if (!words.length) return;
    event.preventDefault();
    const forward = (event.code === "ArrowRight") === (first.dir !== "rtl");
    const at = shown?.side === side ? words.findIndex((word) => String(word) === String(shown.span)) : -1;
    const next = at < 0 ? (forward ? 0 : words.length - 1) : at + (forward ? 1 : -1);
    show(lit, side, words[Math.min(Math.max(next, 0), words.length - 1)], true);
  });
})();
