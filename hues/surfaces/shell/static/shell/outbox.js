// What waits for a network, kept in the browser and sent once; pages and the service worker both use it, after idb.js.
// An entry: key (its Idempotency-Key), address, home (the page that shows it), title, fields [[name, value]], files, at;
// open (it needs no account), fresh (milliseconds after which its writer is asked first);
// state waiting, unsigned, other (another account is signed in), old, refused or sent, and what the city said of it;
// me: a mark of whoever was signed in when it was written. What is not yet kept to be sent is a draft, one for each of them.
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
    const told = await answer.json();
    if (await lastKnown() !== told.me) {
      const base = await store();
      await base.put("facts", told.me, "me");
      base.close();
      await leaveTo(told.me);
    }
    return told;
  }
  /** What was sent is seen by nobody but its writer; who sends a call for rescue has no account, and knows its code from here only. */
  async function leaveTo(me) {
    for (const entry of await all()) if (entry.state === "sent" && isAnothers(entry, me)) await drop(entry.key);
    tell();
  }
  const isAnothers = (entry, me) => Boolean(!entry.open && entry.me && entry.me !== me);

  /** Whoever signs out leaves nothing to be read: what waits stays, under their mark, and goes out when they are back. */
  async function part() {
    const before = await lastKnown(), base = await store();
    await base.put("facts", "", "me");
    for (const key of await base.getAllKeys("facts")) if (Array.isArray(key)) await base.delete("facts", key);
    base.close();
    for (const entry of before ? await all() : []) if (!entry.open && !entry.me) await write({ ...entry, me: before });
    await leaveTo("");
  }
  async function lastKnown() {
    const base = await store(), me = await base.get("facts", "me");
    base.close();
    return me ?? "";
  }

  /** Keep a part of a draft (fields, files) for its writer if nobody else is here now; with nothing in it, it is gone. */
  async function jot(address, part, what, writer) {
    const me = await lastKnown();
    if (writer && writer !== me) return;
    const base = await store();
    for (const whose of new Set(["", me])) await base.delete("facts", ["draft", address, whose, part]);
    if (what) await base.put("facts", what, ["draft", address, me, part]);
    base.close();
  }
  /** Return a part of the draft of whoever is known here, or of one that was begun before anybody was. */
  async function jotted(address, part) {
    const me = await lastKnown(), base = await store();
    const found = await base.get("facts", ["draft", address, me, part]) ?? await base.get("facts", ["draft", address, "", part]);
    base.close();
    return found;
  }

  /** Keep an entry until it is sent; one that was tried keeps its key, so that it can't be sent twice. Its draft ends with it. */
  async function keep(entry, { draft } = {}) {
    try { self.localStorage?.setItem("outbox", "1"); } catch { /* then only its own page tells of it */ }
    const me = await lastKnown(), base = await store(), both = base.transaction(["outbox", "facts"], "readwrite");
    both.objectStore("outbox").put({ at: Date.now(), state: "waiting", me, ...entry });
    for (const whose of draft ? ["", me] : []) {
      for (const part of ["fields", "files"]) both.objectStore("facts").delete(["draft", draft, whose, part]);
    }
    await both.done;
    base.close();
    tell();
    const registration = await self.navigator.serviceWorker?.getRegistration();
    await registration?.sync?.register("outbox").catch(() => {});
  }

  /** Send what waits, one after the other and by one sender only; return whether nothing is left to try, and tell if something is. */
  async function send() {
    const done = await navigator.locks.request("outbox", { ifAvailable: true }, async lock => {
      if (!lock) return true;
      for (const { key, state, at } of await all()) {
        if (state === "sent" && at < Date.now() - SHOWN) await drop(key);
        if (["waiting", "unsigned", "other"].includes(state) && !await sendOne(key)) return false;
      }
      return true;
    });
    if (!done) tell();
    return done;
  }
  /** Test if a page or the service worker is sending: what waits may be on its way. */
  const isSending = async () => (await navigator.locks.query()).held.some(lock => lock.name === "outbox");
  async function sendOne(key) {
    const entry = (await all()).find(one => one.key === key);  // it may have been edited or dropped meanwhile
    if (!entry) return true;
    if (entry.at < Date.now() - (entry.fresh ?? FRESH)) return write({ ...entry, state: "old" }).then(() => true);
    let answer, told, token, me;
    try {
      ({ token = "", me = "" } = entry.open ? {} : await know());
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
    if (answer.ok && told.number) await write({ ...entry, fields: [], files: [], state: "sent", me: me || entry.me, number: told.number, link: told.link, at: Date.now() });
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

  return { all, keep, drop, send, isSending, know, part, jot, jotted, isAnothers, lastKnown, listen: heard.add.bind(heard) };
})();
