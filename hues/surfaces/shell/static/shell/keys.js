// The desk by keyboard: j and k move, m marks a row that can be chosen, Enter opens, / searches, g and a figure changes the tab, ? tells.
let on = false, going = false;
const rows = () => [...document.querySelectorAll("[data-keys] a.cover")];
const typing = target => target.closest("input:not([name=pick], [data-all]), textarea, select, [contenteditable], dialog[open]");

function move(step) {
  const links = rows(), at = links.findIndex(link => link === document.activeElement || link.closest("tr, li")?.classList.contains("current"));
  const link = links[Math.min(links.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
  if (!link) return;
  links.forEach(other => other.closest("tr, li")?.classList.toggle("current", other === link));
  link.focus({ preventScroll: true });
  link.scrollIntoView({ block: "nearest" });
}
function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const { key } = event;
  let tick;
  if (going && key >= "1" && key <= "9") document.querySelectorAll("#tabs a")[key - 1]?.click();
  going = key === "g";
  if (key === "j" || key === "ArrowDown" && event.target.closest("[data-keys]")) move(1);
  else if (key === "k" || key === "ArrowUp" && event.target.closest("[data-keys]")) move(-1);
  else if (key === "/") document.querySelector("input[type=search]")?.focus();
  else if (key === "?") document.getElementById("keys")?.showModal();
  else if (key === "Escape") (document.querySelector("[data-keys] .current a.cover") ?? rows()[0])?.focus();
  else if (key === "m" && (tick = document.querySelector("[data-keys] .current [name=pick]"))) tick.click();
  else {
    const button = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!button?.checkVisibility()) return;
    button.click();
  }
  event.preventDefault();
}
export function listen() {
  if (on) return;
  on = true;
  document.addEventListener("keydown", press);
  document.documentElement.classList.add("keyed");
}
