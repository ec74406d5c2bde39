// Who else has this case open: each page says so now and then, hears the others, and forgets who is silent.
// A page has a mark of its own and says farewell under it once: what is still under way from it brings nobody back.
const box = document.querySelector("[data-here]");
const PING = 20_000, FORGET = 45_000, WRITING = 30_000;
const others = new Map(); // page → { id, state, at }
const left = new Set(); // pages that said farewell
const mark = () => Math.random().toString(16).slice(2);
let page = document.hidden ? "" : mark(), stream, typed = 0, said = "", drawn = "";

const state = () => Date.now() - typed < WRITING ? "writing" : "looking";
const token = () => box.querySelector("[name=csrfmiddlewaretoken]").value;

async function ping(what = state()) {
  if (what === "hello" && state() === "writing") setTimeout(ping, 600); // they hear of the writing next
  if (!page) return; // a tab in the background is nobody who looks
  said = what;
  try {
    const answer = await fetch(box.dataset.here, {
      method: "POST", body: new URLSearchParams({ state: what, page }), keepalive: what === "gone",
      headers: { "X-CSRFToken": token(), "HX-Request": "true" }, credentials: "same-origin",
    });
    if (!answer.ok || answer.redirected || what === "gone") return;
    const { ticket } = await answer.json();
    if (!page) return;
    if (!stream || stream.readyState === EventSource.CLOSED) listen(ticket);
  } catch { /* no network: nobody is shown */ }
}

/** A tab that is not looked at hears nothing: a browser has six streams for all of them. */
function leave() {
  stream?.close();
  others.clear();
  ping("gone");
  page = "";
}
function come() {
  page ||= mark();
  ping();
}

function listen(ticket) {
  stream = new EventSource(`/live/?ticket=${encodeURIComponent(ticket)}`);
  stream.addEventListener("here", event => {
    const [id, what, from] = JSON.parse(event.data).subject.split(" ");
    if (id === box.dataset.me) return;
    if (what === "gone") { others.delete(from); left.add(from); }
    else if (!left.has(from)) others.set(from, { id, state: what === "writing" ? what : "looking", at: Date.now() });
    if (what === "hello") setTimeout(ping, Math.random() * 500); // whoever comes learns at once who is there
    draw();
  });
  stream.onopen = () => ping("hello");
  // A stream ends by itself after ten minutes; its ticket is old by then, and the next ping brings another.
  stream.onerror = () => stream.close();
}

async function draw() {
  for (const [from, one] of others) if (Date.now() - one.at > FORGET) others.delete(from);
  const by = what => new Set([...others.values()].filter(one => one.state === what).map(one => one.id));
  const writing = by("writing"), looking = [...by("looking")].filter(id => !writing.has(id));
  const query = new URLSearchParams({ writing: [...writing].sort().join(), looking: looking.sort().join() }).toString();
  if (query === drawn) return;
  drawn = query;
  const out = box.querySelector("output");
  if (!others.size) { out.replaceChildren(); return; }
  try {
    const answer = await fetch(`${box.dataset.here}?${query}`, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
    if (answer.ok && !answer.redirected && query === drawn) out.innerHTML = await answer.text();
  } catch { drawn = ""; }
}

if (box && window.EventSource) {
  document.addEventListener("input", event => {
    if (!event.target.closest(".move form")) return;
    typed = Date.now();
    if (said !== "writing") ping();
  });
  document.addEventListener("visibilitychange", () => document.hidden ? leave() : come());
  addEventListener("pagehide", leave);
  addEventListener("pageshow", event => { if (event.persisted) come(); });
  setInterval(ping, PING);
  setInterval(draw, 5_000);
  ping();
}
