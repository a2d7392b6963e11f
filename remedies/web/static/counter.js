// The counter with scripts: suggestions while one types, and the answer beside it at once.
// Every word and every verdict comes from the server; without this file the form does the same when it is sent.
"use strict";

const form = document.getElementById("counter");
const box = document.getElementById("text");
const offers = document.getElementById("offers");
const say = document.getElementById("say");
const MOST = 5;
const PAUSE = 120; // milliseconds between the last key and the question to the server
const LATEST = 20000; // milliseconds after which an answer is no longer waited for

// Asking the server, one question after the other -----------------------------------------------------

let queue = Promise.resolve();
let asked = 0; // the number of the last question
let timer = 0;

// What stands there is no answer to what is being typed until the last question was answered.
function waiting() {
  document.getElementById("answer").setAttribute("aria-busy", "true");
  asked += 1;
  return asked;
}

function answered(mine) {
  if (mine === asked) document.getElementById("answer").removeAttribute("aria-busy");
}

function ask(act, text, was) {
  clearTimeout(timer);
  const mine = waiting();
  queue = queue
    .then(() => post(act, text, was))
    .then(() => answered(mine))
    .catch(() => {
      // What was typed is not lost with the answer: it stands in the box again, and counts with the next one.
      if (text) giveBack(text);
      lost();
    });
}

function giveBack(text) {
  box.value = box.value ? `${text}, ${box.value}` : text;
}

function look() {
  clearTimeout(timer);
  const mine = waiting();
  timer = setTimeout(() => {
    queue = queue
      .then(() => (mine === asked ? post("look") : undefined))
      .then(() => answered(mine))
      .catch(lost);
  }, PAUSE);
}

async function post(act, text, was) {
  const fields = new FormData(form);
  if (text !== undefined) fields.set("text", text);
  if (was !== undefined) fields.set("was", was);
  fields.set("do", act);
  const answer = await fetch(form.action, {
    method: "POST",
    headers: { "x-part": "1" },
    body: new URLSearchParams(fields),
    cache: "no-store",
    signal: AbortSignal.timeout(LATEST),
    credentials: "omit",
  });
  if (!answer.ok) throw new Error(answer.statusText);
  show(new DOMParser().parseFromString(await answer.text(), "text/html"), text);
}

function show(part, text) {
  const focused = document.activeElement;
  const id = focused && focused.id;
  for (const name of ["said", "answer"]) {
    document.getElementById(name).replaceChildren(...part.getElementById(name).childNodes);
  }
  if (!document.body.contains(focused) || focused === document.body) {
    (document.getElementById(id) || box).focus();
  }
  // What could not be made a chip comes back, before what was typed meanwhile.
  const left = part.getElementById("said").dataset.text;
  if (text !== undefined && left) {
    const typed = box.value;
    giveBack(left);
    if (typed) look();
  }
  const outcome = document.getElementById("outcome");
  say.textContent = outcome ? outcome.textContent : "";
}

function lost() {
  const note = document.createElement("p");
  note.className = "lost";
  note.setAttribute("role", "alert");
  note.textContent = form.dataset.lost;
  document.getElementById("answer").replaceChildren(note);
}

function commit(text) {
  box.value = "";
  close();
  if (text.trim()) ask("add", text);
  else look();
}

// Suggestions -----------------------------------------------------------------------------------------

let things = [];
let active = -1;

function plain(text) {
  return text.normalize("NFKC").toLowerCase().replaceAll("ё", "е").replace(/[^\p{L}\p{N}<>≤≥]+/gu, " ").trimStart();
}

function rank(begun, thing) {
  const name = thing[4].find((one) => one.startsWith(begun));
  if (name === undefined) return [];
  // A name that was typed to its end comes first of all.
  return [{ thing, name, tier: name === begun.trim() ? -1 : thing[3] }];
}

function offer() {
  const begun = plain(box.value);
  const found = begun ? things.flatMap((thing) => rank(begun, thing)) : [];
  found.sort((one, other) => one.tier - other.tier || one.name.length - other.name.length);
  offers.replaceChildren(...found.slice(0, MOST).map(row));
  active = -1;
  offers.hidden = found.length === 0;
  box.setAttribute("aria-expanded", String(found.length > 0));
  box.removeAttribute("aria-activedescendant");
  if (found.length) say.textContent = `${Math.min(found.length, MOST)} ${offers.dataset.count}`;
}

function row({ thing: [label, what, said], name }, place) {
  const item = document.createElement("li");
  item.id = `offer-${place}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.dataset.said = said.replace("{}", name);
  const word = document.createElement("span");
  word.textContent = name;
  const meaning = document.createElement("small");
  meaning.textContent = plain(label) === name ? what : `${label} · ${what}`;
  item.append(word, meaning);
  item.addEventListener("mousedown", (event) => {
    event.preventDefault();
    commit(item.dataset.said);
  });
  return item;
}

function move(step) {
  const items = [...offers.children];
  if (items.length === 0) return;
  active = (active + step + items.length + (active < 0 && step < 0 ? 1 : 0)) % items.length;
  items.forEach((item, place) => item.setAttribute("aria-selected", String(place === active)));
  box.setAttribute("aria-activedescendant", items[active].id);
}

function close() {
  offers.hidden = true;
  offers.replaceChildren();
  active = -1;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

// Keys and buttons ------------------------------------------------------------------------------------

box.addEventListener("input", () => {
  offer();
  look();
});

box.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const chosen = offers.children[active];
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (offers.hidden) offer();
    move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter") {
    event.preventDefault();
    commit(chosen ? chosen.dataset.said : box.value);
  } else if (event.key === "Escape") {
    close();
  } else if (event.key === "Backspace" && box.value === "" && !event.repeat) {
    // A key that is held down empties the box, and no more than that.
    const last = [...form.querySelectorAll(".chip input[name=chip]")].at(-1);
    if (last) ask("drop:last", "", last.value);
  }
});

// The box has one line: lines that are pasted stay apart.
box.addEventListener("paste", (event) => {
  const pasted = event.clipboardData.getData("text");
  if (!/[\r\n]/.test(pasted.trim())) return;
  event.preventDefault();
  box.setRangeText(pasted.trim().split(/\s*[\r\n]+\s*/).join(", "), box.selectionStart, box.selectionEnd, "end");
  offer();
  look();
});

box.addEventListener("blur", close);

form.addEventListener("submit", (event) => {
  const button = event.submitter;
  // A plan or a calendar is a page of its own.
  if (button && button.hasAttribute("formaction")) return;
  event.preventDefault();
  const act = button && button.name === "do" ? button.value : "add";
  if (act === "add") {
    commit(box.value);
  } else if (act === "clear") {
    for (const field of form.querySelectorAll(".customer input:not([type=hidden]), .customer select")) field.value = "";
    ask("clear");
    box.focus();
  } else {
    // Which chip is meant: its place may be another one when its turn comes.
    const chip = button.closest(".chip");
    ask(act, undefined, chip ? chip.querySelector("input[name=chip]").value : undefined);
  }
});

form.addEventListener("input", (event) => {
  if (event.target !== box) look();
});

form.addEventListener("keydown", (event) => {
  // Enter in a field beside the box looks, and never presses a button.
  if (event.key === "Enter" && event.target.matches(".fields input, .fields select")) {
    event.preventDefault();
    look();
  }
});

document.body.classList.add("scripted");
box.setAttribute("role", "combobox");
box.setAttribute("aria-autocomplete", "list");
box.setAttribute("aria-controls", "offers");
box.setAttribute("aria-expanded", "false");
offers.setAttribute("role", "listbox");
fetch(form.dataset.words, { credentials: "omit" })
  .then((answer) => answer.json())
  .then((found) => {
    things = found;
    form.dataset.ready = "1";
    if (box.value && document.activeElement === box) offer();
  })
  .catch(() => undefined); // It can all be typed out as well.
