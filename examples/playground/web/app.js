// The page of the playground: it sends what is typed to the server, and shows
// the picture, the JSON and the lexicon's mistakes that come back.

const at = (id) => document.getElementById(id);
const text = at("text"), lexicon = at("lexicon"), use = at("use"), lines = at("lines");
const picture = at("picture"), json = at("json"), status = at("status"), mistakes = at("mistakes");

const examples = {
  "A dispute": `Norland condemned Tuesday's raid on the harbour and warned Ostria of grave consequences if it happened again. Ostria's foreign ministry dismissed the accusations as fiction.

“We had no part in it,” said Ada Holm, a spokeswoman for the ministry. “This smear campaign is an outrage.”

Lima refused to condemn the raid, and said that it would not take sides in the dispute. Sylvania apologised for its silence.`,
  "A briefing": `MS. HOLM: Good afternoon. We strongly condemn this cowardly attack, and there will be a price to pay.

Q Do you condemn what the generals did last week?

MS. HOLM: I am not going to get into that. But the reports of secret talks are completely false. If they cross the line, we will respond.`,
  "Not what it seems": `The old mill has been condemned by the council, and the firm denied entry to the inspectors. The weather service warned that a storm was coming.

He was asked to condemn the strike, but did not. Nobody denied the report. Had they warned us, we would have left. The bank is now carbon-neutral.`,
};

lexicon.value = `label: apology
cues:
  - id: apology.sorry
    match: [apologise, "be ..2 sorry", "express ..2 (regret|remorse)"]
    target: [to, for]
blockers:
  - id: apology.sorry-state
    match: [sorry state]
`;

let timer, request;

// soon asks the server when nothing has been typed for a moment.
function soon() {
  clearTimeout(timer);
  timer = setTimeout(ask, 250);
}

async function ask() {
  request?.abort();
  request = new AbortController();
  const { signal } = request;
  try {
    const response = await fetch("/v1/classify", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ text: text.value, lexicon: use.checked ? lexicon.value : "", html: true }),
      signal,
    });
    const answer = await response.json();
    if (response.ok) show(answer);
    else fail(answer);
  } catch (error) {
    if (error.name !== "AbortError") fail({ error: "The server does not answer." });
  }
}

function show(answer) {
  const off = new Map(Array.from(picture.querySelectorAll("input"), (box) => [box.name, box.checked]));
  picture.innerHTML = answer.html; // the server has escaped all text in it
  for (const box of picture.querySelectorAll("input")) {
    if (off.has(box.name)) box.checked = off.get(box.name);
  }
  picture.classList.remove("stale");
  json.textContent = JSON.stringify(answer.results, null, 2);
  status.textContent = "";
  showMistakes([]);
}

function fail(answer) {
  picture.classList.add("stale");
  const found = answer.lexicon ?? [];
  status.textContent = found.length ? "Not up to date: the lexicon has mistakes." : `Not up to date: ${answer.error}`;
  showMistakes(found);
}

function showMistakes(found) {
  lexicon.toggleAttribute("aria-invalid", found.length > 0);
  if (found.length) lexicon.setAttribute("aria-invalid", "true");
  mistakes.replaceChildren(...found.map((mistake) => {
    const item = document.createElement("li");
    if (!mistake.line) {
      item.textContent = mistake.message;
      return item;
    }
    const go = document.createElement("button");
    go.type = "button";
    go.textContent = `line ${mistake.line}, column ${mistake.column}: ${mistake.message}`;
    go.addEventListener("click", () => goTo(mistake));
    item.append(go);
    return item;
  }));
  number(new Set(found.map((mistake) => mistake.line)));
}

// goTo puts the cursor where a mistake is. Its column is in bytes.
function goTo({ line, column }) {
  const before = lexicon.value.split("\n").slice(0, line - 1);
  const bytes = new TextEncoder().encode(lexicon.value.split("\n")[line - 1] ?? "");
  const start = before.join("\n").length + (line > 1 ? 1 : 0);
  const place = start + new TextDecoder().decode(bytes.slice(0, column - 1)).length;
  lexicon.focus();
  lexicon.setSelectionRange(place, place + 1);
  lexicon.scrollTop = (line - 3) * parseFloat(getComputedStyle(lexicon).lineHeight);
}

// number writes the numbers of the lexicon's lines, with the wrong ones marked.
function number(wrong = new Set()) {
  const count = lexicon.value.split("\n").length;
  lines.replaceChildren(...Array.from({ length: count }, (_, i) => {
    const line = document.createElement("div");
    line.textContent = i + 1;
    line.classList.toggle("wrong", wrong.has(i + 1));
    return line;
  }));
  scrollLines();
}

function scrollLines() {
  lines.scrollTop = lexicon.scrollTop;
}

const choice = at("example");
choice.replaceChildren(...Object.keys(examples).map((name) => new Option(name)));
choice.addEventListener("change", () => {
  text.value = examples[choice.value];
  ask();
});
text.value = examples[choice.value];
text.addEventListener("input", soon);
lexicon.addEventListener("input", () => {
  number();
  soon();
});
lexicon.addEventListener("scroll", scrollLines);
use.addEventListener("change", ask);
number();
ask();
