// Looks for a check number in the list on the page. The browser has the whole list, so nobody learns who looks for what.
import { plainDigits } from "./digits.js";

const SYMBOLS = 8;

// As people write what they read: small letters, blanks and hyphens between, O for 0, I and L for 1.
const read = (typed) =>
  plainDigits(typed).toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");

export function lookUp() {
  for (const part of document.querySelectorAll("[data-looks-up]")) {
    const lines = [...document.querySelectorAll(`#${part.dataset.looksUp} [data-number]`)];
    const numbers = new Set(lines.map((line) => line.dataset.number));
    const box = part.querySelector("input");
    const said = part.querySelector("output");
    part.hidden = false;
    box.addEventListener("input", () => {
      const number = read(box.value);
      const isWhole = number.length >= SYMBOLS;
      said.textContent = isWhole ? said.dataset[numbers.has(number) ? "found" : "missing"] : "";
      for (const line of lines) line.classList.toggle("check-numbers__found", line.dataset.number === number);
    });
  }
}
