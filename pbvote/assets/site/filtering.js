// A list that can be searched: as one types, what does not fit is hidden. The button asks the server, which knows the words
// in every language; without script it is the only way.

// The same letters are taken for one as in core/searching.py.
const LIKE = { ł: "l", ø: "o", đ: "d", ی: "ي", ى: "ي", ک: "ك", ة: "ه", ہ: "ه" };
const folded = (text) =>
  text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[łøđیىکةہ]/g, (letter) => LIKE[letter]);

export function filterLists() {
  for (const form of document.querySelectorAll("[data-filters]")) {
    const rows = [...document.querySelectorAll(form.dataset.filters)];
    const texts = rows.map((row) => folded(row.textContent));
    const box = form.querySelector("input[type=search]");
    const said = form.querySelector("output");
    const asked = box.value;
    box.addEventListener("input", () => {
      // What the server found stays in sight until something else is typed.
      const words = box.value === asked ? [] : folded(box.value).split(/\s+/).filter(Boolean);
      let found = 0;
      rows.forEach((row, place) => {
        const fits = words.every((word) => texts[place].includes(word));
        row.hidden = !fits;
        found += fits;
      });
      const sentence = found ? form.dataset.text : form.dataset.textNone;
      said.textContent = words.length ? sentence.replace("{found}", found).replace("{all}", rows.length) : "";
    });
  }
}
