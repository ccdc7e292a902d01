// What a reader waits for, in words. These are the only figures that are not Python's: it is not there yet.

const BYTES_IN_MB = 1_000_000;

/** @param {import("./engine.js").Progress} progress */
export function inWords({ stage, bytes, totalBytes }) {
  if (stage === "fetching") return `Fetching Python: ${inMegabytes(bytes)} of ${inMegabytes(totalBytes)} MB.`;
  return stage === "starting" || stage === "unpacking" ? "Starting Python." : "Computing.";
}

/** @param {number} bytes */
const inMegabytes = (bytes) => (bytes / BYTES_IN_MB).toFixed(1);
