// The queue at the door: the last press counts, so one that can't be sent now is not kept for later.
import { post } from "../posting.js";

export function runLine(door, heard) {
  const choices = [...door.querySelectorAll("[data-queue]")];
  const announced = door.querySelector("[data-announced]");
  const show = (queue) => choices.forEach((choice) => choice.setAttribute("aria-pressed", choice.dataset.queue === queue));
  for (const choice of choices) {
    choice.addEventListener("click", async () => {
      const { status, answer } = await post(door.dataset.line, { queue: choice.dataset.queue });
      if (status === 200) heard(answer);
      announced.textContent = status === 200 ? `The queue: ${choice.textContent}` : "Not sent: no signal.";
    });
  }
  return { show };
}
