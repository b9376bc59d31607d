// A member's groups and the check-in, on a phone with or without a network. Every page works without this as long as there
// is a signal.
import { runCards } from "./groups/cards.js";
import { runForm } from "./groups/form.js";
import { offerSetting } from "./groups/setting.js";

runCards();
runForm();
offerSetting();
