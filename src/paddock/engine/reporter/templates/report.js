// SPDX-FileCopyrightText: Paddock contributors
// SPDX-License-Identifier: Apache-2.0
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { words, rows, licenses, groups, causes, projects, scopes, statuses } = data;
  const column = Object.fromEntries(data.columns.map((name, number) => [name, number]));
  const PAGE = 100, GRAPH = 12, LISTED = 50, PATHS = 3;
  const SIGNS = { must_not_ship: "✗", needs_an_answer: "?", take_note: "i", waived: "–", fine: "✓", not_judged: "–" };
  const CLASSES = { must_not_ship: "bad", needs_an_answer: "open", take_note: "note", waived: "plain", fine: "good", not_judged: "plain" };
  const NO_LICENSE = "no licence known";
  const language = document.documentElement.lang;
  const collator = new Intl.Collator(language, { numeric: true, sensitivity: "base" });
  const byId = (id) => document.getElementById(id);
  const body = document.querySelector("#table tbody"), dialog = byId("detail");

  // ---- what rows say -------------------------------------------------------------------------------------------------
  const get = (n, name) => rows[n][column[name]];
  const label = (n) => `${get(n, "name")} ${get(n, "version")}`.trim();
  const licenseOf = (n) => licenses[get(n, "license")];
  const licenseText = (name) => (name === NO_LICENSE ? words.no_license : name);
  const scopeText = (number) => words[`scope_${scopes[number]}`];
  const directness = (n) => [true, false, null].indexOf(get(n, "direct"));
  const told = (value) => (value === null ? words.not_told : value ? words.yes : words.no);
  const users = groups.map((group) => new Set(group));
  const uses = (project, n) => users[get(n, "users")].has(project);
  const types = new Set(rows.map((row) => row[column.type]));
  const numberOf = new Map(rows.map((row, n) => [row[column.purl], n]));
  const children = rows.map(() => []), parents = rows.map(() => []);
  for (const [from, to] of data.edges) { children[from].push(to); parents[to].push(from); }
  const groupTexts = groups.map((group) => group.map((number) => projects[number]).join(" "));
  const texts = rows.map((row, n) => [row[column.name], row[column.version], row[column.purl], licenseText(licenseOf(n)), groupTexts[row[column.users]]].join(" ").toLowerCase());

  const make = (tag, text, attributes = {}) => {
    const element = document.createElement(tag);
    if (text !== undefined && text !== null) element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const pressable = (text, action) => {
    const button = make("button", text, { class: "link", type: "button" });
    button.addEventListener("click", action);
    return button;
  };
  const tag = (status) => make("span", `${SIGNS[status]} ${words[status]}`, { class: `tag ${CLASSES[status]}` });
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name].toLocaleString(language));

  // ---- what is shown: a state that the address bar carries --------------------------------------------------------------
  const EMPTY = { q: "", status: "", scope: "", project: "", license: "", cause: "", sort: "status", package: "" };
  let state = { ...EMPTY }, found = [], shown = PAGE, listShown = "";
  const orders = new Map();

  function readState() {
    const given = new URLSearchParams(location.hash.slice(1));
    return Object.fromEntries(Object.entries(EMPTY).map(([key, value]) => [key, given.get(key) ?? value]));
  }

  function address(wanted) {
    const parts = new URLSearchParams(Object.entries(wanted).filter(([key, value]) => value !== EMPTY[key]));
    return `#${parts}`;
  }

  function change(values, { keep = true } = {}) {
    state = { ...state, ...values };
    history[keep ? "pushState" : "replaceState"](null, "", address(state));
    show();
  }

  function ordered(sort) {
    if (!orders.has(sort)) {
      const falling = sort.startsWith("-"), name = falling ? sort.slice(1) : sort;
      const value = { license: (n) => licenseText(licenseOf(n)), direct: directness }[name] ?? ((n) => get(n, name));
      const compare = (a, b) => {
        const left = value(a), right = value(b);
        return typeof left === "string" ? collator.compare(left, right) : left - right;
      };
      const rest = (a, b) => get(a, "scope") - get(b, "scope") || directness(a) - directness(b) || collator.compare(get(a, "name"), get(b, "name")) || a - b;
      orders.set(sort, rows.map((_, n) => n).sort((a, b) => (falling ? -1 : 1) * compare(a, b) || rest(a, b)));
    }
    return orders.get(sort);
  }

  function matching() {
    const parts = state.q.toLowerCase().split(/\s+/).filter(Boolean);
    const tests = parts.map((part) => (n) => texts[n].includes(part));
    if (state.status) tests.push((n) => statuses[get(n, "status")] === state.status);
    if (state.scope) tests.push((n) => scopes[get(n, "scope")] === state.scope);
    if (state.project) tests.push((n) => uses(Number(state.project), n));
    if (state.license) tests.push((n) => licenseOf(n) === state.license);
    if (state.cause) tests.push((n) => get(n, "causes").includes(Number(state.cause)));
    return ordered(state.sort).filter((n) => tests.every((test) => test(n)));
  }

  function rowElement(n) {
    const line = make("tr"), name = make("td", null, { "data-label": words.name });
    name.append(pressable(get(n, "name"), () => change({ package: get(n, "purl") })));
    if (types.size > 1) name.append(" ", make("span", get(n, "type"), { class: "quiet small" }));
    const license = licenseOf(n), version = get(n, "version");
    const licenseCell = make("td", null, { "data-label": words.license });
    licenseCell.append(make("span", licenseText(license), license === NO_LICENSE ? { class: "unknown" } : {}));
    const cell = (title, text) => make("td", text, { "data-label": title });
    const status = make("td", null, { "data-label": words.status });
    status.append(tag(statuses[get(n, "status")]));
    line.append(name, cell(words.version, version || words.no_version), licenseCell, cell(words.scope, scopeText(get(n, "scope"))), cell(words.direct, told(get(n, "direct"))), status);
    return line;
  }

  function draw() {
    body.replaceChildren(...found.slice(0, shown).map(rowElement));
    if (!found.length) {
      const line = make("tr"), cell = make("td", `${words.none_found} `, { colspan: 6, class: "empty" });
      cell.append(pressable(words.clear_all, clear));
      line.append(cell);
      body.append(line);
    }
    byId("more").hidden = found.length <= shown;
    byId("count").textContent = filled(words.shown, { shown: Math.min(shown, found.length), found: found.length });
  }

  function drawChips() {
    const active = [["license", words.license, licenseText(state.license)], ["cause", "", causes[Number(state.cause)]?.title]].filter(([key]) => state[key]);
    byId("chips").replaceChildren(...active.map(([key, title, text]) => {
      const name = title ? `${title}: ${text}` : text;
      const chip = make("button", `${name} ✕`, { class: "chip", type: "button", "aria-label": `${words.remove_filter} ${name}` });
      chip.addEventListener("click", () => { change({ [key]: "" }); byId("query").focus(); });
      return chip;
    }));
    byId("clear").hidden = ["q", "status", "scope", "project", "license", "cause"].every((key) => !state[key]);
  }

  function show() {
    for (const id of ["status", "scope", "project", "sort"]) byId(id).value = state[id];
    if (byId("query").value !== state.q) byId("query").value = state.q;
    const falling = state.sort.startsWith("-"), name = state.sort.replace("-", "");
    for (const button of document.querySelectorAll("[data-sort]")) {
      const head = button.closest("th");
      if (button.dataset.sort === name) head.setAttribute("aria-sort", falling ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    const list = JSON.stringify({ ...state, package: "" });
    if (list !== listShown) { // opening a package leaves the list as it is, and the focus where it was
      listShown = list;
      found = matching();
      shown = PAGE;
      draw();
      drawChips();
    }
    const n = numberOf.get(state.package);
    if (n !== undefined) showDetail(n);
    else if (dialog.open) dialog.close();
  }

  function clear() {
    change({ ...EMPTY, sort: state.sort });
    byId("query").focus();
  }

  function csv() {
    // A cell that a spreadsheet would calculate is marked as text.
    const quoted = (text) => `"${String(text).replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;
    const head = ["purl", words.name, words.version, words.license, words.scope, words.direct, words.status];
    const lines = found.map((n) => [get(n, "purl"), get(n, "name"), get(n, "version"), licenseText(licenseOf(n)), scopeText(get(n, "scope")), told(get(n, "direct")), words[statuses[get(n, "status")]]]);
    return [head, ...lines].map((line) => line.map(quoted).join(",")).join("\r\n") + "\r\n";
  }

  // ---- one package -----------------------------------------------------------------------------------------------------
  function pathTo(target, project) {
    const before = new Map([[target, null]]), queue = [target];
    for (let at = 0; at < queue.length; at += 1) {
      const n = queue[at];
      if (users[get(n, "directUsers")].has(project)) {
        const path = [];
        for (let step = n; step !== null; step = before.get(step)) path.push(step);
        return path;
      }
      for (const parent of parents[n]) if (!before.has(parent) && uses(project, parent)) { before.set(parent, n); queue.push(parent); }
    }
    return null;
  }

  function pathsElement(n) {
    const paths = [...users[get(n, "users")]].map((project) => [project, pathTo(n, project)]).filter(([, path]) => path);
    const box = document.createDocumentFragment();
    if (!paths.length) return box;
    paths.sort(([, a], [, b]) => a.length - b.length);
    const items = make("ol");
    for (const [project, path] of paths.slice(0, PATHS)) {
      const item = make("li", projects[project]);
      for (const step of path) item.append(" → ", step === n ? make("strong", label(step)) : pressable(label(step), () => change({ package: get(step, "purl") })));
      items.append(item);
    }
    if (paths.length > PATHS) items.append(make("li", filled(words.and_more, { count: paths.length - PATHS }), { class: "quiet" }));
    box.append(make("h3", words.how_it_gets_in), items);
    return box;
  }

  function graph(n) {
    const space = "http://www.w3.org/2000/svg", WIDTH = 230, STEP = 34, GAP = 35;
    const columns = [parents[n], [n], children[n]].map((all) => (all.length > GRAPH ? [...all.slice(0, GRAPH - 1), -(all.length - GRAPH + 1)] : all));
    const height = Math.max(...columns.map((all) => all.length)) * STEP + 8;
    const add = (parent, name, attributes, text) => {
      const element = document.createElementNS(space, name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      if (text) element.textContent = text;
      parent.append(element);
      return element;
    };
    const box = make("div", null, { class: "graph" });
    box.append(make("h3", words.graph));
    const picture = add(box, "svg", { viewBox: `0 0 ${3 * WIDTH + 2 * GAP + 4} ${height}`, role: "img", "aria-label": words.graph_text });
    const place = (number, index) => ({ x: 2 + number * (WIDTH + GAP), y: (height - columns[number].length * STEP) / 2 + index * STEP + 4 });
    const line = (from, to) => add(picture, "path", { d: `M${from.x + WIDTH} ${from.y + 13} C${from.x + WIDTH + 20} ${from.y + 13} ${to.x - 20} ${to.y + 13} ${to.x} ${to.y + 13}` });
    columns[0].forEach((_, index) => line(place(0, index), place(1, 0)));
    columns[2].forEach((_, index) => line(place(1, 0), place(2, index)));
    columns.forEach((all, number) => all.forEach((item, index) => {
      const spot = place(number, index);
      if (item < 0) {
        add(picture, "text", { x: spot.x + 8, y: spot.y + 17, class: "rest" }, filled(words.and_more, { count: -item }));
        return;
      }
      const node = add(picture, "g", number === 1 ? { class: "self" } : { "data-row": item });
      add(node, "rect", { x: spot.x, y: spot.y, width: WIDTH, height: 26, rx: 6 });
      const text = label(item);
      add(node, "text", { x: spot.x + 8, y: spot.y + 17 }, text.length > 34 ? `${text.slice(0, 33)}…` : text);
      add(node, "title", {}, text);
      if (number !== 1) node.addEventListener("click", () => change({ package: get(item, "purl") }));
    }));
    return box;
  }

  function list(title, numbers) {
    const box = document.createDocumentFragment();
    if (!numbers.length) return box;
    const items = make("ul");
    for (const n of numbers.slice(0, LISTED)) {
      const item = make("li");
      item.append(pressable(label(n), () => change({ package: get(n, "purl") })));
      items.append(item);
    }
    if (numbers.length > LISTED) items.append(make("li", filled(words.and_more, { count: numbers.length - LISTED }), { class: "quiet" }));
    box.append(make("h3", `${title} (${numbers.length})`), items);
    return box;
  }

  function pairs(entries) {
    const list = make("dl");
    for (const [title, value] of entries) {
      if (!value) continue;
      const description = make("dd");
      description.append(value);
      list.append(make("dt", title), description);
    }
    return list;
  }

  function causeElement(number, _, { length }) {
    const alone = length === 1, cause = causes[number], box = make("div", null, { class: "cause" }), link = make("a", cause.title, { href: `#cause=${number}`, class: "title" });
    if (alone) box.append(link);
    else box.append(tag(cause.label), " ", link);
    box.append(pairs([[words.why, cause.why], [words.how_to_fix, cause.fix], [words.waivable_by, cause.waive]]));
    return box;
  }

  function factsElement(n) {
    const names = groups[get(n, "users")].map((number) => projects[number]), choice = get(n, "choice"), page = get(n, "homepage");
    const used = names.slice(0, 20).join(", ") + (names.length > 20 ? ` ${filled(words.and_more, { count: names.length - 20 })}` : "");
    return pairs([
      [words.license, licenseText(licenseOf(n))],
      [words.declared, get(n, "declared")],
      [words.detected, get(n, "detected")],
      [words.concluded, get(n, "concluded")],
      [words.chosen_from, choice && `${choice[0]} (${words.decided_by} ${choice[1]})`],
      [words.scope, scopeText(get(n, "scope"))],
      [words.direct, told(get(n, "direct"))],
      [words.used_by, used],
      [words.found_in, get(n, "places").join(", ")],
      [words.homepage, page && make("a", page, { href: page, rel: "noopener noreferrer", target: "_blank" })],
    ]);
  }

  function showDetail(n) {
    const head = make("h2", label(n), { id: "detail-title", tabindex: "-1" }), status = statuses[get(n, "status")];
    const line = make("p");
    line.append(tag(status), " ", make("code", get(n, "purl"), { class: "quiet" }));
    const parts = [head, line, ...get(n, "causes").map(causeElement), factsElement(n), pathsElement(n)];
    if (parents[n].length || children[n].length) parts.push(graph(n));
    parts.push(list(words.needed_by, parents[n]), list(words.depends_on, children[n]));
    byId("detail-body").replaceChildren(...parts);
    if (dialog.open) head.focus();
    else dialog.showModal();
    dialog.scrollTop = 0;
  }

  // ---- wiring ----------------------------------------------------------------------------------------------------------
  function fill(id, options) {
    byId(id).replaceChildren(...options.map(([value, text]) => make("option", text, { value })));
  }

  function counted(values) {
    const counts = new Map();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    return counts;
  }

  const perStatus = counted(rows.map((row) => row[column.status])), perScope = counted(rows.map((row) => row[column.scope]));
  const option = (value, text, count) => [value, `${text} (${count.toLocaleString(language)})`];
  const any = ["", words.any];
  fill("status", [any, ...statuses.flatMap((name, number) => (perStatus.has(number) ? [option(name, words[name], perStatus.get(number))] : []))]);
  fill("scope", [any, ...scopes.flatMap((name, number) => (perScope.has(number) ? [option(name, scopeText(number), perScope.get(number))] : []))]);
  const perProject = projects.map(() => 0);
  for (const row of rows) for (const number of groups[row[column.users]]) perProject[number] += 1;
  fill("project", [any, ...projects.map((name, number) => option(String(number), name, perProject[number])).sort((a, b) => collator.compare(a[1], b[1]))]);
  byId("project").closest("label").hidden = projects.length < 2;
  fill("sort", [...document.querySelectorAll("[data-sort]")].flatMap((button) => [[button.dataset.sort, `${button.textContent} ↑`], [`-${button.dataset.sort}`, `${button.textContent} ↓`]]));

  let waiting;
  byId("query").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => change({ q: byId("query").value }, { keep: false }), 80);
  });
  for (const id of ["status", "scope", "project", "sort"]) byId(id).addEventListener("change", () => change({ [id]: byId(id).value }));
  for (const button of document.querySelectorAll("[data-sort]")) {
    button.addEventListener("click", () => change({ sort: state.sort === button.dataset.sort ? `-${button.dataset.sort}` : button.dataset.sort }));
  }
  byId("more").addEventListener("click", () => {
    const first = shown;
    shown += PAGE;
    draw();
    body.rows[first].querySelector("button").focus();
  });
  byId("clear").addEventListener("click", clear);
  byId("download").addEventListener("click", (event) => {
    const url = URL.createObjectURL(new Blob(["\ufeff", csv()], { type: "text/csv" }));
    event.currentTarget.setAttribute("download", "packages.csv");
    event.currentTarget.setAttribute("href", url);
    setTimeout(() => URL.revokeObjectURL(url), 60000);
  });
  dialog.addEventListener("close", () => { if (state.package) change({ package: "" }, { keep: false }); });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  window.addEventListener("hashchange", () => {
    const next = readState(), section = location.hash.length > 1 && !location.hash.includes("=");
    if (section) return; // a link to a section of the page: the list stays as it is
    const jump = next.license !== state.license || next.cause !== state.cause;
    state = next;
    show();
    if (jump && !next.package) { byId("packages").scrollIntoView(); byId("packages").focus({ preventScroll: true }); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !dialog.open && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      byId("query").focus();
    }
  });
  window.addEventListener("beforeprint", () => { for (const part of document.querySelectorAll("details")) part.open = true; });
  byId("needs-script").remove();
  state = readState();
  show();
  if (state.license || state.cause) byId("packages").scrollIntoView();
})();
