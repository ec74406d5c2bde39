// Shows maps when they come into view; MapLibre is loaded only then.
export function show(part) {
  const seen = new IntersectionObserver(entries => entries.filter(entry => entry.isIntersecting).forEach(entry => { seen.unobserve(entry.target); }));
  part.querySelectorAll("[data-map]").forEach(box => seen.observe(box));
}
