// The place by the phone's own position or a tap on the map; the battery by itself; and patience without a network.
const form = document.querySelector("[data-sos]"), found = document.getElementById("found"), waiting = document.getElementById("waiting");
const { lat, lng, source } = form.elements;
let asked = 0;

function say(box, text, tone) {
  box.replaceChildren(Object.assign(document.createElement("span"), { className: `banner ${tone}`, textContent: text }));
}

async function choose(point, from) {
  const mine = ++asked;
  source.value = from;
  lat.value = point.lat.toFixed(6);
  lng.value = point.lng.toFixed(6);
  try {
    const body = new URLSearchParams({ lat: lat.value, lng: lng.value });
    const answer = await fetch(form.dataset.sos, { method: "POST", body, headers: { "HX-Request": "true" } });
    if (mine === asked && answer.ok) found.innerHTML = await answer.text();
  } catch { say(found, `${lat.value}, ${lng.value}`, "good"); }
}

form.querySelector("[data-gps]").addEventListener("click", event => {
  const button = event.currentTarget;
  if (!navigator.geolocation) { say(found, form.dataset.noGps, "wait"); return; }
  button.setAttribute("aria-busy", "true");
  say(found, form.dataset.looking, "");
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      button.removeAttribute("aria-busy");
      const point = { lat: coords.latitude, lng: coords.longitude };
      choose(point, "gps");
      form.querySelector("[data-map]").dispatchEvent(new CustomEvent("hues:goto", { detail: { ...point, zoom: 16 } }));
    },
    () => { button.removeAttribute("aria-busy"); say(found, form.dataset.noGps, "wait"); },
    { enableHighAccuracy: true, timeout: 10000, maximumAge: 30000 },
  );
});
form.addEventListener("hues:picked", event => { if (!event.detail.told) choose(event.detail, "map"); });

navigator.getBattery?.().then(battery => { if (battery.level < .2 && !battery.charging) form.elements.battery_low.checked = true; });

// Whose phone this is: the page is the same for everybody, and what somebody writes counts more.
fetch(form.dataset.phone, { cache: "no-store" })
  .then(answer => answer.ok ? answer.json() : { phone: "" })
  .then(own => { form.elements.phone.value ||= own.phone; })
  .catch(() => { /* no network: it is written by hand */ });

// A call is kept in the browser until the city has it, also when the page is closed; without room for that, it is sent as forms are.
const FRESH = 6 * 36e5;
let pressed = false;
const mine = async () => (await outbox.all()).find(entry => entry.address === form.getAttribute("action"));

async function follow() {
  const call = await mine();
  if (call?.state === "sent") { location.assign(call.link); return; }
  if (call?.state === "refused") {  // the city's own page says what is wrong, beside its fields
    await outbox.drop(call.key);
    restore(call);
    form.submit();
    return;
  }
  const sending = call?.state === "waiting" && (pressed || await outbox.isSending());
  waiting.replaceChildren();
  if (!call) return;
  if (sending) { say(waiting, form.dataset.sending, ""); return; }  // nobody knows yet whether there is a network
  say(waiting, call.state === "old" ? form.dataset.old : call.why || form.dataset.offline, "bad");
  waiting.append(button(form.dataset.now, () => again(call)), button(form.dataset.drop, () => outbox.drop(call.key)));
}
function button(words, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-secondary", textContent: words });
  made.addEventListener("click", act);
  return made;
}
async function again(call) {
  pressed = true;
  await outbox.keep({ ...call, at: Date.now(), state: "waiting" });
  await send();
}
async function send() {
  await outbox.send();
  pressed = false;
  await follow();
}
function restore(call) {
  for (const [name, value] of call.fields) {
    for (const field of form.querySelectorAll(`[name="${name}"]`)) {
      if (field.type === "checkbox") field.checked ||= field.value === value; else field.value = value;
    }
  }
}

form.addEventListener("submit", async event => {
  event.preventDefault();
  const entry = {
    key: crypto.randomUUID(), address: form.getAttribute("action"), home: location.pathname, open: true, fresh: FRESH,
    title: form.elements.address.value, fields: [...new FormData(form)], files: [],
  };
  pressed = true;
  try {
    const before = await mine();
    if (before) await outbox.drop(before.key);  // what is written now takes the place of what waited
    await outbox.keep(entry);
  } catch { form.submit(); return; }
  await send();
  delete form.dataset.sent;
  form.querySelectorAll("[aria-busy]").forEach(pressed => pressed.removeAttribute("aria-busy"));
});
try {
  outbox.listen(follow);
  addEventListener("online", () => outbox.send());
  await follow();
} catch { /* nothing can be kept here */ }
