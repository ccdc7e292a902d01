// Opens sheets in a real spreadsheet engine, changes cells, and prints what another sheet then shows:
//   node recalculate.mjs < {"sheets": {name: [[cell]]}, "trials": [[{sheet, row, column, value}]], "shown": name}
// For each trial the shown sheet's cells are printed as JSON; an error is {"error": "#N/A"}.

import { readFileSync } from "node:fs";
import { HyperFormula } from "hyperformula";

const { sheets, trials, shown } = JSON.parse(readFileSync(0, "utf-8"));
const engine = HyperFormula.buildFromSheets(sheets, {
  licenseKey: "gpl-v3",
  smartRounding: false,
  precisionEpsilon: 0,
});
const sheetId = (name) => /** @type {number} */ (engine.getSheetId(name));

/** @param {{sheet: string, row: number, column: number, value: number}} change */
const address = ({ sheet, row, column }) => ({ sheet: sheetId(sheet), row, col: column });

const answers = trials.map((changes) => {
  const before = changes.map((change) => engine.getCellSerialized(address(change)));
  engine.batch(() => changes.forEach((change) => engine.setCellContents(address(change), change.value)));
  const found = engine.getSheetValues(sheetId(shown)).map((row) => row.map(plain));
  engine.batch(() => changes.forEach((change, place) => engine.setCellContents(address(change), before[place])));
  return found;
});

/** @param {any} value */
function plain(value) {
  return value !== null && typeof value === "object" ? { error: value.value } : value;
}

console.log(JSON.stringify(answers));
