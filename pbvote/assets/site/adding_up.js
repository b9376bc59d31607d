// Says what the amounts of a form's rows come to, while they are typed. What can't be read is left out: the server says
// what is wrong with it.
import { plainDigits } from "./digits.js";

const plain = (typed) => plainDigits(typed).replace(/[£٬,\s]/g, "").replace("٫", ".");

export function addUp() {
  for (const part of document.querySelectorAll("[data-adds-up]")) {
    const boxes = [...part.querySelectorAll("input[inputmode=decimal]")];
    const money = new Intl.NumberFormat("en-GB", { style: "currency", currency: part.dataset.addsUp });
    const said = document.createElement("output");
    said.className = "adding";
    part.append(said);
    const say = () => {
      const pence = boxes.map((box) => Math.round(Number(plain(box.value)) * 100) || 0);
      said.textContent = `${part.dataset.text} ${money.format(pence.reduce((sum, each) => sum + each, 0) / 100)}`;
    };
    part.addEventListener("change", say);
    say();
  }
}
