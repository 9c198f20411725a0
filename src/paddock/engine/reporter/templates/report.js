// SPDX-FileCopyrightText: Paddock contributors
// SPDX-License-Identifier: Apache-2.0
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { words, rows, edges, direct, projects, scopes } = data;
  const PAGE = 100, GRAPH = 12;
  const [NAME, VERSION, TYPE, LICENSE, DECLARED, DETECTED, CONCLUDED, SCOPE, DIRECT, STATUS, PLACES, USERS] = Array(12).keys();
  const statusWords = [words.must_not_ship, words.needs_an_answer, words.take_note, words.fine];
  const statusSigns = ["✗", "?", "i", "✓"], statusClasses = ["bad", "open", "note", "good"];
  const query = document.getElementById("query"), scope = document.getElementById("scope"), status = document.getElementById("status");
  const body = document.querySelector("#table tbody"), count = document.getElementById("count"), more = document.getElementById("more");
  const texts = rows.map((row) => [row[NAME], row[VERSION], row[TYPE], row[LICENSE], ...row[USERS].map((n) => projects[n])].join(" ").toLowerCase());
  const children = rows.map(() => []), parents = rows.map(() => []);
  for (const [from, to] of edges) { children[from].push(to); parents[to].push(from); }
  const tops = new Map();
  for (const [row, project] of direct) { if (!tops.has(row)) tops.set(row, []); tops.get(row).push(project); }
  let order = rows.map((_, n) => n), found = order, shown = PAGE, sortedBy = null, falling = false;

  const make = (tag, text, attributes = {}) => {
    const element = document.createElement(tag);
    if (text !== undefined && text !== null) element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const label = (n) => `${rows[n][NAME]} ${rows[n][VERSION]}`.trim();
  const told = (value) => (value === null ? words.not_told : value ? words.yes : words.no);

  function rowElement(n) {
    const row = rows[n], line = make("tr"), name = make("td", null, { "data-label": words.name });
    const button = make("button", row[NAME], { class: "link", type: "button" });
    button.addEventListener("click", () => open(n));
    name.append(button);
    line.append(name);
    const cells = [[words.version, row[VERSION]], [words.license, row[LICENSE] || words.no_license], [words.scope, scopes[row[SCOPE]]], [words.direct, told(row[DIRECT])]];
    for (const [title, text] of cells) line.append(make("td", text, { "data-label": title }));
    const state = make("td", null, { "data-label": words.status });
    state.append(make("span", `${statusSigns[row[STATUS]]} ${statusWords[row[STATUS]]}`, { class: `tag ${statusClasses[row[STATUS]]}` }));
    line.append(state);
    return line;
  }

  function draw() {
    body.replaceChildren(...found.slice(0, shown).map(rowElement));
    if (!found.length) {
      const line = make("tr"), cell = make("td", `${words.none_found} `, { colspan: 6 }), clear = make("button", words.clear, { class: "link", type: "button" });
      clear.addEventListener("click", () => { query.value = scope.value = status.value = ""; filter(); query.focus(); });
      cell.append(clear); line.append(cell); body.append(line);
    }
    more.hidden = found.length <= shown;
    count.textContent = `${Math.min(shown, found.length).toLocaleString()} ${words.of} ${found.length.toLocaleString()} ${words.shown}`;
  }

  function filter() {
    const parts = query.value.toLowerCase().split(/\s+/).filter(Boolean);
    found = order.filter((n) => parts.every((part) => texts[n].includes(part))
      && (scope.value === "" || rows[n][SCOPE] === Number(scope.value)) && (status.value === "" || rows[n][STATUS] === Number(status.value)));
    shown = PAGE;
    draw();
  }

  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
  function sortBy(column, button) {
    falling = sortedBy === column && !falling;
    sortedBy = column;
    const compare = (a, b) => {
      const left = rows[a][column], right = rows[b][column];
      return typeof left === "string" ? collator.compare(left, right) : Number(right === null ? -1 : right) - Number(left === null ? -1 : left);
    };
    const numeric = column === STATUS || column === SCOPE ? -1 : 1;
    order = [...order].sort((a, b) => (falling ? -1 : 1) * numeric * compare(a, b) || a - b);
    for (const other of document.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
    button.closest("th").setAttribute("aria-sort", falling ? "descending" : "ascending");
    filter();
  }

  function pathTo(target) {
    const before = new Map([[target, null]]), queue = [target];
    for (let at = 0; at < queue.length; at += 1) {
      const n = queue[at];
      if (tops.has(n)) {
        const path = [projects[tops.get(n)[0]]];
        for (let step = n; step !== null; step = before.get(step)) path.push(label(step));
        return path;
      }
      for (const parent of parents[n]) if (!before.has(parent)) { before.set(parent, n); queue.push(parent); }
    }
    return null;
  }

  function graph(n) {
    const space = "http://www.w3.org/2000/svg";
    const columns = [parents[n].slice(0, GRAPH), [n], children[n].slice(0, GRAPH)];
    const height = Math.max(...columns.map((column) => column.length)) * 34 + 10;
    const picture = document.createElementNS(space, "svg");
    picture.setAttribute("viewBox", `0 0 780 ${height}`);
    picture.setAttribute("role", "img");
    picture.setAttribute("aria-label", words.graph_text);
    const place = (column, index) => ({ x: 10 + column * 265, y: (height - columns[column].length * 34) / 2 + index * 34 + 4 });
    const add = (parent, tag, attributes, text) => {
      const element = document.createElementNS(space, tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      if (text) element.textContent = text;
      parent.append(element);
      return element;
    };
    const middle = place(1, 0);
    columns[0].forEach((_, index) => { const from = place(0, index); add(picture, "path", { d: `M${from.x + 230} ${from.y + 13} C${from.x + 250} ${from.y + 13} ${middle.x - 20} ${middle.y + 13} ${middle.x} ${middle.y + 13}` }); });
    columns[2].forEach((_, index) => { const to = place(2, index); add(picture, "path", { d: `M${middle.x + 230} ${middle.y + 13} C${middle.x + 250} ${middle.y + 13} ${to.x - 20} ${to.y + 13} ${to.x} ${to.y + 13}` }); });
    columns.forEach((column, number) => column.forEach((item, index) => {
      const spot = place(number, index), group = add(picture, "g", { class: number === 1 ? "self" : "" });
      add(group, "rect", { x: spot.x, y: spot.y, width: 230, height: 26, rx: 6 });
      const text = label(item);
      add(group, "text", { x: spot.x + 8, y: spot.y + 17 }, text.length > 34 ? `${text.slice(0, 33)}…` : text);
    }));
    return picture;
  }

  function list(title, numbers) {
    const box = document.createDocumentFragment();
    if (!numbers.length) return box;
    box.append(make("h3", `${title} (${numbers.length})`));
    const items = make("ul");
    for (const n of numbers.slice(0, 50)) {
      const item = make("li"), button = make("button", label(n), { class: "link", type: "button" });
      button.addEventListener("click", () => open(n));
      item.append(button); items.append(item);
    }
    box.append(items);
    return box;
  }

  function open(n) {
    const row = rows[n], box = document.getElementById("detail-body"), facts = make("dl"), dialog = document.getElementById("detail");
    const pairs = [[words.license, row[LICENSE] || words.no_license], [words.declared, row[DECLARED]], [words.detected, row[DETECTED]], [words.concluded, row[CONCLUDED]],
      [words.scope, scopes[row[SCOPE]]], [words.used_by, row[USERS].map((p) => projects[p]).join(", ")], [words.found_in, row[PLACES].join(", ")]];
    for (const [title, text] of pairs) if (text) facts.append(make("dt", title), make("dd", text));
    box.replaceChildren(make("h2", label(n), { id: "detail-title" }), facts);
    const path = pathTo(n);
    if (path) box.append(make("h3", words.how_it_gets_in), make("p", path.join(" → ")));
    if (parents[n].length || children[n].length) box.append(make("h3", words.graph), graph(n));
    box.append(list(words.needed_by, parents[n]), list(words.depends_on, children[n]));
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
  }

  scopes.forEach((name, n) => { if (rows.some((row) => row[SCOPE] === n)) scope.append(make("option", name, { value: n })); });
  let waiting;
  query.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 80); });
  scope.addEventListener("change", filter);
  status.addEventListener("change", filter);
  more.addEventListener("click", () => { shown += PAGE; draw(); });
  for (const button of document.querySelectorAll("[data-sort]")) button.addEventListener("click", () => sortBy(Number(button.dataset.sort), button));
  for (const link of document.querySelectorAll("[data-ref]")) link.addEventListener("click", () => { query.value = link.dataset.ref; filter(); });
  document.addEventListener("keydown", (event) => { if (event.key === "/" && document.activeElement === document.body) { event.preventDefault(); query.focus(); } });
  filter();
})();
