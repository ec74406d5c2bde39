// Share the page of a report by the phone's own sheet, or copy its address.
for (const button of document.querySelectorAll("[data-share]")) {
  button.addEventListener("click", async () => {
    const url = new URL(button.dataset.share, location.href).href;
    try {
      if (navigator.share) return void await navigator.share({ title: button.dataset.shareTitle, url });
      await navigator.clipboard.writeText(url);
    } catch (refused) {
      if (refused.name === "AbortError") return;
      prompt(button.dataset.shareTitle, url);
      return;
    }
    button.lastChild.textContent = button.dataset.copied;
  });
}
