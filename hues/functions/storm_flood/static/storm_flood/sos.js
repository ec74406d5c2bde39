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
    const answer = await fetch(`${form.dataset.sos}?${new URLSearchParams({ lat: lat.value, lng: lng.value })}`, { headers: { "HX-Request": "true" } });
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

form.addEventListener("submit", event => {
  if (navigator.onLine) return;
  event.preventDefault();
  say(waiting, form.dataset.offline, "bad");
  addEventListener("online", () => form.requestSubmit(), { once: true });
});
