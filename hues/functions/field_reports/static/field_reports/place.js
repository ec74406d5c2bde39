// The place by the phone's own position, or by a tap on the map.
const form = document.querySelector("[data-place]");
const { lat, lng, source, ward } = form.elements;
const found = document.getElementById("found");
let asked = 0;

async function tell() {
  const mine = ++asked;
  if (!lat.value || !lng.value) { found.replaceChildren(); return; }
  const body = new URLSearchParams({ lat: lat.value, lng: lng.value, source: source.value });
  try {
    const answer = await fetch(form.dataset.place, { method: "POST", body, headers: { "HX-Request": "true" } });
    if (mine !== asked || !answer.ok) return;
    found.innerHTML = await answer.text();
    // Outside of the city there is nothing to send: the address or another point must say where it is.
    if (found.querySelector("[data-outside]")) lat.value = lng.value = "";
  } catch { /* no network: the server will tell */ }
}

function choose(point, from) {
  source.value = from;
  lat.value = point.lat.toFixed(6);
  lng.value = point.lng.toFixed(6);
  ward.value = "";
  form.dispatchEvent(new Event("input"));
  return tell();
}

function say(words, tone) {
  const note = Object.assign(document.createElement("p"), { className: `banner ${tone}`, textContent: words });
  found.replaceChildren(note);
}

form.querySelector("[data-gps]")?.addEventListener("click", event => {
  const button = event.currentTarget;
  if (!navigator.geolocation) { say(form.dataset.noGps, "wait"); return; }
  button.setAttribute("aria-busy", "true");
  say(form.dataset.looking, "");
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      button.removeAttribute("aria-busy");
      const point = { lat: coords.latitude, lng: coords.longitude };
      // Outside of the city the map stays where it is: there is nothing to tap out there.
      choose(point, "gps").then(() => {
        if (lat.value) form.querySelector("[data-map]").dispatchEvent(new CustomEvent("hues:goto", { detail: { ...point, zoom: 16 } }));
      });
    },
    () => { button.removeAttribute("aria-busy"); say(form.dataset.noGps, "wait"); },
    { enableHighAccuracy: true, timeout: 10000, maximumAge: 30000 },
  );
});
form.addEventListener("hues:picked", event => { if (!event.detail.told) choose(event.detail, "map"); });
ward.addEventListener("change", () => { lat.value = lng.value = ""; source.value = "address"; found.replaceChildren(); });
