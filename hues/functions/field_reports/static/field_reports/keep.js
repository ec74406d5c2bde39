// What is typed is kept on the server while it is being typed, and in this tab until the server has it.
const form = document.querySelector("[data-keep]");
const note = form.querySelector("[data-kept]");
const place = `kept:${form.elements.draft.value}:${form.dataset.keep.replace(/^\/en\//, "/")}`;
const typed = [...form.elements].filter(part => part.name && part.type !== "hidden" && part.type !== "submit");
let timer, dirty = false;

function remember() {
  try { sessionStorage.setItem(place, JSON.stringify(typed.map(part => part.type === "checkbox" || part.type === "radio" ? part.checked : part.value))); } catch { /* no room */ }
}
function forget() {
  try { sessionStorage.removeItem(place); } catch { /* nothing was kept */ }
}
function keep(last) {
  clearTimeout(timer);
  timer = undefined;
  if (!dirty || form.dataset.sent) return;
  dirty = false;
  fetch(form.dataset.keep, { method: "POST", body: new FormData(form), keepalive: last, headers: { "HX-Request": "true" } })
    .then(answer => {
      if (!answer.ok) { dirty = true; return; }
      note.textContent = note.dataset.kept;
      if (!dirty) forget();
    }, soon);
}
function soon() {
  dirty = true;
  timer ??= setTimeout(keep, 1200);  // while somebody types without a pause too
}
form.addEventListener("input", () => {
  note.textContent = "";
  remember();
  soon();
});
form.addEventListener("submit", () => clearTimeout(timer));
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keep(true); });

// A reload may have come before the server heard of it.
try {
  const left = JSON.parse(sessionStorage.getItem(place) ?? "null");
  if (left?.length === typed.length) {
    typed.forEach((part, n) => { if (typeof left[n] === "boolean") part.checked = left[n]; else part.value = left[n]; });
    soon();
  }
} catch { /* not ours */ }
