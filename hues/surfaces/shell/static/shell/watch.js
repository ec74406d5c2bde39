// A page that was opened an hour ago must not tell of a danger that is over, nor keep silent of a new one: the front says
// when what the city has published is another, and the parts that depend on it are read again.
const MOMENT = 1_200, SPREAD = 2_000, ASK = 60_000; // the front keeps an answer for a second; not everybody asks at once
const quoted = /[0-9a-f]{32}/;
let known = "", stale = false, later = 0, stream, waiting;

/** Watch over `parts`, each with what stands in it now, as it came. */
export function begin(parts, { prepare, toast }) {
  const [[{ dataset: { watch, watchSaid } }]] = parts, shown = new Map(parts);

  async function renew() {
    later = 0;
    try {
      const answer = await fetch(location.pathname, { credentials: "omit", cache: "no-cache" });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      stale = false;
      let other = false;
      for (const [part, was] of shown) {
        const now = fresh.getElementById(part.id)?.innerHTML ?? was;
        if (now === was) continue;
        const away = part.contains(document.activeElement);
        part.innerHTML = now;
        shown.set(part, now);
        prepare(part);
        if (away) document.getElementById("main").focus({ preventScroll: true });
        other = true;
      }
      if (!other) return;
      document.title = fresh.title;
      toast(watchSaid);
      navigator.serviceWorker?.controller?.postMessage({ keep: [], page: location.pathname });
    } catch { /* no network: as soon as there is one, the stream says again what holds */ }
  }

  function heard(version) {
    stale ||= version !== known; // the first one too: the page may be a copy kept here, or have been on its way for long
    known = version;
    if (stale) later ||= setTimeout(renew, MOMENT + Math.random() * SPREAD);
  }

  /** Where there is no room for another stream, look now and then. */
  async function ask() {
    const answer = await fetch(watch, { method: "HEAD", credentials: "omit", cache: "no-store" }).catch(() => null);
    const version = answer?.headers.get("ETag")?.match(quoted);
    if (version) heard(version[0]);
    come();
  }

  function come() {
    leave();
    if (document.hidden || !navigator.onLine) return;
    stream = new EventSource(`/live/pages/?of=${encodeURIComponent(watch)}`);
    stream.addEventListener("page", event => heard(event.data));
    stream.onerror = () => { if (stream.readyState === EventSource.CLOSED) waiting = setTimeout(ask, ASK); };
  }
  /** What nobody looks at hears nothing, and is told what it missed when somebody does. */
  function leave() {
    clearTimeout(waiting);
    stream?.close();
  }
  document.addEventListener("visibilitychange", come);
  addEventListener("online", come);
  addEventListener("offline", leave);
  addEventListener("pagehide", leave);
  addEventListener("pageshow", event => { if (event.persisted) come(); });
  come();
}
