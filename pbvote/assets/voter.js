// The voter's path works without any of this.
import { readSlip } from "./voter/slip.js";
import { keepCount } from "./voter/running.js";

readSlip();
// A second slip scanned into the same tab changes the fragment only.
addEventListener("hashchange", readSlip);
for (const form of document.querySelectorAll("form[data-kind]")) keepCount(form);
document.querySelector(".errors")?.focus();
