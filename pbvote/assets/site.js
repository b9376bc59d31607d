// Starts the components that our pages use; every page works without them.
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  createAll,
} from "govuk-frontend";
import { addUp } from "./site/adding_up.js";
import { offerCopies } from "./site/copying.js";
import { forgetOnSignOut } from "./site/forgetting.js";
import { filterLists } from "./site/filtering.js";
import { weighFiles } from "./site/weighing_files.js";
import { keepDrafts } from "./site/drafts.js";
import { keyPapers } from "./site/keying.js";
import { lookUp } from "./site/looking_up.js";
import { readMailedLink } from "./site/mailed_link.js";
import { measureHall, tellTime } from "./site/measuring.js";
import { reorder } from "./site/reordering.js";
import { runTimers } from "./site/timing.js";
import { watchEvent } from "./site/watching.js";

const components = [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
];

// Said here and not by a script in the page, so that pages carry no inline script at all.
document.body.classList.add("js-enabled");
// The components need a browser that knows modules; an older one keeps the plain pages.
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
  for (const component of components) createAll(component);
}

readMailedLink();
addUp();
weighFiles();
lookUp();
filterLists();
forgetOnSignOut();
offerCopies();
watchEvent();
runTimers();
keyPapers();
reorder();
keepDrafts();
measureHall();
tellTime();
