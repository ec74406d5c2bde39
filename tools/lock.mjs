// Takes out of package-lock.json what npm writes there and nobody needs: where packages ask for money.
import { readFileSync, writeFileSync } from "node:fs";

const text = readFileSync("package-lock.json", "utf8");
const without = JSON.stringify(JSON.parse(text), (key, value) => (key === "funding" ? undefined : value), 2);
if (text !== `${without}\n`) writeFileSync("package-lock.json", `${without}\n`);
