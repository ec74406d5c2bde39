// The desks: a list that sends itself when chosen from, moves opened by a key, a select one can search.
document.addEventListener("change", event => {
  if (event.target.matches("select[data-send]")) event.target.form.requestSubmit();
});

/** A move that a key or a finger opened takes the keyboard at once; a key never closes one. */
document.querySelectorAll("details.move").forEach(move => {
  const first = () => move.querySelector("form :is(input:not([type=hidden]), select, textarea)")?.focus();
  let asked = false;
  move.querySelector("summary").addEventListener("click", event => {
    asked = !move.open;
    if (move.open && event.detail === 0 && event.target !== document.activeElement) { event.preventDefault(); first(); }
  });
  move.addEventListener("toggle", () => { if (asked && move.open) first(); asked = false; });
});
/** Escape leaves the field, so that single keys work again. */
document.addEventListener("keydown", event => {
  if (event.key === "Escape" && event.target.closest?.(".move")) event.target.blur();
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.form?.requestSubmit();
});

/** A day on which the city does not work is another one: say which, beside the field. */
document.addEventListener("input", ({ target }) => {
  if (!target.dataset.falls) return;
  const counts = JSON.parse(target.dataset.falls)[target.value];
  const told = target.parentElement.querySelector("output") ?? Object.assign(document.createElement("output"), { className: "small strong" });
  told.textContent = counts ? target.dataset.fallsSays.replace("{day}", counts) : "";
  target.after(told);
});

document.addEventListener("click", event => { if (event.target.closest?.("[data-print]")) window.print(); });

const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase().trim();

/** Let one find a name in the page's list of them without tone marks; the field is what the form sends. */
function named(field) {
  const source = document.getElementById(field.getAttribute("list"));
  if (!source) return;
  const box = document.createElement("div"), list = document.createElement("ul");
  field.removeAttribute("list");
  field.replaceWith(box);
  finder(field, box, list, {
    all: () => [...source.options].map(({ value }) => ({ text: value, key: fold(value) })),
    take: entry => { field.value = entry.text; },
    settle: () => {},
  });
  box.append(field, list);
}

/** Turn a long select into a field one types in; the select stays and is what the form sends. */
function findable(select) {
  const box = document.createElement("div"), input = document.createElement("input"), list = document.createElement("ul");
  // Made when the list is first looked at: a page may have six of them.
  const all = () => {
    const options = [...select.options].filter(option => option.value), seen = new Set();
    return options.filter(o => !seen.has(o.value) && seen.add(o.value)).map(option => ({ option, text: option.text, key: fold(option.text) }));
  };
  const told = () => select.selectedOptions[0]?.value ? select.selectedOptions[0].text : "";
  Object.assign(input, { type: "text", autocomplete: "off", id: select.id, value: told(), placeholder: select.options[0]?.value ? "" : select.options[0]?.text ?? "" });
  for (const name of ["aria-describedby", "aria-invalid"]) if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  select.id = `${select.id}-sent`;
  select.replaceWith(box);
  finder(input, box, list, {
    all,
    take: entry => {
      select.value = entry.option.value;
      input.value = entry.text;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    },
    settle: () => { input.value = told(); },
  });
  box.append(input, list, select);
}

/** A field with a list below it: `all` gives its entries, `take` one that was chosen, `settle` what was only typed. */
function finder(input, box, list, { all, take, settle }) {
  let entries, shown = [], at = -1;
  box.className = "finder-box";
  Object.assign(list, { id: `${input.id}-list`, hidden: true });
  list.setAttribute("role", "listbox");
  const label = document.querySelector(`label[for="${CSS.escape(input.id)}"]`);
  list.setAttribute("aria-label", label?.textContent.trim() ?? "");
  for (const [name, value] of [["role", "combobox"], ["aria-controls", list.id], ["aria-expanded", "false"], ["aria-autocomplete", "list"]]) input.setAttribute(name, value);

  const open = words => {
    const parts = fold(words).split(/\s+/);
    shown = (entries ??= all()).filter(entry => parts.every(part => entry.key.includes(part))).slice(0, 60);
    list.replaceChildren(...shown.map((entry, i) => {
      const item = document.createElement("li");
      Object.assign(item, { id: `${list.id}-${i}`, textContent: entry.text });
      item.setAttribute("role", "option");
      item.addEventListener("pointerdown", event => { event.preventDefault(); choose(i); });
      return item;
    }));
    list.hidden = !shown.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(words && shown.length ? 0 : -1);
  };
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const mark = next => {
    at = next;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    if (at >= 0) { input.setAttribute("aria-activedescendant", list.children[at].id); list.children[at].scrollIntoView({ block: "nearest" }); }
  };
  const choose = i => {
    take(shown[i]);
    close();
  };
  input.addEventListener("focus", () => { input.select(); });
  input.addEventListener("click", () => open(""));
  input.addEventListener("input", () => open(input.value));
  input.addEventListener("blur", () => { close(); settle(); });
  input.addEventListener("keydown", event => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) open("");
      else mark((at + (event.key === "ArrowDown" ? 1 : -1) + shown.length) % shown.length);
    } else if (event.key === "Enter" && !list.hidden && at >= 0) choose(at);
    else if (event.key === "Escape" && !list.hidden) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
document.querySelectorAll("select[data-find]").forEach(findable);
document.querySelectorAll("input[data-find]").forEach(named);

/** Photos chosen for an answer are seen before they are sent. */
document.querySelectorAll("input[type=file][multiple]").forEach(picker => {
  const strip = Object.assign(document.createElement("ul"), { className: "photos small-photos" });
  picker.after(strip);
  picker.addEventListener("change", () => strip.replaceChildren(...[...picker.files].map(file => {
    const item = document.createElement("li"), image = new Image();
    image.src = URL.createObjectURL(file);
    image.alt = file.name;
    image.onload = () => URL.revokeObjectURL(image.src);
    item.append(image);
    return item;
  })));
});

/** Rows chosen for a move on many: all of the page at once, and how many they are. */
const ticks = [...document.querySelectorAll("input[name=pick][form=together]")], all = document.querySelector("[data-all]");
function picked() {
  const chosen = ticks.filter(tick => tick.checked).length, told = document.querySelector("[data-picked]");
  Object.assign(all, { checked: chosen === ticks.length, indeterminate: chosen > 0 && chosen < ticks.length });
  told.textContent = chosen ? told.dataset.picked.replace("[n]", chosen) : told.dataset.none;
}
if (all) {
  all.addEventListener("change", () => { ticks.forEach(tick => { tick.checked = all.checked; }); picked(); });
  ticks.forEach(tick => tick.addEventListener("change", picked));
  addEventListener("pageshow", picked);
}
