// A button on either side of each box of points. Without script the box alone does the same.
import { points } from "./running.js";

export function addSteppers(form) {
  for (const box of form.querySelectorAll(".points input")) {
    const title = document.getElementById(`${box.name}-title`).textContent;
    const button = (sign, words, by) => {
      const made = document.createElement("button");
      Object.assign(made, { type: "button", className: "quiet step", textContent: sign });
      made.setAttribute("aria-label", `${words}: ${title}`);
      made.onclick = () => {
        box.value = Math.max(0, points(box) + by);
        box.dispatchEvent(new Event("input", { bubbles: true }));
      };
      return made;
    };
    box.before(button("−", form.dataset.less, -1));
    box.after(button("+", form.dataset.more, 1));
  }
}
