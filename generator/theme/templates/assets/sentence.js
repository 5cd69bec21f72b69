/* What can be done with a sentence: hear it, copy and cite it, share it, and propose a better translation. */
(() => {
  "use strict";
  const text = document.querySelector(".story section.text");
  const template = document.querySelector("template.sentence-tools");
  if (!text || !template) return;
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = document.currentScript.getAttribute("src").replace(/js$/, "css");
  document.head.append(sheet);

  const tools = template.content.firstElementChild.cloneNode(true);
  const part = (name) => tools.querySelector(`[data-tool="${name}"]`);
  const [listen, opener, menu] = [part("listen"), part("open"), part("menu")];
  const words = template.dataset;
  const textOf = (selector, within = document) => within.querySelector(selector)?.textContent.trim() ?? "";
  const textsOf = (sentence) => [...sentence.querySelectorAll(":scope > p[lang]")].filter((each) => each.textContent.trim());
  const numberOf = (sentence) => sentence.id.slice(1);
  const addressOf = (sentence) => {
    const page = document.querySelector('link[rel="canonical"]')?.href ?? location.href;
    return new URL("#" + sentence.id, page).href;
  };

  /* They stand in the sentence that is lit. */
  let of = null;
  const place = (sentence) => {
    if (sentence === of) return;
    const focused = tools.contains(document.activeElement) ? document.activeElement : null;
    close();
    of = sentence;
    if (!of) return tools.remove();
    tools.setAttribute("aria-label", words.label.replace("{n}", numberOf(of)));
    of.append(tools);
    focused?.focus({ preventScroll: true });
    offer();
    uncover();
  };
  /* Where they are a bar over the end of the page, it hides nothing of the sentence. */
  const uncover = () => {
    const [bar, lit] = [tools.getBoundingClientRect(), of.getBoundingClientRect()];
    const hidden = bar.width < innerWidth / 2 ? 0 : Math.min(lit.bottom - bar.top + 8, lit.top - 80);
    if (hidden > 0) scrollBy({ top: hidden, behavior: "instant" });
  };
  text.addEventListener("digest-lit", (event) => {
    if (!event.detail) stop();
    place(event.detail);
  });

  const open = () => {
    offer();
    menu.hidden = false;
    opener.setAttribute("aria-expanded", true);
    menu.scrollIntoView({ block: "nearest" });
  };
  const close = () => {
    menu.hidden = true;
    opener.setAttribute("aria-expanded", false);
  };
  opener.addEventListener("click", () => (menu.hidden ? open() : close()));
  addEventListener("pointerdown", (event) => { if (!tools.contains(event.target)) close(); });
  tools.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !tools.contains(event.relatedTarget)) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === of) {
      event.preventDefault();
      open();
      menu.querySelector(":scope > :not([hidden])").focus();
    } else if (event.key === "Escape" && (reading || !menu.hidden)) {
      event.stopPropagation(); /* the sentence stays lit */
      stop();
      if (tools.contains(document.activeElement)) opener.focus();
      close();
    }
  }, true);

  /* Listen. Only voices that are on this device: others would send the text away. */
  const speech = window.speechSynthesis;
  let reading = null; /* which button started, and a number that changes with each start */
  const voiceOf = (element) => {
    const plain = (tag) => tag.toLowerCase().replaceAll("_", "-").replace(/^cmn\b/, "zh");
    const own = (speech?.getVoices() ?? []).filter((voice) => voice.localService);
    const [tag, language] = [plain(element.lang), plain(element.lang).split("-")[0]];
    return own.find((voice) => plain(voice.lang) === tag) ?? own.find((voice) => plain(voice.lang).split("-")[0] === language);
  };
  /* In a view that shows one language, that is read; in the others both. */
  const heard = (sentence) => textsOf(sentence).filter((each) => each.getClientRects().length && voiceOf(each));
  const offer = () => {
    if (!of) return;
    listen.hidden = !heard(of).length && reading?.button !== listen;
    for (const side of ["source", "target"]) {
      const button = part(side);
      const element = textsOf(of).find((each) => each.classList.contains(side));
      button.hidden = !(element && voiceOf(element));
    }
    part("report")?.setAttribute("href", reportOf(of));
  };
  const name = (button, running) => {
    const label = running ? words.stop : button.dataset.label ?? button.textContent;
    button.dataset.label ??= button.getAttribute("aria-label") ?? button.textContent;
    if (button === listen) {
      button.setAttribute("aria-label", label);
      button.title = label;
      button.classList.toggle("running", running);
    } else {
      button.textContent = label;
    }
  };
  const stop = () => {
    if (!reading) return;
    name(reading.button, false);
    if (reading.button !== listen) name(listen, false);
    reading = null;
    speech.cancel();
    offer();
  };
  const start = (button, queue) => {
    const mine = (reading = { button });
    name(button, true);
    if (button !== listen) name(listen, true);
    const next = () => {
      if (reading !== mine) return; /* stopped, or another one started */
      const { value: element } = queue.next();
      if (!element) return stop();
      const sentence = element.closest("li[id]");
      text.dispatchEvent(new CustomEvent("digest-light", { detail: sentence }));
      sentence.scrollIntoView({ block: "nearest" });
      const spoken = new SpeechSynthesisUtterance(element.textContent);
      spoken.voice = voiceOf(element) ?? null;
      spoken.lang = element.lang;
      spoken.onend = next;
      spoken.onerror = () => { if (reading === mine) stop(); }; /* else all sentences would fly by */
      mine.spoken = spoken; /* some browsers forget what nobody holds, and never tell its end */
      speech.speak(spoken);
    };
    speech.cancel();
    next();
  };
  const onwards = function* (sentence) {
    for (let each = sentence; each; each = each.nextElementSibling) yield* heard(each);
  };
  listen.addEventListener("click", () => {
    if (reading) stop();
    else start(listen, onwards(of));
  });
  for (const side of ["source", "target"]) {
    part(side).addEventListener("click", (event) => {
      const isStop = reading?.button === event.currentTarget;
      stop();
      if (isStop) return;
      start(event.currentTarget, [of.querySelector("p." + side)].values());
    });
  }
  speech?.addEventListener?.("voiceschanged", offer);
  addEventListener("pagehide", stop);

  /* Copy, cite, share. */
  const by = (sentence) => {
    if (sentence.classList.contains("reviewed")) return words.reviewed;
    if (!sentence.classList.contains("machine")) return "";
    const engine = sentence.dataset.by ?? textOf('.provenance bdi[dir="ltr"]');
    return engine ? words.machine.replace("{engine}", () => engine) : words.unnamed;
  };
  const citation = (sentence) => {
    const quotes = textsOf(sentence).map((each) => words.quote.replace("{text}", () => each.textContent.trim()));
    const work = [".opening .source", ".byline .publisher", ".byline .author", ".byline time"].map((each) => textOf(each));
    return [...quotes, work.filter(Boolean).join(", "), by(sentence), addressOf(sentence)].filter(Boolean).join("\n");
  };
  const copied = async (content) => {
    try {
      await navigator.clipboard.writeText(content);
      return true;
    } catch { /* not allowed here, as on pages without https */ }
    const field = document.createElement("textarea");
    field.value = content;
    tools.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  };
  const copy = (button, content) => button.addEventListener("click", async () => {
    const done = await copied(content(of));
    part("said").textContent = done ? words.copied : words.failed;
    button.focus();
    setTimeout(() => { part("said").textContent = ""; }, 3000);
  });
  copy(part("link"), addressOf);
  copy(part("cite"), citation);
  part("share").hidden = !navigator.share;
  part("share").addEventListener("click", () => {
    const quoted = textsOf(of)[0].textContent.trim();
    navigator.share({ title: document.title, text: quoted, url: addressOf(of) }).catch(() => { /* thought better of it */ });
  });

  /* Report: the address with the sentence filled in. */
  const reportOf = (sentence) => {
    const values = {
      sentence: numberOf(sentence),
      address: addressOf(sentence),
      text: textsOf(sentence).map((each) => each.textContent.trim()).join("\n"),
    };
    return words.report.replace(/\{(sentence|address|text)\}/g, (all, key) => encodeURIComponent(values[key]));
  };
})();
