/* Comforts for readers with scripts: the page is whole without them. */
(() => {
  "use strict";
  const root = document.documentElement;
  const assets = document.currentScript.src;
  const keep = (name, value) => {
    try { localStorage.setItem("digest-" + name, value); } catch { /* kept for this page only */ }
  };

  /* Colours: the system's choice until the reader makes another one, and again when that is taken back. */
  const button = document.querySelector(".masthead-theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const showTheme = () => button.setAttribute("aria-pressed", isDark());
  if (button) { // not where the site has one scheme alone
    button.hidden = false;
    showTheme();
    system.addEventListener("change", showTheme);
    button.addEventListener("click", () => {
      const wanted = !isDark();
      if (wanted === system.matches) delete root.dataset.theme;
      else root.dataset.theme = wanted ? "dark" : "light";
      keep("theme", root.dataset.theme ?? "system");
      showTheme();
    });
  }

  /* Views: both languages, the original or the translation. */
  const views = [...document.querySelectorAll('.views input[name="view"]')];
  const chosen = views.find((input) => input.value === root.dataset.view);
  if (chosen) chosen.checked = true;
  delete root.dataset.view;
  const sentences = [...document.querySelectorAll(".story section.text li[id]")];
  const bar = document.querySelector(".views");
  const texts = [...document.querySelectorAll(".story section.text li[id] > p[lang]")];
  /* The text below the bar, or the bar itself while it is not at the top: what must stay where it is. */
  const anchor = () => {
    const edge = bar.getBoundingClientRect();
    const below = (text) => [...text.getClientRects()].some((line) => line.bottom > edge.bottom);
    return edge.top > 1 ? bar : texts.find(below) ?? bar;
  };
  /* Where a text is, or where it is hidden, the same sentence in the other language. */
  const topOf = (text) => {
    const shown = [text, ...text.parentElement.children].find((each) => each.getClientRects().length && each.lang);
    return (shown ?? text).getClientRects()[0].top;
  };
  /* Remembered before anything changes: a page that becomes shorter scrolls before a change is told of. */
  let still = bar;
  let top = 0;
  const remember = () => {
    if (!bar) return;
    still = anchor();
    top = topOf(still);
  };
  const settle = () => {
    const by = topOf(still) - top;
    const missing = scrollY + by + innerHeight - root.scrollHeight;
    if (missing > 0) root.style.minHeight = root.scrollHeight + missing + "px"; /* the page has become too short */
    scrollBy({ top: by, behavior: "instant" });
  };
  for (const input of views) {
    input.addEventListener("change", () => {
      root.style.minHeight = "";
      settle();
      settle(); /* again, since the bar may have stuck to the top until now */
      remember();
      keep("view", input.value);
    });
  }
  /* Languages that the reader reads: their articles open in the original. */
  const reads = document.querySelector(".reads");
  if (reads) {
    const known = () => {
      try { return (localStorage.getItem("digest-reads") ?? "").split(" ").filter(Boolean); } catch { return []; }
    };
    const box = reads.querySelector("input");
    box.checked = known().includes(box.value);
    box.addEventListener("change", () => {
      const others = known().filter((language) => language !== box.value);
      keep("reads", [...others, ...(box.checked ? [box.value] : [])].join(" "));
      let view = "source";
      try { view = box.checked ? view : localStorage.getItem("digest-view") ?? "both"; } catch { /* as it is */ }
      (views.find((input) => input.value === view) ?? views[0]).checked = true;
      settle();
      remember();
    });
  }
  for (const event of ["scroll", "resize", "pointerdown", "keydown"]) addEventListener(event, remember, { passive: true, capture: true });
  remember();

  /* Sentence by sentence: j and k, then the arrows, too, a click, Escape to let go. Keys count inside the text alone,
     by where they are on the keyboard, since other alphabets have other letters there. */
  const text = document.querySelector(".story section.text");
  if (text) text.tabIndex = -1;
  let current = -1;
  let keyed = false;
  const light = (index, move) => {
    sentences[current]?.classList.remove("lit");
    current = index;
    const sentence = sentences[index];
    text.dispatchEvent(new CustomEvent("digest-lit", { detail: sentence ?? null }));
    if (!sentence) return;
    sentence.classList.add("lit");
    if (move) {
      sentence.tabIndex = -1;
      sentence.focus({ preventScroll: true });
      sentence.scrollIntoView({ block: "center" });
    }
  };
  const steps = { KeyJ: 1, ArrowDown: 1, KeyK: -1, ArrowUp: -1 };
  addEventListener("keydown", (event) => {
    if (!text?.contains(event.target) || event.target.closest(".tools, input")) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === "Escape") {
      if (current >= 0) document.activeElement?.blur();
      keyed = false;
      light(-1);
    } else if (event.code in steps && (keyed || !event.code.startsWith("Arrow"))) {
      event.preventDefault();
      keyed = true;
      const next = current < 0 ? firstInView() : current + steps[event.code];
      light(Math.min(Math.max(next, 0), sentences.length - 1), true);
    }
  });
  const firstInView = () => Math.max(0, sentences.findIndex((s) => s.getBoundingClientRect().top >= 0));
  let before = -1;
  text?.addEventListener("click", (event) => {
    if (event.target.matches(".number")) light(sentences.indexOf(event.target.parentElement));
    if (event.target.closest("a, .tools, .views, .reads")) return;
    if (event.detail > 1) { /* a double click selects a word: the first of the two lit nothing */
      light(before);
    } else if (!String(getSelection())) {
      const index = sentences.indexOf(event.target.closest("li[id]"));
      before = current;
      keyed = false;
      light(index === current ? -1 : index);
    }
  });
  text?.addEventListener("digest-light", (event) => light(sentences.indexOf(event.detail)));
  const follow = () => {
    const index = sentences.findIndex((sentence) => "#" + sentence.id === location.hash);
    if (index >= 0) light(index);
  };
  addEventListener("hashchange", follow);
  follow();

  /* The other language's page opens at the same sentence. */
  for (const link of document.querySelectorAll(".masthead-languages a")) {
    link.addEventListener("click", () => { link.hash = current < 0 ? "" : sentences[current].id; });
  }

  /* Who types into the masthead's field needs what the search page is made of: it comes meanwhile. */
  const field = location.protocol === "file:" ? null : document.querySelector("#masthead-query");
  field?.addEventListener("focus", () => import(new URL("search.js", assets)).catch(() => {}), { once: true });

  /* A copy for reading offline, where the site offers one. */
  const manifest = document.querySelector('link[rel="manifest"]');
  if (manifest && "serviceWorker" in navigator) {
    navigator.serviceWorker.register(new URL("service-worker.js", manifest.href));
  }

  /* Opened as files, folders have no first page of their own. */
  if (location.protocol === "file:") {
    for (const form of document.querySelectorAll("form[action$='/']")) form.action += "index.html";
    for (const link of document.querySelectorAll('a[href]')) {
      const url = new URL(link.href);
      if (url.protocol === "file:" && url.pathname.endsWith("/")) {
        url.pathname += "index.html";
        link.href = url.href;
      }
    }
  }
})();
