// New calls come to the map as they come to the list.
document.addEventListener("htmx:afterSwap", () => document.getElementById("rescue-map")?.dispatchEvent(new CustomEvent("hues:reload")));
