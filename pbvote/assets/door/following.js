// The parts of the door's page that say how the event stands ([data-live]) are drawn again once the event has moved on: what the
// counter above them hears, they say too. Whoever writes down a ward or a name is left in peace: that stands in other parts.
import { pageAgain } from "../hall/kept.js";
import { pageOf } from "../site/reading_pages.js";
import { replace } from "../site/replacing.js";

// Says whether it could: without a network the page stays as it is, and the next answer asks again.
export async function follow(door) {
  const answer = await pageAgain();
  const page = answer && (await pageOf(answer));
  const fresh = page?.querySelector("[data-door]");
  if (!fresh) return false;
  for (const part of document.querySelectorAll("[data-live]")) {
    const now = page.getElementById(part.id);
    if (now && now.innerHTML !== part.innerHTML) replace(part, now);
  }
  for (const more of door.querySelectorAll("[data-counter] .counter__more")) {
    const kind = more.form.dataset.counter;
    more.hidden = fresh.querySelector(`[data-counter="${kind}"] .counter__more`)?.hidden ?? more.hidden;
  }
  door.dataset.poll = fresh.dataset.poll;
  door.dataset.stands = fresh.dataset.stands;
  return true;
}
