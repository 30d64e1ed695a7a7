"use strict";
for (const report of document.querySelectorAll("[data-report]")) {
  const form = report.querySelector(".filter");
  if (!form) continue;
  const rules = [...report.querySelectorAll("[data-rule]")];
  const words = new Map(rules.map((rule) => [rule, (rule.id + " " + rule.textContent).toLowerCase()]));
  const groups = [...report.querySelectorAll(".group")];
  const status = form.querySelector("[role=status]");
  const chosen = (name) => [...form.querySelectorAll(`[name=${name}]:checked`)].map((input) => input.value);
  const one = (name) => (form.elements.namedItem(name) ? form.elements.namedItem(name).value : "");
  const fits = (rule, by) =>
    (by.outcome.length === 0 || by.outcome.includes(rule.dataset.outcome)) &&
    (by.kind.length === 0 || by.kind.includes(rule.dataset.kind)) &&
    (by.argument.length === 0 || by.argument.includes(rule.dataset.argument)) &&
    (!by.task || rule.dataset.task === by.task) &&
    (!by.stage || !rule.dataset.stages || rule.dataset.stages.split(" ").includes(by.stage)) &&
    by.text.every((word) => words.get(rule).includes(word));
  const filter = () => {
    const by = {
      outcome: chosen("outcome"),
      kind: chosen("kind"),
      argument: chosen("argument"),
      task: one("task"),
      stage: one("stage"),
      text: one("text").toLowerCase().split(/\s+/).filter(Boolean),
    };
    let shown = 0;
    for (const rule of rules) {
      rule.hidden = !fits(rule, by);
      if (!rule.hidden) shown += 1;
    }
    for (const group of groups) group.hidden = !group.querySelector("[data-rule]:not([hidden])");
    const said = form.dataset.shown.replace("{0}", shown).replace("{1}", rules.length);
    status.textContent = shown ? said : `${said} ${form.dataset.none}`;
  };
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const link of report.querySelectorAll("a[data-task]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      form.reset();
      form.elements.namedItem("task").value = link.dataset.task;
      filter();
      const title = report.querySelector(".findings h2");
      title.scrollIntoView();
      title.focus({ preventScroll: true });
    });
  }
  // A link to a rule that is filtered away shows all rules again.
  report.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (target && target.closest("[hidden]") && !link.dataset.task) {
      form.reset();
      filter();
      target.scrollIntoView();
    }
  });
  // Browsers keep what was chosen when a page is loaded again.
  filter();
}
