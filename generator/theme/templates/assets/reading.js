/* Comforts for readers with scripts: the page is whole without them. */
(() => {
  "use strict";
  const root = document.documentElement;
  const keep = (name, value) => {
    try { localStorage.setItem("digest-" + name, value); } catch { /* kept for this page only */ }
  };

  /* Colours: the system's choice until the reader makes one. */
  const button = document.querySelector(".masthead-theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const showTheme = () => button.setAttribute("aria-pressed", isDark());
  button.hidden = false;
  showTheme();
  system.addEventListener("change", showTheme);
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    keep("theme", root.dataset.theme);
    showTheme();
  });

  /* Views: both languages, the original or the translation. */
  const views = [...document.querySelectorAll('.views input[name="view"]')];
  const chosen = views.find((input) => input.value === root.dataset.view);
  if (chosen) chosen.checked = true;
  delete root.dataset.view;
  for (const input of views) {
    input.addEventListener("change", () => keep("view", input.value));
  }

  /* Sentence by sentence: j and k or the arrows, a tap, Escape to let go. */
  const sentences = [...document.querySelectorAll(".story section.text li[id]")];
  let current = -1;
  const light = (index, move) => {
    sentences[current]?.classList.remove("lit");
    current = index;
    const sentence = sentences[index];
    if (!sentence) return;
    sentence.classList.add("lit");
    if (move) {
      sentence.tabIndex = -1;
      sentence.focus({ preventScroll: true });
      sentence.scrollIntoView({ block: "center" });
    }
  };
  const steps = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
  addEventListener("keydown", (event) => {
    if (!sentences.length || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.target.closest("input, textarea, select, button, [contenteditable]")) return;
    const arrow = event.key.startsWith("Arrow");
    if (event.key === "Escape") {
      if (current >= 0) document.activeElement?.blur();
      light(-1);
    } else if (event.key in steps && !(arrow && current < 0)) {
      event.preventDefault();
      const next = current < 0 ? firstInView() : current + steps[event.key];
      light(Math.min(Math.max(next, 0), sentences.length - 1), true);
    }
  });
  const firstInView = () => Math.max(0, sentences.findIndex((s) => s.getBoundingClientRect().top >= 0));
  document.querySelector(".story section.text")?.addEventListener("click", (event) => {
    if (event.target.closest("a") || String(getSelection())) return;
    const index = sentences.indexOf(event.target.closest("li[id]"));
    light(index === current ? -1 : index);
  });
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

  /* A copy for reading offline, where the site offers one. */
  const manifest = document.querySelector('link[rel="manifest"]');
  if (manifest && "serviceWorker" in navigator) {
    navigator.serviceWorker.register(new URL("service-worker.js", manifest.href));
  }

  /* Opened as files, folders have no first page of their own. */
  if (location.protocol === "file:") {
    for (const link of document.querySelectorAll('a[href]')) {
      const url = new URL(link.href);
      if (url.protocol === "file:" && url.pathname.endsWith("/")) {
        url.pathname += "index.html";
        link.href = url.href;
      }
    }
  }
})();
