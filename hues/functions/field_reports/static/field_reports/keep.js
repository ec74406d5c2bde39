// What is typed is kept on the server while it is being typed.
const form = document.querySelector("[data-keep]");
const note = form.querySelector("[data-kept]");
let timer, dirty = false;

function keep(last) {
  clearTimeout(timer);
  if (!dirty || form.dataset.sent) return;
  dirty = false;
  fetch(form.dataset.keep, { method: "POST", body: new FormData(form), keepalive: last, headers: { "HX-Request": "true" } })
    .then(answer => { if (answer.ok) note.textContent = note.dataset.kept; else dirty = true; }, () => { dirty = true; });
}
form.addEventListener("input", () => {
  dirty = true;
  note.textContent = "";
  clearTimeout(timer);
  timer = setTimeout(keep, 1200);
});
form.addEventListener("submit", () => clearTimeout(timer));
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keep(true); });
