// Paper ballots are keyed with one hand on the number keys: Enter and the arrows go from box to box, and Enter in the last
// box keeps the paper. Without script Tab does the same.
export function keyPapers() {
  // A code that was refused still stands in its field: the next scan replaces it.
  for (const field of document.querySelectorAll("input[name=code][autofocus]")) field.select();
  for (const form of document.querySelectorAll("form[data-keying]")) {
    const boxes = [...form.querySelectorAll("input:not([type=hidden])")];
    const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 };
    form.addEventListener("keydown", (event) => {
      const place = boxes.indexOf(event.target);
      if (place < 0 || !(event.key in step) || event.isComposing) return;
      event.preventDefault();
      const next = boxes[place + step[event.key]];
      if (next) {
        next.focus();
        if (next.type === "text") next.select();
      } else if (event.key === "Enter" && !event.repeat) {
        form.querySelector("button[type=submit]").click();
      }
    });
  }
}
