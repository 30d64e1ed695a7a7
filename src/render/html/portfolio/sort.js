"use strict";
const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
for (const table of document.querySelectorAll("table[data-sortable]")) {
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const rows = [...body.rows];
  const place = new Map(rows.map((row, at) => [row, at]));
  const key = (row, at) => row.cells[at].dataset.key ?? row.cells[at].textContent.trim();
  heads.forEach((head, at) => {
    const isNumber = head.dataset.sort === "number";
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const before = head.getAttribute("aria-sort");
      // Numbers are looked through from the largest, words from the first.
      const isDown = before ? before === "ascending" : isNumber;
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
      const order = (a, b) => (isNumber ? key(a, at) - key(b, at) : compare(key(a, at), key(b, at)));
      rows.sort((a, b) => (isDown ? -order(a, b) : order(a, b)) || place.get(a) - place.get(b));
      body.append(...rows);
    });
  });
}
