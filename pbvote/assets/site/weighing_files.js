// Says that a file is too large before it is sent, so that nobody waits for the refusal. The server looks again.
const MEGABYTE = 1024 * 1024;

export function weighFiles() {
  for (const input of document.querySelectorAll("input[type=file][data-most-bytes]")) {
    const most = Number(input.dataset.mostBytes);
    const group = input.closest(".govuk-form-group");
    const wasRefused = group.classList.contains("govuk-form-group--error");
    const described = input.getAttribute("aria-describedby") || "";
    const said = document.createElement("p");
    said.className = "govuk-error-message";
    said.id = `${input.id}-weight`;
    said.setAttribute("role", "alert");
    input.before(said);
    const isTooLarge = () => [...input.files].some((file) => file.size > most);
    const weigh = () => {
      const isHeavy = isTooLarge();
      said.textContent = isHeavy ? `This file is larger than ${most / MEGABYTE} MB. Choose a smaller one` : "";
      group.classList.toggle("govuk-form-group--error", isHeavy || wasRefused);
      input.setAttribute("aria-describedby", isHeavy ? `${described} ${said.id}`.trim() : described);
    };
    input.addEventListener("change", weigh);
    input.form.addEventListener("submit", (event) => {
      if (!isTooLarge()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      input.focus();
    });
  }
}
