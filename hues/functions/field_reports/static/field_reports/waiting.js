// A report written without a network: kept in this browser, shown as waiting, sent by the outbox.
import { small } from "./small.js";

const form = document.querySelector("[data-compose]"), list = document.querySelector("[data-waiting]");
const { lat, lng, source, address: where, ward, category, text } = form.elements, address = form.getAttribute("action");
const plain = path => path.replace(/^\/en(?=\/)/, ""), door = plain(address);  // one list and one draft in both languages
const part = name => form.querySelector(`[data-${name}]`);
const found = part("found"), said = part("said"), shots = part("shots"), summary = part("summary");
let photos = [], shrinking = Promise.resolve(), editing = null, me = "";

/* What waits */

const toneOf = { waiting: "wait", unsigned: "wait", other: "wait", old: "wait", refused: "bad", sent: "good" };
const photosOf = n => n && (n === 1 ? list.dataset.photo : list.dataset.photos.replace("{n}", n));
/** Tell an instant as every page does: on the city's clock, day before month. */
function moment(at) {
  const shown = { timeZone: list.dataset.zone, hourCycle: "h23", hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit", year: "numeric" };
  const { hour, minute, day, month, year } = Object.fromEntries(new Intl.DateTimeFormat("en-GB", shown).formatToParts(at).map(({ type, value }) => [type, value]));
  return list.dataset.moment.replace("{time}", `${hour}:${minute}`).replace("{date}", `${day}/${month}/${year}`);
}
function row(entry) {
  const item = list.querySelector("template").content.cloneNode(true).firstElementChild, at = name => item.querySelector(`[data-${name}]`);
  const anothers = outbox.isAnothers(entry, me);  // what they wrote is theirs to read, and goes out as theirs
  at("title").textContent = anothers ? list.dataset.anothers : entry.title;
  at("more").textContent = [moment(entry.at), photosOf(entry.files.length)].filter(Boolean).join(" · ");
  at("why").textContent = anothers ? "" : [entry.why, ...Object.values(entry.errors ?? {})].filter(Boolean).join(" ");
  at("state").textContent = list.dataset[`${!anothers ? entry.state : me ? "other" : "unsigned"}Words`] + (entry.number ? ` · ${entry.number}` : "");
  at("state").classList.add(anothers ? "wait" : toneOf[entry.state]);
  const sent = entry.state === "sent";
  if (sent) Object.assign(at("open"), { href: entry.link, hidden: false });
  if (anothers ? !me : entry.state === "unsigned") Object.assign(at("sign-in"), { href: list.dataset.signIn, hidden: false });
  at("now").hidden = anothers || !["waiting", "other", "old"].includes(entry.state);
  at("edit").hidden = anothers || sent;
  at("now").addEventListener("click", () => sendNow(entry));
  at("edit").addEventListener("click", () => edit(entry));
  at("drop").addEventListener("click", event => drop(entry, event.currentTarget));
  return item;
}
async function show() {
  const here = await outbox.lastKnown(), before = me;
  if (here !== before) {
    if (!before) await jotNow();  // begun by nobody known: it is theirs who have just signed in
    me = here;
    await restore();
  }
  const entries = (await outbox.all()).filter(entry => plain(entry.address) === door && !(entry.state === "sent" && outbox.isAnothers(entry, me)));
  list.hidden = !entries.length;
  list.querySelector("[data-rows]").replaceChildren(...entries.map(row));
}
async function sendNow(entry) {
  // One kept for too long is a new one.
  const key = entry.state === "old" ? crypto.randomUUID() : entry.key;
  if (key !== entry.key) await outbox.drop(entry.key);
  await outbox.keep({ ...entry, key, at: Date.now(), state: "waiting" });
  await outbox.send();
}
async function drop(entry, button) {
  if (entry.state !== "sent" && !sure(button)) return;
  if (entry.key === editing?.key) clear();
  await outbox.drop(entry.key);
}
function sure(button) {
  if (button.dataset.sure) return true;
  button.dataset.sure = "1";
  button.classList.add("btn-danger");
  button.querySelector("span").textContent = form.dataset.again;
  return false;
}
function edit(entry) {
  clear();
  editing = entry;
  fill(entry.fields, entry.files.map(([, file]) => file));
  jot("fields");
  jot("files");
  form.scrollIntoView();
  text.focus({ preventScroll: true });
}
function fill(fields, files) {
  for (const [name, value] of fields) {
    const field = form.elements[name];
    if (field instanceof RadioNodeList) for (const one of field) { if (one.value === value && !one.matches(":disabled")) one.checked = true; }
    else if (field?.type === "checkbox") field.checked = true;
    else if (field) field.value = value;
    if (name === "category") ask();
  }
  photos = files;
  draw();
  told();
  part("editing").hidden = !editing;
}

/* What is being written: phones drop a page while their camera is open */

let jotting = Promise.resolve(), soon;
const typed = () => [...new FormData(form)].filter(([, value]) => typeof value === "string" && value);
const latest = { fields: () => typed().length || editing ? { fields: typed(), key: editing?.key } : null, files: () => photos.length ? [...photos] : null };
function jot(what) {
  const jotted = latest[what](), whose = me;
  part("discard").hidden = !typed().length && !photos.length;
  return jotting = jotting.then(() => outbox.jot(door, what, jotted, whose)).catch(() => { if (jotted) said.textContent = form.dataset.noRoom; });
}
function jotNow() {
  if (soon) jot("fields");
  clearTimeout(soon);
  soon = 0;
  return jotting;
}
function jotSoon() {
  soon ||= setTimeout(jotNow, 300);
}
form.addEventListener("input", () => {
  said.textContent = "";
  jotSoon();
});
document.addEventListener("visibilitychange", jotNow);
addEventListener("pagehide", jotNow);
async function restore() {
  blank();
  await jotting;
  const draft = await outbox.jotted(door, "fields"), files = await outbox.jotted(door, "files") ?? [];
  editing = draft?.key ? (await outbox.all()).find(entry => entry.key === draft.key) ?? null : null;
  if (!draft && !files.length) return;
  fill(draft?.fields ?? [], files);
  part("discard").hidden = false;
  said.textContent = form.dataset.restored;
}
part("discard").addEventListener("click", event => { if (sure(event.currentTarget)) { clear(); text.focus(); } });

/* Photos, place, questions */

function draw() {
  shots.replaceChildren(...photos.map((file, n) => {
    const shot = part("shot").content.cloneNode(true).firstElementChild, picture = shot.querySelector("img");
    picture.src = URL.createObjectURL(file);
    picture.addEventListener("load", () => URL.revokeObjectURL(picture.src), { once: true });
    shot.querySelector("button").addEventListener("click", () => { photos.splice(n, 1); draw(); jot("files"); document.getElementById("photos").focus(); });
    return shot;
  }));
}
document.getElementById("photos").addEventListener("change", event => {
  const input = event.target, chosen = [...input.files];
  input.value = "";
  shrinking = shrinking.then(() => take(chosen));  // one after the other: whoever keeps the report waits for the last
});
async function take(chosen) {
  const room = Math.max(0, Number(form.dataset.most) - photos.length);
  said.textContent = chosen.length > room ? form.dataset.tooMany : "";
  for (const file of chosen.slice(0, room)) {
    photos.push(await small(file));
    draw();
  }
  await jot("files");
}

function told(metres) {
  if (lat.value) found.textContent = metres ? form.dataset.here.replace("{m}", Math.round(metres)) : `${lat.value}, ${lng.value}`;
  else found.textContent = "";
}
part("gps").addEventListener("click", event => {
  const button = event.currentTarget;
  if (!navigator.geolocation) { found.textContent = form.dataset.noGps; return; }
  button.setAttribute("aria-busy", "true");
  found.textContent = form.dataset.looking;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      button.removeAttribute("aria-busy");
      [lat.value, lng.value, source.value] = [coords.latitude.toFixed(6), coords.longitude.toFixed(6), "gps"];
      told(coords.accuracy);
      jotSoon();
    },
    () => { button.removeAttribute("aria-busy"); found.textContent = form.dataset.noGps; },
    { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 },
  );
});
ward.addEventListener("change", () => { lat.value = lng.value = source.value = ""; told(); });

function ask() {
  const number = category.selectedOptions[0]?.dataset.ring ?? "", ring = part("emergency"), link = ring.querySelector("a");
  ring.hidden = !number;
  link.href = `tel:${number}`;
  link.textContent = number;
  for (const group of form.querySelectorAll("[data-asked]")) group.hidden = group.disabled = group.dataset.asked !== category.value;
}
category.addEventListener("change", ask);

/* Keeping it */

function clear() {
  blank();
  jot("fields");
  jot("files");
}
function blank() {
  clearTimeout(soon);
  soon = 0;
  form.reset();
  lat.value = lng.value = source.value = "";  // what is hidden is not reset with its form
  [editing, photos] = [null, []];
  ask(); draw(); told();
  part("editing").hidden = part("discard").hidden = true;
  const button = part("discard");
  delete button.dataset.sure;
  button.classList.remove("btn-danger");
  button.querySelector("span").textContent = form.dataset.discard;
}
function missing() {
  const wrong = [];
  if (!lat.value && !(where.value.trim() && ward.value) && !photos.length) wrong.push(["id_address", form.dataset.noPlace]);
  if (!category.value) wrong.push(["id_category", form.dataset.noCategory]);
  if (text.value.trim().length < 10) wrong.push(["id_text", form.dataset.noWords]);
  return wrong;
}
function complain(wrong) {
  summary.hidden = !wrong.length;
  summary.querySelector("ul").replaceChildren(...wrong.map(([id, words]) => {
    const item = document.createElement("li");
    item.append(Object.assign(document.createElement("a"), { href: `#${id}`, textContent: words }));
    return item;
  }));
  if (wrong.length) summary.focus();
}
form.addEventListener("submit", async event => {
  event.preventDefault();
  const button = form.querySelector("[type=submit]");
  if (button.hasAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  await shrinking;
  button.removeAttribute("aria-busy");
  const wrong = missing();
  complain(wrong);
  if (wrong.length) return;
  const words = text.value.trim(), entry = {
    key: editing?.key ?? crypto.randomUUID(),
    address,
    home: location.pathname,
    title: words.length > 80 ? `${words.slice(0, 79)}…` : words,
    fields: typed(),
    files: photos.map(file => ["photos", file]),
  };
  try {
    await jotNow();
    await outbox.keep(entry, { draft: door });
  } catch { complain([["photos", form.dataset.noRoom]]); return; }
  clear();
  said.textContent = form.dataset.kept;
  list.scrollIntoView({ block: "start" });
  outbox.send();
});

outbox.listen(show);
addEventListener("online", () => outbox.send());
addEventListener("pageshow", event => { if (event.persisted) show(); });
ask();
me = await outbox.lastKnown();
await restore();
await show();
outbox.know().then(() => outbox.send(), () => {});
