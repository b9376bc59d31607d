// A button that copies an address. Without script, or where the browser lets nobody copy, the address stands there to be read.
export function offerCopies() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copies]")) {
    const said = button.parentElement.querySelector("output");
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent.trim());
      said.textContent = said.dataset.copied;
    });
  }
}
