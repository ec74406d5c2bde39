// What waits for a network, kept in the browser and sent once; pages and the service worker both use it, after idb.js.
// An entry: key (its Idempotency-Key), address, home (the page that shows it), title, fields [[name, value]], files, at;
// open (it needs no account), fresh (milliseconds after which its writer is asked first);
// state waiting, unsigned, other (another account is signed in), old, refused or sent, and what the city said of it.
self.outbox ??= (() => {
  const TOKEN = "/outbox/token/", PATIENCE = 120_000, DAY = 864e5;
  const SHOWN = 7 * DAY, FRESH = 25 * DAY;  // the city forgets after 30 days what it has been sent
  const REFUSED = [400, 404, 409, 413, 422];
  const store = () => idb.openDB("hues", 1, {
    upgrade(base) {
      base.createObjectStore("outbox", { keyPath: "key" });
      base.createObjectStore("facts");
    },
  });

  async function all() {
    const base = await store(), entries = await base.getAll("outbox");
    base.close();
    return entries.sort((a, b) => a.at - b.at);
  }
  async function write(entry) {
    const base = await store();
    await base.put("outbox", entry);
    base.close();
    tell();
  }
  async function drop(key) {
    const base = await store();
    await base.delete("outbox", key);
    base.close();
    tell();
  }
  const channel = "BroadcastChannel" in self ? new BroadcastChannel("outbox") : null, heard = new Set();
  channel?.addEventListener("message", () => heard.forEach(listen => listen()));
  function tell() {
    channel?.postMessage("changed");
    heard.forEach(listen => listen());
  }

  /** Ask the city who is signed in (a mark, no name), and for the token that a form needs. */
  async function know() {
    const answer = await fetch(TOKEN, { credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(15_000) });
    if (!answer.ok) throw new Error(answer.status);
    const told = await answer.json(), base = await store();
    if (told.me) await base.put("facts", told.me, "me");
    base.close();
    return told;
  }
  async function lastKnown() {
    const base = await store(), me = await base.get("facts", "me");
    base.close();
    return me ?? "";
  }

  /** Keep an entry until it is sent; one that was tried keeps its key, so that it can't be sent twice. */
  async function keep(entry) {
    try { self.localStorage?.setItem("outbox", "1"); } catch { /* then only its own page tells of it */ }
    await write({ at: Date.now(), state: "waiting", me: await lastKnown(), ...entry });
    const registration = await self.navigator.serviceWorker?.getRegistration();
    await registration?.sync?.register("outbox").catch(() => {});
  }

  /** Send what waits, one after the other and by one sender only; return whether nothing is left to try. */
  function send() {
    return navigator.locks.request("outbox", { ifAvailable: true }, async lock => {
      if (!lock) return true;
      for (const { key, state, at } of await all()) {
        if (state === "sent" && at < Date.now() - SHOWN) await drop(key);
        if (["waiting", "unsigned", "other"].includes(state) && !await sendOne(key)) return false;
      }
      return true;
    });
  }
  async function sendOne(key) {
    const entry = (await all()).find(one => one.key === key);  // it may have been edited or dropped meanwhile
    if (!entry) return true;
    if (entry.at < Date.now() - (entry.fresh ?? FRESH)) return write({ ...entry, state: "old" }).then(() => true);
    let answer, told;
    try {
      const { token = "", me = "" } = entry.open ? {} : await know();
      if (!me && !entry.open) return write({ ...entry, state: "unsigned" }).then(() => true);
      if (!entry.open && entry.me && me !== entry.me) return write({ ...entry, state: "other" }).then(() => true);
      const body = new FormData();
      for (const [name, value] of entry.fields) body.append(name, value);
      for (const [name, file] of entry.files) body.append(name, file);
      const headers = { Accept: "application/json", "Idempotency-Key": key, "X-CSRFToken": token };
      answer = await fetch(entry.address, { method: "POST", body, headers, credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE) });
      told = await answer.json().catch(() => ({}));
    } catch { return false; }
    const left = (await all()).some(one => one.key === key);
    if (answer.ok && told.number) await write({ ...entry, fields: [], files: [], state: "sent", number: told.number, link: told.link, at: Date.now() });
    else if (!left) return true;
    else if (answer.status === 401) await write({ ...entry, state: "unsigned" });
    else if (REFUSED.includes(answer.status)) {
      // One that had come in before it was edited: what was edited goes under a key of its own, when its writer says so.
      const own = answer.status === 409 ? crypto.randomUUID() : key;
      await write({ ...entry, key: own, state: "refused", why: told.detail ?? "", errors: told.errors ?? {} });
      if (own !== key) await drop(key);
    }
    else return write({ ...entry, why: told.detail ?? "" }).then(() => false);
    return true;
  }

  return { all, keep, drop, send, know, listen: heard.add.bind(heard) };
})();
