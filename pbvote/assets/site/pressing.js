// Buttons that leave their reader where they are ([data-in-place]): the press is sent by script, and the page that it leads
// to is put in place. A press that is refused, or that never arrives, is told above the buttons, in sight. Without script the same
// form leads back to the same part of the page.
import { pageOf } from "./reading_pages.js";

const UNSENT = "The press did not reach the server. Press again once the network is back.";

export function pressInPlace(show) {
  const place = document.querySelector("[data-in-place]");
  if (!place) return;
  const told = place.querySelector("[data-told]");
  const tell = (words) => {
    told.textContent = words;
    told.hidden = !words;
    if (words) told.scrollIntoView({ block: "center" });
  };
  let isUnderWay = false;
  place.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isUnderWay) return;
    isUnderWay = true;
    const answer = await send(event.target);
    const page = answer && (await pageOf(answer));
    const isThere = Boolean(page?.querySelector("[data-watched]"));
    tell(isThere ? "" : (page?.querySelector("main .govuk-body-l")?.textContent.trim() ?? UNSENT));
    show(isThere ? page : null, answer);
    isUnderWay = false;
  });
}

const send = (form) => fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) }).catch(() => null);
