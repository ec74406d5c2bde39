// "Warn me on this device": asks the browser, tells the city, and shows how it stands. Without script the box stays shut.
const box = document.querySelector("[data-push]");
const button = box?.querySelector("button"), status = box?.querySelector("[role=status]");
const said = name => box.dataset[name];

const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), letter => letter.charCodeAt(0));
// A browser has wards of its own, chosen without an account: they go along, and come back as the city keeps them.
const list = document.querySelector("[data-push-wards]"), wards = [...(list?.querySelectorAll("input") ?? [])];
const chosen = () => wards.filter(one => one.checked).map(one => one.value);
const say = name => { list.querySelector("[role=status]").textContent = list.dataset[name]; };

async function tell(method, subscription, more = {}) {
  const body = JSON.stringify({ ...subscription.toJSON(), language: document.documentElement.lang, ...more });
  const answer = await fetch("/push/subscriptions", { method, body, credentials: "same-origin", headers: { "Content-Type": "application/json", Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return method === "POST" ? answer.json() : {};
}

async function keep() {
  const present = await subscription();
  if (!present) { say("later"); return; }
  if (chosen().length > 10) { say("many"); return; }
  try {
    await tell("POST", present, { wards: chosen() });
    say("saved");
  } catch {
    say("failed");
  }
}

async function subscription() {
  return (await navigator.serviceWorker.ready).pushManager.getSubscription();
}

async function turnOn() {
  if (await Notification.requestPermission() !== "granted") { show(null, said("refused")); return; }
  const { key } = await (await fetch("/push/key")).json();
  const worker = await navigator.serviceWorker.ready;
  const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
  await tell("POST", made, list ? { wards: chosen().slice(0, 10) } : {});
  show(made, said("on"));
}

async function turnOff(present) {
  await present.unsubscribe(); // works without a network too; the city then hears it from the push service at the latest
  show(null, said("off"));
  await tell("DELETE", present).catch(() => {});
}

function show(present, words) {
  box.hidden = false;
  button.hidden = Notification.permission === "denied";
  button.setAttribute("aria-pressed", String(Boolean(present)));
  button.querySelector("span").textContent = present ? said("stop") : said("start");
  status.textContent = Notification.permission === "denied" ? said("refused") : words;
}

async function begin() {
  if (!("PushManager" in window) || !("serviceWorker" in navigator)) {
    box.hidden = false;
    button.hidden = true;
    status.textContent = said("cannot");
    return;
  }
  const present = await subscription();
  const kept = present && await tell("POST", present).catch(() => null); // whoever is signed in here is told here
  if (list) {
    const only = "kept" in list.dataset; // with an account: only those that were chosen before, to be given up
    for (const one of wards) {
      one.checked = Boolean(kept?.wards.includes(one.value));
      one.closest("label").hidden = only && !one.checked;
    }
    list.hidden = only && !kept?.wards.length;
    list.addEventListener("change", keep);
  }
  show(present, present ? said("on") : "");
  button.addEventListener("click", async () => {
    button.disabled = true;
    status.textContent = said("wait");
    try {
      const now = await subscription();
      await (now ? turnOff(now) : turnOn());
    } catch {
      status.textContent = said("failed");
    }
    button.disabled = false;
  });
}
if (box) begin();
