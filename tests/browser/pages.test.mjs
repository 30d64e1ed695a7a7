// The pages of the report in a real browser: what the filters do, what a reader with a screen reader or a keyboard meets.
// Run by .ci/run through tests/browser/run, which says where the pages are.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const pages = process.env.PAGES;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const names = readdirSync(pages).filter((name) => name.endsWith(".html"));
const options = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];
let browser;

before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: options });
});
after(() => browser?.close());

/** Opens a page; whatever it complains about, or asks of a network, fails the test. */
async function open(name, settings = {}) {
  // axe is put into the page, which the page's own policy would refuse; `csp` tests that policy on its own.
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true, ...settings });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith("file:")) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(pathToFileURL(join(pages, name)).href);
  return { page, complaints, close: () => context.close() };
}

const rules = (page) => page.locator("[data-rule]:visible").count();

test("there are pages to look at", () => {
  assert.ok(names.length >= 6, `pages in ${pages}: ${names.join(", ")}`);
});

/** The violations of accessibility that axe finds; of some rules, or of all that it has. */
async function violations(page, rules) {
  await page.evaluate(axe);
  const found = await page.evaluate((only) => globalThis.axe.run(document, only ? { runOnly: only } : {}), rules);
  assert.ok(found.passes.length > 0, "axe looked at the page");
  return found.violations.map(({ id, help, nodes }) => [`${id}: ${help}`, ...nodes.slice(0, 3).map((n) => n.html)].join("\n  "));
}

for (const name of names) {
  test(`${name}: no violation of accessibility, no complaint`, async () => {
    const { page, complaints, close } = await open(name);
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(complaints, []);
    await close();
  });

  test(`${name}: in the dark its text stands out, too`, async () => {
    const { page, close } = await open(name, { colorScheme: "dark" });
    const paper = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    assert.ok(/rgb\((\d\d?), /.test(paper), `a dark paper: ${paper}`);
    assert.deepEqual(await violations(page, ["color-contrast"]), []);
    await close();
  });

  test(`${name}: fits windows wide and narrow`, async () => {
    for (const width of [1600, 1280, 800, 390]) {
      const { page, close } = await open(name, { viewport: { width, height: 900 } });
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(wider <= 0, `${wider} pixels wider than a window of ${width}`);
      await close();
    }
  });

  test(`${name}: its own policy is enough for it, and refuses anything else`, async () => {
    const { page, complaints, close } = await open(name, { bypassCSP: false });
    assert.deepEqual(complaints, []);
    await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "window.ran = true";
      document.body.append(script);
      const image = document.createElement("img");
      image.src = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";
      document.body.append(image);
    });
    assert.equal(await page.evaluate(() => window.ran), undefined);
    assert.ok(complaints.some((text) => text.includes("Content Security Policy")), complaints.join("\n"));
    await close();
  });
}

for (const lang of ["en", "zh"]) {
  const name = `crosses-red-lines-${lang}.html`;

  test(`${name}: filters show what was asked for, and say how many`, async () => {
    const { page, complaints, close } = await open(name);
    const all = await rules(page);
    const status = page.locator("[role=status]");
    assert.match(await status.textContent(), new RegExp(`${all}.*${all}`));

    const failing = await page.locator("[data-outcome=fail]").count();
    await page.locator("input[name=outcome][value=fail]").check();
    assert.equal(await rules(page), failing);
    assert.ok(failing > 0 && failing < all);
    assert.match(await status.textContent(), new RegExp(`\\b${failing}\\b`));

    const crossed = await page.locator("[data-outcome=fail][data-kind=red_line]").count();
    await page.locator("input[name=kind][value=red_line]").check();
    assert.equal(await rules(page), crossed);
    assert.ok(crossed > 0 && crossed < failing);

    await page.locator(".filter button[type=reset]").click();
    await page.waitForFunction((all) => document.querySelectorAll("[data-rule]:not([hidden])").length === all, all);

    await page.locator("select[name=stage]").selectOption("ex_post");
    const later = await rules(page);
    assert.ok(later > 0 && later < all);
    assert.equal(await page.locator("[data-stages='ex_ante']:visible").count(), 0);
    await page.locator("select[name=stage]").selectOption("");

    await page.locator("select[name=task]").selectOption("fintech-plan/t17_information_protection");
    assert.equal(await rules(page), await page.locator("[data-rule][data-task='fintech-plan/t17_information_protection']").count());
    await page.locator("input[name=text]").fill("T17-R8");
    assert.equal(await rules(page), 1);
    await page.locator("input[name=text]").fill("no such words anywhere");
    assert.equal(await rules(page), 0);
    assert.match(await status.textContent(), lang === "en" ? /No rule is left/ : /没有符合条件的规则/);
    assert.equal(await page.locator(".group:visible").count(), 0);
    assert.deepEqual(complaints, []);
    await close();
  });

  test(`${name}: a task of the picture shows its rules and takes the focus there`, async () => {
    const { page, close } = await open(name);
    await page.locator(".map a", { hasText: "T16" }).click();
    const shown = await page.locator("[data-rule]:visible").evaluateAll((found) => found.map((rule) => rule.dataset.task));
    assert.ok(shown.length > 1);
    assert.deepEqual([...new Set(shown)], ["fintech-plan/t16_cyber_security"]);
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "H2");
    // A link to a rule that is filtered away brings it back.
    await page.locator(".lines a", { hasText: "T17-R7" }).click();
    assert.ok(await page.locator("[id='T17-R7']").isVisible());
    await close();
  });

  test(`${name}: works with the keyboard alone`, async () => {
    const { page, close } = await open(name);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    await page.keyboard.press("Enter");
    await page.locator("input[name=outcome][value=pass]").focus();
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement.nextElementSibling).outlineStyle);
    assert.equal(outline, "solid", "the focus is visible");
    const before = await rules(page);
    await page.keyboard.press("Space");
    assert.ok((await rules(page)) < before);
    await close();
  });

  test(`${name}: without the script everything shows`, async () => {
    const { page, close } = await open(name, { javaScriptEnabled: false });
    assert.equal(await rules(page), await page.locator("[data-rule]").count());
    assert.ok(!(await page.locator(".filter").isVisible()));
    await close();
  });
}

test("markup in a declaration is text", async () => {
  const { page, complaints, close } = await open("hostile-en.html");
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  assert.equal(await page.locator("img, iframe, object, embed, base, link").count(), 0);
  assert.equal(await page.locator("script").count(), 1);
  assert.ok((await page.locator("h1").textContent()).includes("<img src=x onerror=window.pwned=1>"));
  assert.deepEqual(complaints, []);
  await close();
});

for (const lang of ["en", "zh"]) {
  const name = `portfolio-${lang}.html`;
  const column = (page, id, at) =>
    page.locator(`#${id} tbody tr`).evaluateAll((rows, at) => rows.map((row) => row.cells[at].textContent.trim()), at);

  test(`${name}: a heading sorts its table, up and down, and keeps all rows`, async () => {
    const { page, complaints, close } = await open(name);
    for (const [id, at] of [["tasks", 3], ["rules", 5], ["institutions", 1], ["declarations", 4]]) {
      const before = await column(page, id, 0);
      const head = page.locator(`#${id} thead th`).nth(at);
      await head.locator("button").click();
      assert.equal(await head.getAttribute("aria-sort"), "descending");
      const down = (await column(page, id, at)).map(Number);
      assert.deepEqual(down, [...down].sort((a, b) => b - a), `${id}: from the largest`);
      await head.locator("button").click();
      assert.equal(await head.getAttribute("aria-sort"), "ascending");
      const up = (await column(page, id, at)).map(Number);
      assert.deepEqual(up, [...up].sort((a, b) => a - b), `${id}: from the smallest`);
      assert.equal(await page.locator(`#${id} [aria-sort]`).count(), 1);
      const after = await column(page, id, 0);
      assert.deepEqual([...after].sort(), [...before].sort(), `${id}: the same rows`);
    }
    assert.deepEqual(complaints, []);
    await close();
  });

  test(`${name}: words sort from the first, by the keyboard too`, async () => {
    const { page, close } = await open(name);
    const head = page.locator("#rules thead th").first();
    await head.locator("button").focus();
    await page.keyboard.press("Enter");
    assert.equal(await head.getAttribute("aria-sort"), "ascending");
    const ids = await column(page, "rules", 0);
    const compare = new Intl.Collator("en", { numeric: true }).compare;
    assert.deepEqual(ids, [...ids].sort(compare));
    assert.ok(ids.indexOf("T2-R1") < ids.indexOf("T10-R1"), "numbers in words count as numbers");
    // Kinds sort by their weight, not by their words.
    await page.locator("#rules thead th").nth(2).locator("button").click();
    const kinds = await page.locator("#rules tbody td.kind").evaluateAll((cells) => cells.map((cell) => cell.dataset.key));
    assert.deepEqual(kinds, [...kinds].sort());
    await close();
  });

  test(`${name}: without the script everything shows, worst first`, async () => {
    const { page, close } = await open(name, { javaScriptEnabled: false });
    assert.equal(await page.locator("thead button").count(), 0);
    assert.ok((await page.locator("#declarations tbody tr:visible").count()) >= 5);
    const crossed = (await column(page, "tasks", 1)).map(Number);
    assert.ok(crossed[0] > 0, `the worst task first: ${crossed}`);
    assert.deepEqual(crossed, [...crossed].sort((a, b) => b - a));
    await close();
  });
}

test("markup in one of many declarations is text", async () => {
  const { page, complaints, close } = await open("several-en.html");
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  assert.equal(await page.locator("img, iframe, object, embed, base, link").count(), 0);
  assert.equal(await page.locator("script").count(), 1);
  assert.ok((await page.locator("#declarations").textContent()).includes("<img src=x onerror=window.pwned=1>"));
  assert.deepEqual(complaints, []);
  await close();
});
