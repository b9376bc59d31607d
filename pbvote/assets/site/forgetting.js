// Whoever signs out leaves no page of a hall on this browser, not even without a network. A screen or a phone that is still
// let in keeps its pages again.
import { forgetPages } from "../hall/kept.js";

export function forgetOnSignOut() {
  const form = document.querySelector("[data-forgets]");
  if (!form) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    forgetPages().finally(() => form.submit());
  });
}
