// A mailed link ends in `#` and its code: a fragment, so that it is never sent in an address. Copies it into the form's
// box and wipes it from the address bar; the person presses the button.
export function readMailedLink() {
  const box = document.querySelector("[data-code-from-address] input[name=code]");
  if (!box || location.hash.length < 2) return;
  box.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(history.state, "", location.pathname + location.search);
}
