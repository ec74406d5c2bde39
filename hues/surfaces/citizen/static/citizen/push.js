// "Warn me on this device": asks the browser, tells the city, and shows how it stands. Without script the box stays shut.
const box = document.querySelector("[data-push]");
const button = box?.querySelector("button"), status = box?.querySelector("[role=status]");
const said = name => box.dataset[name];
const others = box?.querySelector("[data-push-others]");

const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), letter => letter.charCodeAt(0));
// A browser has wards of its own, chosen without an account: they go along, and come back as the city keeps them.
const list = document.querySelector("[data-push-wards]"), wards = [...(list?.querySelectorAll("input") ?? [])];
const chosen = () => wards.filter(one => one.checked).map(one => one.value);
const say = name => { list.querySelector("[role=status]").textContent = list.dataset[name]; };

/** Ask the city; where it is not reached, that is called "city". */
async function ask(address, more) {
  const answer = await fetch(address, more).catch(() => null);
  if (!answer) throw new Error("city");
  if (!answer.ok) throw new Error(answer.status === 429 ? "many" : "failed");
  return answer;
}

async function tell(method, subscription, more = {}) {
  const body = JSON.stringify({ ...subscription.toJSON(), language: document.documentElement.lang, ...more });
  const answer = await ask("/push/subscriptions", { method, body, credentials: "same-origin", headers: { "Content-Type": "application/json", Accept: "application/json" } });
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

/** What receives warnings in the background. Where it cannot start, `ready` never comes: so that is called "worker". */
async function worker() {
  try {
    const made = await navigator.serviceWorker.register("/sw.js");
    const coming = made.installing ?? made.waiting;
    if (!made.active && coming) await new Promise((done, failed) => {
      const look = () => coming.state === "activated" ? done() : coming.state === "redundant" && failed();
      coming.addEventListener("statechange", look);
      look();
    });
    return made;
  } catch {
    throw new Error("worker");
  }
}

async function subscription() {
  return (await worker()).pushManager.getSubscription();
}

/** Let the browser agree with its own service for messages; what goes wrong there is called "service". */
async function subscribe(key) {
  const { pushManager } = await worker();
  try {
    return await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
  } catch (error) {
    throw new Error(error.name === "NotAllowedError" ? "refused" : "service");
  }
}

async function turnOn() {
  if (await Notification.requestPermission() !== "granted") throw new Error("refused");
  const { key } = await (await ask("/push/key")).json();
  const made = await subscribe(key);
  await tell("POST", made, list ? { wards: chosen().slice(0, 10) } : {});
  show(made, said("on"));
}

async function turnOff(present) {
  await present.unsubscribe(); // works without a network too; the city then hears it from the push service at the latest
  show(null, said("off"));
  await tell("DELETE", present).catch(() => {});
}

/** Say what stands in the way, and which other ways there are. */
function blame(error) {
  if (Notification.permission === "denied") { giveUp("refused"); return; }
  status.textContent = said(error.message) ?? said("failed");
  others.hidden = false;
}

/** Say why this browser cannot be warned at all: no button, and no wards that would be chosen to no effect. */
function giveUp(why) {
  box.hidden = others.hidden = false;
  button.parentElement.hidden = true;
  status.textContent = said(why);
  if (list) list.hidden = true;
}

function show(present, words) {
  if (Notification.permission === "denied") { giveUp("refused"); return; }
  box.hidden = false;
  others.hidden = true;
  button.setAttribute("aria-pressed", String(Boolean(present)));
  button.querySelector("span").textContent = present ? said("stop") : said("start");
  status.textContent = words;
}

async function begin() {
  if (!("PushManager" in window) || !("serviceWorker" in navigator)) {
    giveUp("cannot");
    return;
  }
  const present = await subscription().catch(() => undefined);
  if (present === undefined) { giveUp("worker"); return; }
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
    } catch (error) {
      blame(error);
    }
    button.disabled = false;
  });
}
if (box) begin();
