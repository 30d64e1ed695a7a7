// `policy plugin build` runs this. All that would let a plugin see more than the declaration is left out.
import { componentize } from "@bytecodealliance/componentize-js";
import { mkdir, readFile, writeFile } from "node:fs/promises";

const { component } = await componentize(await readFile("plugin.js", "utf8"), {
  witPath: "hongxian/wit",
  worldName: "plugin",
  disableFeatures: ["stdio", "random", "clocks", "http", "fetch-event"],
});
await mkdir("target", { recursive: true });
await writeFile("target/plugin.wasm", component);
