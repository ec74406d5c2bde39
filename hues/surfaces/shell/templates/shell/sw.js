// Keeps the city readable without a network: pages from the network first, files by their hash for good.
importScripts("{{ idb }}", "{{ outbox }}");
const KEPT = {{ kept|safe }}, ICON = "{{ icon }}", FILES = "files-1", PAGES = "pages-1", TOLD = "told-1", PATIENCE = 4000, MOST = 60;
const SINCE = "X-Hues-Kept-At", LONGEST = 30 * 24 * 3600, HOUR = 36e5;
const OFFLINE = { vi: "/offline/", en: "/en/offline/" };
// Pages kept before they are needed: [where they are shown without a network, where they are], by language.
const READY = {{ ready|safe }};
const ALWAYS = new Set([...Object.values(OFFLINE), ...Object.values(READY).flat().map(([, address]) => address)]);
const STATIC = /\/static\/[\w./-]+\.(?:css|js|mjs|svg|woff2)/g;
const HASHED = /\.[0-9a-f]{12}\.\w+$/, VERSION = "{VERSION}";
// Asked for as a stranger: an answer that brings a cookie along would replace that of a form being opened just now.
const everybodys = address => new Request(address, { credentials: "omit" });
const languageOf = path => path === "/en" || path.startsWith("/en/") ? "en" : "vi";

self.addEventListener("install", event => event.waitUntil((async () => {
  // What a page's script posts is none of ours: where the browser may pass us by, a farewell is not lost while we start.
  await event.addRoutes?.({ condition: { requestMethod: "POST", requestMode: "cors" }, source: "network" }).catch(() => {});
  await (await caches.open(PAGES)).addAll(Object.values(OFFLINE).map(address => everybodys(address)));
  await self.skipWaiting();
})()));

self.addEventListener("activate", event => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (![FILES, PAGES, TOLD].includes(name)) await caches.delete(name);
  const files = await caches.open(FILES);
  const old = (await files.keys()).filter(request => HASHED.test(request.url) && !KEPT.includes(new URL(request.url).pathname));
  if (old.length > MOST) await Promise.all(old.slice(0, old.length - MOST).map(request => files.delete(request)));
  await sweep();
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
})()));

// A page tells what it has loaded before the worker was there, so that it can be read again without a network.
self.addEventListener("message", event => {
  if (event.data?.keep) event.waitUntil((async () => {
    const files = await caches.open(FILES);
    for (const address of event.data.keep) {
      if (new URL(address, location).pathname.startsWith("/static/") && !await files.match(address)) await files.add(address).catch(() => {});
    }
    const page = event.data.page && await fetch(event.data.page, { credentials: "same-origin" }).catch(() => null);
    if (page) await keep(event.data.page, page).catch(() => {});
    if (page) for (const address of made(languageOf(event.data.page))) await ready(address).catch(() => {});
  })());
});

const public_ = answer => answer.ok && !answer.redirected && answer.type === "basic"
  && (/\bpublic\b/.test(answer.headers.get("Cache-Control") ?? "") || answer.headers.get("X-Hues-Offline") === "keep")
  && !/\bno-store\b/.test(answer.headers.get("Cache-Control") ?? "");

// Read to its end before it is kept: one that breaks off half way would take the copy kept before with it.
async function put(cache, request, answer) {
  const { status, statusText } = answer, headers = new Headers(answer.headers);
  headers.set(SINCE, Date.now());
  await cache.put(request, new Response(await answer.blob(), { status, statusText, headers }));
}

const always = request => ALWAYS.has(new URL(request.url).pathname);
// What people wrote may be covered later: such a page says for how many seconds a copy of it may stay.
const old = answer => Date.now() - answer.headers.get(SINCE) > 1000 * (answer.headers.get("X-Hues-Offline-For") ?? LONGEST);

/** Forget copies that are too old to be shown. */
async function sweep() {
  const pages = await caches.open(PAGES);
  for (const request of await pages.keys()) {
    const kept = always(request) ? null : await pages.match(request, { ignoreVary: true });
    if (kept && old(kept)) await pages.delete(request, { ignoreVary: true });
  }
}

async function keep(request, answer) {
  const pages = await caches.open(PAGES);
  if (answer.status === 404 || answer.status === 410) await pages.delete(request, { ignoreVary: true });
  if (!public_(answer)) return;
  await put(pages, request, answer);
  await sweep();
  const all = await pages.keys();
  if (all.length > MOST) await pages.delete(all.find(one => !always(one)));
}

/** Home shows what people wrote too, and must open in a storm: any other page that finds the network has it made anew. */
async function renewHome(path) {
  const home = languageOf(path) === "en" ? "/en/" : "/", pages = await caches.open(PAGES);
  const [key] = await pages.keys(home, { ignoreVary: true }), kept = key && await pages.match(key, { ignoreVary: true });
  if (!kept || path === home || Date.now() - kept.headers.get(SINCE) < HOUR) return;
  const answer = await fetch(everybodys(home));
  if (public_(answer)) await put(pages, key, answer);
}

/** Return what is made ready, in all languages: whoever sits beside the reader may read another. The reader's first. */
const made = language => [READY[language], ...Object.entries(READY).filter(([code]) => code !== language).map(([, pages]) => pages)].flat().map(([, address]) => address);
async function again(at, path) {
  for (const pages of Object.values(READY)) if (pages[at] && pages[at][1] !== path) await ready(pages[at][1]).catch(() => {});
}
const readied = path => READY[languageOf(path)].find(([under]) => path.startsWith(under))?.[1];

/** Keep a page of everybody's with the files that it names, before somebody needs it. */
async function ready(address) {
  const answer = await fetch(everybodys(address));
  if (!public_(answer)) return;
  const files = await caches.open(FILES), named = new Set((await answer.clone().text()).match(STATIC));
  for (const name of named) if (!await files.match(name)) await files.add(name).catch(() => {});
  await put(await caches.open(PAGES), address, answer);
  await outbox.know().catch(() => {});
}

async function page(event) {
  const path = new URL(event.request.url).pathname, pages = await caches.open(PAGES);
  const fresh = (async () => {
    const answer = await event.preloadResponse || await fetch(event.request);
    event.waitUntil(keep(event.request, answer.clone()).catch(() => {}));
    event.waitUntil(renewHome(path).catch(() => {}));
    const at = READY[languageOf(path)].findIndex(([under]) => path === under);
    if (at >= 0) event.waitUntil(again(at, path));
    return answer;
  })();
  fresh.catch(() => {});
  const copy = await pages.match(event.request, { ignoreVary: true });
  const kept = copy && !always(event.request) && old(copy) ? undefined : copy;
  try {
    if (!kept) return await fresh;
    return await Promise.race([fresh, new Promise(resolve => setTimeout(resolve, PATIENCE)).then(() => withWord(path, kept))]);
  } catch {
    return kept ? await withWord(path, kept) : await instead(path);
  }
}

/** Return what is shown without a network: the page made ready for it, else our own words. */
async function instead(path) {
  const made = readied(path);
  return await asTold(path) ?? (made && await caches.match(made, { ignoreVary: true }) || await noNetwork(path));
}
/** Return what a push said of a page that was never fetched: a phone that was told, and lost the network since, reads it. */
async function asTold(path) {
  const said = await wordOf(path).catch(() => undefined), bare = said && await noNetwork(path);
  return bare?.ok ? await carded(bare, said, path, "h1") : undefined;
}
/** Return a copy with what a push has said since of what stands there: it may tell of a danger that is over, or of none. */
async function withWord(path, copy) {
  const said = await wordOf(path).catch(() => undefined);
  return said && said.at > copy.headers.get(SINCE) ? await carded(copy, said, path, "h2") : copy;
}
const NEWER = { vi: " · Mới hơn trang dưới đây", en: " · Newer than the page below" };
async function carded(answer, { title, body, at }, path, head) {
  const safe = words => String(words ?? "").replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`), language = languageOf(path);
  const when = new Date(at).toLocaleString(language === "en" ? "en-GB" : "vi-VN", { dateStyle: "short", timeStyle: "short" });
  const card = `<section class="card accent stack stack-s" id="as-told"><${head}>${safe(title)}</${head}><p class="prewrap">${safe(body)}</p><p class="small muted">${when}${head === "h1" ? "" : NEWER[language]}</p></section>`;
  return new Response((await answer.clone().text()).replace(/<main[^>]*>/, whole => whole + card), { headers: { ...Object.fromEntries(answer.headers), "Content-Type": "text/html; charset=utf-8" } });
}
async function noNetwork(path) {
  return await caches.match(OFFLINE[languageOf(path)], { ignoreVary: true }) ?? Response.error();
}

async function file(event) {
  const files = await caches.open(FILES), kept = await files.match(event.request, { ignoreVary: true });
  if (kept && HASHED.test(event.request.url)) return kept;
  try {
    const answer = await fetch(event.request);
    if (answer.ok && answer.type === "basic") event.waitUntil(put(files, event.request, answer.clone()).catch(() => {}));
    return answer;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

// A form that was sent without a network: our own words instead of the browser's; what was typed is kept by its page.
async function form(event) {
  const path = new URL(event.request.url).pathname;
  try {
    const answer = await fetch(event.request);
    if (path.endsWith("/logout/") && answer.type === "opaqueredirect") {
      event.waitUntil(part(languageOf(path)));
      await outbox.part().catch(() => {});
    }
    if (WAYS_IN.test(path) && answer.type === "opaqueredirect") event.waitUntil(stay().catch(() => {}));
    return answer;
  } catch {
    return await noNetwork(path);
  }
}

/** Whoever signs in where they were before is told there again what is theirs alone: their session had ended. */
const WAYS_IN = /\/(?:login\/.*|demo\/)$/;
async function stay() {
  const there = await self.registration.pushManager.getSubscription();
  const answer = there && await fetch("/push/here", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ endpoint: there.endpoint }) });
  if (answer?.ok) await (await caches.open(TOLD)).put(HERE, new Response("", { headers: { [SINCE]: Date.now() } }));
}
/** Any page has the city know once a day who is signed in here: what is theirs alone is said nowhere else. */
const HERE = "/push/here";
async function stayDaily() {
  const said = await caches.match(HERE, { cacheName: TOLD });
  if (!said || Date.now() - said.headers.get(SINCE) > 24 * HOUR) await stay();
}

/** Whoever signs out leaves nothing to the next at this browser: it is told as one without an account from now on. */
async function part(language = "vi") {
  for (const one of await self.registration.getNotifications()) one.close();
  await caches.delete(TOLD);
  try {
    const there = await self.registration.pushManager.getSubscription();
    const answer = there && await fetch("/push/subscriptions", { method: "POST", credentials: "omit", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ ...there.toJSON(), language, parts: true }) });
    if (answer && !answer.ok) throw new Error(String(answer.status));
  } catch (error) {
    if (!self.registration.sync) throw error;
    await self.registration.sync.register("part");
  }
}

self.addEventListener("fetch", event => {
  const { request } = event, address = new URL(request.url);
  if (address.origin !== location.origin) return;
  if (request.method === "POST" && request.mode === "navigate") event.respondWith(form(event));
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.waitUntil(seen(request.url).catch(() => {}));
  if (request.mode === "navigate") event.waitUntil(stayDaily().catch(() => {}));
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (address.pathname.startsWith("/static/") || address.pathname === "/map/base.json") event.respondWith(file(event));
});

// What waited for a network goes out when the browser finds one, also when no page is open.
self.addEventListener("sync", event => {
  if (event.tag === "part") event.waitUntil(part());
  if (event.tag === "outbox") event.waitUntil(outbox.send().then(done => done || Promise.reject(new Error("still waiting"))));
});

// The message's own words if it has some, else ours in both languages: something always shows.
self.addEventListener("push", event => {
  let told = {};
  try { told = event.data?.json() ?? {}; } catch { /* not ours, or empty */ }
  event.waitUntil(sweep());
  if (told.many) event.waitUntil(remember(told).catch(() => {}));
  const title = told.title || "Hue-S · Thành phố Huế";
  event.waitUntil(self.registration.showNotification(title, {
    body: told.body || "Bạn có thông báo mới. · You have a new notice.",
    lang: told.lang || "vi", tag: told.tag || "hues", icon: ICON, badge: ICON,
    renotify: Boolean(told.tag && told.urgent), requireInteraction: Boolean(told.urgent),
    data: { url: told.url || "/me/inbox/" },
  }));
});
// Which pages this device was told of, here alone: whoever opens one of them, by the push or otherwise, has got it.
const mark = (url, what = "/push/told") => `${what}${new URL(url, location.origin).pathname.replace(/^\/en(?=\/)/, "")}`;
async function remember({ url, title, body, tag }) {
  if (!url) return;
  const told = await caches.open(TOLD), all = await told.keys();
  if (all.length >= 2 * MOST) await told.delete(all[0]);
  await told.put(mark(url), new Response(JSON.stringify({ url })));
  // What it says is kept apart, also once it was opened; of one story the newest stands wherever an older word of it stood.
  const said = { title, body, tag, at: Date.now() };
  for (const [key, one] of await words()) if (tag && one.tag === tag) await told.put(key, new Response(JSON.stringify(said)));
  await told.put(mark(url, SAID), new Response(JSON.stringify(said)));
}
const SAID = "/push/said";
async function words() {
  const told = await caches.open(TOLD), keys = (await told.keys()).filter(key => new URL(key.url).pathname.startsWith(SAID));
  return await Promise.all(keys.map(async key => [key, await (await told.match(key)).json()]));
}
/** Return the newest word about a page, or about one below it: Home and the list are above all of them. */
async function wordOf(path) {
  const below = (await words()).filter(([key]) => new URL(key.url).pathname.startsWith(mark(path, SAID))).map(([, one]) => one);
  return below.sort((one, other) => other.at - one.at)[0];
}
async function seen(url) {
  const told = await caches.open(TOLD), known = await told.match(mark(url));
  if (known && await noteOpened((await known.json()).url)) await told.delete(mark(url));
}
// Whoever opened it is not told again, with an account or without.
async function noteOpened(url) {
  try {
    const { endpoint } = await self.registration.pushManager.getSubscription();
    const answer = await fetch("/push/opened", { method: "POST", keepalive: true, headers: { "Content-Type": "application/json" }, body: JSON.stringify({ endpoint, url }) });
    return answer.ok;
  } catch { return false; /* no network, or no subscription any more */ }
}
self.addEventListener("notificationclick", event => {
  event.notification.close();
  event.waitUntil(noteOpened(event.notification.data?.url));
  event.waitUntil((async () => {
    const wanted = new URL(event.notification.data?.url ?? "/", location.origin);
    const target = wanted.origin === location.origin ? wanted.href : location.origin;
    const open = (await self.clients.matchAll({ type: "window" })).find(client => client.url === target);
    return open ? open.focus() : self.clients.openWindow(target);
  })());
});
