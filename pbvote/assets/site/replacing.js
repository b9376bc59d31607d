// Puts a part of a page in place of an older one, as the server draws it now. Focus, scroll and what is unfolded stay.
import { Button, createAll } from "govuk-frontend";

const SETTLES = 1; // a button that has just come is not pressed by the finger that was on its way to another

export function replace(part, fresh) {
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  const unfolded = [...part.querySelectorAll("details[open] > summary")].map(called);
  part.replaceChildren(...fresh.childNodes);
  part.className = fresh.className;
  for (const summary of part.querySelectorAll("details > summary")) {
    summary.parentNode.open ||= unfolded.includes(called(summary));
  }
  createAll(Button, undefined, part);
  part.classList.add("just-changed");
  setTimeout(() => part.classList.remove("just-changed"), SETTLES * 1000);
  if (focused) focusOn(part, focused);
}

const called = (control) => `${control.tagName} ${control.textContent.trim()}`;

// The same control as before, or the part itself where it has gone.
export function focusOn(part, before) {
  const same = [...part.querySelectorAll("a[href], button, input, select, textarea, summary")].find(
    (each) => (before.id && each.id === before.id) || called(each) === called(before),
  );
  if (!same) part.tabIndex = -1;
  (same ?? part).focus({ preventScroll: true });
}
