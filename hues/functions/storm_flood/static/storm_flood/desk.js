// New calls come to the map as they come to the list.
document.addEventListener("htmx:afterSwap", () => document.getElementById("rescue-map")?.dispatchEvent(new CustomEvent("hues:reload")));

/** A key chooses a move and goes to its words; Ctrl + Enter there sends it. A finger, and Enter on a move itself, send at once. */
const form = document.querySelector("[data-rescue]"), told = form?.querySelector("output");
form?.addEventListener("click", event => {
  const move = event.target.closest("[data-key]");
  if (!move || event.detail || move === document.activeElement) return;
  event.preventDefault();
  form.action = move.formAction;
  form.querySelectorAll("[data-key]").forEach(one => one.setAttribute("aria-pressed", String(one === move)));
  told.textContent = told.dataset.says.replace("[move]", move.querySelector("span").textContent);
  form.elements.words.focus();
});
