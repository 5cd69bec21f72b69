// Suggestions below a field while somebody types: an editable combobox with a list, after the ARIA Authoring Practices.

const SHOWN = 8, PAUSE = 120; // milliseconds without a key, so that fast typing loads little

/** Let a field suggest what `suggest(text)` gives; `choose(text)` gets what is taken. */
export function combobox(input, list, suggest, choose) {
  let timer = 0, active = -1, runs = 0;
  const options = () => [...list.children];

  function close() {
    clearTimeout(timer);
    runs++;
    list.hidden = true;
    list.replaceChildren();
    activate(-1);
    input.setAttribute("aria-expanded", "false");
  }

  function activate(next) {
    active = next;
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
    if (active < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", options()[active].id);
      options()[active].scrollIntoView({ block: "nearest" });
    }
  }

  async function open() {
    const mine = ++runs, text = input.value;
    const found = (await suggest(text).catch(() => [])).slice(0, SHOWN); // without suggestions one can search still
    if (mine !== runs || text !== input.value || document.activeElement !== input) return;
    list.replaceChildren(...found.map(option));
    activate(-1);
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
  }

  function option({ text, subject }, at) {
    const made = document.createElement("li"), label = document.createElement("bdi");
    label.textContent = text;
    Object.assign(made, { id: `${list.id}-${at}`, className: subject ? "subject" : "" });
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    made.append(label);
    made.onpointerdown = event => event.preventDefault(); // the field keeps the focus
    made.onclick = () => take(text);
    return made;
  }

  function take(text) {
    close();
    choose(text);
  }

  const moves = { ArrowDown: 1, ArrowUp: -1 };
  input.addEventListener("keydown", event => {
    if (event.isComposing) return;
    const size = options().length;
    if (event.key in moves && size) {
      const next = active + moves[event.key]; // -1 is the field itself, before the first and behind the last
      activate(next >= size ? -1 : next < -1 ? size - 1 : next);
      event.preventDefault();
    } else if (event.key === "ArrowDown") open();
    else if (event.key === "Enter") {
      if (active < 0) close();
      else {
        event.preventDefault();
        take(options()[active].textContent);
      }
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (list.hidden) input.value = "";
      close();
    }
  });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    runs++;
    if (input.value.trim()) timer = setTimeout(open, PAUSE);
    else close();
  });
  input.addEventListener("blur", close);
  input.form.addEventListener("submit", close);
}
