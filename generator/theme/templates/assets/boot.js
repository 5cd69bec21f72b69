/* Before the first paint: what this reader chose the last time, so that nothing jumps afterwards. */
(() => {
  const root = document.documentElement;
  root.classList.remove("no-js");
  /* A query comes with the address: the index is asked for before the scripts of the search are there. */
  if (/\/search\/$/.test(location.pathname) && /[?&]q=[^&]/.test(location.search) && location.protocol !== "file:")
    window.digestIndex = fetch(new URL("../search-index/index.json", document.currentScript.src), { cache: "no-cache" });
  try {
    for (const name of ["theme", "view"]) {
      const chosen = localStorage.getItem("digest-" + name);
      if (chosen === "system") delete root.dataset[name];
      else if (chosen) root.dataset[name] = chosen;
    }
    const { language } = document.currentScript.dataset;
    if (localStorage.getItem("digest-reads")?.split(" ").includes(language)) root.dataset.view = "source";
  } catch { /* storage is switched off: the page looks as it comes */ }
})();
