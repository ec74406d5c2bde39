// What every page may use. Without it every page still reads and every form still sends.
const root = document.documentElement;
root.classList.add("scripted");

/** Fill boxes that are the reader's own: `<div data-fragment="/me/home/">` holds a plain link until then. */
async function fill(box) {
  try {
    const answer = await fetch(box.dataset.fragment, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    box.innerHTML = await answer.text();
    prepare(box);
  } catch { /* no network: the plain link stays */ }
}

/** Words for what is left, in the page's language. */
const words = root.lang === "en"
  ? { left: " left", late: " late", units: [["day", "days"], ["hour", "hours"], ["minute", "minutes"]], now: "under a minute", front: "" }
  : { left: "", late: "", units: [["ngày", "ngày"], ["giờ", "giờ"], ["phút", "phút"]], now: "chưa đầy 1 phút", front: ["còn ", "quá hạn "] };
function left(due, now = Date.now()) {
  const seconds = Math.trunc(Math.abs(due - now) / 1000);
  const parts = [Math.floor(seconds / 86400), Math.floor(seconds % 86400 / 3600), Math.floor(seconds % 3600 / 60)];
  if (parts[0]) parts[2] = 0;
  const span = parts.map((n, i) => n && `${n} ${words.units[i][n === 1 ? 0 : 1]}`).filter(Boolean).slice(0, 2).join(" ") || words.now;
  return words.front ? words.front[due < now ? 1 : 0] + span : span + (due < now ? words.late : words.left);
}
function tick() {
  for (const time of document.querySelectorAll("time[data-left]")) {
    const due = Date.parse(time.dateTime), chip = time.closest(".chip"), late = due < Date.now();
    const said = left(due);
    if (time.textContent !== said) time.textContent = said;
    if (chip) { chip.classList.toggle("bad", late); chip.classList.toggle("wait", !late && due - Date.now() < 864e5); chip.classList.toggle("calm", due - Date.now() >= 864e5); }
  }
}

/** Make what has arrived in `part` work: fragments, badges, maps, htmx. */
function prepare(part) {
  part.querySelectorAll("[data-fragment]").forEach(fill);
  for (const from of part.querySelectorAll("[data-badge-inbox]")) {
    const n = Number(from.dataset.badgeInbox) || "";
    document.querySelectorAll('[data-badge="inbox"]').forEach(badge => { badge.textContent = n; });
    try { from.dataset.badgeInbox ? localStorage.setItem("inbox", n) : localStorage.removeItem("inbox"); } catch { /* nothing is kept here */ }
  }
  if (part.querySelector("[data-map]")) import("./map.js").then(map => map.show(part));
  if (part.querySelector("[data-keys], [data-key]")) import("./keys.js").then(keys => keys.listen());
  if (window.htmx && part !== document) window.htmx.process(part);
  else if (!window.htmx && part.querySelector("[hx-get],[hx-post],[data-hx-get],[data-hx-post]")) loadHtmx();
  tick();
}

/** The tab one stands in is in view, however narrow the screen. */
for (const bar of document.querySelectorAll(".tabs")) {
  const here = bar.querySelector("[aria-current]")?.getBoundingClientRect(), all = bar.getBoundingClientRect();
  if (here) bar.scrollLeft += here.left + here.width / 2 - all.left - all.width / 2;
}

let asked = false;
function loadHtmx() {
  const from = document.querySelector('meta[name="htmx-from"]');
  if (asked || !from || document.querySelector('script[src*="htmx"]')) return;
  asked = true;
  const add = () => document.head.append(Object.assign(document.createElement("script"), { src: from.content, onload: catchUp }));
  document.readyState === "complete" ? add() : addEventListener("load", add, { once: true });
}

/** Search for what was typed before there was anybody to search. */
function catchUp() {
  for (const field of document.querySelectorAll("input[type=search]")) {
    if (field.value !== field.defaultValue) field.dispatchEvent(new Event("search"));
  }
}

/** Say something at the foot of the page; `undo` is a form to show beside it. */
export function toast(text, { tone = "", undo } = {}) {
  const box = document.getElementById("toasts"), note = document.createElement("div");
  note.className = `toast ${tone}`;
  note.append(Object.assign(document.createElement("span"), { className: "grow", textContent: text }));
  if (undo) note.append(undo);
  box.append(note);
  fade(note);
}
function fade(note) {
  let timer;
  const start = () => { timer = setTimeout(() => note.remove(), note.querySelector("form") ? 12000 : 6000); };
  note.addEventListener("pointerenter", () => clearTimeout(timer));
  note.addEventListener("focusin", () => clearTimeout(timer));
  note.addEventListener("pointerleave", start);
  start();
}

document.addEventListener("click", event => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
  event.target.closest("[data-dismiss]")?.closest(".toast, .banner")?.remove();
  if (event.target instanceof HTMLDialogElement && event.target.open) {
    const box = event.target.getBoundingClientRect();
    if (event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom) event.target.close();
  }
});

/** A form is sent once: the pressed button shows that it is on its way. */
document.addEventListener("submit", event => {
  const form = event.target, button = event.submitter;
  if (form.method === "dialog" || form.method === "get" || event.defaultPrevented) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  button?.setAttribute("aria-busy", "true");
  if (form.action.endsWith("/logout/")) signedOut = true;
});
// Of the page from which somebody signed out nothing is left to come back to; all others the answer has taken away.
let signedOut = false;
addEventListener("pagehide", () => { if (signedOut) document.body.replaceChildren(); });
addEventListener("pageshow", event => {
  if (!event.persisted) return;
  if (signedOut) { location.reload(); return; }
  document.querySelectorAll("form[data-sent]").forEach(form => { delete form.dataset.sent; });
  document.querySelectorAll("[aria-busy]").forEach(button => button.removeAttribute("aria-busy"));
});
document.addEventListener("htmx:afterRequest", event => {
  const form = event.detail.elt.closest("form");
  if (form) delete form.dataset.sent;
  form?.querySelectorAll("[aria-busy]").forEach(button => button.removeAttribute("aria-busy"));
});
document.addEventListener("htmx:afterSettle", event => prepare(event.detail.elt));

const network = () => root.classList.toggle("offline", !navigator.onLine);
addEventListener("online", network);
addEventListener("offline", network);

/** A page that is the same for everybody asks how many messages wait, but only for somebody who was told so before. */
try {
  if (localStorage.getItem("inbox") !== null && !document.querySelector("[data-badge-inbox], [data-fragment]")) import("./badge.js").then(badge => badge.ask(prepare));
} catch { /* nothing is kept here */ }

/** Something that was written without a network waits in this browser. */
try { if (localStorage.getItem("outbox")) import("./waiting.js"); } catch { /* nothing is kept here */ }

/** Who stays hears of what changes. */
const watched = [...document.querySelectorAll("[data-watch]")].map(part => [part, part.innerHTML]), STAYS = 5_000;
if (watched.length && window.EventSource) setTimeout(() => import("./watch.js").then(watch => watch.begin(watched, { prepare, toast })), STAYS);

network();
prepare(document);
document.querySelectorAll(".toast").forEach(note => { if (getComputedStyle(note.parentElement).position === "fixed") fade(note); });
document.querySelector("[data-focus]")?.focus();
setInterval(tick, 30000);
if ("serviceWorker" in navigator) addEventListener("load", async () => {
  try {
    const worker = await navigator.serviceWorker.register("/sw.js");
    if (navigator.serviceWorker.controller) return;
    await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType("resource").map(entry => entry.name).filter(name => name.includes("/static/"));
    worker.active?.postMessage({ keep: loaded, page: location.pathname });
  } catch { /* a private window, or no room: the city works without it */ }
});
